"""A path that is not among the scanned files: why, without opening or following anything."""

import os
from pathlib import Path

import pytest

from rootlint.model.value import Unknown
from rootlint.terraform.absent import absent
from tests.terraform.reading import resource, unit


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree with a folder `a`, beside a file that is out of it."""
    (tmp_path / "outside.json").write_text("{}")
    (tmp_path / "tree" / "a").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "tree")
    return tmp_path / "tree"


FOLDERS = (".", "a")


@pytest.mark.parametrize("path", ["../outside.json", "/etc/hostname", "../none.json"])
@pytest.mark.usefixtures("tree")
def test_a_path_that_leads_out(path: str) -> None:
    assert absent(path, FOLDERS) == "leads out of the scanned tree"


@pytest.mark.usefixtures("tree")
def test_a_file_that_is_missing() -> None:
    assert absent("a/none.json", FOLDERS) == "does not exist in the scanned tree"


def test_a_link_that_leads_out(tree: Path) -> None:
    (tree / "a" / "link.json").symlink_to("../../outside.json")
    (tree / "up").symlink_to("..")
    said = "leads out of the scanned tree by a link"
    assert absent("a/link.json", FOLDERS) == said
    assert absent("up/outside.json", FOLDERS) == said


def test_a_link_that_leads_in_a_circle(tree: Path) -> None:
    (tree / "a" / "one").symlink_to("two")
    (tree / "a" / "two").symlink_to("one")
    assert absent("a/one", FOLDERS) == "is a link that leads in a circle"


def test_a_link_to_a_folder_of_the_tree_is_not_followed(tree: Path) -> None:
    (tree / "b").symlink_to("a")
    assert absent("b/x.json", FOLDERS) == "is behind a link, which is not followed"


def test_a_link_to_a_device(tree: Path) -> None:
    (tree / "zero").symlink_to("/dev/zero")
    assert absent("zero", FOLDERS) == "leads out of the scanned tree by a link"


def test_a_pipe_is_never_opened(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    assert absent("pipe", FOLDERS) == "is no regular file"


@pytest.mark.usefixtures("tree")
def test_a_file_that_is_left_out_of_the_scan() -> None:
    Path("a/ignored.json").write_text("{}")
    assert absent("a/ignored.json", FOLDERS) == "is not among the scanned files"


@pytest.mark.usefixtures("tree")
def test_a_tree_beside_the_working_directory() -> None:
    assert absent("../x/none", ("../x", "../x/y")) == "does not exist in the scanned tree"
    assert absent("../none", ("../x", "../x/y")) == "leads out of the scanned tree"


@pytest.mark.usefixtures("tree")
def test_the_reason_is_that_of_the_value() -> None:
    policy = 'resource "aws_iam_policy" "p" {\n  policy = file("%s")\n}\n'
    said = []
    for path in ("../outside.json", "none.json"):
        found = resource(unit(policy % path), "aws_iam_policy.p").body.get("policy")
        assert isinstance(found, Unknown)
        said.append(found.detail)
    assert said == [
        "`../outside.json` leads out of the scanned tree",
        "`none.json` does not exist in the scanned tree",
    ]
