"""A pattern is given back as one line of text with the term that failed underlined."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.embedded import parse_json
from rootlint.model.truth import Truth
from rootlint.model.value import Known, List, Map, Piece, Text
from rootlint.reason.event_pattern import envelope, hears
from rootlint.reason.event_text import event_text
from rootlint.reason.events import event
from rootlint.reason.logs_pattern import Fault, parse, sees
from rootlint.reason.underlined import ROOM, Underlined, in_one_line, underlined
from rootlint.source import Span
from tests.reason.making import SPAN, unknown

SIGN_IN = '{ ($.userIdentity.type = "Root") && ($.eventName = "ConsoleLogin") }'


def failed(text: str) -> Underlined:
    """The pattern with the term that keeps it from seeing how root creates a key."""
    pattern = parse(text)
    assert not isinstance(pattern, Fault), pattern
    term = sees(pattern, event("E06").record).term
    assert term is not None
    found = underlined(Known(text, SPAN), term.start, term.end)
    assert found is not None
    return found


def marked(found: Underlined) -> str:
    return found.text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        (SIGN_IN, '$.eventName = "ConsoleLogin"'),
        ('{ $.userIdentity.type = "root" }', '$.userIdentity.type = "root"'),
        ("{ $.eventName NOT EXISTS }", "$.eventName NOT EXISTS"),
        ("Root ConsoleLogin", "ConsoleLogin"),
        ("[who, what = ConsoleLogin]", "what = ConsoleLogin"),
    ],
)
def test_the_term_that_failed_is_underlined(text: str, term: str) -> None:
    assert marked(failed(text)) == term


def test_a_short_pattern_is_shown_whole() -> None:
    assert failed('{ $.userIdentity.type = "root" }').lines == (
        '{ $.userIdentity.type = "root" }',
        "  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    )


def test_of_a_long_pattern_the_part_around_the_term_is_shown() -> None:
    shown, marks = failed(f'{{ $.awsRegion = "*" && {SIGN_IN[2:-2]} && $.awsRegion = "*" }}').lines
    assert shown == '…type = "Root") && ($.eventName = "ConsoleLogin") && $.awsR…'
    assert marks == "                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^"


def test_line_breaks_are_blanks() -> None:
    found = failed('\n  { $.awsRegion = "*" &&\n      $.eventName   =   "A" }\n')
    assert found.text == '{ $.awsRegion = "*" && $.eventName = "A" }'
    assert marked(found) == '$.eventName = "A"'


def test_a_hole_is_one_character() -> None:
    pattern = Text(('{ $.a = "', unknown(), '" && $.b = "c" }'), SPAN)
    found = underlined(pattern, 15, 24)
    assert found is not None
    assert (found.text, marked(found)) == ('{ $.a = "…" && $.b = "c" }', '$.b = "c"')


@given(
    text=st.text(st.characters(max_codepoint=0x2FF, exclude_categories=("Z", "C")), min_size=1),
    data=st.data(),
)
def test_every_window_holds_the_term_or_its_beginning(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = underlined(Known(text, SPAN), start, end)
    assert found is not None
    shown, marks = found.lines
    assert len(shown) <= ROOM
    assert len(marks) <= ROOM
    under = shown[len(marks) - len(marks.lstrip()) : len(marks)]
    assert text[start:end].startswith(under.removesuffix("…").removeprefix("…") or under)


@pytest.mark.parametrize(
    ("pattern", "seen"),
    [
        ({"source": ["aws.signin"]}, '["aws.signin"]'),
        ({"detail": {"eventName": [{"prefix": "Console"}]}}, '[{"prefix": "Console"}]'),
        ({"detail": {"userIdentity": {"type": "Root"}}}, '"Root"'),
        ({"account": ["1"], "region": ["us-east-1"]}, '["1"]'),
    ],
)
def test_the_list_that_failed_is_underlined(pattern: object, seen: str) -> None:
    text = json.dumps(pattern)
    pieces = (Piece(0, Span("a", 0, len(text)), exact=True),)
    tree = parse_json(Known(text, Span("a", 0, len(text)), pieces=pieces))
    sight = hears(tree, envelope(event("E06")))
    assert sight.truth is Truth.NO
    assert sight.term is not None
    assert sight.term.span is not None
    found = event_text(tree, sight.term.span)
    assert found is not None
    assert found.text == text
    assert marked(found) == seen


def test_a_deep_pattern_is_cut() -> None:
    tree: Map | List = List((Known("x", SPAN),), Span("a", 1, 2))
    for _ in range(3000):
        tree = Map({"a": tree}, Span("a", 0, 0))
    assert event_text(tree, Span("a", 1, 2)) is None


def placed(*pieces: tuple[str, int, int, bool]) -> Known:
    """A text of pieces: what it is, where it is written, and whether it is so written."""
    at, found = 0, []
    for text, start, end, exact in pieces:
        found.append(Piece(at, Span("a", start, end), exact))
        at += len(text)
    return Known("".join(text for text, *_ in pieces), SPAN, pieces=tuple(found))


@pytest.mark.parametrize(
    ("pattern", "whole"),
    [
        (placed(("{ a }", 10, 15, True)), True),
        (placed(("{ a = ", 10, 16, True), ('"', 16, 18, False), ("b }", 18, 21, True)), True),
        (placed(("{ a ", 10, 14, True), ("&& b == c }", 14, 24, False)), False),
        (placed(("{ a ", 50, 54, True), ("&& b }", 10, 16, True)), False),
        (placed(("{ a &&\n b }", 10, 21, True)), False),
        (Known("{ a }", SPAN), False),
        (Map({}, SPAN), True),
    ],
)
def test_what_one_line_of_code_shows_is_told_from_what_is_put_together(
    pattern: Known | Map, *, whole: bool
) -> None:
    assert in_one_line(pattern) is whole


def test_a_hole_within_one_line_is_seen_there() -> None:
    hole = unknown()
    pieces = (
        Piece(0, Span("a", 0, 9), exact=True),
        Piece(9, Span("a", 9, 15), exact=False),
        Piece(10, Span("a", 15, 18), exact=True),
    )
    assert in_one_line(Text(('{ $.a = "', hole, '" }'), SPAN, pieces=pieces))
