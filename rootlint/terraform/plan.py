"""A plan → a unit: over the source of the same configuration where that is at hand, else by itself.

A plan beats the source: what it says exists exists, what it does not say does not. Modules that are
not on disk, counts, data sources that were read: a plan knows them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rootlint.model.resource import BlindSpot, Door, Resource, Scope
from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.value import Known, Map, Unknown, Value, Why
from rootlint.source import Sources, Span
from rootlint.terraform.blind import leads_out, outlet
from rootlint.terraform.configuration import Configuration
from rootlint.terraform.given import Given, Inputs
from rootlint.terraform.lifecycle import MISSED, unseen
from rootlint.terraform.plan_file import Plan, Planned, table, tables, text
from rootlint.terraform.plan_references import References
from rootlint.terraform.plan_values import overlaid, value
from rootlint.terraform.plan_written import runs_script, switched_off, written_out
from rootlint.terraform.providers import account_of_role, partition_of
from rootlint.terraform.read import Read, evaluated, is_known
from rootlint.terraform.variables import noted
from rootlint.terraform.vocabulary.declare import declared
from rootlint.terraform.vocabulary.kinds import KNOWN, ONLY_WITH

_KEY = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]')
# What a plan does not list, or not with all that its source says.
_ELSEWHERE = ("backend.", "data.", "provider.")
# Nested blocks that may be dynamic: a plan does not say how those are written.
_BLOCKS = frozenset({
    "advanced_event_selector",
    "event_selector",
    "metric_query",
    "metric_transformation",
    "parameters",
    "statement",
})  # fmt: skip


def source_of(
    plan: Plan, folders: Iterable[str], configurations: Mapping[str, Configuration]
) -> str | None:
    """The root module that a plan was made of: the only one that declares what the plan does."""
    wanted = _shape(plan)
    found = [name for name in folders if wanted and _declares(configurations[name]) == wanted]
    beside = [name for name in found if name == (posixpath.dirname(plan.path) or ".")]
    chosen = beside or found
    return chosen[0] if len(chosen) == 1 else None


def _shape(plan: Plan) -> frozenset[str]:
    blocks = (text(one.get("address")) for one in tables(plan.configuration.get("resources")))
    calls = (f"module.{name}" for name in table(plan.configuration.get("module_calls")))
    return frozenset((*blocks, *calls))


def _declares(configuration: Configuration) -> frozenset[str]:
    data = (f"data.{name}" for name in configuration.data)
    calls = (f"module.{name}" for name in configuration.modules)
    return frozenset((*configuration.resources, *data, *calls))


def over_source(
    plan: Plan,
    folder: str,
    files: Mapping[str, tuple[str, ...]],
    sources: Sources,
    *,
    given: Given,
    configurations: dict[str, Configuration],
) -> Unit:
    """The unit of a plan whose source is in a folder: places are the source's, values the plan's."""
    span = Span(plan.path, 0, 0)
    hole = Unknown(Why.VARIABLE, "value in the plan", span)
    values = {
        name: noted(value(raw, None, None, hole) or Known(None, span), "by the plan")
        for name, raw in plan.variables.items()
    }
    read = evaluated(
        folder,
        files,
        sources,
        name=plan.path,
        given=given,
        inputs=Inputs(forced=values),
        configurations=configurations,
    )
    return _unit(plan, plan.path, tuple(_over(plan, read)), read.doors, read)


def _over(plan: Plan, read: Read) -> Iterator[Resource]:
    alone = {each.address: each for each in _resources(plan, read.unit)}
    written = {each.address: each for each in read.resources}
    blocks = {_block(each.address): each for each in read.resources}
    for address, planned in alone.items():
        source = written.pop(address, None) or blocks.get(_block(address))
        yield _merged(source, planned) if source else planned
    made = {one.address for one in plan.resources}
    for left in written.values():
        if left.kind.startswith(_ELSEWHERE):
            yield left
        elif left.address in made:
            yield replace(left, exists=Truth.YES, because=None)
        else:
            yield replace(left, exists=Truth.NO, because=None)


def _block(address: str) -> str:
    """An address without the keys of instances."""
    return _KEY.sub("", address)


def _merged(source: Resource, planned: Resource) -> Resource:
    body = overlaid(source.body, planned.body)
    assert isinstance(body, Map)
    scope = source.scope._replace(
        account=source.scope.account or planned.scope.account,
        region=source.scope.region or planned.scope.region,
    )
    return replace(
        source,
        address=planned.address,
        body=body,
        exists=Truth.YES,
        because=None,
        switch=None,
        scope=scope,
    )


def alone(plan: Plan) -> Unit:
    """The unit of a plan without its source: all places are those of the plan."""
    references = References(plan)
    doors = tuple(
        Door(
            name,
            Unknown(Why.ATTRIBUTE, f"output `{name}`", Span(plan.path, 0, 0), refers),
            masked=Known(table(output).get("sensitive") is True, Span(plan.path, 0, 0)),
        )
        for name, output in plan.outputs.items()
        if (refers := references.of_output(name)) is not None
    )
    found = (*_resources(plan, plan.path), *switched_off(plan, references, plan.path))
    return _unit(plan, plan.path, found, doors, None)


def _unit(
    plan: Plan, name: str, found: tuple[Resource, ...], doors: tuple[Door, ...], read: Read | None
) -> Unit:
    blind = [*_unseen(plan), *(spot for each in found for spot in outlet(each))]
    return Unit(
        name,
        tuple(thing for each in found for thing in declared(each)),
        tuple(each for each in found if is_known(each)),
        tuple(blind),
        doors,
        read.faults if read else (),
    )


def _unseen(plan: Plan) -> Iterator[BlindSpot]:
    span = Span(plan.path, 0, 0)
    if not plan.complete:
        said = "plan of a part of the configuration"
        yield BlindSpot(Unknown(Why.LIMIT, said, span), anything=True)


def _resources(plan: Plan, unit: str) -> Iterator[Resource]:
    """What the plan says of every resource that may matter."""
    references = References(plan)
    for planned in plan.resources:
        kind = planned.kind if planned.mode != "data" else f"data.{planned.kind}"
        needed = ONLY_WITH.get(kind)
        wanted = kind in KNOWN and (needed is None or planned.values.get(needed) is not None)
        if wanted or leads_out(kind) or runs_script(planned, references):
            yield _resource(plan, planned, kind, references, unit)
    for address, kind, at in plan.let_go:
        if kind in MISSED:
            yield unseen(unit, address, kind, at)


def _resource(
    plan: Plan, planned: Planned, kind: str, references: References, unit: str
) -> Resource:
    written = references.expressions(planned)
    entries: dict[str, Value] = {}
    for name in dict.fromkeys((*planned.values, *planned.unknown)):
        raw, unknown = planned.values.get(name), planned.unknown.get(name)
        if raw is None and written is not None and name not in written and name not in _BLOCKS:
            continue  # computed, or not written
        refers = references.of(planned, name)
        refers = refers and refers._replace(unit=unit)
        said = f"`{planned.address}.{name}` is known after apply"
        hole = Unknown(Why.ATTRIBUTE, said, planned.at, refers)
        found = value(raw, unknown, planned.sensitive.get(name), hole)
        entries[name] = Known(None, planned.at) if found is None else found
    body = Map(written_out(planned, entries, references), planned.at)
    scope = _scope(plan, references, references.provider(planned))
    return Resource(unit, planned.address, kind, body, planned.at, planned.at, scope=scope)


def _scope(plan: Plan, references: References, provider: Mapping[str, object]) -> Scope:
    written = table(provider.get("expressions"))
    region = _argument(plan, written, "region")
    role = next(iter(tables(written.get("assume_role"))), {})
    arn = _argument(plan, role, "role_arn")
    refers = references.of_provider(table(role.get("role_arn")))
    if arn is None and refers is not None:
        arn = Unknown(Why.ATTRIBUTE, "role of the provider", Span(plan.path, 0, 0), refers)
    account = account_of_role(arn)
    alias = text(provider.get("alias"))
    return Scope(alias, account, region, partition_of(region, "aws"))


def _argument(plan: Plan, written: Mapping[str, object], name: str) -> Value | None:
    """An argument of a provider, where it is written out or a variable of the root module."""
    expression = table(written.get(name))
    found = expression.get("constant_value")
    names = expression.get("references")
    if found is None and isinstance(names, list) and names:
        found = plan.variables.get(text(names[0]).removeprefix("var."))
    return Known(found, Span(plan.path, 0, 0)) if isinstance(found, str) else None
