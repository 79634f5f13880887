"""Wheel, source distribution and editable install hold the same modules."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = (".py", ".json", ".md", ".typed")


def expected() -> set[str]:
    """Every module and data file of the two packages, by its installed name."""
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "rootlint").rglob("*")
        if path.suffix in DATA and "__pycache__" not in path.parts
    }
    pack = {
        "rootlint_" + path.relative_to(ROOT).as_posix()
        for path in (ROOT / "checks").rglob("*")
        if path.suffix in DATA
        and "__pycache__" not in path.parts
        and path.name not in {"README.md", "FUNCTIONS.md"}
    }
    return ours | pack


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def test_the_wheel_holds_every_module(distributions: Path) -> None:
    (wheel,) = distributions.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == expected()


def test_the_source_distribution_holds_every_module(distributions: Path) -> None:
    (source,) = distributions.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {name.replace("rootlint_checks/", "checks/") for name in expected()} <= held


def test_an_editable_install_finds_every_module(tmp_path: Path) -> None:
    modules = sorted(
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in expected()
        if name.endswith(".py")
    )
    program = "import importlib.util, sys; print([m for m in sys.argv[1:] if not importlib.util.find_spec(m)])"
    command = [sys.executable, "-c", program, *modules]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
