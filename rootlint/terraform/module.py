"""One instance of a module: what its names mean, each worked out when something asks for it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from rootlint.model.resource import Label, Resource, Scope
from rootlint.model.value import Known, Map, Reference, Unknown, Value, Why
from rootlint.source import SourceFile, Span
from rootlint.terraform.configuration import Configuration
from rootlint.terraform.expand import Expansion, Mode, collect
from rootlint.terraform.presence import HERE, Presence
from rootlint.terraform.project import Project
from rootlint.terraform.references import Mention
from rootlint.terraform.solver import Key
from rootlint.terraform.syntax import Expression


class Place(NamedTuple):
    """Where a module instance stands: its address, the names of the calls that lead to it, its folders."""

    address: str = ""
    path: tuple[str, ...] = ()
    presence: Presence = HERE
    calls: tuple[Label, ...] = ()
    parent: Module | None = None
    bound: Mapping[tuple[str, str], Value] = {}
    folders: tuple[str, ...] = ()


class Call(NamedTuple):
    """A module call: its instances, or why it cannot be looked into. `header` is its place."""

    expansion: Expansion
    children: tuple[Module, ...]
    hidden: Unknown | None
    header: Span


Later = Callable[[], Value]


class Makers(NamedTuple):
    """How each kind of value is made; given from outside, because making one builds on this module.

    Of resources the instances are made, and what a reference reads later: most are never referred to.
    """

    variable: Callable[[Module, str], Value]
    local: Callable[[Module, str], Value]
    output: Callable[[Module, str], Value]
    data: Callable[[Module, str], Later]
    resource: Callable[[Module, str], Later]
    call: Callable[[Module, str], Call]


class Module:
    """A module instance is a scope for expressions, and a worker for the solver.

    `calls` and `resources` hold what was made so far, `scopes` the providers by the names it uses,
    `nowhere` what is known to lead to nothing that matters (reach.py).
    """

    def __init__(
        self, project: Project, configuration: Configuration, place: Place, makers: Makers
    ) -> None:
        self.project = project
        self.budget = project.budget
        self.configuration = configuration
        self.place = place
        self.makers = makers
        self.calls: dict[str, Call] = {}
        self.resources: dict[str, tuple[Resource, ...]] = {}
        self.scopes: dict[str, Scope] = {}
        self.nowhere: set[Key] = set()
        self._values: dict[Key, Value] = {}
        self._later: dict[Key, Later] = {}

    def forget(self) -> None:
        """Let go of all that was worked out: modules refer to one another in rings."""
        for held in (self.calls, self.resources, self.scopes, self._values, self._later):
            held.clear()

    def address(self, name: str) -> str:
        """The full address of something that is declared here."""
        return f"{self.place.address}.{name}" if self.place.address else name

    def reference(self, name: str, attribute: str = "") -> Reference:
        return Reference(self.project.unit, self.address(name), attribute)

    def value(self, kind: str, name: str, span: Span) -> Value:
        """The value of something declared here; unknown where it depends on itself."""
        key = (kind, name)
        if self.project.solver.solve(self, key):
            if key not in self._values:
                self._values[key] = self._later.pop(key)()
            return self._values[key]
        said = f"`{self.address(name)}` depends on itself"
        if kind == "local":
            said = f"`{self.address(f'local.{name}')}` depends on itself"
            if self.project.solver.makes(self, key):
                self.project.limit(said, span, ours=False)
        return Unknown(Why.LIMIT, said, span)

    def instances(self, key: Key) -> tuple[Resource, ...]:
        """The instances of a resource or data source."""
        self.project.solver.solve(self, key)
        kind, name = key
        return self.resources.get(name if kind == "resource" else f"data.{name}", ())

    def call(self, name: str) -> Call | None:
        """A module call, worked out; None where it depends on itself."""
        return self.calls[name] if self.project.solver.solve(self, ("call", name)) else None

    # The scope of an expression.

    def resolve(self, root: str, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        if root in {"path", "terraform"}:
            return self._constant(root, path, span)
        if root in self.project.names:
            return self.project.names[root], 0
        if root == "module":
            return self._called(path, span)
        found = self._key(Mention(root, path))
        if found is None:
            return None
        return self.value(*found, span), 2 if root == "data" else 1

    def read_file(self, path: str, span: Span) -> SourceFile | Unknown:
        return self.project.read_file(path, span)

    def files(self, folder: str, pattern: str) -> tuple[str, ...] | None:
        return self.project.matching(folder, pattern)

    def local(self, root: str, path: tuple[str, ...]) -> Expression | None:
        """How a local value is written."""
        if root != "local" or len(path) != 1:
            return None
        found = self.configuration.locals.get(path[0])
        return found.expr if found else None

    # The work of the solver.

    def has(self, key: Key) -> bool:
        if key[0] == "call":
            return key[1] in self.calls
        return key in self._values or key in self._later

    def needs(self, key: Key) -> Iterator[tuple[Module, Key]]:
        kind, name = key
        if kind == "variable":
            return self._argument_needs(name)
        return self.items(self._mentions(kind, name))

    def work_out(self, key: Key) -> None:
        kind, name = key
        if kind == "call":
            self.calls[name] = self.makers.call(self, name)
        elif kind in {"data", "resource"}:
            self._later[key] = getattr(self.makers, kind)(self, name)
        else:
            self._values[key] = self.project.bounds.bounded(getattr(self.makers, kind)(self, name))

    def _mentions(self, kind: str, name: str) -> Iterable[Mention]:
        configuration = self.configuration
        match kind:
            case "local":
                return configuration.locals[name].mentions
            case "output":
                return configuration.outputs[name].mentions_of("value")
            case "call":
                return configuration.modules[name].mentions_of("count", "for_each")
            case "data":
                return configuration.data[name].mentions
            case _:
                return configuration.resources[name].mentions

    def _argument_needs(self, name: str) -> Iterator[tuple[Module, Key]]:
        parent = self.place.parent
        if parent is not None:
            call = parent.configuration.modules[self.place.path[-1]]
            yield from parent.items(call.mentions_of(name))

    def items(self, mentions: Iterable[Mention]) -> Iterator[tuple[Module, Key]]:
        """What must be worked out before something that mentions these."""
        for mention in mentions:
            if mention.root == "module":
                yield from self._call_items(mention.path)
            else:
                found = self._key(mention)
                if found is not None:
                    yield self, found

    def _call_items(self, path: tuple[str, ...]) -> Iterator[tuple[Module, Key]]:
        if not path or path[0] not in self.configuration.modules:
            return
        yield self, ("call", path[0])
        call = self.calls.get(path[0])
        for child in call.children if call else ():
            outputs = child.configuration.outputs
            for name in path[1:2] or outputs:
                if name in outputs:
                    yield child, ("output", name)

    def _key(self, mention: Mention) -> Key | None:
        """What a reference refers to, if it is declared."""
        configuration = self.configuration
        match mention:
            case Mention("var", (name, *_)) if name in configuration.variables:
                return "variable", name
            case Mention("local", (name, *_)) if name in configuration.locals:
                return "local", name
            case Mention("data", (kind, name, *_)) if f"{kind}.{name}" in configuration.data:
                return "data", f"{kind}.{name}"
            case Mention(kind, (name, *_)) if f"{kind}.{name}" in configuration.resources:
                return "resource", f"{kind}.{name}"
            case _:
                return None

    def _constant(self, root: str, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        match root, path:
            case "path", ("module", *_):
                here = posixpath.relpath(self.configuration.folder, self.project.folder)
                return Known(here, span), 1
            case "path", ("root" | "cwd", *_):
                return Known(".", span), 1
            case "terraform", ("workspace", *_) if self.project.workspace is not None:
                return Known(self.project.workspace, span, note="by `--workspace`"), 1
            case "terraform", (name, *_):
                return Unknown(Why.VARIABLE, f"`terraform.{name}` has no value", span), 1
            case _:
                return None

    def _called(self, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        """`module.x` or `module.x.output`."""
        if not path or path[0] not in self.configuration.modules:
            return None
        name = path[0]
        call = self.call(name)
        if call is None:
            said = f"`{self.address(f'module.{name}')}` depends on itself"
            return Unknown(Why.LIMIT, said, span), 1
        if call.hidden is not None:
            attribute = path[1] if len(path) > 1 else ""
            refers = self.reference(f"module.{name}", attribute)
            unknown = Unknown(call.hidden.why, call.hidden.detail, call.hidden.span, refers)
            return unknown, min(len(path), 2)
        if call.expansion.mode is Mode.SINGLE and len(path) > 1:
            child = call.children[0]
            known = path[1] in child.configuration.outputs
            return (child.value("output", path[1], span), 2) if known else None
        rest = Unknown(Why.COUNT, f"how many `module.{name}` there are is not known", call.header)
        values = [child.outputs(call.header) for child in call.children]
        return collect(call.expansion, values, call.header, rest), 1

    def outputs(self, span: Span) -> Map:
        """All outputs that were worked out so far."""
        names = self.configuration.outputs
        found = {name: self._values["output", name] for name in names if self.has(("output", name))}
        missing = Unknown(Why.LIMIT, f"not all outputs of `{self.place.address}` are known", span)
        return Map(found, span, None if len(found) == len(names) else missing)


class Inside:
    """The scope of one instance: a module's names, with `count`, `each` and `self`."""

    def __init__(
        self,
        module: Module,
        bound: Mapping[tuple[str, str], Value],
        own: Map | None = None,
    ) -> None:
        self._module = module
        self.budget = module.budget
        self._bound = bound
        self._own = own
        self.read_file = module.read_file
        self.files = module.files
        self.local = module.local

    def resolve(self, root: str, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        if root == "self" and self._own is not None:
            return self._own, 0
        if root in {"count", "each"}:
            found = self._bound.get((root, path[0])) if path else None
            return None if found is None else (found, 1)
        return self._module.resolve(root, path, span)
