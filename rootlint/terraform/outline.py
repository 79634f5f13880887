"""The arguments of a block that holds nothing else, each with where it is written, without reading them."""

from __future__ import annotations

import re
from typing import NamedTuple

from rootlint.source import SourceFile
from rootlint.terraform.blocks import STRING, BlockText, closing

_NAME = r"[^\W\d][\w-]*"
_COMMENT = r"(?:\#|//)[^\n]*"
_ITEM = re.compile(rf"(?P<name>{_NAME})[ \t]*=(?![=>])[ \t]*")
_GAP = re.compile(rf"[ \t\r\n]*(?:{_COMMENT}\n[ \t\r\n]*)*")
_TOKEN = re.compile(
    rf"{STRING}|(?P<deeper>[(\[])|(?P<back>[)\]])|(?P<opened>[{{\"])"
    rf"|(?P<end>\n|\}}|{_COMMENT})|<<-?(?P<marker>{_NAME})(?=\r?\n)|(?P<unsure>/\*|<<)"
)


class Stretch(NamedTuple):
    """`name = value` in a file: half-open offsets; `value` is where the value begins."""

    name: str
    start: int
    value: int
    end: int


def outline(file: SourceFile, block: BlockText) -> dict[str, Stretch] | None:
    """The arguments by name; None where that takes a parser."""
    text = file.text
    at = _skip(text, text.find("{", block.header.end) + 1)
    found: dict[str, Stretch] = {}
    while at < block.end - 1:
        item = _ITEM.match(text, at)
        end = _end(text, item.end(), block.end) if item else None
        if item is None or end is None or item["name"] in found:
            return None
        name, value = item["name"], item.end()
        found[name] = Stretch(name, at, value, value + len(text[value:end].rstrip()))
        at = _skip(text, end)
    return found if at == block.end - 1 and text[at] == "}" else None


def _skip(text: str, at: int) -> int:
    """Over blanks, line breaks and comments."""
    found = _GAP.match(text, at)
    assert found is not None
    return found.end()


def _end(text: str, at: int, limit: int) -> int | None:
    """Where the line ends in which a value ends, before its comment; None where it is not certain."""
    depth = 0
    while depth >= 0 and (found := _TOKEN.search(text, at, limit)):
        at = found.end()
        if found["opened"] or found["marker"]:
            at = closing(text, at, limit, found["marker"] or found["opened"])
        elif found["end"] and not depth:
            return found.start()
        if at < 0 or found["unsure"] or found["end"] == "}":
            return None
        depth += bool(found["deeper"]) - bool(found["back"])
    return None
