"""Nested stacks whose template is a file beside ours: their parameters, their outputs, their names.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from collections.abc import Mapping as Mapped

from rootlint.cloudformation.addresses import (
    Found,
    address_of,
    asset,
    beside,
    find,
    named,
    written_address,
)
from rootlint.cloudformation.choices import as_map
from rootlint.cloudformation.dialects import included
from rootlint.cloudformation.evaluate import Depth, Evaluator, Part, Setting
from rootlint.cloudformation.inline import template_within
from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.load import load
from rootlint.cloudformation.loops import Copy
from rootlint.cloudformation.naming import kind_of
from rootlint.cloudformation.nodes import Document, Mapping, Scalar
from rootlint.cloudformation.presence import HERE, Presence, presence
from rootlint.cloudformation.template import Template, included_at_the_top, template_of
from rootlint.model.resource import Label
from rootlint.model.value import Unknown, Value, Why
from rootlint.source import SourceFile, Sources

# The types that make a stack, and the property that names its template.
NESTING = {
    "AWS::CloudFormation::Stack": "TemplateURL",
    "AWS::Serverless::Application": "Location",
}
STACK_SET = "AWS::CloudFormation::StackSet"
MOST_STACKS = 200
DEEPEST = 10


class Library:
    """The templates of a run: what a stack may nest, each loaded once. `read` counts the stacks."""

    def __init__(self, sources: Sources, paths: Collection[str]) -> None:
        self.sources = sources
        self.depth = Depth()
        self.read = 0
        self.paths = paths
        self._loaded: dict[str, Template | None] = {}
        self._parts: dict[str, Document | None] = {}

    def afresh(self) -> Library:
        """The same templates for another reading, with bounds of its own."""
        again = Library(self.sources, self.paths)
        again._loaded = self._loaded
        again._parts = self._parts
        return again

    def template(self, path: str) -> Template | None:
        """The template at a path, if it is one of those that were found."""
        if path not in self.paths:
            return None
        if path not in self._loaded:
            document = self._load(path)
            self._loaded[path] = template_of(document) if document is not None else None
        return self._loaded[path]

    def document(self, path: str) -> Document | None:
        """What a file holds that is put into a template."""
        if path not in self._parts:
            self._parts[path] = self._load(path)
        return self._parts[path]

    def _load(self, path: str) -> Document | None:
        file = self.sources.read(path)
        document = load(file) if isinstance(file, SourceFile) else file
        return document if isinstance(document, Document) else None


class Stack:
    """A template in its place: at the top, or nested under a logical id of another stack.

    `unfollowed` says of logical ids why the template behind them is not read.
    """

    def __init__(
        self,
        library: Library,
        template: Template,
        setting: Setting,
        given: Mapped[str, Value],
        *,
        calls: tuple[Label, ...] = (),
        outer: Presence = HERE,
        above: tuple[str, ...] = (),
    ) -> None:
        self.template = template
        self.calls = calls
        self.outer = outer
        self._library = library
        self._above = (*above, template.file.path)
        self._given = given
        self._parts: dict[str | None, Stack | None] = {}
        self.unfollowed: dict[str, str] = {}
        self._sets: dict[str, Template | None] = {}
        self._children: dict[str, Stack | None] = {}
        self._outputs: dict[str, Value | None] = {}
        self.evaluator = Evaluator(template, setting, given, self, library.depth)

    def release(self) -> None:
        """Let go of the trees: nothing is worked out any more.

        A stack and its evaluator know each other, and the collector rests, so that they would stay.
        """
        for below in (*self._children.values(), *self._parts.values()):
            if below is not None:
                below.release()
        vars(self.evaluator).clear()
        vars(self).clear()

    def again(self, setting: Setting) -> Stack:
        """The same stack in another setting: a scenario."""
        return Stack(
            self._library.afresh(),
            self.template,
            setting,
            self._given,
            calls=self.calls,
            outer=self.outer,
        )

    def within(
        self, name: str, template: Template, setting: Setting, given: Mapped[str, Value]
    ) -> Stack:
        """A stack that this one makes elsewhere: of a stack set with that logical id."""
        copy = self.evaluator.resources[name]
        assert isinstance(copy.node, Mapping)
        place = presence(copy.evaluator, copy.node, copy.scope)
        call = Label(copy.evaluator.key_span(copy.key), f"stack set `{name}`")
        return Stack(
            self._library,
            template,
            setting,
            given,
            calls=(*self.calls, call),
            outer=place.inside(self.outer),
            above=self._above,
        )

    def nested(self, name: str) -> Stack | None:
        """The nested stack of a logical id; None where its template is not at hand."""
        if name not in self._children:
            self._children[name] = None
            copy = self.evaluator.resources.get(name)
            self._children[name] = self._enter(copy) if copy is not None else None
        return self._children[name]

    def output(self, stack: str, name: str) -> Value | None:
        """An output of a nested stack; None where that stack or output is not at hand."""
        child = self.nested(stack)
        return child.own_output(name) if child is not None else None

    def own_output(self, name: str) -> Value | None:
        if name not in self._outputs:
            found = self.evaluator.outputs.get(name)
            value = found.node.get("Value") if found and isinstance(found.node, Mapping) else None
            if found is None or value is None:
                return None
            span = found.evaluator.span(value)
            self._outputs[name] = Unknown(Why.LIMIT, f"output `{name}` hangs on itself", span)
            self._outputs[name] = found.evaluator.evaluate(value, found.scope)
        return self._outputs[name]

    def all(self) -> Iterator[Stack]:
        """Itself, the files that belong to it, and the stacks below it."""
        yield self
        for place in self.template.includes:
            part = self.part(place)
            if part is not None:
                yield from part.all()
        if NESTING.keys().isdisjoint(self.evaluator.kinds):
            return
        for copy in self.evaluator.copies:
            if copy.hidden is None and kind_of(copy.node) in NESTING:
                child = self.nested(copy.key.text)
                if child is not None:
                    yield from child.all()

    def part(self, place: Scalar) -> Stack | None:
        """The sections of a file that this template includes; None where they are not at hand."""
        path = beside(self.template.file.path, included(place) or "")
        if path not in self._parts:
            template = self._at(path)
            self._parts[path] = None if template is None else self._beside(template)
        return self._parts[path]

    def _at(self, path: str | None) -> Template | None:
        """The template at a path, unless it is one of those above, or one too many."""
        return None if path is None else self._taken(path)[0]

    def _taken(self, path: str) -> tuple[Template | None, str]:
        """The template at a path, or why it is not read."""
        if path in self._above:
            return None, f"`{path}` nests itself"
        if len(self._above) >= DEEPEST or self._library.read >= MOST_STACKS:
            return None, "there are too many nested stacks"
        template = self._library.template(path)
        if template is None:
            return None, f"`{path}` is no template"
        self._library.read += 1
        return template, ""

    def _beside(self, template: Template) -> Stack:
        """A part of the same stack: what one part declares, another may name."""
        return Stack(
            self._library,
            template,
            self.evaluator.setting,
            self._given,
            calls=self.calls,
            outer=self.outer,
            above=self._above,
        )

    def included(self, inside: tuple[str, ...], address: str) -> Part | str:
        """The file that an address names from the innermost of the files `inside`, or why it is not read."""
        found = find(inside[-1], address, self._library.paths)
        if found.path is None:
            return found.why
        if found.path in inside:
            return f"`{found.path}` includes itself"
        if len(inside) > DEEPEST or self._library.read >= MOST_STACKS:
            return "there are too many included files"
        self._library.read += 1
        document = self._library.document(found.path)
        if document is None or not document.roots:
            return f"`{found.path}` cannot be read"
        return Part(document, found.assumed)

    def stack_set(self, name: str) -> Template | None:
        """The template of a stack set, from its text or a file; None where it is not at hand."""
        if name not in self._sets:
            copy = self.evaluator.resources.get(name)
            node = copy.node if copy else None
            self._sets[name] = self._set(copy, node) if copy and isinstance(node, Mapping) else None
        return self._sets[name]

    def _set(self, copy: Copy, node: Mapping) -> Template | None:
        inner = node.get("Properties")
        body = inner.get("TemplateBody") if isinstance(inner, Mapping) else None
        if body is not None:
            why = "its template is no text that can be read in its place"
            evaluator = copy.evaluator
            template = template_within(
                evaluator.template.file, body, lambda part: evaluator.evaluate(part, copy.scope)
            )
        else:
            found = self._found(copy, node, "TemplateURL")
            template, why = self._taken(found.path) if found.path else (None, found.why)
        self.unfollowed[copy.key.text] = why
        return template

    def _enter(self, copy: Copy) -> Stack | None:
        property_name = NESTING.get(kind_of(copy.node))
        if property_name is None or not isinstance(copy.node, Mapping):
            return None
        found = self._found(copy, copy.node, property_name)
        template, why = self._taken(found.path) if found.path is not None else (None, found.why)
        self.unfollowed[copy.key.text] = why
        if template is None:
            return None
        return self._below(copy, copy.node, template, assumed=found.assumed)

    def _found(self, copy: Copy, node: Mapping, property_name: str) -> Found:
        inner = node.get("Properties")
        written = inner.get(property_name) if isinstance(inner, Mapping) else None
        value = copy.evaluator.evaluate(written, copy.scope) if written is not None else None
        address = asset(node) or address_of(value)
        if address is None:
            return Found(None, "its address is not known")
        return find(copy.evaluator.template.file.path, address, self._library.paths)

    def _below(self, copy: Copy, node: Mapping, template: Template, *, assumed: bool) -> Stack:
        evaluator = copy.evaluator
        name = copy.key.text
        place = presence(evaluator, node, copy.scope)
        setting = evaluator.setting._replace(prefix=f"{evaluator.setting.prefix}{name}.")
        given = Given(evaluator, node, place)
        taken = f": `{template.file.path}`, by its name" if assumed else ""
        call = Label(evaluator.key_span(copy.key), f"nested stack `{name}`{taken}")
        outer = place.inside(self.outer)
        return Stack(
            self._library,
            template,
            setting,
            given,
            calls=(*self.calls, call),
            outer=outer,
            above=self._above,
        )


class Given(Mapped[str, Value]):
    """The parameters that a nested stack is given, each worked out when it is asked for."""

    def __init__(self, evaluator: Evaluator, node: Mapping, place: Presence) -> None:
        inner = node.get("Properties")
        self._node = inner.get("Parameters") if isinstance(inner, Mapping) else None
        self._evaluator = evaluator
        self._scope = place.scope
        self._found: dict[str, Value | None] = {}

    def __getitem__(self, name: str) -> Value:
        if name not in self._found:
            self._found[name] = self._value(name)
        found = self._found[name]
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._node.entries if isinstance(self._node, Mapping) else ())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _value(self, name: str) -> Value | None:
        if self._node is None:
            return None
        if isinstance(self._node, Mapping) and intrinsic(self._node) is None:
            node = self._node.get(name)
            return self._evaluator.evaluate(node, self._scope) if node is not None else None
        value = self._evaluator.evaluate(self._node, self._scope)
        return as_map(value, self._evaluator.span(self._node)).get(name)


def nested_paths(template: Template, paths: Collection[str]) -> Iterator[str]:
    """The paths that a template nests or includes, as written."""
    own = template.file.path
    for place in template.includes:
        path = beside(own, included(place) or "")
        if path is not None:
            yield path
    for node in included_at_the_top(template):
        address = written_address(node)
        found = find(own, address, paths) if address else None
        if found is not None and found.path is not None:
            yield found.path
    for _, node in template.resources:
        property_name = {**NESTING, STACK_SET: "TemplateURL"}.get(kind_of(node))
        if property_name is not None and isinstance(node, Mapping):
            yield from named(own, node, property_name, paths)
