"""Packs of checks: where they are, which checks they hold, and what is wrong with one of them."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from inspect import cleandoc
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from rootlint.check import AnyCheck, Check, Outcome
from rootlint.finding import Group, Severity
from rootlint.model.estate import Estate
from rootlint.model.resource import Resource
from rootlint.packs import check_files, packs
from rootlint.settings import Refusal, nearest

PAGES = "pages"
_BROKEN_MODULE = (ArithmeticError, AttributeError, ImportError, LookupError, NameError)
_BROKEN_VALUE = (OSError, SyntaxError, TypeError, ValueError)


class BadCheckPack(Refusal):
    """A pack that cannot be used. The sentence names the file to mend."""


class UnknownCheck(Refusal):
    """No check has that name. The sentence names the nearest one."""


class Ignoring(NamedTuple):
    """The subject of `bad-ignore`. No estate holds one: suppress.py finds them in comments."""

    resource: Resource


def _silent(subject: Ignoring, estate: Estate) -> Iterator[Outcome]:  # noqa: ARG001 - see Ignoring
    yield from ()


BAD_IGNORE = Check(
    name="bad-ignore",
    subject=Ignoring,
    group=Group.SETTINGS,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(),
    controls=(),
    aliases=(),
    doc=cleandoc("""
        An ignore that gives no reason, names no check, or hides nothing.

        An ignore takes a finding out of every report from then on. One without a reason leaves
        the next reader to guess, so that it hides nothing. One that names no check, or that
        hides nothing any more, makes people believe that something is taken care of.

        Write it on the line of the finding, on the line above, or at the head of the resource:
        `# rootlint: ignore[name] reason`, several names between commas. A CloudFormation
        resource may hold it as `Metadata: {rootlint: {ignore: {name: reason}}}`, and the
        settings as `[[ignores]]` with `check`, `reason`, and perhaps `path` and `resource`.

        This check cannot be ignored itself.

        ## Fix

        Say after the name why this is no fault here, correct the name, or remove the ignore.
        """),
    run=_silent,
)


def load() -> tuple[AnyCheck, ...]:
    """The checks of all packs and our own `bad-ignore`, by name. Raises BadCheckPack."""
    found: dict[str, tuple[AnyCheck, str]] = {BAD_IGNORE.name: (BAD_IGNORE, __file__)}
    for pack in packs():
        for check, file in _checks_of(pack):
            if check.name in found:
                raise BadCheckPack(f"{file}: {found[check.name][1]} is called `{check.name}` too")
            found[check.name] = (check, file)
    return tuple(found[name][0] for name in sorted(found))


def choose(
    checks: Sequence[AnyCheck], select: Iterable[str], ignore: Iterable[str]
) -> tuple[AnyCheck, ...]:
    """The checks that are selected (all, if none is) and not ignored. Raises UnknownCheck."""
    wanted = {find(checks, name).name for name in select}
    unwanted = {find_ignorable(checks, name).name for name in ignore}
    return tuple(
        check
        for check in checks
        if check.name not in unwanted and (not wanted or check.name in wanted)
    )


def find(checks: Iterable[AnyCheck], name: str) -> AnyCheck:
    """The check of that name, or that once had it. Raises UnknownCheck."""
    names = by_name(checks)
    if name not in names:
        raise UnknownCheck(f"no check is called `{name}`{nearest(name, names)}")
    return names[name]


def find_ignorable(checks: Iterable[AnyCheck], name: str) -> AnyCheck:
    """The same for a check that is to be ignored, which `bad-ignore` cannot be."""
    check = find(checks, name)
    if check is BAD_IGNORE:
        raise UnknownCheck(f"`{name}` cannot be ignored: mend the ignore")
    return check


def by_name(checks: Iterable[AnyCheck]) -> dict[str, AnyCheck]:
    """Checks by their names and by their former names."""
    names: dict[str, AnyCheck] = {}
    for check in checks:
        names.update(dict.fromkeys((check.name, *check.aliases), check))
    return names


def page(check: AnyCheck) -> str | None:
    """The page of a check as Markdown, if its pack has one."""
    for pack in packs():
        for folder in _folders(pack):
            file = folder / PAGES / f"{check.name}.md"
            if file.is_file():
                return file.read_text(encoding="utf-8")
    return None


def _checks_of(pack: str) -> Iterator[tuple[AnyCheck, str]]:
    for folder in _folders(pack):
        for file in check_files(folder):
            module = _module(f"{pack}.{file.stem}", str(file))
            yield _check_in(module, file), str(file)


def _folders(pack: str) -> list[Path]:
    module = _module(pack, pack)
    folders = getattr(module, "__path__", None)
    if folders is None:
        raise BadCheckPack(f"{module.__file__}: is one module: the entry point names a package")
    return [Path(folder) for folder in folders]


def _module(name: str, file: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except (*_BROKEN_MODULE, *_BROKEN_VALUE) as problem:
        raise BadCheckPack(f"{file}: cannot be imported: {problem}") from problem


def _check_in(module: ModuleType, file: Path) -> AnyCheck:
    """The one check of a module, named and described as it should be."""
    stem = file.stem
    found = [thing for thing in vars(module).values() if isinstance(thing, Check)]
    if len(found) != 1:
        raise BadCheckPack(f"{file}: holds {len(found) or 'no'} checks: write one, called `{stem}`")
    check = found[0]
    if check.name != stem.replace("_", "-"):
        wrong = check.name.replace("-", "_")
        raise BadCheckPack(f"{file}: its check is called `{wrong}`: call it `{stem}`, as the file")
    problem = _problem_of(check.doc)
    if problem:
        raise BadCheckPack(f"{file}: {problem}")
    return check


def _problem_of(doc: str) -> str:
    lines = doc.splitlines()
    if not lines or not lines[0].strip():
        return "begin its docstring with the fault, in one line"
    if len(lines) > 1 and lines[1].strip():
        return "its docstring should say the fault in one line, then leave one free"
    if "## Fix" not in lines:
        return "end its docstring with `## Fix` and what to write instead"
    return ""
