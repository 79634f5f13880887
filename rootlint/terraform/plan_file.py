"""A plan as `terraform show -json` prints it, read into plain records; a state is told apart.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rootlint.source import SourceFile, Span, Unreadable

_ADDRESS = re.compile(r'"address"[ \t\r\n]*:[ \t\r\n]*"((?:[^"\\]|\\.)*)"')
_MOST_MODULES = 10_000


class Planned(NamedTuple):
    """One resource instance after the plan. `module` is the address of its module, "" for the root.

    `values` are its attributes; `unknown` and `sensitive` have the same shape, with true where a
    value is known after apply, or hidden. `at` is where the plan names it.
    """

    address: str
    module: str
    mode: str
    kind: str
    name: str
    values: Mapping[str, Any]
    unknown: Mapping[str, Any]
    sensitive: Mapping[str, Any]
    at: Span

    @property
    def declared(self) -> str:
        """The address of its block, within its module."""
        prefix = "data." if self.mode == "data" else ""
        return f"{prefix}{self.kind}.{self.name}"


class Plan(NamedTuple):
    """`configuration` is the root module as it was written; `let_go` are what Terraform forgets.

    `complete` is false where more changes would follow (targets, deferred changes, errors).
    """

    path: str
    resources: tuple[Planned, ...]
    variables: Mapping[str, Any]
    configuration: Mapping[str, Any]
    providers: Mapping[str, Any]
    outputs: Mapping[str, Any]
    let_go: tuple[tuple[str, str, Span], ...]
    complete: bool


def load(file: SourceFile) -> Plan | Unreadable:
    """The plan that a JSON file holds."""
    try:
        content = json.loads(file.text)
    except (ValueError, RecursionError):
        return Unreadable(file.path, "no JSON, although it looks like a plan")
    if not isinstance(content, dict) or not isinstance(content.get("planned_values"), dict):
        return Unreadable(file.path, "a plan without planned values")
    return _Reader(file, content).plan()


class _Reader:
    def __init__(self, file: SourceFile, content: Mapping[str, Any]) -> None:
        self._file = file
        self._content = content
        self._places: dict[str, Span] = {}
        for found in _ADDRESS.finditer(file.text):
            self._places.setdefault(found[1], file.span(*found.span(1)))
        self._changes = {
            text(change.get("address")): table(change.get("change"))
            for change in tables(content.get("resource_changes"))
            if "deposed" not in change
        }

    def plan(self) -> Plan:
        content = self._content
        configuration = table(content.get("configuration"))
        planned = table(content.get("planned_values"))
        before = table(table(content.get("prior_state")).get("values"))
        found = {
            each.address: each
            for each in (*self._data(before), *self._resources(planned))
            if each.kind and each.name
        }
        return Plan(
            self._file.path,
            tuple(found.values()),
            _variables(content),
            table(configuration.get("root_module")),
            table(configuration.get("provider_config")),
            table(planned.get("outputs")),
            tuple(self._let_go()),
            content.get("complete", True) is True
            and content.get("errored", False) is not True
            and not content.get("deferred_changes"),
        )

    def _data(self, state: Mapping[str, Any]) -> Iterator[Planned]:
        """The data sources that were read while planning."""
        yield from (each for each in self._resources(state) if each.mode == "data")

    def _resources(self, state: Mapping[str, Any]) -> Iterator[Planned]:
        for module in _modules(table(state.get("root_module"))):
            for one in tables(module.get("resources")):
                yield self._resource(text(module.get("address")), one)

    def _resource(self, module: str, one: Mapping[str, Any]) -> Planned:
        address = text(one.get("address"))
        change = self._changes.get(address, {})
        return Planned(
            address,
            module,
            text(one.get("mode")),
            text(one.get("type")),
            text(one.get("name")),
            table(one.get("values")),
            table(change.get("after_unknown")),
            table(change.get("after_sensitive")) or table(one.get("sensitive_values")),
            self._place(address),
        )

    def _let_go(self) -> Iterator[tuple[str, str, Span]]:
        for change in tables(self._content.get("resource_changes")):
            if "forget" in (table(change.get("change")).get("actions") or ()):
                address = text(change.get("address"))
                yield address, text(change.get("type")), self._place(address)

    def _place(self, address: str) -> Span:
        written = json.dumps(address, ensure_ascii=False)[1:-1]
        return self._places.get(written) or self._file.span(0, 0)


def _variables(content: Mapping[str, Any]) -> Mapping[str, Any]:
    found = table(content.get("variables"))
    return {
        name: variable["value"]
        for name, variable in found.items()
        if isinstance(variable, dict) and "value" in variable
    }


def _modules(root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A module and those below it."""
    waiting = [root]
    for _ in range(_MOST_MODULES):
        if not waiting:
            break
        module = waiting.pop()
        yield module
        waiting.extend(reversed(tables(module.get("child_modules"))))


def table(value: Any) -> Mapping[str, Any]:
    """An object of the plan; empty for anything else, since a plan is data like any other."""
    return value if isinstance(value, dict) else {}


def tables(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    return value if isinstance(value, str) else ""
