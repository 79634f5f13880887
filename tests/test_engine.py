from collections.abc import Iterator
from dataclasses import dataclass

from rootlint.check import AnyCheck, Check, Outcome, Run
from rootlint.engine import Judgement, judge
from rootlint.finding import Group, Severity, Undecided, Violation
from rootlint.model.estate import Estate
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.value import Map, Unknown, Why
from rootlint.model.watch import Topic
from rootlint.source import Span

HERE = Span("a.tf", 0, 1)


@dataclass(frozen=True)
class Evidence:
    """A proof that replays as it is told to."""

    answer: Truth = Truth.YES
    kind: str = "declared"

    def replay(self) -> Truth:
        return self.answer

    def lines(self) -> tuple[str, ...]:
        return ()

    def fields(self) -> dict[str, object]:
        return {}


def violation(at: Span = HERE, message: str = "wrong", proof: Evidence | None = None) -> Violation:
    return Violation(at, message, proof or Evidence(), "mend it")


def checked(run: Run[Topic], name: str = "some-fault") -> AnyCheck:
    return Check(name, Topic, Group.ALARMS, Severity.HIGH, "0.1.0", (), (), (), "Doc.", run)


def topic(unit: str = "u", exists: Truth = Truth.YES) -> Topic:
    because = Unknown(Why.COUNT, "var.n has no value", HERE)
    return Topic(
        Resource(unit, "topic", "kind", Map({}, HERE), HERE, HERE, exists=exists, because=because)
    )


def saying(*outcomes: Outcome) -> Run[Topic]:
    def say(subject: Topic, estate: Estate) -> Iterator[Outcome]:
        yield from outcomes

    return say


def judged(run: Run[Topic], *topics: Topic, name: str = "some-fault") -> Judgement:
    estate = Estate([Unit(found.resource.unit, (found,)) for found in topics or (topic(),)])
    return judge([checked(run, name)], estate)


def test_a_violation_whose_proof_replays_is_a_finding() -> None:
    found = judged(saying(violation()))
    assert [finding.violation.message for finding in found.findings] == ["wrong"]
    assert not found.broken


def test_a_proof_that_does_not_replay_is_our_bug() -> None:
    for answer in (Truth.NO, Truth.UNKNOWN):
        wrong = violation(proof=Evidence(answer))
        found = judged(saying(wrong))
        assert not found.findings
        assert [broken.problem for broken in found.broken] == ["the proof does not replay"]


def test_a_check_that_crashes_is_named_and_the_others_run() -> None:
    def crash(subject: Topic, estate: Estate) -> Iterator[Outcome]:
        yield violation()
        raise ZeroDivisionError("oops")

    def calm(subject: Topic, estate: Estate) -> Iterator[Outcome]:
        yield violation(message="calm")

    estate = Estate([Unit("u", (topic(),))])
    found = judge([checked(crash, "crashing"), checked(calm, "calm-fault")], estate)
    assert {finding.violation.message for finding in found.findings} == {"wrong", "calm"}
    assert [(broken.check, broken.resource) for broken in found.broken] == [("crashing", "topic")]
    assert "ZeroDivisionError: oops" in found.broken[0].problem


def test_a_fault_of_something_that_may_not_exist_is_undecided() -> None:
    found = judged(saying(violation()), topic(exists=Truth.UNKNOWN))
    assert not found.findings
    assert [why.why for why in found.undecided[0].undecided.because] == [Why.COUNT]


def test_the_same_fault_in_several_units_is_one_finding() -> None:
    found = judged(saying(violation()), topic("a"), topic("b"))
    assert [finding.units for finding in found.findings] == [("a", "b")]


def test_undecided_answers_are_merged_likewise() -> None:
    asked = Undecided(HERE, "is it?")
    found = judged(saying(asked), topic("a"), topic("b"))
    assert [finding.units for finding in found.undecided] == [("a", "b")]


def test_a_reason_is_told_once() -> None:
    """Two values that are unknown at one place for one reason read the same."""
    names = (
        Unknown(Why.COUNT, "`each.value` is not known", HERE, shape="name"),
        Unknown(Why.COUNT, "`each.value` is not known", HERE),
        Unknown(Why.COUNT, "`each.key` is not known", HERE),
    )
    (found,) = judged(saying(Undecided(HERE, "is it?", names))).undecided
    details = [why.detail for why in found.undecided.because]
    assert details == ["`each.value` is not known", "`each.key` is not known"]


def test_findings_are_sorted_by_place() -> None:
    places = [Span("b.tf", 0, 1), Span("a.tf", 9, 10), Span("a.tf", 3, 4)]
    found = judged(saying(*(violation(at=at) for at in places)))
    assert [finding.violation.at for finding in found.findings] == sorted(places)


def test_a_cause_silences_the_absence_in_its_unit_only() -> None:
    def say(subject: Topic, estate: Estate) -> Iterator[Outcome]:
        yield violation(message=subject.resource.unit, at=Span(subject.resource.unit, 0, 1))

    def cause(subject: Topic, estate: Estate) -> Iterator[Outcome]:
        if subject.resource.unit == "a":
            yield violation(message="cause")

    estate = Estate([Unit("a", (topic("a"),)), Unit("b", (topic("b"),))])
    checks = [checked(say, "trail-without-root-alarm"), checked(cause, "root-alarm-cannot-fire")]
    found = judge(checks, estate)
    assert {finding.violation.message for finding in found.findings} == {"cause", "b"}


def test_a_fingerprint_outlives_a_move_of_lines() -> None:
    moved = Span("a.tf", 50, 51)
    first, second = (
        judged(saying(violation(at=at))).findings[0].fingerprint for at in (HERE, moved)
    )
    assert first == second
