"""Nested stacks whose template is a file beside ours: their parameters, their outputs, their names.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from collections.abc import Mapping as Mapped

from rootlint.cloudformation.choices import as_map
from rootlint.cloudformation.dialects import included
from rootlint.cloudformation.evaluate import Depth, Evaluator, Setting
from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.load import load
from rootlint.cloudformation.loops import Copy
from rootlint.cloudformation.naming import kind_of
from rootlint.cloudformation.nodes import Document, Mapping, Node, Scalar
from rootlint.cloudformation.presence import HERE, Presence, presence
from rootlint.cloudformation.template import Template, template_of
from rootlint.model.read import text
from rootlint.model.resource import Label
from rootlint.model.value import Unknown, Value, Why
from rootlint.source import SourceFile, Sources

# The types that make a stack, and the property that names its template.
NESTING = {
    "AWS::CloudFormation::Stack": "TemplateURL",
    "AWS::Serverless::Application": "Location",
}
MOST_STACKS = 200
DEEPEST = 10


class Library:
    """The templates of a run: what a stack may nest, each loaded once. `read` counts the stacks."""

    def __init__(self, sources: Sources, paths: Collection[str]) -> None:
        self.sources = sources
        self.depth = Depth()
        self.read = 0
        self._paths = paths
        self._loaded: dict[str, Template | None] = {}

    def afresh(self) -> Library:
        """The same templates for another reading, with bounds of its own."""
        again = Library(self.sources, self._paths)
        again._loaded = self._loaded
        return again

    def template(self, path: str) -> Template | None:
        """The template at a path, if it is one of those that were found."""
        if path not in self._paths:
            return None
        if path not in self._loaded:
            file = self.sources.read(path)
            document = load(file) if isinstance(file, SourceFile) else file
            found = template_of(document) if isinstance(document, Document) else None
            self._loaded[path] = found
        return self._loaded[path]


class Stack:
    """A template in its place: at the top, or nested under a logical id of another stack."""

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
        self.evaluator = Evaluator(template, setting, given, self, library.depth)
        self._library = library
        self._above = (*above, template.file.path)
        self._given = given
        self._parts: dict[str | None, Stack | None] = {}
        self._children: dict[str, Stack | None] = {}
        self._outputs: dict[str, Value | None] = {}

    def release(self) -> None:
        """Let go of the trees: nothing is worked out any more.

        A stack and its evaluator know each other, and the collector rests, so that they would stay.
        """
        for below in (*self._children.values(), *self._parts.values()):
            if below is not None:
                below.release()
        vars(self.evaluator).clear()
        vars(self).clear()

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
            span = self.evaluator.span(value)
            self._outputs[name] = Unknown(Why.LIMIT, f"output `{name}` hangs on itself", span)
            self._outputs[name] = self.evaluator.evaluate(value, found.scope)
        return self._outputs[name]

    def all(self) -> Iterator[Stack]:
        """Itself, the files that belong to it, and the stacks below it."""
        yield self
        for place in self.template.includes:
            part = self.part(place)
            if part is not None:
                yield from part.all()
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
        if path is None or path in self._above or len(self._above) >= DEEPEST:
            return None
        template = self._library.template(path)
        if template is None or self._library.read >= MOST_STACKS:
            return None
        self._library.read += 1
        return template

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

    def _enter(self, copy: Copy) -> Stack | None:
        property_name = NESTING.get(kind_of(copy.node))
        if property_name is None or not isinstance(copy.node, Mapping):
            return None
        url = _asset(copy.node) or self._written(copy, copy.node, property_name)
        path = beside(self.template.file.path, url) if url is not None else None
        template = self._at(path)
        return self._below(copy, copy.node, template) if template is not None else None

    def _written(self, copy: Copy, node: Mapping, property_name: str) -> str | None:
        inner = node.get("Properties")
        written = inner.get(property_name) if isinstance(inner, Mapping) else None
        return text(self.evaluator.evaluate(written, copy.scope)) if written is not None else None

    def _below(self, copy: Copy, node: Mapping, template: Template) -> Stack:
        evaluator = self.evaluator
        name = copy.key.text
        place = presence(evaluator, node, copy.scope)
        setting = evaluator.setting._replace(prefix=f"{evaluator.setting.prefix}{name}.")
        given = Given(evaluator, node, place)
        call = Label(evaluator.key_span(copy.key), f"nested stack `{name}`")
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


def beside(path: str, url: str) -> str | None:
    """The path that a `TemplateURL` names, from the folder of the template; None for an address."""
    if "://" in url or url.startswith(("/", "{{")) or not url:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), url))


def nested_paths(template: Template) -> Iterator[str]:
    """The paths that a template nests or includes, as written."""
    for place in template.includes:
        path = beside(template.file.path, included(place) or "")
        if path is not None:
            yield path
    for _, node in template.resources:
        url = _url(node)
        path = beside(template.file.path, url) if url is not None else None
        if path is not None:
            yield path


def _url(node: Node) -> str | None:
    property_name = NESTING.get(kind_of(node))
    if property_name is None or not isinstance(node, Mapping):
        return None
    inner = node.get("Properties")
    url = inner.get(property_name) if isinstance(inner, Mapping) else None
    return _asset(node) or (url.text if isinstance(url, Scalar) and not url.tag else None)


def _asset(node: Mapping) -> str | None:
    """The file that CDK says it will put where the template of a nested stack is looked for.

    https://docs.aws.amazon.com/cdk/v2/guide/assets.html, "CloudFormation resource metadata"
    """
    metadata = node.get("Metadata")
    path = metadata.get("aws:asset:path") if isinstance(metadata, Mapping) else None
    return path.text if isinstance(path, Scalar) else None
