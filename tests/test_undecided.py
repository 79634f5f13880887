"""An open question names what hides its answer, whatever else is in the tree: without it nobody can act."""

from pathlib import Path

import pytest

from rootlint.pipeline import run
from rootlint.settings import Settings
from tests.test_fixtures import FIXTURES

FOLDERS = sorted(path for path in FIXTURES.iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_open_question_has_a_reason(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All cases of a check in one estate, asked about by all checks."""
    monkeypatch.chdir(folder)
    report = run(["."], Settings(isolated=True))
    assert not report.broken
    without = {
        f"{found.check.name}: {found.undecided.question} {found.undecided.at.path}"
        for found in report.undecided
        if not found.undecided.because
    }
    assert not without
