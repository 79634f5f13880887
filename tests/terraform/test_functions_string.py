"""Functions of strings, on what is known in part."""

import pytest

from rootlint.model.value import Known, List, Text, Unknown, Why
from rootlint.terraform.values import Failed
from tests.terraform.evaluating import PLACE, parts, plain, topic, value

ACCOUNT = Unknown(Why.DATA_SOURCE, "account", PLACE, shape="account")


def text(written: str) -> tuple[object, ...]:
    found = value(written, account=ACCOUNT)
    if isinstance(found, Known):
        return (found.value,)
    return parts(found)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ('join(",", ["a", var.x, "b"])', ("a,", None, ",b")),
        ('join(var.x, ["a", "b"])', ("a", None, "b")),
        ('format("arn:%s:iam::%s:root", "aws", var.x)', ("arn:aws:iam::", None, ":root")),
        ('replace("a.${var.x}.b", ".", "-")', ("a-", None, "-b")),
        ('replace("ab${var.x}", "xy", "-")', ("ab", None)),
        ('lower("AB${var.x}")', ("ab", None)),
        ('upper("a${account}")', ("A", None)),
        ('trimprefix("arn:${var.x}", "arn:")', None),
        ('trimprefix("arn:a${var.x}", "arn:")', ("a", None)),
        ('trimsuffix("${var.x}:root", "root")', (None, ":")),
        ('substr("abc${var.x}", 0, 2)', ("ab",)),
        ('split(":", "a:${account}:b")[0]', ("a",)),
        ('split(":", "a:b${account}:c")[1]', ("b", None)),
    ],
)
def test_what_stays_known_of_a_text(written: str, left: tuple[object, ...] | None) -> None:
    if left is None:
        assert isinstance(value(written), Unknown)
    else:
        assert text(written) == left


@pytest.mark.parametrize(
    "written",
    [
        'replace("ab${var.x}", "bc", "-")',
        'split(":", "a${var.x}")',
        'trimprefix("a${var.x}", "ab")',
        'substr("a${var.x}", 0, 2)',
        'substr("a${var.x}", -1, 1)',
        'title("a ${var.x}")',
        'format("%5s", var.x)',
        "format(var.x)",
        'strrev("x\\u0301")',
        'length("x\\u0301")',
    ],
)
def test_what_is_no_longer_known(written: str) -> None:
    found = value(written)
    assert isinstance(found, Unknown)
    assert not isinstance(found, Failed)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ('startswith("ab${var.x}", "a")', True),
        ('startswith("ab${var.x}", "b")', False),
        ('endswith("${var.x}:root", "root")', True),
        ('endswith("${var.x}:root", "user")', False),
        ('strcontains("a:root:${var.x}", "root")', True),
    ],
)
def test_questions_about_a_text_known_in_part(written: str, answer: object) -> None:
    assert plain(written) is answer


@pytest.mark.parametrize(
    "written", ['startswith("a${var.x}", "ab")', 'strcontains("a${var.x}", "b")', 'endswith(var.x, "")']
)  # fmt: skip
def test_questions_that_stay_open(written: str) -> None:
    found = value(written)
    assert isinstance(found, Unknown) or (isinstance(found, Known) and found.value is True)


def test_formatlist_with_an_unknown_element() -> None:
    found = value('formatlist("arn:%s", ["a", var.x])')
    assert isinstance(found, List)
    assert isinstance(found.items[0], Known)
    assert isinstance(found.items[1], Text)


def test_the_hole_of_a_joined_text_keeps_its_reference() -> None:
    found = value('join("/", [r.arn, "x"])', r=topic())
    assert isinstance(found, Text)
    assert isinstance(found.parts[0], Unknown)
    assert found.parts[0].refers is not None


@pytest.mark.parametrize("written", ["upper(null)", 'join(",", [null])', 'format("%d", 1.5)', 'indent(-1, "a")'])  # fmt: skip
def test_what_terraform_refuses(written: str) -> None:
    assert isinstance(value(written), Failed)


def test_strings_are_kept_in_composed_form() -> None:
    assert plain('"e\\u0301"') == "é"
    assert plain('length("e\u0301")') == 1


def test_a_text_that_is_not_known_leaves_holes_where_it_is_put() -> None:
    assert parts(value('replace("aXbXX", "X", var.x)')) == ("a", None, "b", None, None)
    assert parts(value('replace("a/${var.y}Xb", "b", var.x)')) == ("a/", None, "X", None)
    assert plain('replace("ab", "X", var.x)') == "ab"
    assert isinstance(value('replace("ab", "", var.x)'), Unknown)
    assert isinstance(value('replace("ab", "/a/", var.x)'), Unknown)
