"""What only the configuration of a plan holds: provisioners, texts planned as a hash, what is off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rootlint.model.resource import Label, Resource
from rootlint.model.truth import Truth
from rootlint.model.value import Known, List, Map, Unknown, Value, Why
from rootlint.terraform.plan_file import Plan, Planned, table, tables, text
from rootlint.terraform.plan_references import References
from rootlint.terraform.vocabulary.kinds import KNOWN

# The provider keeps the SHA-1 hash of these:
# https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance#user_data-1
_HASHED = frozenset({"aws_instance", "aws_launch_configuration"})


def runs_script(planned: Planned, references: References) -> bool:
    """Whether Terraform itself runs a command for a resource."""
    return any(True for _ in _provisioners(planned, references))


def written_out(
    planned: Planned, entries: Mapping[str, Value], references: References
) -> dict[str, Value]:
    """The arguments of a resource with what its plan says in the configuration alone."""
    found = dict(entries)
    written = references.expressions(planned) or {}
    if planned.kind in _HASHED and isinstance(found.get("user_data"), Known):
        text_written = table(written.get("user_data"))
        found["user_data"] = _expression(planned, "user_data", text_written, references)
    scripts = tuple(_provisioners(planned, references))
    if scripts:
        found["provisioner"] = List(scripts, planned.at)
    return found


def _provisioners(planned: Planned, references: References) -> Iterator[Value]:
    for one in tables((references.block(planned) or {}).get("provisioners")):
        arguments = _arguments(planned, table(one.get("expressions")), references)
        if one.get("type") == "local-exec":
            yield Map({"local-exec": Map(arguments, planned.at)}, planned.at)


def _arguments(
    planned: Planned, written: Mapping[str, Any], references: References
) -> dict[str, Value]:
    return {
        name: _expression(planned, name, expression, references)
        for name, expression in written.items()
        if isinstance(expression, dict)
    }


def _expression(
    planned: Planned, name: str, written: Mapping[str, Any], references: References
) -> Value:
    """An argument whose value is not planned: known where it is written out."""
    if "constant_value" in written:
        return _constant(written["constant_value"], planned)
    said = f"`{planned.address}.{name}` is not in the plan"
    refers = references.of_expression(planned, written)
    return Unknown(Why.ATTRIBUTE, said, planned.at, refers)


def _constant(raw: Any, planned: Planned) -> Value:
    if isinstance(raw, list):
        return List(tuple(_constant(item, planned) for item in raw), planned.at)
    if isinstance(raw, dict):
        return Map({name: _constant(item, planned) for name, item in raw.items()}, planned.at)
    return Known(raw, planned.at)


def switched_off(plan: Plan, references: References, unit: str) -> Iterator[Resource]:
    """The blocks that are written and of which no instance is left, with the boolean that says so, if one does."""
    for planned in references.absent():
        block = references.block(planned) or {}
        if planned.kind in KNOWN:
            arguments = _arguments(planned, table(block.get("expressions")), references)
            yield Resource(
                unit,
                planned.address,
                planned.kind,
                Map(arguments, planned.at),
                planned.at,
                planned.at,
                Truth.NO,
                switch=_switch(plan, planned, block),
            )


def _switch(plan: Plan, planned: Planned, block: Mapping[str, Any]) -> Label | None:
    written = table(block.get("count_expression") or block.get("for_each_expression"))
    names = written.get("references")
    if planned.module or not isinstance(names, list) or len(names) != 1:
        return None
    value = plan.variables.get(text(names[0]).removeprefix("var."))
    said = f"`{str(value).lower()}` by the plan"
    return Label(planned.at, said) if isinstance(value, bool) else None
