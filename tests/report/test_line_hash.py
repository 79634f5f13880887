"""The line hash of github/codeql-action, against a second implementation and its own vectors."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.report.line_hash import LineHashes

EMPTY = "c129715d7a2bc9a3"  # of nothing but the end, as codeql-action publishes it


def rolled(text: str) -> list[str]:
    """The hashes of all lines, one unit at a time, as the description has it."""
    units = text.replace("\r\n", "\n").replace("\r", "\n")
    data = units.encode("utf-16-le", "surrogatepass")
    codes = [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]
    codes = [code for code in codes if code not in (0x20, 0x09)] + [0xFFFF] + [0] * 100
    starts = [0] + [at + 1 for at, code in enumerate(codes) if code == 0x0A]
    window, value, values = [0] * 100, 0, {}
    for at, code in enumerate(codes):
        value = (37 * value + code - 37**100 * window.pop(0)) % 2**64
        window.append(code)
        values[at - 99] = value
    seen: Counter[int] = Counter()
    found = []
    for start in starts:
        seen[values[start]] += 1
        found.append(f"{values[start]:x}:{seen[values[start]]}")
    return found


def ours(text: str) -> list[str]:
    hashes = LineHashes(text)
    return [hashes.of(line) for line in range(1, len(rolled(text)) + 1)]


def test_an_empty_file_has_the_published_hash() -> None:
    assert LineHashes("").of(1) == f"{EMPTY}:1"


def test_the_end_of_a_file_has_it_too() -> None:
    assert LineHashes("a = 1\n").of(2) == f"{EMPTY}:1"


def test_published_hashes_of_short_lines() -> None:
    # https://github.com/github/codeql-action/blob/main/src/fingerprints.test.ts
    assert ours(" a\nb\n  \t\tc\n d") == [
        "271789c17abda88f:1",
        "54703d4cd895b18:1",
        "180aee12dab6264:1",
        "a23a3dc5e078b07b:1",
    ]


def test_blanks_and_kinds_of_line_break_make_no_difference() -> None:
    assert ours("a b\nc\n") == ours("\tab \r\n c\r")


def test_lines_that_begin_alike_are_counted() -> None:
    hashes = ours("resource {}\n" * 30)
    assert hashes[0].partition(":")[0] == hashes[1].partition(":")[0]
    assert [found.partition(":")[2] for found in hashes[:3]] == ["1", "2", "3"]


def test_a_line_past_the_end_is_the_last() -> None:
    assert LineHashes("a\n").of(99) == LineHashes("a\n").of(2)


@given(st.text(alphabet="ab \t\r\n日\U0001f600", max_size=400))
def test_it_agrees_with_rolling(text: str) -> None:
    assert ours(text) == rolled(text)


@pytest.mark.parametrize("text", ["x" * 500, "\n" * 300, "ab\n" * 200])
def test_long_texts_agree_too(text: str) -> None:
    assert ours(text) == rolled(text)
