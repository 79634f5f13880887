"""Packs of checks: what is found, and what is said of a pack that cannot be used."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from rootlint import packs, registry
from rootlint.registry import BAD_IGNORE, BadCheckPack, UnknownCheck, load

CHECK = '''"""{title}

Why.

## Fix

Do it.
"""

from collections.abc import Iterator
from rootlint.check import *
from rootlint.check import check, Outcome
from rootlint.finding import Group, Severity
from rootlint.model.watch import Trail
from rootlint.model.estate import Estate


@check(Trail, group=Group.ALARMS, severity=Severity.LOW, since="0.1.0", refs=(), aliases=({aliases}))
def {name}(trail: Trail, estate: Estate) -> Iterator[Outcome]:
    yield from ()
'''


class Packs:
    """A folder on the path in which distributions are made up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, pack: str, file: str, text: str) -> Path:
        path = self.folder / pack / file
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text)
        importlib.invalidate_caches()
        return path

    def check(self, pack: str, name: str, aliases: str = "", file: str = "") -> Path:
        text = CHECK.format(name=name, aliases=aliases, title="A fault.")
        return self.write(pack, file or f"{name}.py", text)

    def announce(self, pack: str, group: str = packs.GROUP) -> None:
        info = self.folder / f"{pack}-1.0.dist-info"
        info.mkdir()
        text = f"[console_scripts]\n{pack} = {pack}:main\n\n[{group}]\n{pack} = {pack}\n"
        (info / "entry_points.txt").write_text(text)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packs:
    """A pack of our own in place of the built-in one, so that tests do not depend on real checks."""
    others = [folder for folder in sys.path if not any(Path(folder).glob("rootlint*-info"))]
    monkeypatch.setattr(sys, "path", [str(tmp_path), *others])
    pack = f"pack_{tmp_path.name.replace('-', '_')}"
    monkeypatch.setattr(packs, "BUILT_IN", pack)
    return Packs(tmp_path)


def names() -> list[str]:
    return [check.name for check in load() if check is not BAD_IGNORE]


def test_each_module_holds_one_check(made: Packs) -> None:
    made.check(packs.BUILT_IN, "b_fault")
    made.check(packs.BUILT_IN, "a_fault")
    assert names() == ["a-fault", "b-fault"]


def test_modules_with_an_underscore_are_no_checks(made: Packs) -> None:
    made.check(packs.BUILT_IN, "a_fault")
    made.write(packs.BUILT_IN, "_words.py", "")
    assert names() == ["a-fault"]


def test_packs_of_other_distributions_are_found(made: Packs) -> None:
    made.check(packs.BUILT_IN, "a_fault")
    made.check("their_pack", "their_fault")
    made.announce("their_pack")
    assert names() == ["a-fault", "their-fault"]


def test_other_groups_of_entry_points_are_no_packs(made: Packs) -> None:
    made.check(packs.BUILT_IN, "a_fault")
    made.announce("another_pack", "rootlint.checks.others")
    assert names() == ["a-fault"]


def test_the_working_directory_is_no_place_for_packs(
    made: Packs, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.check(packs.BUILT_IN, "a_fault")
    made.announce("evil_pack")
    monkeypatch.chdir(made.folder)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    assert packs.packs() == (packs.BUILT_IN,)


def test_our_scan_finds_what_importlib_finds(made: Packs) -> None:
    made.announce("their_pack")
    program = "from importlib.metadata import entry_points as e; print(*(x.value for x in e(group='rootlint.checks')))"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(made.folder)!r}); {program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) | {"rootlint_checks"} == set(packs.packs()) - {
        packs.BUILT_IN
    } | {"rootlint_checks"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no checks: write one, called `a_fault`"),
        ("x = ", "cannot be imported: invalid syntax"),
        ("import gone_module", "cannot be imported: No module named 'gone_module'"),
        ("1 / 0", "cannot be imported: division by zero"),
        (CHECK.format(name="b_fault", aliases="", title="A fault."), "call it `a_fault`"),
        (
            CHECK.format(name="a_fault", aliases="", title="").split('"""')[2],
            "begin its docstring with the fault",
        ),
        (CHECK.format(name="a_fault", aliases="", title="A\nfault."), "the fault in one line"),
        (
            CHECK.format(name="a_fault", aliases="", title="A fault.").replace("## Fix", ""),
            "end its docstring with `## Fix`",
        ),
        (
            CHECK.format(name="a_fault", aliases="", title="A fault.") + "\nb_fault = a_fault\n",
            "holds 2 checks",
        ),
    ],
)
def test_a_bad_module_is_named_with_what_to_mend(made: Packs, text: str, said: str) -> None:
    file = made.write(packs.BUILT_IN, "a_fault.py", text)
    with pytest.raises(BadCheckPack) as caught:
        load()
    assert str(caught.value).startswith(f"{file}: ")
    assert said in str(caught.value)


def test_a_pack_that_is_missing_is_named(made: Packs) -> None:
    with pytest.raises(BadCheckPack, match=f"^{packs.BUILT_IN}: cannot be imported"):
        load()


def test_an_entry_point_to_a_module_is_refused(made: Packs) -> None:
    made.check(packs.BUILT_IN, "a_fault")
    (made.folder / "flat_pack.py").touch()
    made.announce("flat_pack")
    with pytest.raises(BadCheckPack, match="the entry point names a package"):
        load()


def test_two_packs_cannot_use_one_name(made: Packs) -> None:
    made.check(packs.BUILT_IN, "a_fault")
    made.check("twin_pack", "a_fault")
    made.announce("twin_pack")
    with pytest.raises(BadCheckPack, match="is called `a-fault` too"):
        load()


def test_all_checks_are_chosen_where_none_is_selected(made: Packs) -> None:
    made.check(packs.BUILT_IN, "a_fault")
    assert registry.choose(load(), (), ()) == load()


def test_what_is_selected_and_ignored_is_left_out(made: Packs) -> None:
    for name in ("a_fault", "b_fault", "c_fault"):
        made.check(packs.BUILT_IN, name)
    chosen = registry.choose(load(), ["a-fault", "b-fault"], ["b-fault"])
    assert [check.name for check in chosen] == ["a-fault"]


def test_a_former_name_still_chooses(made: Packs) -> None:
    made.check(packs.BUILT_IN, "a_fault", aliases='"old-fault",')
    made.check(packs.BUILT_IN, "b_fault")
    chosen = registry.choose(load(), ["old-fault"], ())
    assert [check.name for check in chosen] == ["a-fault"]


def test_an_unknown_name_gets_the_nearest_one(made: Packs) -> None:
    made.check(packs.BUILT_IN, "a_fault")
    with pytest.raises(UnknownCheck) as caught:
        registry.choose(load(), ["a-falt"], ())
    assert str(caught.value) == ("no check is called `a-falt`: did you mean `a-fault`?")


def test_a_check_brings_its_page(made: Packs) -> None:
    made.check(packs.BUILT_IN, "a_fault")
    made.check(packs.BUILT_IN, "b_fault")
    pages = made.folder / packs.BUILT_IN / "pages"
    pages.mkdir()
    (pages / "a-fault.md").write_text("# a fault\n")
    assert [registry.page(check) for check in load() if check is not BAD_IGNORE] == [
        "# a fault\n",
        None,
    ]


def test_bad_ignore_is_a_check_of_our_own(made: Packs) -> None:
    made.check(packs.BUILT_IN, "a_fault")
    assert BAD_IGNORE in load()
    assert BAD_IGNORE.title == "An ignore that gives no reason, names no check, or hides nothing"


def test_bad_ignore_cannot_be_ignored(made: Packs) -> None:
    made.check(packs.BUILT_IN, "a_fault")
    with pytest.raises(UnknownCheck, match="`bad-ignore` cannot be ignored"):
        registry.choose(load(), (), ["bad-ignore"])


def test_checks_are_counted_without_loading_one() -> None:
    assert packs.count() == len(load())
