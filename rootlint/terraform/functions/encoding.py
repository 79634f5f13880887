"""Encodings: JSON, base64, URL, CSV."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from functools import lru_cache

from rootlint.model.value import Encoded, Known, List, Map, Text, Unknown, Value, Why
from rootlint.terraform.functions.arguments import Args, Fails, Function, Hidden, Site, string, text
from rootlint.terraform.policy_layout import Document, laid_out
from rootlint.terraform.values import MOST_ITEMS, ListOf, Object, Tuple, known, like

_DEEPEST = 100
_ENCODINGS = {
    "UTF-8": "utf-8",
    "UTF-16LE": "utf-16-le",
    "UTF-16BE": "utf-16-be",
    "US-ASCII": "ascii",
}


def _jsonencode(site: Site, args: Args) -> Value:
    """Kept as the value: its text is written only where a text is needed."""
    return Encoded(args[0], site.span)


def _jsondecode(_site: Site, args: Args) -> Value:
    value = args[0]
    if isinstance(value, Encoded):
        return _as_read(laid_out(value.value) if isinstance(value, Document) else value.value)
    written = string(value)
    if isinstance(written, Unknown):
        raise Hidden(written)
    found = _parsed(written)
    if isinstance(written, Known) and isinstance(found, Unknown):
        raise Fails("not JSON") if found.why is Why.SYNTAX else Hidden(found)
    return found


@lru_cache(maxsize=256)
def _parsed(written: Known | Text) -> Value:
    from rootlint.embedded import parse_json

    return _as_read(parse_json(written))


def _as_read(value: Value, depth: int = 0) -> Value:
    """A value as it is decoded: tuples and objects, without references."""
    if depth > _DEEPEST:
        return Unknown(Why.LIMIT, "too deep", value.span)
    if isinstance(value, List):
        items = [_as_read(item, depth + 1) for item in value.items]
        return like(value, items, value.span, Tuple)
    if isinstance(value, Map):
        entries = {name: _as_read(entry, depth + 1) for name, entry in value.entries.items()}
        return Object(entries, value.span, value.rest, value.keys)
    return value


def _base64encode(site: Site, args: Args) -> Value:
    return known(base64.b64encode(text(args[0]).encode()).decode(), site.span)


def _base64decode(site: Site, args: Args) -> Value:
    return known(_decoded(text(args[0]), "utf-8"), site.span)


def _decoded(written: str, encoding: str) -> str:
    try:
        data = base64.b64decode("".join(written.splitlines()), validate=True)
        return data.decode(encoding)
    except (binascii.Error, UnicodeDecodeError) as problem:
        raise Fails("not base64 of a text") from problem


def _codec(value: Value, site: Site) -> str:
    name = _ENCODINGS.get(text(value).upper())
    if name is None:
        raise Hidden(Unknown(Why.FUNCTION, "encoding is not worked out", site.span))
    return name


def _textencode(site: Site, args: Args) -> Value:
    written, codec = text(args[0]), _codec(args[1], site)
    try:
        return known(base64.b64encode(written.encode(codec)).decode(), site.span)
    except UnicodeEncodeError as problem:
        raise Fails("text has no such encoding") from problem


def _textdecode(site: Site, args: Args) -> Value:
    return known(_decoded(text(args[0]), _codec(args[1], site)), site.span)


def _urlencode(site: Site, args: Args) -> Value:
    from urllib.parse import quote_plus

    return known(quote_plus(text(args[0])), site.span)


def _csvdecode(site: Site, args: Args) -> Value:
    """A list of objects, one a row, named by the first row."""
    import csv
    import io

    try:
        rows = list(csv.reader(io.StringIO(text(args[0]), newline=""), strict=True))
    except csv.Error as problem:
        raise Fails("not CSV") from problem
    rows = [row for row in rows if row]
    names = rows[0] if rows else []
    if not rows or len(set(names)) < len(names) or any(len(row) != len(names) for row in rows):
        raise Fails("rows are not alike")
    if len(rows) * len(names) > MOST_ITEMS:
        raise Hidden(Unknown(Why.LIMIT, "too many elements", site.span))
    found = [
        Object({n: known(cell, site.span) for n, cell in zip(names, row, strict=True)}, site.span)
        for row in rows[1:]
    ]
    return ListOf(tuple(found), site.span)


FUNCTIONS: Mapping[str, Function] = {
    "base64decode": Function(_base64decode, 1, 1),
    "base64encode": Function(_base64encode, 1, 1),
    "csvdecode": Function(_csvdecode, 1, 1),
    "jsondecode": Function(_jsondecode, 1, 1),
    "jsonencode": Function(_jsonencode, 1, 1, spread=False, safe=True),
    "textdecodebase64": Function(_textdecode, 2, 2),
    "textencodebase64": Function(_textencode, 2, 2),
    "urlencode": Function(_urlencode, 1, 1),
}
