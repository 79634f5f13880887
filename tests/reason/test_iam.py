"""Statements and policies, row by row from AWS's pages.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

from typing import Any

import pytest

from rootlint.embedded import policy
from rootlint.model.policy import Policy
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Known, List, Map, Option, Value, Why
from rootlint.reason.iam import allows, applies, decide, denies
from rootlint.source import Span
from tests.embedded.making import PATH, hole
from tests.reason.iam_cases import Maker
from tests.reason.iam_cases import document as text_of
from tests.reason.policies import ROOT, USER, document, read, request

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
ELEMENTS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements"
SESSION = "arn:aws:sts::111122223333:assumed-role/admin/anna"
SPAN = Span(PATH, 0, 1)
DENY_ALL: dict[str, Any] = {}
NOT_USERS = {"Condition": {"ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"}}}


@pytest.mark.parametrize(
    ("element", "entry", "wanted"),
    [
        ("Action", "iam:CreateAccessKey", YES),
        ("Action", "IAM:createaccesskey", YES),
        ("Action", "iam:*", YES),
        ("Action", "iam:*AccessKey*", YES),
        ("Action", "iam:CreateAccessKe?", YES),
        ("Action", "iam:CreateAccessKey?", NO),
        ("Action", "*", YES),
        ("Action", "*:*", YES),
        ("Action", "s3:*", NO),
        ("Action", "iam:CreateAccess", NO),
        # Where the service is not spelt out, the document is refused, or new rules hold for SCPs.
        ("Action", "i*:CreateAccessKey", UNKNOWN),
        ("Action", "*AccessKey", UNKNOWN),
        ("Action", "iamCreateAccessKey", NO),
        ("Action", ["s3:*", "iam:*"], YES),
        ("NotAction", ["s3:*", "iam:*"], NO),
        ("NotAction", "s3:*", YES),
        ("NotAction", [], YES),
        ("Action", [], NO),
        ("Action", None, UNKNOWN),
        ("Action", [5], NO),
    ],
)
def test_actions(element: str, entry: Any, wanted: Truth) -> None:
    assert denies(document({element: entry}), request()).truth is wanted, f"{ELEMENTS}_action.html"


QUEUE = "arn:aws:sqs:us-east-1:111122223333:jobs"


@pytest.mark.parametrize(
    ("entry", "resource", "wanted"),
    [
        ("*", QUEUE, YES),
        (QUEUE, QUEUE, YES),
        ("arn:aws:sqs:*:*:j*", QUEUE, YES),
        ("arn:aws:sqs:us-east-1:111122223333:JOBS", QUEUE, NO),
        ("arn:aws:iam::*:user/*", USER, YES),
        ("arn:aws:iam::*:role/*", USER, NO),
        ("arn:aws:s3:::logs-*/x", "arn:aws:s3:::logs-2026/a/x", YES),
        # A `*` at the end reaches over the parts that are not written.
        ("arn:aws:sqs:*", QUEUE, YES),
        ("arn:aws:*", QUEUE, YES),
        ("arn:aws:iam:*", QUEUE, NO),
        # Completed for identity policies, not so for others.
        ("arn:aws:sqs", QUEUE, UNKNOWN),
        ("arn:aws:sns", QUEUE, NO),
        # Not documented: wildcards across parts, within a type, the case of a Region.
        ("arn:aws:s*jobs", QUEUE, UNKNOWN),
        ("arn:aws:*:111122223333:jobs", QUEUE, UNKNOWN),
        ("arn:aws:iam::*:us*", USER, UNKNOWN),
        ("arn:aws:sqs:US-EAST-1:*:jobs", QUEUE, UNKNOWN),
        ("arn:aws:iam::111122223333:user/${aws:username}", USER, YES),
        ("arn:aws:iam::${aws:PrincipalAccount}:user/somebody", USER, YES),
        ("arn:aws:iam::111122223333:user/${aws:FederatedProvider}", USER, NO),
        ("*", "*", YES),
        (QUEUE, "*", NO),
    ],
)
def test_resources(entry: str, resource: str, wanted: Truth) -> None:
    asked = request("a:b", resource, aws_username="somebody", aws_PrincipalAccount="111122223333")
    assert denies(document({"Resource": entry}), asked).truth is wanted, f"{ELEMENTS}_resource.html"


def test_what_is_not_among_the_exceptions_is_covered() -> None:
    assert denies(document({"NotResource": QUEUE}), request()).truth is YES
    assert denies(document({"NotResource": USER}), request()).truth is NO


def test_an_exception_with_a_variable_that_has_no_value_is_not_decided() -> None:
    exception = "arn:aws:iam::111122223333:user/${aws:username}"
    assert denies(document({"NotResource": exception}), request()).truth is UNKNOWN


def test_a_second_resource_that_aws_may_mean_must_agree() -> None:
    asked = request(resource=ROOT)._replace(or_resource="arn:aws:iam::111122223333:user/root")
    assert denies(document({"Resource": "arn:aws:iam::*:user/*"}), asked).truth is UNKNOWN
    assert denies(document({"Resource": "arn:aws:iam::*:*"}), asked).truth is YES
    assert denies(document({"Resource": "arn:aws:iam::*:role/*"}), asked).truth is NO


def test_an_identity_policy_without_a_resource_is_not_decided() -> None:
    found = read('{"Statement": {"Effect": "Deny", "Action": "*"}}')
    assert denies(found, request()).truth is UNKNOWN


@pytest.mark.parametrize(
    ("principal", "who", "wanted"),
    [
        ("*", USER, YES),
        ({"AWS": "*"}, USER, YES),
        ({"AWS": "*"}, "cloudwatch.amazonaws.com", YES),
        ({"AWS": USER}, USER, YES),
        ({"AWS": USER}, ROOT, NO),
        ({"AWS": "arn:aws:iam::111122223333:user/Somebody"}, USER, NO),
        ({"AWS": ["arn:aws:iam::444455556666:root", USER]}, USER, YES),
        # An account stands for everybody in it.
        ({"AWS": ROOT}, USER, YES),
        ({"AWS": "111122223333"}, ROOT, YES),
        ({"AWS": "111122223333"}, SESSION, YES),
        ({"AWS": "444455556666"}, USER, NO),
        ({"AWS": "arn:aws-us-gov:iam::111122223333:root"}, USER, NO),
        # A role stands for its sessions, whatever its path.
        ({"AWS": "arn:aws:iam::111122223333:role/admin"}, SESSION, YES),
        ({"AWS": "arn:aws:iam::111122223333:role/path/admin"}, SESSION, YES),
        ({"AWS": "arn:aws:iam::111122223333:role/reader"}, SESSION, NO),
        ({"AWS": SESSION}, SESSION, YES),
        ({"Service": "cloudtrail.amazonaws.com"}, "cloudtrail.amazonaws.com", YES),
        ({"Service": "cloudtrail.amazonaws.com"}, "sns.amazonaws.com", NO),
        ({"Service": "cloudtrail.amazonaws.com"}, USER, NO),
        ({"Federated": "accounts.google.com"}, "accounts.google.com", YES),
        # AWS refuses these, or does not say whom they mean.
        ({"AWS": "arn:aws:iam::*:root"}, ROOT, UNKNOWN),
        ({"AWS": "arn:aws:iam::444455556666:user/*"}, USER, NO),
        ({"AWS": "AIDACKCEVSQ6C2EXAMPLE"}, USER, UNKNOWN),
        ({"CanonicalUser": "79a59df900b949e55d96a1e698fbaced"}, USER, UNKNOWN),
        ("111122223333", USER, UNKNOWN),
    ],
)
def test_principals(principal: Any, who: str, wanted: Truth) -> None:
    found = document({"Principal": principal})
    assert denies(found, request(principal=who)).truth is wanted, f"{ELEMENTS}_principal.html"


@pytest.mark.parametrize(
    ("listed", "who", "wanted"),
    [
        ([USER, ROOT], USER, NO),
        ([USER, ROOT], "arn:aws:iam::111122223333:user/other", YES),
        ([USER], ROOT, YES),
        ([ROOT], ROOT, NO),
        (["111122223333"], ROOT, NO),
        # AWS: without the account, the policy "might" deny the user all the same.
        ([USER], USER, UNKNOWN),
        ([SESSION, "arn:aws:iam::111122223333:role/admin", ROOT], SESSION, NO),
        ([SESSION, ROOT], SESSION, UNKNOWN),
        (["arn:aws:iam::111122223333:role/other", ROOT], SESSION, YES),
    ],
)
def test_exempted_principals(listed: list[str], who: str, wanted: Truth) -> None:
    found = document({"NotPrincipal": {"AWS": listed}, "Resource": "*"})
    assert denies(found, request(principal=who)).truth is wanted, f"{ELEMENTS}_notprincipal.html"


@pytest.mark.parametrize(
    ("holes", "who", "wanted"),
    [
        (['"arn:aws:iam::', hole(), ':root"'], USER, UNKNOWN),
        (['"arn:aws:iam::', hole(), ':user/other"'], USER, NO),
        ([hole()], USER, UNKNOWN),
        (['"arn:aws:iam::', hole(), ':role/x"'], SESSION, UNKNOWN),
        (['"', hole("n", "name"), '.amazonaws.com"'], USER, NO),
    ],
)
def test_a_hole_in_a_principal(holes: list[Any], who: str, wanted: Truth) -> None:
    head = '{"Statement":{"Effect":"Deny","Action":"*","Principal":{"AWS":['
    assert denies(read(head, *holes, "]}}}"), request(principal=who)).truth is wanted


def test_all_conditions_must_hold() -> None:
    conditions = {"StringEquals": {"a:x": "1"}, "StringLike": {"a:y": "2"}}
    found = document({"Condition": conditions})
    assert denies(found, request(a_x="1", a_y="2")).truth is YES
    assert denies(found, request(a_x="1", a_y="3")).truth is NO
    assert denies(found, request(a_y="2")).truth is NO


@pytest.mark.parametrize(
    ("effect", "denied", "allowed"),
    [("Deny", YES, NO), ("Allow", NO, YES), ("deny", UNKNOWN, UNKNOWN), (None, UNKNOWN, UNKNOWN)],
)
def test_effects(effect: str | None, denied: Truth, allowed: Truth) -> None:
    found = document({"Effect": effect})
    assert (denies(found, request()).truth, allows(found, request()).truth) == (denied, allowed)


def test_an_effect_that_is_not_known_does_not_matter_where_nothing_applies() -> None:
    found = document({"Effect": "", "Action": "s3:*"})
    assert denies(found, request()).truth is NO


def test_hidden_conditions_leave_a_no_and_open_a_yes() -> None:
    head = '{"Statement":{"Effect":"Deny","Resource":"*","Action":"'
    rest = ('","Condition":{"Bool":', hole(), "}}}")
    assert denies(read(head + "s3:*", *rest), request()).truth is NO
    open_ = denies(read(head + "iam:*", *rest), request())
    assert (open_.truth, open_.unknowns) == (UNKNOWN, (hole(),))


def test_hidden_statements_leave_a_yes_and_open_a_no() -> None:
    statement = '{"Effect":"Deny","Resource":"*","Action":"%s"}'
    for action, wanted in (("iam:*", YES), ("s3:*", UNKNOWN)):
        found = read('{"Statement":[' + statement % action + ",", hole(), "]}")
        assert denies(found, request()).truth is wanted


def known(plain: str) -> Known:
    return Known(plain, SPAN)


def either(*options: Value | None) -> Choice:
    return Choice(tuple(Option(str(at), one) for at, one in enumerate(options)), hole(), SPAN)


def deny(**elements: Value) -> Policy:
    entries: dict[str, Value] = {"Effect": known("Deny"), "Resource": known("*"), **elements}
    found = policy(Map({"Statement": Map(entries, SPAN)}, SPAN))
    assert isinstance(found, Policy)
    return found


@pytest.mark.parametrize(
    ("action", "wanted"),
    [
        (either(known("iam:*"), known("*")), YES),
        (either(known("iam:*"), known("s3:*")), UNKNOWN),
        (either(known("sns:*"), known("s3:*")), NO),
        (either(known("iam:*"), None), UNKNOWN),
        (either(known("s3:*"), None), NO),
        (either(List((known("s3:*"), known("iam:*")), SPAN), known("*")), YES),
        (List((known("*"), either(known("s3:*"), None)), SPAN), YES),
    ],
)
def test_alternatives_are_decided_where_they_agree(action: Value, wanted: Truth) -> None:
    assert denies(deny(Action=action), request()).truth is wanted


def test_a_statement_that_may_be_there_denies_perhaps() -> None:
    statement = Map({"Effect": known("Deny"), "Action": known("*"), "Resource": known("*")}, SPAN)
    found = policy(Map({"Statement": List((either(statement, None),), SPAN)}, SPAN))
    assert isinstance(found, Policy)
    answer = denies(found, request())
    assert (answer.truth, answer.unknowns) == (UNKNOWN, (hole(),))


def test_a_value_that_the_request_hides_is_not_known() -> None:
    asked = request()._replace(hidden=frozenset({"aws:principalorgid"}))
    for condition, wanted in (
        ({"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, UNKNOWN),
        ({"Null": {"aws:PrincipalOrgID": "true"}}, UNKNOWN),
        ({"StringEquals": {"aws:username": "${aws:PrincipalOrgID}"}}, NO),
        ({"StringNotEquals": {"a:x": "x${aws:PrincipalOrgID}"}}, UNKNOWN),
    ):
        carried = {**asked.context, "a:x": ("xy",)}
        answer = denies(document({"Condition": condition}), asked._replace(context=carried))
        assert answer.truth is wanted, condition


def test_the_statement_that_came_closest_explains_a_no() -> None:
    found = document({"Sid": "Far", "Action": "s3:*"}, {"Sid": "Near", **NOT_USERS})
    term = denies(found, request(aws_PrincipalArn=USER)).term
    assert term is not None
    assert (term.statement, term.sid, term.element) == (1, "Near", "Condition")


def test_an_action_that_is_not_listed_is_named() -> None:
    term = denies(document({"Action": "s3:*"}), request()).term
    assert term is not None
    assert term.sentence == "`iam:CreateAccessKey` is not in `Action`"


def test_a_yes_names_its_statement() -> None:
    term = denies(document({"Action": "s3:*"}, {"Sid": "All"}), request()).term
    assert term is not None
    assert (term.statement, term.sid) == (1, "All")


ALLOW = {"Effect": "Allow"}


@pytest.mark.parametrize(
    ("policies", "default", "wanted"),
    [
        ([], NO, NO),
        ([], YES, YES),
        ([document(ALLOW)], NO, YES),
        ([document(ALLOW), document(DENY_ALL)], NO, NO),
        ([document(ALLOW, DENY_ALL)], YES, NO),
        ([document({"Action": "s3:*"})], YES, YES),
        ([document(ALLOW), document({"Action": "?*"})], NO, UNKNOWN),
        ([document({"Action": "?*"})], NO, NO),
    ],
)
def test_a_deny_wins_and_without_an_allow_the_default_holds(
    policies: list[Policy], default: Truth, wanted: Truth
) -> None:
    assert decide(policies, request(), default).truth is wanted


def test_almost_everything_that_is_known_is_decided() -> None:
    maker = Maker(4)
    cases = [maker.identity() for _ in range(1500)]
    answers = []
    for case in cases:
        found = policy(text_of(case.text))
        assert isinstance(found, Policy)
        answers += [applies(one, case.request, found.version) for one in found.statements]
    undecided = [answer for answer in answers if answer.truth is UNKNOWN]
    assert len(undecided) <= len(answers) * 0.01
    # AWS does not say, or refuses the document: never a fault of ours.
    assert {hole.why for answer in undecided for hole in answer.unknowns} <= {
        Why.UNSPECIFIED,
        Why.SYNTAX,
    }
