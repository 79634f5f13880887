"""Values as plain JSON, each hole filled in: what a value might turn out to be, for replays."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple
from zlib import crc32

from rootlint.model.same import text_of
from rootlint.model.value import Choice, Encoded, Known, List, Map, Text, Unknown, Value

Json = Any
DEEPEST = 100


class Filling(NamedTuple):
    """One way to fill holes: `word` for a hole of which nothing is known, `shapes` for the others.

    `more` puts one more element into a list that may hold more. `last` takes the last option of a
    choice, else the first.
    """

    name: str
    word: Callable[[Unknown], str]
    account: str
    region: str
    partition: str
    more: bool = False
    last: bool = False


def own_word(hole: Unknown) -> str:
    """A word that no other unknown gets: the same unknown gets the same."""
    refers = hole.refers or ("", "", "")
    return f"value-{crc32(repr((hole.detail, *refers)).encode()):08x}"


FILLINGS: tuple[Filling, ...] = (
    Filling("a word of its own", own_word, "444455556666", "eu-west-1", "aws"),
    Filling("empty", lambda _: "", "111122223333", "us-east-1", "aws", last=True),
    Filling("anything", lambda _: "*", "000000000000", "us-gov-west-1", "aws-us-gov", more=True),
    Filling(
        "a name of the root user",
        lambda _: "arn:aws:iam::111122223333:root",
        "111122223333",
        "us-east-1",
        "aws",
        more=True,
        last=True,
    ),
    Filling("a number", lambda _: "1", "999999999999", "cn-north-1", "aws-cn", more=True),
)


def fill(value: Value, filling: Filling, depth: int = 0) -> Json:
    """The value as plain JSON with each hole filled; an `Encoded` is its JSON text.

    Below a depth of 100 everything is null: no reader of rootlint makes values as deep.
    """
    if depth > DEEPEST:
        return None
    match value:
        case List():
            return _list(value, filling, depth + 1)
        case Map():
            return _map(value, filling, depth + 1)
        case Choice():
            taken = _taken(value, filling)
            return None if taken is None else fill(taken, filling, depth + 1)
        case _:
            return _scalar(value, filling, depth + 1)


def filler(hole: Unknown, filling: Filling) -> str:
    """What stands for a hole in this filling: fitting what is known of its text."""
    match hole.shape:
        case "account":
            return filling.account
        case "region":
            return filling.region
        case "partition":
            return filling.partition
        case "name":
            word = filling.word(hole)
            return word if word and ":" not in word and "/" not in word else own_word(hole)
        case _:
            return filling.word(hole)


def fill_text(value: Value, filling: Filling) -> str:
    """The value as a text: a string as it is, everything else as JSON."""
    filled = fill(value, filling)
    if isinstance(filled, str):
        return filled
    if isinstance(filled, list | dict):
        return _as_json(filled, 0)
    return text_of(filled)


def _as_json(filled: Json, indent: int) -> str:
    if indent:
        return json.dumps(filled, indent=indent, ensure_ascii=False)
    return json.dumps(filled, separators=(",", ":"), ensure_ascii=False)


def _list(value: List, filling: Filling, depth: int) -> Json:
    filled = [fill(item, filling, depth) for item in value.items if not _left_out(item, filling)]
    if filling.more and value.rest is not None:
        filled.append(filler(value.rest, filling))
    return filled


def _map(value: Map, filling: Filling, depth: int) -> Json:
    return {
        name: fill(entry, filling, depth)
        for name, entry in value.entries.items()
        if not _left_out(entry, filling)
    }


def _left_out(value: Value, filling: Filling) -> bool:
    """Whether a choice takes the option in which nothing is written."""
    return isinstance(value, Choice) and _taken(value, filling) is None


def _taken(value: Choice, filling: Filling) -> Value | None:
    """The option that a filling takes; choices nested in choices are followed."""
    taken: Value | None = value
    while isinstance(taken, Choice):
        if not taken.options:
            return None
        taken = taken.options[-1 if filling.last else 0].value
    return taken


def _scalar(value: Known | Unknown | Text | Encoded, filling: Filling, depth: int) -> Json:
    match value:
        case Known():
            return value.value
        case Unknown():
            return filler(value, filling)
        case Text():
            return "".join(
                part if isinstance(part, str) else filler(part, filling) for part in value.parts
            )
        case Encoded():
            return _as_json(fill(value.value, filling, depth), value.indent)
