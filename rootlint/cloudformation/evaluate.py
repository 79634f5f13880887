"""Nodes → values: what a template says under the values in force, as far as it can be known."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from copy import copy
from functools import cached_property
from typing import NamedTuple, Protocol

from rootlint.cloudformation.assumed import NOTHING, Assumed
from rootlint.cloudformation.call import Call
from rootlint.cloudformation.choices import choice
from rootlint.cloudformation.conditions import Conditions
from rootlint.cloudformation.includes import Inside, at_the_top, written_out
from rootlint.cloudformation.includes import table as with_includes
from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.loops import Copy, copies, filled, table
from rootlint.cloudformation.naming import kind_of
from rootlint.cloudformation.nodes import Document, Mapping, Node, Scalar, Sequence
from rootlint.cloudformation.parameters import Parameters
from rootlint.cloudformation.scalars import scalar
from rootlint.cloudformation.scope import NOWHERE, Scope
from rootlint.cloudformation.table import FUNCTIONS
from rootlint.cloudformation.template import Template
from rootlint.model.resource import Label
from rootlint.model.value import Known, List, Map, Option, Reference, Unknown, Value, Why
from rootlint.source import SourceFile, Span

DEEPEST = 60
_CONSTRUCTS = ("tag:yaml.org,2002:binary", "tag:yaml.org,2002:python/")
_STRING = "tag:yaml.org,2002:str"


class Setting(NamedTuple):
    """Where a template is read as a stack. `prefix` is `Nested.` in a nested stack, "" at the top.

    `assumed` is what is taken for true in a scenario, `account` where it is another one,
    `stack` the name of the stack at the top.
    """

    unit: str
    prefix: str = ""
    region: str | None = None
    partition: str = "aws"
    assumed: Assumed = NOTHING
    account: Value | None = None
    stack: str | None = None


class Part(NamedTuple):
    """A file that is put into a template; `assumed` where its name alone says that it is meant."""

    document: Document
    assumed: bool


class Stacks(Protocol):
    """What nested stacks give back."""

    def output(self, stack: str, name: str) -> Value | None:
        """The output of the nested stack of that logical id; None where it was not read."""
        ...

    def included(self, inside: tuple[str, ...], address: str) -> Part | str:
        """The file that an address names from within others, or why it is not read."""
        ...


class Depth:
    """How deep the work is nested, over all stacks of a unit, and how many copies loops have made."""

    __slots__ = ("copied", "now")

    def __init__(self) -> None:
        self.now = 0
        self.copied = 0


class Evaluator:
    """Works out values of one template, each when it is asked for.

    `copies` are the entries of `Resources` with their loops written out, `resources` those that can
    be seen, by logical id.
    """

    def __init__(
        self,
        template: Template,
        setting: Setting,
        given: Mapped[str, Value],
        stacks: Stacks | None = None,
        depth: Depth | None = None,
    ) -> None:
        self.template = template
        self.setting = setting
        self.stacks = stacks
        self.parameters = Parameters(template, setting.prefix, given, setting.assumed.values)
        self.conditions = Conditions(self)
        self.names: dict[tuple[str, str, frozenset[tuple[str, bool]]], Value | None] = {}
        self.depth = depth or Depth()
        # While loops are written out, no resource is declared yet: none can hang on itself.
        self.resources: dict[str, Copy] = {}
        self.home = self
        self.inside: tuple[str, ...] = (template.file.path,)
        self.calls: tuple[Label, ...] = ()
        self.included: tuple[Inside, ...] = ()
        self._mappings: Mapped[str, Copy] | None = None
        top = tuple(at_the_top(self))
        self.included = tuple(found for found in top if isinstance(found, Inside))
        self.missing = tuple(found for found in top if isinstance(found, Unknown))
        self.copies = tuple(written_out(self))
        self.resources.update({one.key.text: one for one in self.copies if one.hidden is None})

    def within(self, file: SourceFile, call: Label) -> Evaluator:
        """What works out a file that is put into the template, with the template's names."""
        found = copy(self)
        found.template = self.template._replace(file=file)
        found.inside = (*self.inside, file.path)
        found.calls = (*self.calls, call)
        return found

    def evaluate(self, node: Node, scope: Scope = NOWHERE) -> Value | None:
        """The value of a node; None for `AWS::NoValue`."""
        if type(node) is Scalar and not node.tag:
            if scope.names and "${" in node.text:
                return filled(self.template.file, node, scope)
            return scalar(self.template.file, node)
        if self.depth.now >= DEEPEST:
            return Unknown(Why.LIMIT, "too deep to be worked out", self.span(node))
        self.depth.now += 1
        try:
            return self._call(node, scope)
        finally:
            self.depth.now -= 1

    def span(self, node: Node) -> Span:
        return Span(self.template.file.path, node.start, node.end)

    def key_span(self, key: Scalar) -> Span:
        """Where a key is written, without its quotes."""
        inset = 1 if key.style in {"'", '"'} else 0
        return Span(self.template.file.path, key.start + inset, key.end - inset)

    def reference(self, name: str, attribute: str = "") -> Reference:
        return Reference(self.setting.unit, self.setting.prefix + name, attribute)

    @cached_property
    def written_conditions(self) -> Mapped[str, Copy]:
        """The conditions by name, with their loops written out."""
        return table(self, self.template.conditions)

    @property
    def mappings(self) -> Mapped[str, Copy]:
        """The tables of `Mappings`, each with the file in which it is written."""
        if self._mappings is None:
            # An include whose address is looked up in a table that it brings itself finds nothing.
            self._mappings = {}
            self._mappings = with_includes(self, "Mappings", self.template.mappings)
        return self._mappings

    @cached_property
    def outputs(self) -> Mapped[str, Copy]:
        """The outputs by name, with their loops written out."""
        return with_includes(self, "Outputs", self.template.outputs)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The types of the resources that can be seen."""
        return frozenset(kind_of(copy.node) for copy in self.copies if copy.hidden is None)

    @property
    def hangs(self) -> bool:
        """Whether a value was asked for that hangs on what is not known."""
        return bool(self.conditions.undecided or self.parameters.open)

    def condition_span(self, name: str) -> Span:
        found = self.home.written_conditions.get(name)
        return self.home.key_span(found.key) if found else self.home.span(self.template.root)

    def allowed(self, unknown: Unknown) -> tuple[str, ...] | None:
        return self.parameters.allowed(unknown)

    def _call(self, node: Node, scope: Scope) -> Value | None:
        called = intrinsic(node)
        if called is None or (called[0] == "Condition" and not node.tag):
            return self._data(node, scope)
        name, argument = called
        function = FUNCTIONS.get(name)
        if function is None:
            short = node.tag or name
            return Unknown(Why.FUNCTION, f"`{short}` is not evaluated", self.span(node))
        return function(Call(self, name, argument, node, scope))

    def _data(self, node: Node, scope: Scope) -> Value | None:
        if node.tag.startswith(_CONSTRUCTS):
            return Unknown(Why.FUNCTION, f"`{node.tag}` is not constructed", self.span(node))
        if isinstance(node, Sequence):
            return self._list(node, scope)
        if isinstance(node, Mapping):
            return self.map(node, scope)
        found = scalar(self.template.file, node)
        if node.tag == _STRING and isinstance(found, Known):
            return Known(node.text, found.span, pieces=found.pieces)
        return found

    def _list(self, node: Sequence, scope: Scope) -> List:
        items = (self.evaluate(item, scope) for item in node.items)
        return List(tuple(item for item in items if item is not None), self.span(node))

    def map(self, node: Mapping, scope: Scope) -> Map:
        """A mapping; a transform or a loop in it stands for entries that are not known."""
        entries: dict[str, Value] = {}
        keys: dict[str, Span] = {}
        rest: Unknown | None = None
        for one in copies(self, node.entries.values(), scope):
            if one.hidden is not None:
                rest = rest or one.hidden
                continue
            value = one.evaluator.evaluate(one.node, one.scope)
            if node.again:
                value = self._written_again(node, one.key, value, scope)
            if value is not None:
                entries[one.key.text] = value
                keys[one.key.text] = one.evaluator.key_span(one.key)
        return Map(entries, self.span(node), rest, keys)

    def _written_again(
        self, node: Mapping, key: Scalar, value: Value | None, scope: Scope
    ) -> Value | None:
        """A key that is written twice: one of its values counts, and AWS does not say which."""
        others = [other for again, other in node.again if again.text == key.text]
        if not others:
            return value
        options = [Option("when the last one counts", value)]
        for number, other in enumerate(others, 1):
            when = f"when the one in place {number} counts"
            options.append(Option(when, self.evaluate(other, scope)))
        detail = f"`{key.text}` is written {len(options)} times"
        span = self.key_span(key)
        return choice(options, Unknown(Why.UNSPECIFIED, detail, span), span)
