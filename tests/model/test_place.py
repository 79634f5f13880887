from __future__ import annotations

import pytest

from rootlint.model.place import spot
from rootlint.model.value import Known, Piece, Text
from rootlint.source import Span
from tests.embedded.making import PATH, START, hole, written


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [(0, 3, (0, 3)), (1, 2, (1, 2)), (4, 6, (9, 11)), (2, 5, (2, 10)), (1, 1, (1, 1))],
)
def test_a_range_of_a_text_with_a_hole(start: int, end: int, wanted: tuple[int, int]) -> None:
    text = written("abc", hole(), "def")
    assert spot(text, start, end) == Span(PATH, START + wanted[0], START + wanted[1])


def test_what_is_not_written_as_it_reads_is_placed_as_a_whole() -> None:
    pieces = (Piece(0, Span(PATH, 10, 16), exact=False), Piece(1, Span(PATH, 16, 20), exact=True))
    text = Known("Abcde", Span(PATH, 9, 21), pieces=pieces)
    assert spot(text, 0, 1) == Span(PATH, 10, 16)
    assert spot(text, 2, 3) == Span(PATH, 17, 18)


def test_without_pieces_it_is_all_of_the_text() -> None:
    assert spot(Known("abc", Span(PATH, 1, 9)), 1, 2) == Span(PATH, 1, 9)


def test_across_files_it_is_the_place_of_the_first() -> None:
    pieces = (Piece(0, Span(PATH, 10, 11), exact=True), Piece(1, Span("b.tf", 0, 4), exact=True))
    text = Text(("abcd",), Span(PATH, 9, 21), pieces=pieces)
    assert spot(text, 0, 3) == Span(PATH, 10, 11)
