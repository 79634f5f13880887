from dataclasses import replace
from typing import Any

from rootlint.embedded import policy
from rootlint.model.estate import Estate
from rootlint.model.identity import (
    AccessPolicy,
    Group,
    Holder,
    Membership,
    PolicyAttachment,
    User,
)
from rootlint.model.policy import Policy, PolicyKind
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared, Unit
from rootlint.model.value import Known, Value
from rootlint.reason.holdings import holdings
from rootlint.reason.privilege import may, power
from rootlint.reason.root import console_without_mfa
from tests.reason.making import SPAN, resource, unknown, value

ANN = User(resource("user"), Known("ann", SPAN))
STAFF = Group(resource("group"), Known("staff", SPAN))
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
WITHOUT_MFA = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}


def document(effect: str, **elements: Any) -> Policy:
    statement = {"Effect": effect, "Action": "*", "Resource": "*", **elements}
    found = policy(value({"Version": "2012-10-17", "Statement": [statement]}))
    assert isinstance(found, Policy)
    return found


def inline(holder: Holder, name: str, effect: str, **elements: Any) -> AccessPolicy:
    return AccessPolicy(
        resource("inline"),
        PolicyKind.IDENTITY,
        document(effect, **elements),
        holder=holder,
        holder_name=Known(name, SPAN),
    )


def attached(holder: Holder, name: Value, arn: Value | str = ADMIN) -> PolicyAttachment:
    written = Known(arn, SPAN) if isinstance(arn, str) else arn
    return PolicyAttachment(resource("attachment"), written, holder, name)


def in_group(user: str = "ann", group: Value | None = None) -> Membership:
    name = group or Known("staff", SPAN)
    return Membership(resource("membership"), Known(user, SPAN), name)


def powerful(user: User, *declared: Declared) -> Truth:
    """Whether a user is privileged without MFA, as the code has it."""
    held = holdings(user, Estate([Unit("main", (user, *declared))]))
    found = power(held, console_without_mfa)
    if found is None:
        return Truth.NO
    return Truth.UNKNOWN if held.hidden else found.answer.truth


def test_a_user_without_policies_may_nothing() -> None:
    assert powerful(ANN) is Truth.NO


def test_an_attached_policy_of_aws_is_held() -> None:
    assert powerful(ANN, attached(Holder.USER, Known("ann", SPAN))) is Truth.YES


def test_what_another_user_holds_is_not_held() -> None:
    assert powerful(ANN, attached(Holder.USER, Known("bob", SPAN))) is Truth.NO


def test_what_a_role_of_the_same_name_holds_is_not_held() -> None:
    assert powerful(ANN, attached(Holder.ROLE, Known("ann", SPAN))) is Truth.NO


def test_a_user_holds_what_the_group_holds() -> None:
    group = (STAFF, in_group(), attached(Holder.GROUP, Known("staff", SPAN)))
    assert powerful(ANN, *group) is Truth.YES
    assert powerful(ANN, STAFF, in_group("bob"), *group[2:]) is Truth.NO


def test_a_deny_of_the_group_stops_the_user() -> None:
    deny = inline(Holder.GROUP, "staff", "Deny", Condition=WITHOUT_MFA)
    own = attached(Holder.USER, Known("ann", SPAN))
    assert powerful(ANN, own, STAFF, in_group(), deny) is Truth.NO


def test_a_group_of_others_may_hold_anything() -> None:
    own = attached(Holder.USER, Known("ann", SPAN))
    assert powerful(ANN, own, in_group(group=Known("elsewhere", SPAN))) is Truth.UNKNOWN


def test_a_policy_that_is_not_seen_may_deny() -> None:
    own = attached(Holder.USER, Known("ann", SPAN))
    other = attached(Holder.USER, Known("ann", SPAN), "arn:aws:iam::111122223333:policy/x")
    assert powerful(ANN, own, other) is Truth.UNKNOWN


def test_an_attachment_to_somebody_not_known_may_be_ones_own() -> None:
    assert powerful(ANN, attached(Holder.USER, unknown())) is Truth.UNKNOWN


def test_an_attachment_of_another_unit_that_names_nobody_is_in_the_way_at_most() -> None:
    elsewhere = resource("attachment", unit="other")
    far = PolicyAttachment(elsewhere, Known(ADMIN, SPAN), Holder.USER, unknown())
    assert powerful(ANN, far) is Truth.NO
    stranger = PolicyAttachment(elsewhere, unknown(), Holder.USER, unknown())
    assert powerful(ANN, attached(Holder.USER, Known("ann", SPAN)), stranger) is Truth.UNKNOWN


def test_a_boundary_bounds_what_is_allowed() -> None:
    own = attached(Holder.USER, Known("ann", SPAN))
    bounds = AccessPolicy(
        resource("bounds"),
        PolicyKind.IDENTITY,
        document("Allow", Action="s3:*"),
        name=Known("bounds", SPAN),
    )
    arn = Known("arn:aws:iam::111122223333:policy/bounds", SPAN)
    assert powerful(replace(ANN, boundary=arn), own, bounds) is Truth.NO
    assert powerful(replace(ANN, boundary=Known(ADMIN, SPAN)), own) is Truth.YES
    assert powerful(replace(ANN, boundary=arn), own) is Truth.UNKNOWN


def test_whoever_may_some_of_all_services_is_not_privileged() -> None:
    modest = inline(Holder.USER, "ann", "Allow", Action=["s3:*", "ec2:*", "lambda:*"])
    assert powerful(ANN, modest) is Truth.NO


def test_own_credentials_are_no_privilege() -> None:
    own = inline(
        Holder.USER,
        "ann",
        "Allow",
        Action="iam:*AccessKey*",
        Resource="arn:aws:iam::*:user/${aws:username}",
    )
    assert powerful(ANN, own) is Truth.NO
    assert powerful(ANN, inline(Holder.USER, "ann", "Allow", Action="iam:*")) is Truth.YES


def test_an_allow_explains_what_is_allowed() -> None:
    own = inline(Holder.USER, "ann", "Allow")
    held = holdings(ANN, Estate([Unit("main", (ANN, own))]))
    answer = may(held, console_without_mfa("s3:DeleteBucket", "*"))
    assert answer.truth is Truth.YES
    assert answer.term is not None
    assert answer.term.written == "*"
