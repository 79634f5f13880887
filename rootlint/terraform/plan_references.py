"""What the expressions of a plan's configuration refer to: which attribute of which resource.

A plan says for each argument the names that its expression mentions, not the expression. Where it
mentions one resource alone, the argument refers to it. Locals are not in a plan: what goes through
one refers to nothing that is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rootlint.model.value import Reference
from rootlint.source import Span
from rootlint.terraform.plan_file import Plan, Planned, table, tables, text

_DEEPEST = 20
_INDEX = re.compile(r"\[[^\]]*\]")
_NAMES = re.compile(r'[^.\[\]]+|\[(?:"(?:[^"\\]|\\.)*"|[^\]])*\]')


class _Place(NamedTuple):
    """A module instance: its address, and its configuration and that of those that lead to it."""

    address: str
    module: Mapping[str, Any]
    call: Mapping[str, Any]
    parent: _Place | None


class References:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._root = _Place("", plan.configuration, {}, None)
        self._instances: dict[str, list[str]] = {}
        for one in plan.resources:
            block = f"{one.module}.{one.declared}" if one.module else one.declared
            self._instances.setdefault(block, []).append(one.address)

    def expressions(self, planned: Planned) -> Mapping[str, Any] | None:
        """How the arguments of a resource are written; None where the plan does not say."""
        block = self.block(planned)
        return None if block is None else table(block.get("expressions"))

    def block(self, planned: Planned) -> Mapping[str, Any] | None:
        """The block of a resource as the plan has it; None where the plan does not say."""
        place = self._place(planned.module)
        return self._resource(place, planned.declared) if place else None

    def of(self, planned: Planned, argument: str) -> Reference | None:
        """The resource that an argument refers to."""
        return self.of_expression(planned, table((self.expressions(planned) or {}).get(argument)))

    def of_expression(self, planned: Planned, written: Mapping[str, Any]) -> Reference | None:
        """The resource that an expression in the module of a resource refers to."""
        place = self._place(planned.module)
        return self._only(written, place, 0) if place else None

    def absent(self) -> Iterator[Planned]:
        """The blocks of the root module, and of modules that are there, without any instance."""
        modules = dict.fromkeys(("", *(one.module for one in self._plan.resources)))
        for module in modules:
            place = self._place(module)
            for one in tables(place.module.get("resources")) if place else ():
                prefix = f"{module}." if module else ""
                address = prefix + text(one.get("address"))
                if text(one.get("mode")) == "managed" and address not in self._instances:
                    kind, name = text(one.get("type")), text(one.get("name"))
                    at = Span(self._plan.path, 0, 0)
                    yield Planned(address, module, "managed", kind, name, {}, {}, {}, at)

    def of_provider(self, written: Mapping[str, Any]) -> Reference | None:
        """The resource that an argument of a provider of the root module mentions, if it is one alone."""
        return self._only(written, self._root, 0)

    def of_output(self, name: str) -> Reference | None:
        return self._output(self._root, name, 0)

    def provider(self, planned: Planned) -> Mapping[str, Any]:
        """The configuration of the provider of a resource."""
        place = self._place(planned.module)
        for one in place.module.get("resources", ()) if place else ():
            if isinstance(one, dict) and one.get("address") == planned.declared:
                return table(self._plan.providers.get(str(one.get("provider_config_key"))))
        return {}

    def _place(self, address: str) -> _Place | None:
        """The module instance at an address such as `module.a["x"].module.b`."""
        place = self._root
        names = _NAMES.findall(address)
        walked = ""
        for name in names:
            walked += name if name.startswith("[") else f".{name}" if walked else name
            if name.startswith("["):
                place = place._replace(address=walked)
            if name == "module" or name.startswith("["):
                continue
            call = table(table(place.module.get("module_calls")).get(name))
            if not call:
                return None
            place = _Place(walked, table(call.get("module")), call, place)
        return place._replace(address=address)

    def _resource(self, place: _Place, declared: str) -> Mapping[str, Any] | None:
        for one in place.module.get("resources", ()):
            if isinstance(one, dict) and one.get("address") == declared:
                return one
        return None

    def _only(self, written: Mapping[str, Any], place: _Place, depth: int) -> Reference | None:
        """The resource that an expression mentions, if it is one alone. The most exact name comes first."""
        mentioned = written.get("references")
        if not isinstance(mentioned, list) or depth > _DEEPEST:
            return None
        names = [name for name in mentioned if isinstance(name, str)]
        exact = [
            name
            for name in names
            if not any(
                other != name and other.startswith((f"{name}.", f"{name}[")) for other in names
            )
        ]
        found = {self._named(name, place, depth + 1) for name in exact}
        return found.pop() if len(found) == 1 else None

    def _named(self, name: str, place: _Place, depth: int) -> Reference | None:
        parts = _NAMES.findall(name)
        match parts:
            case ["var", argument, *_]:
                if place.parent is None:
                    return None
                arguments = table(place.call.get("expressions"))
                return self._only(table(arguments.get(argument)), place.parent, depth)
            case ["module", called, *rest]:
                return self._of_module(called, rest, place, depth)
            case ["data", kind, label, *rest]:
                return self._instance(f"data.{kind}.{label}", rest, place)
            case [kind, label, *rest] if kind not in {
                "local",
                "each",
                "count",
                "path",
                "terraform",
            }:
                return self._instance(f"{kind}.{label}", rest, place)
            case _:
                return None

    def _of_module(
        self, called: str, rest: list[str], place: _Place, depth: int
    ) -> Reference | None:
        prefix = f"{place.address}." if place.address else ""
        index = rest.pop(0) if rest and rest[0].startswith("[") else ""
        inner = self._place(f"{prefix}module.{called}{index}")
        return self._output(inner, rest[0], depth) if inner and rest else None

    def _output(self, place: _Place, name: str, depth: int) -> Reference | None:
        output = table(table(place.module.get("outputs")).get(name))
        return self._only(table(output.get("expression")), place, depth + 1)

    def _instance(self, block: str, rest: list[str], place: _Place) -> Reference | None:
        whole = f"{place.address}.{block}" if place.address else block
        index = rest.pop(0) if rest and rest[0].startswith("[") else ""
        addresses = self._instances.get(whole, [])
        if whole + index in addresses:
            address = whole + index
        elif len(addresses) == 1 and not index:
            address = addresses[0]
        else:
            return None
        return Reference(self._plan.path, address, rest[0] if rest else "")
