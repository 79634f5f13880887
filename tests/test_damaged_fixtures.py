"""Damaged configurations never crash a check, and what is said of them is proved all the same."""

import random
from pathlib import Path

import pytest

from rootlint.pipeline import run
from rootlint.settings import Settings
from tests.test_fixtures import FIXTURES

FILES = sorted(
    path for path in FIXTURES.glob("[!_]*/*/*/*") if path.is_file() and path.name != "expected.txt"
)
# What is typed by mistake: punctuation of both languages, and words that mean something to them.
SLIPS = (
    *'{}[]"$%\\:?',
    *("null", "true", "*", "-1", "1e400", "\x00", "\n", "  ", "...", "<<E\n"),
    *("!Sub ", "!If [", "Ref", "Fn::If", "var.x", "each.value", "count = 3\n", "for_each = {}\n"),
    *("arn:aws:iam::*:root", '"Root"', "&&"),
)
CASES_OF_A_SEED = 40


def damaged(text: str, rnd: random.Random) -> str:
    for _ in range(rnd.randint(1, 4)):
        at = rnd.randrange(len(text) + 1)
        end = min(len(text), at + rnd.randint(1, 40))
        match rnd.randrange(4):
            case 0:
                text = text[:at] + rnd.choice(SLIPS) + text[at:]
            case 1:
                text = text[:at] + text[end:]
            case 2:
                to = rnd.randrange(len(text) + 1)
                text = text[:to] + text[at:end] + text[to:]
            case _:
                text = text[:at] + rnd.choice(SLIPS) + text[at + 1 :]
    return text


@pytest.mark.parametrize("seed", range(8))
def test_nothing_breaks(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rnd = random.Random(seed)
    for case in range(CASES_OF_A_SEED):
        folder = tmp_path / str(case)
        folder.mkdir()
        for at, path in enumerate(rnd.sample(FILES, rnd.choice((1, 1, 2)))):
            text = path.read_text(encoding="utf-8")
            (folder / f"{at}{path.name}").write_text(damaged(text, rnd), encoding="utf-8")
        monkeypatch.chdir(folder)
        report = run(["."], Settings())
        assert not report.broken, [file.read_text() for file in folder.iterdir()]
