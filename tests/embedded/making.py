"""Texts with holes, as a front end would give them."""

from __future__ import annotations

from rootlint.model.value import Known, Piece, Text, Unknown, Why
from rootlint.source import Span

PATH = "main.tf"
START = 100
WIDTH_OF_A_HOLE = 6


def hole(name: str = "var.x", shape: str = "") -> Unknown:
    return Unknown(Why.VARIABLE, name, Span(PATH, 0, 1), shape=shape)


def written(*parts: str | Unknown) -> Known | Text:
    """A text that begins at `START` of its file; each hole takes six characters there."""
    pieces: list[Piece] = []
    at, place = 0, START
    for part in parts:
        if isinstance(part, str):
            pieces.append(Piece(at, Span(PATH, place, place + len(part)), exact=True))
        at += len(part) if isinstance(part, str) else 1
        place += len(part) if isinstance(part, str) else WIDTH_OF_A_HOLE
    span = Span(PATH, START, place)
    if len(parts) == 1 and isinstance(parts[0], str):
        return Known(parts[0], span, pieces=tuple(pieces))
    return Text(parts, span, pieces=tuple(pieces))
