"""Columns are counted as a terminal does, and nothing in a scanned text can act on it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from rootlint.report.screen import Screen, width
from rootlint.report.secret import mask

# Shaped like the real ones, put together here so that no scanner takes them for real.
KEY_ID = "AKIA" + "ABCDEFGH2345WXYZ"
SECRET = "aB3/" * 10


def test_plain_text_stays() -> None:
    assert Screen().clean("a = 1") == "a = 1"


def test_escape_sequences_are_made_harmless() -> None:
    assert Screen().clean("a\x1b[31mb\x07") == "a\\x1b[31mb\\x07"


def test_marks_that_turn_text_around_are_shown() -> None:
    assert Screen().clean("a\u202eb\u2066c\u200bd") == "a\\u202eb\\u2066c\\u200bd"


def test_a_path_that_is_no_text_is_shown() -> None:
    assert Screen().clean(b"a\xff.tf".decode(errors="surrogateescape")) == "a\\udcff.tf"


def test_what_a_terminal_cannot_encode_is_spelled() -> None:
    assert Screen("ascii").clean("a → b … é \U0001f600") == "a -> b ... \\xe9 \\U0001f600"
    assert Screen("latin-1").clean("é") == "é"


def test_an_unknown_encoding_shows_ascii() -> None:
    assert Screen("no-such-encoding").boxes is False


def test_wide_and_combining_characters_are_measured() -> None:
    assert width("日本") == 4
    assert width("e\u0301") == 1
    assert width("\uff21") == 2


def test_tabs_go_to_the_next_stop() -> None:
    assert "".join(Screen().cells("\ta\tb")) == "    a   b"


def test_there_is_a_cell_for_each_character() -> None:
    assert Screen().cells("日\x1bb") == ["日", "\\x1b", "b"]


def test_an_access_key_id_keeps_its_ends() -> None:
    assert mask(f"x {KEY_ID}!") == "x AKIA…WXYZ!"


def test_a_secret_key_keeps_less() -> None:
    assert mask(f'"{SECRET}"') == '"aB…3/"'


def test_hashes_and_paths_are_no_secrets() -> None:
    for text in ("0123456789abcdef0123456789abcdef01234567", "modules/" * 5, f"{SECRET}x"):
        assert mask(text) == text


def test_a_masked_line_has_its_columns() -> None:
    cells = Screen().cells(f"{KEY_ID} = x")
    assert "".join(cells) == "AKIA…WXYZ = x"
    assert len(cells) == len(KEY_ID) + 4


def test_text_is_wrapped_at_words() -> None:
    assert Screen().wrap("one two three", 8) == ["one two", "three"]


def test_long_words_are_cut() -> None:
    assert Screen().wrap("a " + "b" * 7, 3) == ["a", "bbb", "bbb", "b"]


def test_paths_are_cut_behind_a_slash() -> None:
    assert Screen().wrap("modules/org/main.tf:1:2", 12) == ["modules/org/", "main.tf:1:2"]


def test_a_text_without_end_is_left_off() -> None:
    lines = Screen().wrap("x" * 10_000_000, 80)
    assert len(lines) == 51
    assert lines[-1] == "…"


def test_no_text_is_one_line() -> None:
    assert Screen().wrap("", 10) == [""]


def test_indentation_stays() -> None:
    assert Screen().wrap("  a b", 4) == ["  a", "b"]


@given(st.text(), st.integers(2, 80), st.sampled_from(["utf-8", "ascii", "latin-1"]))
def test_wrapped_lines_fit_and_can_be_written(text: str, room: int, encoding: str) -> None:
    for line in Screen(encoding).wrap(text, room):
        assert width(line) <= room
        line.encode(encoding)
        assert all(unicodedata.category(char) not in {"Cc", "Cf"} for char in line)


@given(st.text(alphabet=st.characters(exclude_characters="\t")))
def test_cells_are_the_clean_line(text: str) -> None:
    if mask(text) == text:
        assert "".join(Screen().cells(text)).replace("\\x0a", " ").replace("\\x0d", " ") == (
            Screen().clean(text).replace("\\x0a", " ").replace("\\x0d", " ")
        )


def test_carets_stand_below_what_they_mark() -> None:
    assert Screen().under("  abc", "   ^^") == "   ^^"
    assert Screen().under("→ 日本 x", "     ^") == "       ^"
    assert Screen("ascii").under("…ab", " ^") == "   ^"
    assert Screen().under(f"= {KEY_ID} x", f"{' ' * (len(KEY_ID) + 3)}^") == "            ^"


def test_other_lines_are_no_carets() -> None:
    assert Screen().under("abc", "→ ^^") == ""
    assert Screen().under("", "^^") == ""
    assert Screen().under("abc", "   ") == ""
