"""The place of some characters of a text."""

import pytest

from rootlint.model.place import cut, shift, spot
from rootlint.model.value import Known, Piece, Text, Unknown, Why
from rootlint.source import Span
from tests.embedded.making import PATH, START, written
from tests.embedded.making import hole as a_hole

EXACT = Piece(0, Span("a", 10, 13), exact=True)  # abc
ESCAPE = Piece(3, Span("a", 13, 19), exact=False)  # one character, written as six
AFTER = Piece(4, Span("a", 19, 22), exact=True)  # def
TEXT = Known("abc\ndef", Span("a", 10, 22), pieces=(EXACT, ESCAPE, AFTER))


def test_within_a_literal_run() -> None:
    assert spot(TEXT, 1, 2) == Span("a", 11, 12)


def test_an_escape_is_pointed_at_as_a_whole() -> None:
    assert spot(TEXT, 3, 4) == Span("a", 13, 19)


def test_from_a_literal_over_an_escape_into_the_next() -> None:
    assert spot(TEXT, 2, 5) == Span("a", 12, 20)


def test_nothing_at_all_is_a_place_of_no_width() -> None:
    assert spot(TEXT, 5, 5) == Span("a", 20, 20)


def test_without_pieces_it_is_the_whole() -> None:
    assert spot(Known("abc", Span("a", 1, 9)), 1, 2) == Span("a", 1, 9)


def test_pieces_of_two_files_give_the_first() -> None:
    other = Piece(3, Span("b", 0, 3), exact=True)
    assert spot(Known("abcxyz", Span("a", 0, 0), pieces=(EXACT, other)), 1, 5) == Span("a", 11, 13)


def test_a_hole_counts_as_one_character() -> None:
    hole = Unknown(Why.VARIABLE, "x", Span("a", 13, 19))
    assert spot(Text(("abc", hole, "def"), TEXT.span, pieces=TEXT.pieces), 4, 6) == Span(
        "a", 19, 21
    )


def test_cutting_keeps_the_places() -> None:
    kept = Known("c\nd", TEXT.span, pieces=cut(TEXT.pieces, 2, 5))
    assert spot(kept, 0, 1) == Span("a", 12, 13)
    assert spot(kept, 2, 3) == Span("a", 19, 20)
    assert cut(TEXT.pieces, 2, 2) == ()


def test_shifting_moves_the_text_not_the_place() -> None:
    assert shift((EXACT,), 5) == (Piece(5, EXACT.span, exact=True),)


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [(0, 3, (0, 3)), (1, 2, (1, 2)), (4, 6, (9, 11)), (2, 5, (2, 10)), (1, 1, (1, 1))],
)
def test_a_range_of_a_text_with_a_hole(start: int, end: int, wanted: tuple[int, int]) -> None:
    text = written("abc", a_hole(), "def")
    assert spot(text, start, end) == Span(PATH, START + wanted[0], START + wanted[1])
