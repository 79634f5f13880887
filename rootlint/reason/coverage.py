"""Which members of an organization a guardrail reaches, and which it leaves free."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.organization import Account, Control, OrganizationPolicy
from rootlint.model.read import text
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Unknown, Value
from rootlint.reason.answer import Answer, Request, distinct, some
from rootlint.reason.binding import Target, Targets, covers_root, is_management_account, targets
from rootlint.reason.control_tower import control_document
from rootlint.reason.guardrail import first_denied, is_guardrail, restrains, says
from rootlint.reason.intent import root_statements
from rootlint.reason.tree import Member, Path, members, path, reaches

_NAMED = 10


class Free(NamedTuple):
    """A member whose root user no policy denies a request; `bound` are the documents that bind it."""

    member: Member
    bound: tuple[Value, ...]


class Coverage(NamedTuple):
    """The members that are left free for certain, and what hides whether others are."""

    free: tuple[Free, ...]
    unknowns: tuple[Unknown, ...] = ()
    of: int = 0

    @property
    def told(self) -> str:
        """How many of them are free: `2 of 5 accounts`."""
        what = "account" if isinstance(self.free[0].member, Account) else "organizational unit"
        return f"{len(self.free)} of {self.of} {what}{'' if self.of == 1 else 's'}"

    def others(self, shown: int) -> tuple[str, ...]:
        """The names of those that are free beside the first ones, which are shown already."""
        names = [_name(free.member) for free in self.free[shown:]]
        if not names:
            return ()
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        return (f"also free: {', '.join(names[:_NAMED])}{more}",)


def left_free(request: Request, unit: str, estate: Estate) -> Coverage:
    """The members of a unit of code whose root user may make a request."""
    denials = tuple(_denials(request, estate))
    free: list[Free] = []
    open_: list[Answer] = []
    standing = tuple(_standing(unit, estate))
    for member in standing:
        way = path(member, estate)
        answer = _denied_in(way, denials, estate)
        if answer.truth is Truth.NO:
            free.append(Free(member, tuple(_bound(way, estate))))
        elif answer.truth is Truth.UNKNOWN:
            open_.append(answer)
    return Coverage(tuple(free), distinct(open_), len(standing))


def freedom(member: Member, request: Request, estate: Estate) -> tuple[Answer, tuple[Value, ...]]:
    """Whether the root user of a member is denied a request, and the documents that bind it."""
    way = path(member, estate)
    answer = _denied_in(way, tuple(_denials(request, estate)), estate)
    return answer, tuple(_bound(way, estate))


def partial_request(policy: OrganizationPolicy, estate: Estate) -> Request | None:
    """A request that a guardrail denies root where it is attached, which is not the organization's root."""
    document = policy.document
    if document is None or is_guardrail(policy) is Truth.NO or not root_statements(document):
        return None
    found = targets(policy, estate).values
    if not found or all(
        is_management_account(target.value, target.by, estate) is Truth.YES for target in found
    ):
        return None
    if covers_root(policy, estate).truth is Truth.YES:
        return None
    return first_denied(document, policy.resource.scope.partition)


class _Denial(NamedTuple):
    """A policy or control that denies the request, or may, wherever it is attached."""

    by: OrganizationPolicy | Control
    answer: Answer


def _denied_in(way: Path, denials: tuple[_Denial, ...], estate: Estate) -> Answer:
    """Whether a guardrail that reaches the member at the beginning of a path denies the request."""
    found = some(_reaching(denial, way, estate) for denial in denials)
    hidden = estate.hidden(way.members[0].resource)
    if found.truth is Truth.NO and hidden:
        return Answer(Truth.UNKNOWN, None, hidden)
    return found


def _reaching(denial: _Denial, way: Path, estate: Estate) -> Answer:
    reached = _reached(denial.by, way, estate)
    truth = denial.answer.truth & reached.truth
    return Answer(truth, denial.answer.term, (*denial.answer.unknowns, *reached.unknowns))


def _bound(way: Path, estate: Estate) -> Iterator[Value]:
    """The documents that bind a member, or may."""
    for policy in estate.every(OrganizationPolicy):
        reached = _reached(policy, way, estate)
        if policy.document is not None and reached.truth is not Truth.NO:
            yield policy.document.raw


def _standing(unit: str, estate: Estate) -> Iterator[Member]:
    """The accounts of a unit of code; where it makes none, the organizational units that hold no others.

    A unit without accounts beside units that have some is empty, and nobody's root user is in it.
    """
    found = members(unit, estate)
    accounts = [member for member in found if isinstance(member, Account)]
    if accounts:
        yield from accounts
        return
    inner = {above.resource.address for one in found for above in path(one, estate).members[1:]}
    yield from (member for member in found if member.resource.address not in inner)


def _denials(request: Request, estate: Estate) -> Iterator[_Denial]:
    for policy in estate.every(OrganizationPolicy):
        kind = restrains(policy, request.action) & policy.resource.exists
        denied = says(policy.document or policy.hidden, request)
        if kind & denied.truth is not Truth.NO:
            yield _Denial(policy, denied._replace(truth=denied.truth & kind))
    for control in estate.every(Control):
        document = control_document(control)
        denied = Answer(Truth.NO) if document is None else says(document, request)
        if denied.truth is not Truth.NO:
            yield _Denial(control, denied._replace(truth=denied.truth & control.resource.exists))


def _reached(by: OrganizationPolicy | Control, way: Path, estate: Estate) -> Answer:
    """Whether something is attached to a member, or to what it lies in."""
    found = _targets(by, estate)
    truth = any_of(target.holds & reaches(target.value, way, estate) for target in found.values)
    if truth is Truth.NO and found.hidden:
        truth = Truth.UNKNOWN
    if truth is not Truth.UNKNOWN:
        return Answer(truth)
    holes = (hole for target in found.values for hole in unknowns(target.value))
    return Answer(truth, None, tuple(dict.fromkeys((*found.hidden, *way.hidden, *holes))))


def _targets(by: OrganizationPolicy | Control, estate: Estate) -> Targets:
    if isinstance(by, OrganizationPolicy):
        return targets(by, estate)
    own = () if by.target is None else (Target(by.target, by.resource, Truth.YES),)
    return Targets(own, ())


def _name(member: Member) -> str:
    return text(member.name) or member.resource.address
