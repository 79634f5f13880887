"""What an ignore hides, and which ignores are faults themselves."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from rootlint.check import AnyCheck
from rootlint.finding import Finding, Open
from rootlint.model.resource import Ignore, Resource
from rootlint.model.value import Map
from rootlint.registry import BAD_IGNORE, UnknownCheck
from rootlint.settings import Settings, load
from rootlint.source import Span
from rootlint.suppress import Kept, suppress
from tests.making import Text, a_check

TOPIC = 'resource "aws_sns_topic" "t" {'
KNOWN = (a_check("a-fault"), a_check("b-fault", aliases=("old-fault",)), BAD_IGNORE)


def judged(text: Text, *found: Finding | Open, **given: Any) -> Kept:
    checks: Collection[AnyCheck] = given.pop("checks", KNOWN)
    return suppress(
        [one for one in found if isinstance(one, Finding)],
        [one for one in found if isinstance(one, Open)],
        resources=given.pop("resources", ()),
        sources=text.sources,
        settings=given.pop("settings", Settings()),
        checks=checks,
        known=KNOWN,
        **given,
    )


def said(kept: Kept) -> list[str]:
    return [f"{found.check.name}: {found.violation.message}" for found in kept.findings]


def terraform(body: str, before: str = "") -> Text:
    return Text(a_tf=f"{before}{TOPIC}\n{body}}}\n")


def test_an_ignore_on_the_line_hides_and_is_counted() -> None:
    text = terraform("  name = 1 # rootlint: ignore[a-fault] a test\n")
    kept = judged(text, text.finding("a.tf", "name = 1", head=TOPIC))
    assert kept == Kept((), (), 1)


@pytest.mark.parametrize(
    "comment",
    [
        "// rootlint: ignore[a-fault] a test",
        "#rootlint:ignore[a-fault]: a test",
        "# rootlint: ignore [ b-fault , a-fault ] a test",
        "# tflint-ignore: x # rootlint: ignore[a-fault] a test",
        "## rootlint: ignore[a-fault] — a test",
    ],
)
def test_ways_to_write_it(comment: str) -> None:
    text = terraform(f"  name = 1 {comment}\n")
    assert judged(text, text.finding("a.tf", "name = 1", head=TOPIC)).ignored == 1


@pytest.mark.parametrize(
    "comments",
    [
        "  # rootlint: ignore[a-fault] a test\n",
        "  # rootlint: ignore[a-fault] a test\n  # more words\n",
        "  # words\n  # rootlint: ignore[a-fault] a test\n  # rootlint: ignore[b-fault] a test\n",
    ],
)
def test_an_ignore_above_the_line_hides(comments: str) -> None:
    text = terraform(f"{comments}  name = 1\n")
    assert judged(text, text.finding("a.tf", "name = 1", head=TOPIC)).ignored == 1


def test_an_ignore_behind_the_line_above_is_about_that_line() -> None:
    text = terraform("  other = 2 # rootlint: ignore[a-fault] a test\n  name = 1\n")
    assert judged(text, text.finding("a.tf", "name = 1", head=TOPIC)).ignored == 0


def test_an_ignore_at_the_head_of_the_resource_hides() -> None:
    text = terraform("  name = 1\n", before="# rootlint: ignore[a-fault] a test\n")
    assert judged(text, text.finding("a.tf", "name = 1", head=TOPIC)).ignored == 1


def test_an_ignore_hides_no_other_check() -> None:
    text = terraform("  name = 1 # rootlint: ignore[b-fault] a test\n")
    kept = judged(text, text.finding("a.tf", "name = 1", head=TOPIC))
    assert said(kept) == ["a-fault: this is wrong", "bad-ignore: this ignore hides nothing"]


def test_a_former_name_still_hides() -> None:
    text = terraform("  name = 1 # rootlint: ignore[old-fault] a test\n")
    found = text.finding("a.tf", "name = 1", a_check("b-fault"), head=TOPIC)
    assert judged(text, found) == Kept((), (), 1)


def test_an_undecided_answer_is_hidden_and_counted_too() -> None:
    text = terraform("  name = 1 # rootlint: ignore[a-fault] a test\n")
    assert judged(text, text.open("a.tf", "name = 1")) == Kept((), (), 1)


def test_text_in_a_string_is_no_ignore() -> None:
    text = terraform('  name = "# rootlint: ignore[a-fault] a test"\n')
    kept = judged(text, text.finding("a.tf", "name =", head=TOPIC))
    assert said(kept) == ["a-fault: this is wrong"]


def test_prose_about_ignores_is_none() -> None:
    text = terraform("  # see `rootlint: ignore[name]`, rootlint: the linter\n  name = 1\n")
    assert said(judged(text)) == []


def test_a_template_holds_ignores_in_comments() -> None:
    text = Text(t_yaml="Resources:\n  # rootlint: ignore[a-fault] a test\n  Topic:\n    Type: X\n")
    assert judged(text, text.finding("t.yaml", "Type: X", head="Topic:")).ignored == 1


def with_metadata(text: Text, *ignores: tuple[str, str]) -> tuple[Resource, Span]:
    at = text.at("t.yaml", "Topic")
    found = tuple(Ignore(name, why, text.at("t.yaml", name)) for name, why in ignores)
    return Resource("t.yaml", "Topic", "X", Map({}, at), at, at, ignores=found), at


def test_metadata_of_a_resource_hides() -> None:
    text = Text(t_yaml="Topic: {Metadata: {rootlint: {ignore: {a-fault: a test}}}}")
    resource, _ = with_metadata(text, ("a-fault", "a test"))
    found = text.finding("t.yaml", "Topic", about=resource)
    assert judged(text, found, resources=[resource]) == Kept((), (), 1)


def test_metadata_that_several_units_read_is_one_ignore() -> None:
    text = Text(t_yaml="Topic: {Metadata: {rootlint: {ignore: {a-fault: a test}}}}")
    resource, at = with_metadata(text, ("a-fault", "a test"))
    twin = Resource("other", "Topic", "X", Map({}, at), at, at, ignores=resource.ignores)
    found = text.finding("t.yaml", "Topic", about=resource)
    assert judged(text, found, resources=[resource, twin]) == Kept((), (), 1)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "where",
    ["", 'path = "*.tf"', 'resource = "aws_cloudtrail.*"', 'path = "a.tf"\nresource = "*.main"'],
)
def test_the_settings_hide(tree: Path, where: str) -> None:
    (tree / "rootlint.toml").write_text(
        f'[[ignores]]\ncheck = "a-fault"\nreason = "a test"\n{where}\n'
    )
    text = terraform("  name = 1\n")
    found = text.finding("a.tf", "name = 1", head=TOPIC)
    assert judged(text, found, settings=load()) == Kept((), (), 1)


@pytest.mark.parametrize("where", ['path = "b.tf"', 'resource = "aws_sns_topic.*"'])
def test_the_settings_hide_nothing_elsewhere(tree: Path, where: str) -> None:
    (tree / "rootlint.toml").write_text(
        f'[[ignores]]\ncheck = "a-fault"\nreason = "a test"\n{where}\n'
    )
    text = terraform("  name = 1\n")
    kept = judged(text, text.finding("a.tf", "name = 1", head=TOPIC), settings=load())
    assert said(kept) == ["a-fault: this is wrong", "bad-ignore: this ignore hides nothing"]


def test_a_rule_is_not_unused_where_only_a_part_was_scanned(tree: Path) -> None:
    (tree / "rootlint.toml").write_text('[[ignores]]\ncheck = "a-fault"\nreason = "a test"\n')
    kept = judged(terraform(""), settings=load(), paths=["org"])
    assert said(kept) == []


@pytest.mark.parametrize("key", ['ignore = ["a-fault"]', 'select = ["b-fault"]'])
def test_what_the_settings_leave_out_is_counted(tree: Path, key: str) -> None:
    (tree / "rootlint.toml").write_text(key)
    text = terraform("  name = 1\n")
    found = text.finding("a.tf", "name = 1", head=TOPIC)
    assert judged(text, found, settings=load()) == Kept((), (), 1)


def test_an_unknown_check_in_the_settings_is_named_with_its_place(tree: Path) -> None:
    (tree / "rootlint.toml").write_text('strict = true\nignore = ["a-falt"]')
    with pytest.raises(UnknownCheck, match=r"^rootlint.toml:2: no check .*did you mean `a-fault`"):
        judged(terraform(""), settings=load())


def test_the_settings_cannot_ignore_bad_ignore(tree: Path) -> None:
    (tree / "rootlint.toml").write_text('ignore = ["bad-ignore"]')
    with pytest.raises(UnknownCheck, match=r"^rootlint.toml:1: `bad-ignore` cannot be ignored"):
        judged(terraform(""), settings=load())


def test_isolated_hears_no_ignore_of_the_tree() -> None:
    text = terraform("  name = 1 # rootlint: ignore[a-fault] a test\n")
    found = text.finding("a.tf", "name = 1", head=TOPIC)
    assert judged(text, found, settings=Settings(isolated=True)) == Kept((found,), (), 0)


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("ignore[a-fault]", "this ignore gives no reason, so that it hides nothing"),
        ("ignore[a-fault] --", "this ignore gives no reason, so that it hides nothing"),
        ("ignore[a-falt] why", "no check is called `a-falt`: did you mean `a-fault`?"),
        ("ignore[a-fault] why", "this ignore hides nothing"),
        ("ignore[bad-ignore] why", "`bad-ignore` cannot be ignored"),
        ("ignore[] why", "this comment is no ignore that rootlint understands"),
        ("ignore a-fault", "this comment is no ignore that rootlint understands"),
        ("disable[a-fault] why", "this comment is no ignore that rootlint understands"),
    ],
)
def test_a_bad_ignore_is_a_finding(comment: str, message: str) -> None:
    text = terraform(f"  name = 1 # rootlint: {comment}\n")
    (found,) = judged(text).findings
    assert (found.check, found.violation.message) == (BAD_IGNORE, message)
    assert found.violation.proof.kind == "declared"


def test_an_ignore_without_a_reason_hides_nothing() -> None:
    text = terraform("  name = 1 # rootlint: ignore[a-fault]\n")
    kept = judged(text, text.finding("a.tf", "name = 1", head=TOPIC))
    assert [found.check.name for found in kept.findings] == ["a-fault", "bad-ignore"]


def test_the_caret_is_at_the_name() -> None:
    text = terraform("  name = 1 # rootlint: ignore[a-fault, b-falt] why\n")
    found = text.finding("a.tf", "name = 1", head=TOPIC)
    (bad,) = judged(text, found).findings
    assert bad.violation.at == text.at("a.tf", "b-falt")


def test_an_ignore_of_a_check_that_did_not_run_is_not_unused() -> None:
    text = terraform("  name = 1 # rootlint: ignore[a-fault] why\n")
    assert said(judged(text, checks=KNOWN[1:])) == []


def test_an_ignore_in_a_file_that_could_not_be_read_is_not_unused() -> None:
    text = terraform("  name = 1 # rootlint: ignore[a-fault] why\n")
    assert said(judged(text, unreadable=["a.tf"])) == []


def test_bad_ignores_are_not_reported_where_the_check_was_not_selected() -> None:
    text = terraform("  name = 1 # rootlint: ignore[a-falt] why\n")
    assert said(judged(text, checks=KNOWN[:1])) == []


def test_a_bad_ignore_keeps_its_fingerprint_when_lines_move() -> None:
    line = "  name = 1 # rootlint: ignore[a-falt] why\n"
    before, after = (judged(terraform(more + line)).findings[0] for more in ("", "\n\n"))
    assert before.fingerprint == after.fingerprint
    assert before.violation.at != after.violation.at


def test_findings_stay_in_order() -> None:
    text = terraform("  # rootlint: ignore[a-falt] why\n  name = 1\n")
    kept = judged(text, text.finding("a.tf", "name = 1", head=TOPIC))
    assert [found.check.name for found in kept.findings] == ["bad-ignore", "a-fault"]


def test_many_ignores_above_one_line_are_cheap() -> None:
    text = terraform("  # rootlint: ignore[a-fault] why\n" * 20_000 + "  name = 1\n")
    assert judged(text, text.finding("a.tf", "name = 1", head=TOPIC)).ignored == 1
