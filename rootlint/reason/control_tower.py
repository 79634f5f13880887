"""Control Tower's controls for the root user, as the service control policies that they are.

https://docs.aws.amazon.com/controltower/latest/controlreference/strongly-recommended-preventive-controls.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from rootlint.embedded import policy
from rootlint.model.organization import Control
from rootlint.model.policy import Policy
from rootlint.model.read import elements, flag, text
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Map, Text, Unknown, Value, Why
from rootlint.source import Span

# The identifiers of old and of the control catalogue, by the actions that they deny.
_ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "AWS-GR_RESTRICT_ROOT_USER": "*",
        "5kvme4m5d2b4d7if2fs5yg2ui": "*",
        "AWS-GR_RESTRICT_ROOT_USER_ACCESS_KEYS": "iam:CreateAccessKey",
        "8ui9y3oace2513xarz8aqojl7": "iam:CreateAccessKey",
    }
)
_EXEMPTION = "ExemptAssumeRoot"


def control_document(control: Control) -> Policy | Unknown | None:
    """What a control denies, as a policy; None where it is about something else."""
    name = _name(control.identifier)
    if name is None:
        return next(unknowns(control.identifier), None)
    actions = _ACTIONS.get(name)
    if actions is None:
        return None
    exempt = exempts_sessions(control)
    if exempt is Truth.UNKNOWN:
        unclear = Unknown(Why.VARIABLE, f"the parameter `{_EXEMPTION}`", control.resource.span)
        return next(unknowns(control.parameters), unclear)
    return _document(actions, exempt is Truth.YES)


def _name(identifier: Value | None) -> str | None:
    """What follows the last slash; the Region before it need not be known."""
    if isinstance(identifier, Text) and isinstance(identifier.parts[-1], str):
        _, slash, name = identifier.parts[-1].rpartition("/")
        return name if slash else None
    written = text(identifier)
    return None if written is None else written.rpartition("/")[2]


def exempts_sessions(control: Control) -> Truth:
    """Whether a control's parameter `ExemptAssumeRoot` lets sessions of AssumeRoot through."""
    given, hidden = elements(control.parameters)
    doubtful = hidden is not None
    for parameter in given:
        name = parameter.get("Key") if isinstance(parameter, Map) else parameter
        if isinstance(parameter, Map) and text(name) == _EXEMPTION:
            return flag(parameter.get("Value"), default=False)
        doubtful = doubtful or (name is not None and not isinstance(name, Known))
    return Truth.UNKNOWN if doubtful else Truth.NO


@cache
def _document(actions: str, exempt: bool) -> Policy:  # noqa: FBT001 - one caller
    condition: dict[str, Any] = {"ArnLike": {"aws:PrincipalArn": ["arn:*:iam::*:root"]}}
    if exempt:
        condition["Null"] = {"aws:AssumedRoot": "true"}
    statement = {"Effect": "Deny", "Action": actions, "Resource": "*", "Condition": condition}
    found = policy(_written({"Version": "2012-10-17", "Statement": [statement]}))
    assert isinstance(found, Policy)
    return found


def _written(document: dict[str, Any]) -> Value:
    return Known(json.dumps(document), Span("", 0, 0))
