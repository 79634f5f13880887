"""A check and its fixtures → the page that explains it, and the index of all pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from rootlint.check import AnyCheck
from rootlint.packs import BUILT_IN
from rootlint.registry import BAD_IGNORE, PAGES, page
from rootlint.report.screen import WIDTH, Screen
from rootlint.settings import Refusal

CHECKS = Path("checks")
FIXTURES = Path("fixtures")
GOLDEN = "expected.txt"
_INDEX = """\
# Checks

Written by `rootlint docs` from the checks and their fixtures: change those.
"""
_FUNCTIONS = """\
# Functions of Terraform

Written by `rootlint docs`. A function of a provider (`provider::…`) is not worked out. Files are read
within the scanned tree only; `list` and `map` are those of Terraform 0.11.
"""
_LANGUAGES = {".tf": "hcl", ".tfvars": "hcl", ".yaml": "yaml", ".yml": "yaml", ".json": "json"}


class NoSources(Refusal):
    """The working directory holds no checks to describe."""


def page_of(check: AnyCheck) -> str:
    """The page of a check: the one that its pack brings, else what the check says of itself."""
    return page(check) or render(check)


def write(checks: Iterable[AnyCheck]) -> list[str]:
    """Bring the pages of the repository up to date; the paths of those that were not. Raises NoSources."""
    pages = _pages(checks)
    changed = _differing(pages)
    for path in changed:
        if path in pages:
            Path(path).write_text(pages[path], encoding="utf-8", newline="\n")
        else:
            Path(path).unlink()
    return changed


def stale(checks: Iterable[AnyCheck]) -> list[str]:
    """The paths of the pages that are not up to date. Raises NoSources."""
    return _differing(_pages(checks))


def listing(checks: Iterable[AnyCheck], screen: Screen) -> Iterator[str]:
    """All checks for a terminal: name, severity and group, and the fault in one line."""
    for check in checks:
        yield f"{check.name}  {check.severity.value}  {check.group.value}"
        yield from (f"    {line}" for line in screen.wrap(check.title, WIDTH - 4))


def render(check: AnyCheck, fixtures: Path | None = None) -> str:
    """The page of a check as Markdown, with the examples of its fixtures."""
    cases = fixtures / check.name if fixtures else None
    parts = [
        f"# {check.title}",
        _facts(check),
        check.doc.partition("\n")[2].strip(),
        *(_examples("Caught", cases / "bad") if cases else ()),
        *(_examples("Passes", cases / "good") if cases else ()),
        *(_examples("Undecided", cases / "unknown", 1) if cases else ()),
        *_references(check),
    ]
    return "\n\n".join(parts) + "\n"


def _pages(checks: Iterable[AnyCheck]) -> Mapping[str, str]:
    """Path → text for every page and the index."""
    if not CHECKS.is_dir() or not FIXTURES.is_dir():
        raise NoSources("no `checks` and `fixtures` here: run this at the top of the repository")
    ours = [check for check in checks if check is BAD_IGNORE or _is_built_in(check)]
    folder = CHECKS / PAGES
    pages = {(folder / f"{check.name}.md").as_posix(): render(check, FIXTURES) for check in ours}
    more = {"README.md": index(ours), "FUNCTIONS.md": functions()}
    return {**pages, **{(CHECKS / name).as_posix(): text for name, text in more.items()}}


def _is_built_in(check: AnyCheck) -> bool:
    return check.run.__module__.partition(".")[0] == BUILT_IN


def _differing(pages: Mapping[str, str]) -> list[str]:
    there = {path.as_posix() for path in (CHECKS / PAGES).glob("*.md")}
    changed = {path for path, text in pages.items() if _text(Path(path)) != text}
    return sorted(changed | (there - set(pages)))


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def index(checks: Iterable[AnyCheck]) -> str:
    """The index of all pages, by group."""
    parts = [_INDEX]
    by_group = sorted(checks, key=lambda check: (check.group.value, check.name))
    for group, members in groupby(by_group, key=lambda check: check.group.value):
        rows = [
            f"| [{check.name}]({PAGES}/{check.name}.md) | {check.severity.value} | {_cell(check.title)} |"
            for check in members
        ]
        parts.append(
            "\n".join([f"## {group}\n", "| check | severity | fault |", "|---|---|---|", *rows, ""])
        )
    return "\n".join(parts)


def functions() -> str:
    """The table of Terraform's functions: which are worked out, and why others are not."""
    from rootlint.pipeline import terraform_functions

    rows = (f"| `{name}` | {reason or 'yes'} |" for name, reason in terraform_functions().items())
    return "\n".join([_FUNCTIONS, "| function | worked out |", "|---|---|", *rows, ""])


def _facts(check: AnyCheck) -> str:
    controls = ", ".join(f"{control.standard} {control.id}" for control in check.controls)
    facts = {
        "Check": f"`{check.name}`",
        "Severity": check.severity.value,
        "Group": check.group.value,
        "Since": check.since,
        "Controls": controls,
        "Former names": ", ".join(f"`{alias}`" for alias in check.aliases),
    }
    rows = [f"| {name} | {_cell(value)} |" for name, value in facts.items() if value]
    return "\n".join(["| | |", "|---|---|", *rows])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _examples(title: str, verdict: Path, most: int | None = None) -> list[str]:
    """A section with the example cases of a verdict, each file and what rootlint says of them."""
    cases = sorted(verdict.glob("example-*"))[:most]
    parts = [part for case in cases for part in _case(case)]
    return [f"## {title}", *parts] if parts else []


def _case(case: Path) -> Iterator[str]:
    for file in sorted(case.rglob("*")):
        if file.is_file() and file.name != GOLDEN:
            name = file.relative_to(case).as_posix()
            yield f"`{name}`:"
            yield _fenced(file.read_text(encoding="utf-8"), _LANGUAGES.get(file.suffix, "text"))
    said = _text(case / GOLDEN)
    if said:
        yield "rootlint says:"
        yield _fenced(said, "text")


def _fenced(text: str, language: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _references(check: AnyCheck) -> Sequence[str]:
    if not check.refs:
        return ()
    return ("## References", "\n".join(f"- <{ref}>" for ref in check.refs))
