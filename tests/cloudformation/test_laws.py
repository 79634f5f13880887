"""Laws of evaluation: a value for a parameter never changes what is known without it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rootlint.cloudformation.scope import NOWHERE
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Encoded, Known, List, Map, Text, Unknown, Value
from tests.cloudformation.reading import evaluator, known, value

PARAMETERS = ("A", "B", "C")
SECTIONS = """
Parameters:
  A: {Type: String}
  B: {Type: String, AllowedValues: [x, y, '1']}
  C: {Type: CommaDelimitedList}
Mappings: {M: {x: {k: v, l: w}, y: {k: v, l: u}}}
Conditions:
  IsX: !Equals [!Ref A, x]
  IsY: !Equals [!Ref A, y]
  Same: !Equals [!Ref A, !Ref B]
  Either: !Or [!Condition IsX, !Condition IsY]
  Both: !And [!Condition IsX, !Condition IsY]
  NotX: !Not [!Condition IsX]
  BIsX: !Equals [!Sub '-${B}', '-x']
"""
CONDITIONS = ("IsX", "IsY", "Same", "Either", "Both", "NotX", "BIsX")
WORDS = st.sampled_from(["x", "y", "1", "", "a,b", "x-y", "k", "l"])
GIVEN = st.fixed_dictionaries({}, optional=dict.fromkeys(PARAMETERS, WORDS)).filter(
    lambda found: found.get("B", "x") in {"x", "y", "1"}
)


def quoted(text: str) -> str:
    return f"'{text}'"


LEAF = st.one_of(
    WORDS.map(quoted),
    st.sampled_from(["!Ref A", "!Ref B", "!Ref AWS::Region", "!Ref AWS::NoValue", "!Sub '${A}/${B}'"]),
)  # fmt: skip


def listed(items: list[str]) -> str:
    return f"[{', '.join(items)}]"


def calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(inner, min_size=1, max_size=3).map(listed)
    return st.one_of(
        many,
        st.tuples(st.sampled_from(CONDITIONS), inner, inner).map(lambda t: f"!If [{', '.join(t)}]"),
        st.tuples(st.sampled_from(["", "-", ","]), many).map(lambda t: f"!Join ['{t[0]}', {t[1]}]"),
        st.tuples(st.sampled_from(["-", ",", "/"]), inner).map(
            lambda t: f"!Split ['{t[0]}', {t[1]}]"
        ),
        st.tuples(st.sampled_from("012"), many).map(lambda t: f"!Select [{t[0]}, {t[1]}]"),
        st.tuples(inner, inner).map(lambda t: f"!FindInMap [M, {t[0]}, {t[1]}]"),
        inner.map(lambda found: f"!Sub ['${{v}}+${{A}}', {{v: {found}}}]"),
        many.map(lambda found: f"{{'Fn::Length': {found}}}"),
        inner.map(lambda found: f"{{'Fn::ToJsonString': {{k: {found}}}}}"),
        inner.map(lambda found: f"{{k: {found}, l: c}}"),
    )


EXPRESSIONS = st.recursive(LEAF, calls, max_leaves=8)


def plain(found: Value | None) -> Any:
    """A wholly known value as JSON; raises LookupError where something is not known."""
    match found:
        case None:
            return None
        case Known():
            return found.value
        case List() if found.rest is None:
            return [plain(item) for item in found.items]
        case Map() if found.rest is None:
            return {name: plain(entry) for name, entry in found.entries.items()}
        case Encoded():
            return ("json", plain(found.value))
        case _:
            raise LookupError


def may_be(unknown: Value | None, sure: Value | None) -> bool:
    """Whether a value that is known is one that the other may have turned out to be."""
    try:
        plain(sure)
    except LookupError:
        return True
    match unknown:
        case Unknown():
            return True
        case Choice():
            # What stays open stays one of the two.
            return isinstance(sure, Choice) or any(
                may_be(option.value, sure) for option in unknown.options
            )
        case List():
            return isinstance(sure, List) and _fits(unknown, sure)
        case Text():
            return isinstance(sure, Known)
        case _:
            return isinstance(sure, Map | Encoded) or plain(unknown) == plain(sure)


def _fits(unknown: List, sure: List) -> bool:
    if unknown.rest is None and not any(isinstance(item, Choice) for item in unknown.items):
        return len(unknown.items) == len(sure.items)
    return True


@given(EXPRESSIONS, GIVEN)
def test_what_is_known_stays_so(expression: str, words: dict[str, str]) -> None:
    before = value(expression, SECTIONS)
    after = value(expression, SECTIONS, {name: known(word) for name, word in words.items()})
    assert may_be(before, after)
    try:
        sure = plain(before)
    except LookupError:
        return
    assert plain(after) == sure


@given(st.sampled_from(CONDITIONS), GIVEN)
def test_a_decided_condition_stays_decided(name: str, words: dict[str, str]) -> None:
    text = SECTIONS + "Resources: {R: {Type: 'A::B'}}\n"
    before = evaluator(text).conditions.decide(name, NOWHERE.assumed).truth
    given_values = {one: known(word) for one, word in words.items()}
    after = evaluator(text, given_values).conditions.decide(name, NOWHERE.assumed).truth
    assert before in {Truth.UNKNOWN, after}


@given(st.sampled_from(CONDITIONS), WORDS, st.sampled_from(["x", "y", "1"]))
def test_with_every_value_given_every_condition_is_decided(name: str, a: str, b: str) -> None:
    text = SECTIONS + "Resources: {R: {Type: 'A::B'}}\n"
    worker = evaluator(text, {"A": known(a), "B": known(b)})
    assert worker.conditions.decide(name, NOWHERE.assumed).truth is not Truth.UNKNOWN
