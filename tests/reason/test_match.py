from rootlint.model.policy import Elements
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Known, List, Option, Unknown, Value, Why
from rootlint.reason.match import Match, Written, each, match_value
from rootlint.source import Span

HERE = Span("p.json", 0, 1)
HOLE = Unknown(Why.VARIABLE, "var.x", HERE)
A, B = Known("a", HERE), Known("b", HERE)


def is_a(written: Written) -> Match:
    if isinstance(written, Known):
        return Match(Truth.of(written.value == "a"))
    return Match(Truth.UNKNOWN, (HOLE,))


def either(*values: Value | None) -> Truth:
    options = tuple(Option(str(number), value) for number, value in enumerate(values))
    return match_value(Choice(options, HOLE, HERE), is_a).truth


def test_alternatives_agree_or_nothing_is_known() -> None:
    assert either(A, List((B, A), HERE)) is Truth.YES
    assert either(B, None) is Truth.NO
    assert either(A, B) is Truth.UNKNOWN


def test_what_an_alternative_may_hold_beyond_what_is_written_hides_a_no() -> None:
    assert either(List((B,), HERE, HOLE), List((), HERE, HOLE)) is Truth.UNKNOWN
    assert either(List((A,), HERE, HOLE), A) is Truth.YES


def test_what_may_be_more_of_an_element_comes_last_and_has_any_shape() -> None:
    named = Unknown(Why.VARIABLE, "var.x", HERE, shape="name")
    assert [*each(Elements((A,), HERE, named))] == [A, HOLE]
