"""Nodes → values: what a template says under the values in force, as far as it can be known."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from functools import cached_property
from typing import NamedTuple, Protocol

from rootlint.cloudformation.assumed import NOTHING, Assumed
from rootlint.cloudformation.call import Call
from rootlint.cloudformation.choices import choice
from rootlint.cloudformation.conditions import Conditions
from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.loops import Copy, copies, filled, table
from rootlint.cloudformation.nodes import Mapping, Node, Scalar, Sequence
from rootlint.cloudformation.parameters import Parameters
from rootlint.cloudformation.scalars import scalar
from rootlint.cloudformation.scope import NOWHERE, Scope
from rootlint.cloudformation.table import FUNCTIONS
from rootlint.cloudformation.template import Template
from rootlint.model.value import Known, List, Map, Option, Reference, Unknown, Value, Why
from rootlint.source import Span

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


class Stacks(Protocol):
    """What nested stacks give back."""

    def output(self, stack: str, name: str) -> Value | None:
        """The output of the nested stack of that logical id; None where it was not read."""
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
        self.copies = tuple(copies(self, template.resources, NOWHERE))
        self.resources = {copy.key.text: copy for copy in self.copies if copy.hidden is None}

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

    @cached_property
    def outputs(self) -> Mapped[str, Copy]:
        """The outputs by name, with their loops written out."""
        return table(self, self.template.outputs)

    @property
    def hangs(self) -> bool:
        """Whether a value was asked for that hangs on what is not known."""
        return bool(self.conditions.undecided or self.parameters.open)

    def condition_span(self, name: str) -> Span:
        found = self.written_conditions.get(name)
        return self.key_span(found.key) if found else self.span(self.template.root)

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
        for copy in copies(self, node.entries.values(), scope):
            if copy.hidden is not None:
                rest = rest or copy.hidden
                continue
            value = self.evaluate(copy.node, copy.scope)
            if node.again:
                value = self._written_again(node, copy.key, value, scope)
            if value is not None:
                entries[copy.key.text] = value
                keys[copy.key.text] = self.key_span(copy.key)
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
