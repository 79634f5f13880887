"""Guardrails that list the root users that they deny, account by account, and the accounts left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from rootlint.embedded import policy as read
from rootlint.model.estate import Estate
from rootlint.model.organization import Account, OrganizationPolicy
from rootlint.model.policy import Policy
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Encoded, Known, List, Map, Option, Text, Unknown, Value
from rootlint.reason.answer import Request
from rootlint.reason.guardrail import root_key_request
from rootlint.reason.iam import denies
from rootlint.reason.root import root_requests
from rootlint.reason.tree import members

# What gives an account's id: of Terraform, of `Ref`, of `Fn::GetAtt`.
_ID = frozenset({"id", "", "AccountId"})
_FIRST = 500_000_000_001


class Unlisted(NamedTuple):
    """An account that a guardrail leaves out, and the guardrail with ids made up for the accounts."""

    account: Account
    request: Request
    document: Policy


def unlisted(policy: OrganizationPolicy, estate: Estate) -> tuple[Unlisted, ...]:
    """The accounts of the code that a guardrail does not list, where it lists others by reference."""
    accounts = [x for x in members(policy.resource.unit, estate) if isinstance(x, Account)]
    ids = {x.resource.address: str(_FIRST + at) for at, x in enumerate(accounts)}
    if policy.document is None:
        return ()
    raw = with_ids(policy.document.raw, ids)
    document = read(raw) if raw != policy.document.raw else None
    if not isinstance(document, Policy):
        return ()
    partition = policy.resource.scope.partition
    action = root_key_request(partition).action
    asked = [
        (x, root_requests((action,), partition=partition, account=ids[x.resource.address])[0])
        for x in accounts
    ]
    answers = [(x, request, denies(document, request).truth) for x, request in asked]
    if not any(truth is Truth.YES for _, _, truth in answers):
        return ()
    return tuple(Unlisted(x, request, document) for x, request, t in answers if t is Truth.NO)


def with_ids(value: Value, ids: Mapping[str, str]) -> Value:
    """A value in which the ids of accounts, by their addresses, are known."""
    match value:
        case Unknown():
            found = _id(value, ids)
            return value if found is None else Known(found, value.span)
        case Text():
            return _text(value, ids)
        case Encoded():
            return replace(value, value=with_ids(value.value, ids))
        case List() | Map() | Choice():
            return _inside(value, ids)
        case Known():
            return value


def _inside(value: List | Map | Choice, ids: Mapping[str, str]) -> Value:
    match value:
        case List():
            return replace(value, items=tuple(with_ids(item, ids) for item in value.items))
        case Map():
            entries = {name: with_ids(entry, ids) for name, entry in value.entries.items()}
            return replace(value, entries=entries)
        case Choice():
            options = (Option(when, x and with_ids(x, ids)) for when, x in value.options)
            return replace(value, options=tuple(options))


def _text(value: Text, ids: Mapping[str, str]) -> Value:
    parts: list[str | Unknown] = []
    for part in value.parts:
        found = part if isinstance(part, str) else _id(part, ids) or part
        if isinstance(found, str) and parts and isinstance(parts[-1], str):
            parts[-1] += found
        else:
            parts.append(found)
    if len(parts) == 1 and isinstance(parts[0], str):
        return Known(parts[0], value.span)
    return Text(tuple(parts), value.span)


def _id(hole: Unknown, ids: Mapping[str, str]) -> str | None:
    if hole.refers is None or hole.refers.attribute not in _ID:
        return None
    return ids.get(hole.refers.address)
