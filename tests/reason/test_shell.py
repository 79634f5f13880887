import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.reason.shell import HOLE, commands


def words(text: str) -> list[list[str]]:
    return [[word.text for word in command] for command in commands(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b; c && d | e", [["a", "b"], ["c"], ["d"], ["e"]]),
        ("a 'b c' \"d e\"", [["a", "b c", "d e"]]),
        ("a \\\n  b", [["a", "b"]]),
        ("# a b\nc # d\ne#f", [["c"], ["e#f"]]),
        ('K="$(a b)" c', [["a", "b"], ["K=", "c"]]),
        ("x=`a b` c", [["a", "b"], ["x=", "c"]]),
        ("cat <<EOF > f\naws iam create-access-key\nEOF\nb", [["cat", ">", "f"], ["b"]]),
        ("cat <<-'E'\n x\n\tE\nb", [["cat"], ["b"]]),
        ("cat <<< word", [["cat", "<<<", "word"]]),
        ("( a; { b; } )", [["a"], ["b"]]),
        ("a 'unclosed", [["a", "unclosed"]]),
        ('a "$(b "$(c d)" e)" f', [["c", "d"], ["b", "", "e"], ["a", "", "f"]]),
    ],
)
def test_commands(text: str, expected: list[list[str]]) -> None:
    assert words(text) == expected


def test_a_word_with_a_variable_or_a_hole_is_open() -> None:
    (command,) = commands(f"a $b {HOLE} 'c' \"$d\"")
    assert [word.open for word in command] == [False, True, True, False, True]


def test_places_are_those_of_the_text() -> None:
    text = 'x; aws  "iam" y'
    (_, command) = commands(text)
    assert [text[word.start : word.end] for word in command] == ["aws", '"iam"', "y"]


@given(st.text(alphabet="a \"'`$(){}\\\n;#<|&E", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for command in commands(text):
        for word in command:
            assert 0 <= word.start <= word.end <= len(text) + 2


def test_deep_nesting_is_bounded() -> None:
    assert list(commands("$(" * 100_000)) is not None
