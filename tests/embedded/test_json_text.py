from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.embedded import parse_json
from rootlint.embedded.json_text import DEEPEST
from rootlint.model.fill import FILLINGS, fill
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Option,
    Text,
    Unknown,
    Value,
    Why,
)
from rootlint.source import Span
from tests.embedded.making import PATH, START, hole, written

HOLE = hole()
PLAIN = FILLINGS[0]
scalars = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=8)
documents = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=20,
)


def shown(value: Value) -> str:
    """A value in short: `?` a hole, `…` more of them."""
    match value:
        case Known():
            return json.dumps(value.value)
        case Unknown():
            return "?"
        case Text():
            return "".join(part if isinstance(part, str) else "?" for part in value.parts)
        case List():
            return f"[{' '.join([*map(shown, value.items), *_more(value.rest)])}]"
        case Map():
            entries = [f"{name}={shown(entry)}" for name, entry in value.entries.items()]
            return "{" + " ".join([*entries, *_more(value.rest)]) + "}"
        case _:
            raise AssertionError(value)


def _more(rest: Unknown | None) -> list[str]:
    return ["…"] if rest else []


@given(documents, st.sampled_from([None, 0, 2]), st.booleans())
def test_what_is_printed_reads_back(document: Any, indent: int | None, escaped: bool) -> None:  # noqa: FBT001 - a law's input
    text = json.dumps(document, indent=indent, ensure_ascii=escaped)
    assert fill(parse_json(written(text)), PLAIN) == _without_surrogates(document)


def _without_surrogates(document: Any) -> Any:
    return json.loads(
        json.dumps(document, ensure_ascii=False)
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )


@given(st.text(alphabet='{}[]",:\\ut01e-. \n', max_size=30))
def test_what_python_rejects_is_a_syntax_error_and_the_rest_is_the_same(text: str) -> None:
    found = parse_json(written(text))
    try:
        wanted = json.loads(text)
    except ValueError:
        assert isinstance(found, Unknown)
        assert found.why is Why.SYNTAX
    else:
        assert fill(found, PLAIN) == wanted


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        (['{"a": "b', HOLE, 'c"}'], "{a=b?c}"),
        (['{"a": "', HOLE, '"}'], "{a=?}"),
        (['{"a": ', HOLE, "}"], "{a=?}"),
        (['{"a": [1, ', HOLE, "]}"], "{a=[1 …]}"),
        (["[", HOLE, ", 2]"], "[2 …]"),
        (['["a" ', HOLE, ' "b"]'], '["a" "b" …]'),
        (["[1, 2", HOLE, "]"], "[1 ?]"),
        (['{"a": 1, ', HOLE, "}"], "{a=1 …}"),
        (["{", HOLE, ' "b": 2}'], "{b=2 …}"),
        (["{", HOLE, ": 1}"], "{…}"),
        (['{"', HOLE, ':sub": 1}'], "{…}"),
        ([HOLE], "?"),
        ([HOLE, "{}"], "?"),
    ],
)
def test_a_hole_hides_no_more_than_it_must(parts: list[str | Unknown], wanted: str) -> None:
    assert shown(parse_json(written(*parts))) == wanted


@pytest.mark.parametrize(
    ("text", "detail", "at"),
    [
        ("", "the JSON text ends where a value should be", 0),
        ('{"a" 1}', "no JSON: `1` where `:` should be", 5),
        ('{"a": 1,}', "no JSON: `}` where an element after the `,` should be", 8),
        ("{a: 1}", "no JSON: `a` where a key in quotes should be", 1),
        ('{"a": 1} x', "no JSON: `x` where the end of the text should be", 9),
        ('"abc', "the JSON text ends within a string", 0),
        ("[tru]", "no JSON: `tru` is no value", 1),
        ('["\\x"]', "no JSON: the escape `\\x` within a string", 2),
        ("[1 2]", "no JSON: `2` where `,`, or the end of a list or object, should be", 3),
        ("[1}", "no JSON: `}` where `]` should be", 2),
    ],
)
def test_a_syntax_error_says_what_is_wrong_and_where(text: str, detail: str, at: int) -> None:
    found = parse_json(written(text))
    assert isinstance(found, Unknown)
    assert (found.why, found.detail) == (Why.SYNTAX, detail)
    assert found.span.start == START + at


def test_behind_a_hole_in_the_syntax_an_error_is_the_holes() -> None:
    assert parse_json(written('{"a": 1, ', HOLE, "]")) is HOLE


def test_a_value_is_placed_in_its_file() -> None:
    found = parse_json(written('{"a": "', HOLE, '", "b": ["wörd"]}'))
    assert isinstance(found, Map)
    word = found.entries["b"]
    assert isinstance(word, List)
    # 7 characters, the hole of 6 in the file, then `", "b": [`.
    assert word.items[0].span == Span(PATH, START + 7 + 6 + 9, START + 7 + 6 + 9 + 6)
    assert found.keys["b"] == Span(PATH, START + 16, START + 19)


def test_an_escape_is_placed_as_a_whole() -> None:
    found = parse_json(written('"a\\u0041b"'))
    assert isinstance(found, Known)
    assert found.value == "aAb"
    assert [(piece.at, piece.span.start - START, piece.exact) for piece in found.pieces] == [
        (0, 1, True),
        (1, 2, False),
        (2, 8, True),
    ]


def test_the_later_of_two_entries_counts() -> None:
    assert shown(parse_json(written('{"a": 1, "a": 2}'))) == "{a=2}"


def test_half_a_surrogate_pair_becomes_printable() -> None:
    assert shown(parse_json(written('"\\ud83d\\ude00 \\ud83d"'))) == json.dumps("😀 �")


def test_an_encoded_value_is_what_was_encoded() -> None:
    inner = List((), Span(PATH, 0, 1))
    assert parse_json(Encoded(inner, Span(PATH, 0, 9))) is inner


def test_alternatives_are_read_one_by_one() -> None:
    options = (Option("if", written("[1]")), Option("else", None))
    found = parse_json(Choice(options, HOLE, Span(PATH, 0, 1)))
    assert isinstance(found, Choice)
    assert isinstance(found.options[0].value, List)
    assert found.options[1].value is None


def test_what_is_nested_too_deep_is_not_read() -> None:
    assert isinstance(parse_json(written("[" * DEEPEST + "]" * DEEPEST)), List)
    assert limit("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)) == "JSON nested deeper than 100"


def limit(text: str) -> str:
    found = parse_json(written(text))
    assert isinstance(found, Unknown)
    assert found.why is Why.LIMIT
    return found.detail


def test_what_is_too_long_is_not_read() -> None:
    assert limit(f'"{"x" * 1_000_000}"') == "JSON of more than 1,000,000 characters"
    assert limit("[" + "1," * 50_000 + "1]") == "JSON of more than 50,000 values"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 500_000,
        '"' + "\\" * 500_000,
        "[" + "1," * 400_000,
        '["' + "\\n" * 400_000,
        "[" + '"\\u0041"' * 100_000,
        "9" * 500_000,
        '["' + "${" * 250_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    before = time.monotonic()
    parse_json(written(text))
    assert time.monotonic() - before < 10
