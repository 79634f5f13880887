import pytest

from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text, Unknown, Value, Why
from rootlint.proof import Claim, DeclaredProof, EventProof, RequestProof, TimelineProof, Watched
from rootlint.reason.alarm import Settings
from rootlint.reason.events import event
from rootlint.reason.root import root_requests
from rootlint.reason.sight import Term as Decided
from rootlint.source import Span

HERE = Span("a", 0, 0)
HOLE = Unknown(Why.VARIABLE, "var.x has no value", HERE)
(REQUEST, *_) = root_requests(("iam:CreateAccessKey",))


def known(text: str) -> Known:
    return Known(text, HERE)


def scp(operator: str, principal: str = "arn:aws:iam::*:root") -> Known:
    return known(
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*",'
        f' "Condition": {{"{operator}": {{"aws:PrincipalArn": "{principal}"}}}}}}]}}'
    )


@pytest.mark.parametrize(
    ("operator", "claim", "answer"),
    [
        ("StringEquals", Claim.NOT_DENIED, Truth.YES),
        ("ArnLike", Claim.NOT_DENIED, Truth.NO),
        ("ArnLike", Claim.DENIED, Truth.YES),
        ("StringEquals", Claim.DENIED, Truth.NO),
    ],
)
def test_a_request_is_decided_again_from_the_text(
    operator: str, claim: Claim, answer: Truth
) -> None:
    assert RequestProof(REQUEST, (scp(operator),), claim).replay() is answer


def test_a_request_proof_falls_where_a_filling_changes_the_verdict() -> None:
    written = scp("ArnLike", "HOLE")
    assert isinstance(written.value, str)
    before, _, after = written.value.partition("HOLE")
    document = Text((before, HOLE, after), HERE)
    assert RequestProof(REQUEST, (document,), Claim.NOT_DENIED).replay() is not Truth.YES


def test_what_would_deny_if_it_were_attached_is_replayed_too() -> None:
    for operator, answer in (("ArnLike", Truth.YES), ("StringEquals", Truth.NO)):
        proof = RequestProof(REQUEST, (), Claim.NOT_DENIED, unbound=(scp(operator),))
        assert proof.replay() is answer


SIGN_IN = known('{ $.userIdentity.type = "Root" && $.eventName = "ConsoleLogin" }')
EVERYTHING = known('{ $.userIdentity.type = "Root" }')


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [
        (SIGN_IN, Truth.YES),
        (EVERYTHING, Truth.NO),
        (known("{ $.userIdentity.type EXISTS }"), Truth.YES),
        (Text(('{ $.eventName = "', HOLE, '" && $.eventType = "x" }'), HERE), Truth.YES),
        (Text(('{ $.eventName = "', HOLE, '" }'), HERE), Truth.NO),
    ],
)
def test_an_event_is_matched_again(pattern: Value, answer: Truth) -> None:
    proof = EventProof(event("E06"), (Watched("the filter", pattern),))
    assert (proof.replay() is Truth.YES) is (answer is Truth.YES)


def test_an_event_pattern_is_matched_again() -> None:
    for source, answer in (("aws.signin", Truth.YES), ("aws.iam", Truth.NO)):
        pattern = known(f'{{"source": ["{source}"]}}')
        proof = EventProof(event("E06"), (Watched("the rule", pattern, log=False),))
        assert proof.replay() is answer


def test_what_is_said_to_have_seen_the_event_must_have() -> None:
    for pattern, answer in ((EVERYTHING, Truth.YES), (SIGN_IN, Truth.NO)):
        proof = EventProof(event("E06"), (), seen_by=Watched("the filter counts it", pattern))
        assert proof.replay() is answer


def test_a_timeline_is_run_again() -> None:
    for comparison, answer in (
        ("GreaterThanThreshold", Truth.YES),
        ("GreaterThanOrEqualToThreshold", Truth.NO),
    ):
        settings = Settings(1, 1, comparison, "Sum", 300, 1, 1)
        assert TimelineProof(settings).replay() is answer


def test_a_declared_value_must_be_the_fault_in_every_filling() -> None:
    def proof(value: Value) -> DeclaredProof:
        return DeclaredProof("iam:CreateAccessKey", "UserName", value, lambda name: name == "root")

    assert proof(known("root")).replay() is Truth.YES
    assert proof(Text(("ro", HOLE), HERE)).replay() is Truth.NO


def test_lines_show_the_path_of_the_event() -> None:
    proof = EventProof(event("E01"), (Watched("nothing looks at it"), Watched("", SIGN_IN)))
    assert proof.lines() == (
        "E01, root console sign-in, success, virtual MFA",
        "userIdentity.type = Root, eventName = ConsoleLogin",
        "→ nothing looks at it",
        "→ nobody hears of it",
    )


def test_the_state_of_a_rule_is_replayed() -> None:
    pattern = Known('{"detail": {"userIdentity": {"type": ["Root"]}}}', SIGN_IN.span)
    enabled = Watched("", pattern, log=False, state=Known("ENABLED", SIGN_IN.span))
    assert EventProof(event("E08"), (enabled,)).replay() is Truth.YES
    assert EventProof(event("E06"), (enabled,)).replay() is Truth.NO


def test_a_quoted_pattern_is_shown_below_its_answer() -> None:
    written = str(SIGN_IN.value)
    start = written.index("$.eventName")
    term = Decided("$.eventName", '= "ConsoleLogin"', '"x"', start, start + 28)
    proof = EventProof(event("E06"), (Watched("no match", SIGN_IN, term=term, quoted=True),))
    assert proof.lines()[2:] == (
        "→ no match",
        '  …serIdentity.type = "Root" && $.eventName = "ConsoleLogin" }',
        "                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "→ nobody hears of it",
    )
    assert proof.fields()["pattern"] == {"text": written, "start": start, "end": start + 28}


def test_a_pattern_that_the_excerpt_shows_is_in_the_fields_only() -> None:
    pattern = known('{"source": ["aws.signin"]}')
    listed = Decided("source", '["aws.signin"]', '"aws.iam"', span=HERE)
    proof = EventProof(event("E06"), (Watched("no match", pattern, log=False, term=listed),))
    assert proof.lines()[2:] == ("→ no match", "→ nobody hears of it")
    assert proof.fields()["pattern"] == {
        "text": '{"source": ["aws.signin"]}',
        "start": 11,
        "end": 25,
    }
