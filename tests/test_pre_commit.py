"""The hook as pre-commit runs it, in a repository of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BAD = ROOT / "fixtures" / "root-deny-never-matches" / "bad" / "example-cloudformation"
PRE_COMMIT = (sys.executable, "-m", "pre_commit")


def git(where: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=tests", "-c", "user.email=tests@example.com")
    subprocess.run(
        ["git", *identity, "-c", "commit.gpgsign=false", *arguments],
        cwd=where,
        check=True,
        capture_output=True,
    )


@pytest.fixture
def hook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a repository with one commit, whatever state this one is in."""
    copy = tmp_path_factory.mktemp("hook") / "rootlint"
    copy.mkdir()
    files = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    if files.returncode:
        pytest.skip("the project is no git repository here: nothing to hook")
    for name in files.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    git(copy, "init", "--quiet")
    git(copy, "add", "--all")
    git(copy, "commit", "--quiet", "--no-verify", "-m", "all")
    return copy


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    shutil.copy(BAD / "template.yaml", tmp_path)
    (tmp_path / "notes.md").write_text("notes\n")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--no-verify", "-m", "all")
    return tmp_path


def tried(repository: Path, hook: Path) -> subprocess.CompletedProcess[str]:
    """What pre-commit does with what is staged. It builds an environment, which takes a while."""
    done = subprocess.run(
        [*PRE_COMMIT, "try-repo", str(hook), "rootlint", "--verbose"],
        cwd=repository,
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    if "No matching distribution found" in done.stdout or "Connection" in done.stdout:
        pytest.skip("no package registry is in reach: pre-commit cannot build its environment")
    return done


def test_the_manifest_is_valid() -> None:
    done = subprocess.run(
        [*PRE_COMMIT, "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_the_hooks_for_ourselves_are_valid() -> None:
    done = subprocess.run(
        [*PRE_COMMIT, "validate-config", str(ROOT / ".pre-commit-config.yaml")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_a_commit_that_only_deletes_is_still_looked_at(repository: Path, hook: Path) -> None:
    git(repository, "rm", "--quiet", "notes.md")
    done = tried(repository, hook)
    assert done.returncode == 1
    assert "error[root-deny-never-matches]" in done.stdout
