from __future__ import annotations

from rootlint.model.truth import Truth
from rootlint.reason.iam import Answer, Request
from rootlint.reason.refute import Claim, Holds, Refuted, Unsure, refute
from tests.embedded.making import hole
from tests.reason.policies import request

UNIVERSE = tuple(request(action=name) for name in ("a:a", "a:b", "a:c"))


def claim(**truths: Truth) -> Claim:
    """A claim that holds of an action's letter as given, else YES."""

    def answer(asked: Request) -> Answer:
        letter = asked.action[-1]
        truth = truths.get(letter, Truth.YES)
        return Answer(truth, None, (hole(letter),) if truth is Truth.UNKNOWN else ())

    return answer


def test_the_first_request_that_refutes_is_shown() -> None:
    found = refute(claim(a=Truth.UNKNOWN, b=Truth.NO, c=Truth.NO), UNIVERSE)
    assert isinstance(found, Refuted)
    assert found.request.action == "a:b"
    assert found.answer.truth is Truth.NO


def test_without_one_all_unknowns_are_told() -> None:
    found = refute(claim(a=Truth.UNKNOWN, c=Truth.UNKNOWN), UNIVERSE)
    assert isinstance(found, Unsure)
    assert found.unknowns == (hole("a"), hole("c"))
    assert found.request.action == "a:a"


def test_a_claim_may_hold() -> None:
    assert refute(claim(), UNIVERSE) == Holds()
    assert refute(claim(a=Truth.NO), ()) == Holds()


def test_the_universe_is_asked_no_further_than_needed() -> None:
    asked: list[str] = []

    def answer(one: Request) -> Answer:
        asked.append(one.action)
        return Answer(Truth.NO)

    refute(answer, UNIVERSE)
    assert asked == ["a:a"]
