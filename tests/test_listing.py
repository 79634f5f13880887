import os
import subprocess
from pathlib import Path

import pytest

from rootlint.listing import list_files


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path in ("a.tf", "sub/b.tf", "sub/ignored/c.tf", ".hidden/d.tf", "built/e.json"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    (tmp_path / ".gitignore").write_text("built/\n")
    (tmp_path / "sub/.gitignore").write_text("ignored\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def files(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    listed = list_files(paths or (".",), exclude).files
    return [path for path in listed if not path.endswith(".gitignore")]


@pytest.mark.usefixtures("tree")
def test_outside_git_hidden_and_ignored_files_are_left_out() -> None:
    assert files() == ["a.tf", "sub/b.tf"]


@pytest.mark.usefixtures("tree")
def test_git_says_what_is_there_tracked_or_not() -> None:
    git("init", "-q")
    git("add", "a.tf")
    assert files() == [".hidden/d.tf", "a.tf", "sub/b.tf"]
    assert files("sub") == ["sub/b.tf"]


@pytest.mark.usefixtures("tree")
def test_a_named_folder_is_read_even_where_git_ignores_it() -> None:
    git("init", "-q")
    assert files("built") == ["built/e.json"]
    assert files("built/e.json") == ["built/e.json"]


def test_below_a_subfolder_the_rest_of_the_work_tree_stays_in_reach(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("init", "-q")
    monkeypatch.chdir(tree / "sub")
    listing = list_files((".",), ())
    assert [path for path in listing.files if path.endswith(".tf")] == ["b.tf"]
    assert "../a.tf" in listing.tree


@pytest.mark.usefixtures("tree")
def test_exclude_takes_gitignore_patterns() -> None:
    assert files(exclude=("sub/",)) == ["a.tf"]
    assert files(exclude=("*.tf", "!a.tf")) == ["a.tf"]


@pytest.mark.usefixtures("tree")
def test_a_missing_path_is_said() -> None:
    (problem,) = list_files(("nowhere",), ()).unreadable
    assert (problem.path, problem.reason) == ("nowhere", "no such file or folder")


@pytest.mark.parametrize("with_git", [False, True])
def test_a_link_that_leads_out_of_the_tree_is_not_read(
    tree: Path, tmp_path_factory: pytest.TempPathFactory, *, with_git: bool
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.tf"
    outside.write_text("")
    (tree / "link.tf").symlink_to(outside)
    (tree / "near.tf").symlink_to(tree / "a.tf")
    (tree / "folder").symlink_to(outside.parent)
    if with_git:
        git("init", "-q")
    found = files()
    assert "near.tf" in found
    assert "link.tf" not in found
    assert not any(path.startswith("folder/") for path in found)


def test_the_scanned_repository_cannot_make_git_run_a_program(tree: Path) -> None:
    git("init", "-q")
    witness = tree / "ran"
    program = tree / "monitor.sh"
    program.write_text(f"#!/bin/sh\ntouch {witness}\n")
    program.chmod(0o755)
    git("config", "core.fsmonitor", os.fspath(program))
    witness.unlink(missing_ok=True)
    files()
    assert not witness.exists()
