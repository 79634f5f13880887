from rootlint.model.truth import Truth
from rootlint.model.value import Text, Unknown, Why
from rootlint.reason.policy_strings import Language, Variables, pattern
from rootlint.source import Span

HERE = Span("p.json", 0, 1)
HOLE = Unknown(Why.VARIABLE, "var.x has no value", HERE)
SOMEBODY = Variables({"aws:username": ("somebody",)}, frozenset())


def meets(text: str, *parts: str | Unknown) -> Truth:
    return pattern(Text(parts, HERE), Language(wildcards=True, variables=SOMEBODY)).meets(text)


def test_a_hole_may_bring_the_beginning_of_a_variable() -> None:
    assert meets("user/somebody", "us", HOLE, "name}") is Truth.UNKNOWN
    assert meets("user/somebody/x", "us", HOLE, "name}/y") is Truth.NO


def test_a_hole_may_bring_the_end_of_a_variable() -> None:
    assert meets("user/somebody", "user/${aws:user", HOLE) is Truth.UNKNOWN
    assert meets("group/somebody", "user/${aws:user", HOLE) is Truth.NO


def test_a_variable_behind_a_hole_is_one() -> None:
    assert meets("a/somebody", HOLE, "/${aws:username}") is Truth.UNKNOWN
    assert meets("a/other", HOLE, "/${aws:username}") is Truth.NO
