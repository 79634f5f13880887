"""Users who can take on a role without MFA, as the role's trust policy has it."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.identity import AccessPolicy, Role, User
from rootlint.model.policy import Policy, Principals, Statement
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text, Value
from rootlint.reason.answer import Answer, Request
from rootlint.reason.arn import account_of
from rootlint.reason.holdings import holdings
from rootlint.reason.iam import decide
from rootlint.reason.intent import conditions_on
from rootlint.reason.match import each
from rootlint.reason.privilege import may
from rootlint.reason.root import ACCOUNT, of_user, people_without_mfa
from rootlint.source import Span, within

_ASSUME = "sts:AssumeRole"
_EXTERNAL_ID = frozenset({"sts:externalid"})
# Roles that AWS and its landing zones make for their own machinery; people do not take them on.
_MACHINERY = (
    "AWSAFTAdmin",
    "AWSAFTExecution",
    "AWSAFTService",
    "AWSCloudFormationStackSetAdministrationRole",
    "AWSCloudFormationStackSetExecutionRole",
    "AWSControlTower",
    "AWSReservedSSO_",
    "OrganizationAccountAccessRole",
    "stacksets-exec-",
)


class Trusted(NamedTuple):
    """A request by which a user takes on a role without MFA, and whether the trust policy allows it.

    `by` is what the policy names: a user, or the account that the user belongs to; `at` is where it
    does. `third_party` says that whoever makes the request has to know an external id.
    """

    request: Request
    answer: Answer
    by: Value
    at: Span
    third_party: bool = False


def is_machinery(role: Role) -> Truth:
    """Whether a role is one of AWS's own machinery, by the name that AWS gives it."""
    name = role.name
    if isinstance(name, Text) and isinstance(name.parts[0], str):
        return _begins(name.parts[0])
    known = text(name)
    if known is None:
        return Truth.NO if name is None else Truth.UNKNOWN
    return Truth.of(known.startswith(_MACHINERY))


def _begins(start: str) -> Truth:
    """The same of a name of which the beginning is known."""
    if start.startswith(_MACHINERY):
        return Truth.YES
    may = any(name.startswith(start) for name in _MACHINERY)
    return Truth.UNKNOWN if may else Truth.NO


def trusted_users(document: Policy) -> Trusted | None:
    """The first user whom a trust policy lets in without MFA, else one of whom it is not known."""
    found = list(_tried(document))
    for wanted in (Truth.YES, Truth.UNKNOWN):
        for one in found:
            if one.answer.truth is wanted:
                return one
    return None


def _tried(document: Policy) -> Iterator[Trusted]:
    for statement in document.statements:
        if text(statement.effect) == "Deny" or statement.principal is None:
            continue
        known = _external_ids(statement)
        for value in _entries(statement.principal):
            at = value.span if within(value.span, statement.span) else statement.principal.span
            for request in _requests(value):
                answer = decide((document,), request)
                yield Trusted(request, answer, value, at)
                if answer.truth is Truth.NO and known:
                    told = _knowing(request, known)
                    yield Trusted(told, decide((document,), told), value, at, third_party=True)


def _entries(principal: Principals) -> Iterator[Value]:
    """The entries that name AWS identities; what may be more of them is one more."""
    listed = principal.by_type.get("AWS")
    if principal.anyone:
        yield Known("*", principal.span)
    if listed is not None:
        yield from each(listed)
    if principal.rest is not None:
        yield principal.rest


def _requests(value: Value) -> Iterator[Request]:
    """The requests of the users that an entry may mean; none where it means roles."""
    written = text(value)
    if written is None or written == "*":
        if not _is_role(value):
            yield from people_without_mfa(_ASSUME, "*")
        return
    account = written if written.isdigit() else account_of(written)
    if written.startswith("arn:") and ":user/" in written:
        for request in people_without_mfa(_ASSUME, "*", account=account):
            yield of_user(request, written)
    elif written == account or written.endswith(":root"):
        yield from people_without_mfa(_ASSUME, "*", account=account)


def _is_role(value: Value) -> bool:
    parts = value.parts if isinstance(value, Text) else ()
    return any(":role/" in part for part in parts if isinstance(part, str))


def _external_ids(statement: Statement) -> tuple[str, ...]:
    asked = conditions_on(statement, _EXTERNAL_ID)
    return tuple(
        found for condition in asked for item in condition.values.items if (found := text(item))
    )


def _knowing(request: Request, ids: tuple[str, ...]) -> Request:
    context = {**request.context, "sts:externalid": ids[:1]}
    return request._replace(context=MappingProxyType(context))


def assumed_by_user(role: Role, trusted: Trusted, estate: Estate) -> bool:
    """Whether a user that the code declares surely can take on a role by what lets it in.

    A user that the trust policy names needs no more; one of the account has to be allowed it.
    """
    users = [user for user in estate.every(User) if user.resource.unit == role.resource.unit]
    if ":user/" in (text(trusted.by) or ""):
        return any(estate.denotes(trusted.by, user) is Truth.YES for user in users)
    account = account_of(trusted.request.principal)
    if account not in {ACCOUNT, text(role.resource.scope.account)}:
        return False
    asked = trusted.request._replace(resource=f"arn:aws:iam::{account}:role/{text(role.name)}")
    held = (holdings(user, estate) for user in users)
    return any(may(one, asked).truth is Truth.YES and not one.hidden for one in held)


def role_of(policy: AccessPolicy, estate: Estate) -> Role | None:
    """The role whose trust policy this is."""
    return next((role for role in estate.every(Role) if role.resource is policy.resource), None)
