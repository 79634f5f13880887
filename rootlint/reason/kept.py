"""What a guardrail leaves open, decided on every action that AWS has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, reduce
from itertools import product
from operator import and_, or_
from typing import NamedTuple

from rootlint.model.policy import Elements, Policy, Statement
from rootlint.model.read import options, text
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Known, List, Text, Unknown, Value, Why
from rootlint.reason.actions import Actions, actions
from rootlint.reason.answer import Request
from rootlint.reason.iam import applies
from rootlint.reason.match import each, once
from rootlint.reason.root import (
    ADDRESSES,
    ROOT_ACTIONS,
    ROOT_CREDENTIALS,
    Address,
    Credential,
    root_requests,
)

# The request of one person in one situation, for any action.
Ask = Callable[[str], Request]


class Kept(NamedTuple):
    """The actions that nothing denies, and those of which that is not known, as sets of bits."""

    open: int
    unsure: int = 0
    unknowns: tuple[Unknown, ...] = ()

    def __repr__(self) -> str:
        return f"Kept({self.open.bit_count()} open, {self.unsure.bit_count()} unsure)"

    @property
    def names(self) -> tuple[str, ...]:
        """The actions that nothing denies, in the order of their names."""
        return actions().named(self.open)


class Opening(NamedTuple):
    """A situation of root, and the actions that it keeps in it. `ask` makes its requests."""

    ask: Ask
    kept: Kept


class _Covered(NamedTuple):
    """The actions that are surely meant, and those that may be (the former among them)."""

    surely: int
    perhaps: int


_NONE = _Covered(0, 0)


def kept(documents: Iterable[Policy], ask: Ask) -> Kept:
    """The actions that no document denies to who asks.

    A statement about some resources only is asked about those on which root's telling actions act;
    of other actions it is not known whether they act on a resource that it leaves open.
    """
    return _Guard(documents).kept(ask)


def kept_by_root(
    documents: Iterable[Policy],
    *,
    partition: str = "aws",
    credentials: Iterable[Credential] = ROOT_CREDENTIALS,
    addresses: Iterable[Address] = ADDRESSES,
    forwarded: Iterable[bool] = (False,),
) -> Iterator[Opening]:
    """The situations of root in its home Region, the plainest first, and what it keeps in each."""
    guard = _Guard(documents)
    for via, address, credential in product(forwarded, addresses, credentials):
        situation = _Situation(partition, credential, address, via)
        if situation.requests(ROOT_ACTIONS[0]):
            ask = cache(situation.ask)
            yield Opening(ask, guard.kept(ask))


class _Situation(NamedTuple):
    """Where root is, how it signs, and whether a service calls for it."""

    partition: str
    credential: Credential
    address: Address
    via: bool

    def requests(self, action: str) -> tuple[Request, ...]:
        """The one request of an action; none where the partition has no such credential."""
        return root_requests(
            (action,),
            partition=self.partition,
            credentials=(self.credential,),
            addresses=(self.address,),
            forwarded=(self.via,),
        )

    def ask(self, action: str) -> Request:
        return self.requests(action)[0]


class _Guard:
    """The statements of some documents that may deny, each with the actions that it names."""

    def __init__(self, documents: Iterable[Policy]) -> None:
        bound = tuple(documents)
        self._rest = tuple(found.rest for found in bound if found.rest is not None)
        self._statements = [
            _Denial(statement, document.version)
            for document in bound
            for statement in document.statements
            if text(statement.effect) != "Allow"
        ]

    def kept(self, ask: Ask) -> Kept:
        everything = actions().all
        denied, perhaps = 0, everything if self._rest else 0
        holes = list(self._rest)
        for statement in self._statements:
            meant, unknown = statement.denied(ask)
            denied |= meant.surely
            perhaps |= meant.perhaps
            holes += unknown
        return Kept(everything & ~(denied | perhaps), perhaps & ~denied, once(holes))


class _Denial:
    """A statement that may deny, and the actions that it names."""

    def __init__(self, statement: Statement, version: Value | None) -> None:
        self._statement = statement
        self._version = version
        self._meant = _meant(statement, actions())
        self._limited = not _all_resources(statement)
        self._of_anything = _of_anything(statement, self._limited)
        self._denies = text(statement.effect) == "Deny"

    def denied(self, ask: Ask) -> tuple[_Covered, tuple[Unknown, ...]]:
        """The actions that it denies, and what hides whether it does."""
        found = applies(self._of_anything, ask(ROOT_ACTIONS[0]), self._version)
        statement, meant = self._statement, self._meant
        if found.truth is Truth.NO or not meant.perhaps:
            return _NONE, ()
        if found.truth is Truth.UNKNOWN or not self._denies:
            holes = once((*unknowns(statement.effect), *found.unknowns))
            return _Covered(0, meant.perhaps), holes
        if self._limited:
            return _on_resources(statement, self._version, ask, meant), _holes(statement)
        return meant, _holes(statement) if meant.surely != meant.perhaps else ()


def _on_resources(
    statement: Statement, version: Value | None, ask: Ask, meant: _Covered
) -> _Covered:
    """The telling actions that a statement about some resources denies; the others it may deny."""
    surely, perhaps = 0, meant.perhaps
    for action, bit in _telling():
        if not bit & perhaps:
            continue
        answer = applies(statement, ask(action), version)
        if answer.truth is Truth.YES:
            surely |= bit
        elif answer.truth is Truth.NO:
            perhaps &= ~bit
    return _Covered(surely, perhaps)


@cache
def _telling() -> tuple[tuple[str, int], ...]:
    """Root's telling actions, each as a set of bits."""
    return tuple((action, actions().covered(action)) for action in ROOT_ACTIONS)


def _of_anything(statement: Statement, limited: bool) -> Statement:  # noqa: FBT001 - one caller
    """The statement, of every action, and of every resource where it is limited to some."""
    everything = Elements((Known("*", statement.span),), statement.span)
    whole = replace(statement, action=everything, not_action=None)
    return replace(whole, resource=everything, not_resource=None) if limited else whole


def _all_resources(statement: Statement) -> bool:
    if statement.not_resource is not None:
        return False
    named = statement.resource
    return named is None or any(text(item) == "*" for item in named.items)


def _meant(statement: Statement, table: Actions) -> _Covered:
    """The actions that the elements of a statement name."""
    found = _Covered(table.all, table.all)
    if statement.action is not None:
        found = _listed(statement.action, table)
    if statement.not_action is not None:
        exempt = _listed(statement.not_action, table)
        found = _Covered(found.surely & ~exempt.perhaps, found.perhaps & ~exempt.surely)
    elif statement.action is None:
        return _Covered(0, table.all)
    return found


def _listed(elements: Elements, table: Actions) -> _Covered:
    entries = [_entry(item, table) for item in elements.items]
    surely = reduce(or_, (found.surely for found in entries), 0)
    perhaps = table.all if elements.rest else reduce(or_, (x.perhaps for x in entries), 0)
    return _Covered(surely, perhaps)


def _entry(value: Value | None, table: Actions) -> _Covered:
    """The actions that one entry covers, holes taken for `*`."""
    match value:
        case Known():
            return _pattern(text(value) or "", table, holes=False)
        case Text():
            shown = "".join(part if isinstance(part, str) else "*" for part in value.parts)
            return _pattern(shown, table, holes=True)
        case Choice():
            alternatives = [_entry(option, table) for _, option in options(value)]
            surely = reduce(and_, (found.surely for found in alternatives), table.all)
            return _Covered(surely, reduce(or_, (found.perhaps for found in alternatives), 0))
        case List():
            return _listed(Elements(value.items, value.span, value.rest), table)
        case None:
            return _NONE
        case _:
            return _Covered(0, table.all)


def _pattern(written: str, table: Actions, *, holes: bool) -> _Covered:
    head = written.partition("*")[0]
    if not holes and (":" in head or written in {"*", "*:*"}):
        found = table.covered(written)
        return _Covered(found, found)
    # Without its service it is no action, or not known to be one: AWS refuses such a policy.
    return _Covered(0, table.covered(written) if ":" in head else table.all)


def _holes(statement: Statement) -> tuple[Unknown, ...]:
    """What keeps the actions of a statement, or the resources that it is about, from being known."""
    listed = (
        statement.action,
        statement.not_action,
        statement.resource,
        statement.not_resource,
    )
    found = [hole for elements in listed if elements for hole in _unknown(elements)]
    limits = Unknown(Why.UNSPECIFIED, "which actions act on the resources named", statement.span)
    return once(found) or (limits,)


def _unknown(elements: Elements) -> Iterator[Unknown]:
    for item in each(elements):
        yield from unknowns(item)
