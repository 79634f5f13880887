import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.cloudformation.load import load
from rootlint.cloudformation.nodes import Document, Mapping, Node, Scalar, Sequence
from rootlint.cloudformation.pieces import placed
from rootlint.source import SourceFile, Unreadable


def document(text: str, path: str = "t.yaml") -> Document:
    found = load(SourceFile(path, text))
    assert isinstance(found, Document), found
    return found


def root(text: str, path: str = "t.yaml") -> Mapping:
    (found,) = document(text, path).roots
    assert isinstance(found, Mapping)
    return found


def at(text: str, *keys: str | int) -> Node:
    node: Node = root(text)
    for key in keys:
        if isinstance(node, Mapping):
            found = node.get(str(key))
            assert found is not None
            node = found
        else:
            assert isinstance(node, Sequence)
            assert isinstance(key, int)
            node = node.items[key]
    return node


def scalar(text: str, *keys: str | int) -> Scalar:
    found = at(text, *keys)
    assert isinstance(found, Scalar)
    return found


def written(text: str, node: Node) -> str:
    return text[node.start : node.end]


@pytest.mark.parametrize("word", ["Yes", "0123", "1_000", "2012-10-17", "0o17", "1e3", "~", ".inf"])
def test_nothing_is_constructed(word: str) -> None:
    assert scalar(f"a: {word}\n", "a") == Scalar(word, 3, 3 + len(word), "", "")


def test_styles_are_kept() -> None:
    text = "a: p\nb: 's'\nc: \"d\"\nd: |\n  l\ne: >\n  f\n"
    assert [scalar(text, key).style for key in "abcde"] == ["", "'", '"', "|", ">"]


def test_a_tag_is_kept_and_its_scalar_begins_at_the_tag() -> None:
    text = "a: !Sub 'a${b}'\n"
    node = scalar(text, "a")
    assert (node.tag, node.text, written(text, node)) == ("!Sub", "a${b}", "!Sub 'a${b}'")


def test_a_block_collection_ends_with_its_last_descendant() -> None:
    text = "a:\n  b:\n    - c\n    - d\n\n\n# comment\ne: f\n"
    assert written(text, at(text, "a")) == "b:\n    - c\n    - d"


def test_a_flow_collection_ends_with_its_bracket() -> None:
    text = "a: {b: [c, d ], e: {} }\nf: g\n"
    assert written(text, at(text, "a")) == "{b: [c, d ], e: {} }"


def test_a_pair_in_a_flow_sequence_is_a_mapping() -> None:
    text = "a: [b: c, d]\n"
    assert isinstance(at(text, "a", 0), Mapping)
    assert written(text, at(text, "a", 0)) == "b: c"


def test_a_block_scalar_ends_with_its_last_line() -> None:
    text = "a: |\n  one\n  two\n\n\nb: c\n"
    assert written(text, at(text, "a")) == "|\n  one\n  two"


def test_other_line_breaks_do_not_move_the_marks() -> None:
    text = 'a: "x\u2028y\u0085z"\nb: here\n'
    node = scalar(text, "b")
    assert written(text, node) == "here"


def test_positions_are_counted_in_characters() -> None:
    text = "a: '😀é'\nb: here\n"
    assert written(text, at(text, "b")) == "here"


def test_carriage_returns() -> None:
    for text in ("a: b\r\nc: here\r\n", "a: b\rc: here\r"):
        assert written(text, at(text, "c")) == "here"


def test_an_anchor_is_shared_and_the_use_is_noted() -> None:
    text = "a: &x [1]\nb: *x\n"
    found = document(text)
    assert isinstance(found.roots[0], Mapping)
    assert found.roots[0].get("b") is found.roots[0].get("a")
    assert [note.reason for note in found.notes] == ["CloudFormation itself rejects aliases"]
    assert found.notes[0].span is not None
    assert text[found.notes[0].span.start : found.notes[0].span.end] == "*x"


def test_a_collection_that_ends_with_an_alias_ends_at_the_use() -> None:
    text = "a: &x [1]\nb:\n  c: *x\nd: e\n"
    assert written(text, at(text, "b")) == "c: *x"


def test_merge_keys() -> None:
    text = "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\na:\n  <<: [*b, *m]\n  x: own\n"
    node = at(text, "a")
    assert isinstance(node, Mapping)
    values = {key: value for key, (_, value) in node.entries.items()}
    assert {key: value.text for key, value in values.items() if isinstance(value, Scalar)} == {
        "x": "own",
        "y": "2",
        "z": "4",
    }


def test_a_duplicate_key_keeps_both_values() -> None:
    text = "a: 1\nb: 2\na: 3\n"
    found = document(text)
    (node,) = found.roots
    assert isinstance(node, Mapping)
    last, first = node.get("a"), node.again[0][1]
    assert isinstance(last, Scalar)
    assert isinstance(first, Scalar)
    assert (last.text, first.text) == ("3", "1")
    assert [note.reason for note in found.notes] == [
        "duplicate key `a`, first in line 1: both values are looked at"
    ]


def test_a_key_that_comes_many_times_is_said_once() -> None:
    (note,) = document("a: 1\na: 2\na: 3\n").notes
    assert note.reason.startswith("duplicate key `a`, first in line 1")
    assert note.span is not None
    assert note.span.start == 10
    assert not note.configuration


def test_several_documents() -> None:
    found = document("a: 1\n---\nb: 2\n")
    assert len(found.roots) == 2
    assert "2 documents" in found.notes[0].reason


def test_a_second_byte_order_mark_is_skipped() -> None:
    text = "\ufeffa: here\n"
    assert written(text, at(text, "a")) == "here"


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "\\ud83d\\ude00"}',
        '{"a": "\\udead"}',
        '{"' + "k" * 2000 + '": 1}',
        '{"a":\t[1,\t{"b": null}]}',
    ],
)
def test_json_that_yaml_refuses(text: str) -> None:
    assert document(text, "t.json").notes == ()


def test_json_is_placed() -> None:
    text = '{"a": "\\ud83d\\ude00", "b": [1, {"c": true}, []], "d": {}}'
    node = root(text)
    assert written(text, node) == text
    b = node.get("b")
    assert b is not None
    assert written(text, b) == '[1, {"c": true}, []]'
    assert scalar(text, "a").text == "😀"
    start = text.index("true")
    assert scalar(text, "b", 1, "c") == Scalar("true", start, start + 4, "", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1,}', "no strict JSON"),
        ('{"a": NaN}', "no strict JSON: `NaN` is no value"),
        ('{"a": "\\ud83d\\ude00" /* c */, // d\n"b": [1,],}', "no strict JSON"),
    ],
)
def test_json_that_is_not_strict_is_read_and_noted(text: str, reason: str) -> None:
    (note,) = document(text, "t.json").notes
    assert note.reason.startswith(reason)
    assert not note.configuration


@pytest.mark.parametrize("text", ['{"a": "\\ud83d"', '{"a" "\\ud83d"}', '{"\\ud83d": 1 2}'])
def test_what_is_neither_is_not_readable(text: str) -> None:
    assert isinstance(load(SourceFile("t.json", text)), Unreadable)


def pieces(text: str, *keys: str | int) -> list[tuple[str, str, bool]]:
    """Each piece: its part of the value, the text it comes from, and whether they are one."""
    node = scalar(text, *keys)
    found = placed(SourceFile("t.yaml", text), node).pieces
    ends = [*(piece.at for piece in found[1:]), len(node.text)]
    return [
        (node.text[piece.at : end], text[piece.span.start : piece.span.end], piece.exact)
        for piece, end in zip(found, ends, strict=True)
    ]


def test_the_place_of_quoted_text_is_inside_the_quotes() -> None:
    assert pieces("a: !Sub 'b c'\n", "a") == [("b c", "b c", True)]


def test_escapes_have_a_piece_of_their_own() -> None:
    assert pieces('a: "x\\ty\\u00e9z"\n', "a") == [
        ("x", "x", True),
        ("\t", "\\t", False),
        ("y", "y", True),
        ("é", "\\u00e9", False),
        ("z", "z", True),
    ]


def test_doubled_quotes() -> None:
    assert pieces("a: 'it''s'\n", "a") == [
        ("it", "it", True),
        ("'", "''", False),
        ("s", "s", True),
    ]


def test_a_literal_block_is_placed_line_by_line() -> None:
    text = "a: !Sub |\n    one\n      two\n\n    three\n"
    assert pieces(text, "a") == [
        ("one\n", "one\n", True),
        ("  two\n\n", "  two\n\n", True),
        ("three\n", "three\n", True),
    ]


def test_a_folded_block_joins_lines() -> None:
    text = "a: >-\n  one\n  two\n\n  three\n    four\n  five\n"
    assert pieces(text, "a") == [
        ("one", "one", True),
        (" ", "\n", False),
        ("two", "two", True),
        ("\n", "\n\n", False),
        ("three\n", "three\n", True),
        ("  four\n", "  four\n", True),
        ("five", "five", True),
    ]


def test_plain_text_over_lines() -> None:
    assert pieces("a: one\n  two\n\n  three\n", "a") == [
        ("one", "one", True),
        (" ", "\n  ", False),
        ("two", "two", True),
        ("\n", "\n\n  ", False),
        ("three", "three", True),
    ]


LINE = st.text(st.sampled_from("ab {}:'\"\\#-\t😀é"), max_size=8)


@given(
    st.lists(LINE, min_size=1, max_size=6),
    st.sampled_from(["|", ">", "|-", ">-", "|+", ">+"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_every_block_scalar_is_placed_exactly(
    lines: list[str], header: str, line_break: str
) -> None:
    text = line_break.join([f"a: {header}", *(f"  {line}" for line in lines), "b: c", ""])
    check_placed(text)


@given(st.text(st.sampled_from("ab \n\t\\\"'n/x4é😀:,#"), max_size=20), st.sampled_from("\"'"))
def test_every_quoted_scalar_is_placed_exactly(inside: str, quote: str) -> None:
    check_placed(f"a: {quote}" + re.sub("\n", "\n  ", inside) + f"{quote}\n")


def check_placed(text: str) -> None:
    file = SourceFile("t.yaml", text)
    found = load(file)
    if not isinstance(found, Document) or not isinstance(found.roots[0], Mapping):
        return
    node = found.roots[0].get("a")
    if not isinstance(node, Scalar) or not node.text:
        return
    parts = placed(file, node).pieces
    assert parts[0].at == 0
    assert (
        any(part.exact for part in parts) or not node.text.strip() or "\\" in text or "''" in text
    )
    ends = [*(part.at for part in parts[1:]), len(node.text)]
    for part, end in zip(parts, ends, strict=True):
        if part.exact:
            assert text[part.span.start : part.span.end] == node.text[part.at : end]
