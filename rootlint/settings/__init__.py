"""What a user sets: rootlint.toml, or [tool.rootlint] of pyproject.toml, as frozen values."""

from __future__ import annotations

import difflib
import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from rootlint.record import dataclass
from rootlint.settings.kinds import IGNORE, PARTITIONS, READ, SEVERITIES, TERRAFORM, Wrong
from rootlint.source import SourceFile, Span, Unreadable, decode
from rootlint.toml import NotToml, parse_toml, places

__all__ = [
    "PARTITIONS",
    "SEVERITIES",
    "BadSettings",
    "IgnoreRule",
    "Named",
    "Settings",
    "load",
    "nearest",
]

FILE = "rootlint.toml"
TOO_LARGE = 500_000
PYPROJECT = "pyproject.toml"


class Refusal(Exception):  # noqa: N818 - it says what happened, as all of ours do
    """Something that the user can mend. The sentence says what, and where."""


class BadSettings(Refusal):
    """Settings that cannot be meant. The sentence says where, and what to write instead."""


class Named(NamedTuple):
    """A check by name, and where the settings name it: `rootlint.toml:3`."""

    check: str
    place: str


class IgnoreRule(NamedTuple):
    """One `[[ignores]]`: findings of `check`, where `path` and `resource` match if they are given.

    `path` is a pattern for paths relative to the folder of the settings, `resource` one for
    addresses. A `*` stands for anything. `reason` is "" where none is given.
    """

    check: str
    reason: str
    path: str | None
    resource: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a run. The command line and the scanned tree are kept apart.

    `select` and `ignore` come from the command line and say which checks run. `shown` and `hushed`
    are what the settings file selects and ignores: those checks run all the same, and what is
    hidden is counted. `path` is the settings file, `base` its folder, both relative to the working
    directory. `parameters` are files of parameter values, relative to the working directory;
    `var_files`, `variables` and `workspace` are given to Terraform's root modules. `jobs` is how
    many processes read, None as many as it is worth. `notes` say what else the file leaves out.
    `isolated` disregards what the tree says.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    shown: tuple[Named, ...] = ()
    hushed: tuple[Named, ...] = ()
    exclude: tuple[str, ...] = ()
    ignores: tuple[IgnoreRule, ...] = ()
    fail_on: str = "low"
    region: str | None = None
    partition: str | None = None
    parameters: tuple[str, ...] = ()
    strict: bool = False
    undecided: bool = False
    alarms_elsewhere: bool = False
    trails_elsewhere: bool = False
    isolated: bool = False
    var_files: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    workspace: str | None = None
    jobs: int | None = None
    path: str | None = None
    base: str = "."
    notes: tuple[str, ...] = ()

    def with_options(
        self,
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        exclude: Sequence[str] = (),
        fail_on: str | None = None,
        region: str | None = None,
        partition: str | None = None,
        parameters: Sequence[str] = (),
        strict: bool = False,
        undecided: bool = False,
        var_files: Sequence[str] = (),
        variables: Sequence[tuple[str, str]] = (),
        workspace: str | None = None,
        jobs: int | None = None,
    ) -> Settings:
        """These settings under the flags of the command line, which win. Raises BadSettings."""
        _must_fit("fail-on", fail_on)
        _must_fit("region", region)
        _must_fit("partition", partition)
        return replace(
            self,
            select=tuple(select),
            ignore=tuple(ignore),
            shown=() if select else self.shown,
            exclude=(*self.exclude, *exclude),
            fail_on=fail_on or self.fail_on,
            region=region or self.region,
            partition=partition or self.partition,
            parameters=(*self.parameters, *parameters),
            strict=strict or self.strict,
            undecided=undecided or self.undecided,
            var_files=(*self.var_files, *var_files),
            variables=tuple(variables),
            workspace=workspace or self.workspace,
            jobs=jobs,
        )


def load(config: str | None = None, *, isolated: bool = False) -> Settings:
    """The settings that hold in the working directory. Raises BadSettings.

    `config` names a file. Without it, it is the nearest one upwards, but not above the git work
    tree; outside of one, that of the working directory. `isolated` looks for none.
    """
    if config is not None:
        return replace(_read(config), isolated=isolated)
    if isolated:
        return Settings(isolated=True)
    for folder in _folders(Path.cwd()):
        for name in (FILE, PYPROJECT):
            path = posixpath.normpath(posixpath.join(folder, name))
            if Path(path).is_file() and (name == FILE or b"[tool.rootlint" in _bytes(path)):
                return _read(path)
    return Settings()


def _folders(here: Path) -> list[str]:
    """`.`, `..`, … up to the top of the git work tree around `here`."""
    found = ["."]
    for number, folder in enumerate((here, *here.parents)):
        if (folder / ".git").exists():
            return [*found, *("/".join([".."] * up) for up in range(1, number + 1))]
    return found


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as problem:
        reason = (problem.strerror or "cannot be read").lower()
        raise BadSettings(f"{path}: {reason}") from problem


def _read(path: str) -> Settings:
    data = _bytes(path)
    if len(data) > TOO_LARGE:
        raise BadSettings(f"{path}: too large: the limit is {TOO_LARGE:,} bytes")
    source = decode(path, data)
    if isinstance(source, Unreadable):
        raise BadSettings(f"{path}: {source.reason}")
    prefix = ("tool", "rootlint") if posixpath.basename(path) == PYPROJECT else ()
    table: Any = _parsed(source)
    for part in prefix:
        table = table.get(part, {}) if isinstance(table, dict) else table
    return _Reader(source, prefix).settings(table)


def _parsed(source: SourceFile) -> dict[str, Any]:
    try:
        return parse_toml(source)
    except NotToml as problem:
        raise BadSettings(f"{source.path}: {problem}") from None


class _Reader:
    """Reads one table, and knows where each of its keys is written."""

    def __init__(self, source: SourceFile, prefix: tuple[str, ...]) -> None:
        self._source = source
        self._prefix = prefix
        self._places = places(source)

    def settings(self, table: Any) -> Settings:
        given = self._keys((), table, READ)
        base = posixpath.dirname(self._source.path) or "."
        exclude = given.pop("exclude", ())
        elsewhere = {name: given.pop(name, False) for name in ("alarms", "trails")}
        terraform = self._keys(("terraform",), given.pop("terraform", {}), TERRAFORM)
        files = self._beside(base, ("terraform", "var_files"), terraform.pop("var_files", ()))
        return Settings(
            shown=self._named("select", given),
            hushed=self._named("ignore", given),
            exclude=tuple(_rebase(exclude, base)),
            ignores=self._ignores(given.pop("ignores", ())),
            alarms_elsewhere=elsewhere["alarms"],
            trails_elsewhere=elsewhere["trails"],
            parameters=tuple(self._beside(base, ("parameters",), given.pop("parameters", ()))),
            path=self._source.path,
            base=base,
            notes=tuple(self._notes(exclude, elsewhere)),
            var_files=tuple(files),
            **terraform,
            **given,
        )

    def _keys(
        self, at: tuple[str, ...], table: Any, readers: Mapping[str, Callable[[Any], Any]]
    ) -> dict[str, Any]:
        """The values of a table by key, `-` and `_` being one; an unknown key is an error."""
        if not isinstance(table, dict):
            raise self._bad(at, f"`{'.'.join(at) or 'tool.rootlint'}` should be a table")
        found = {}
        for key, value in table.items():
            name = key.replace("-", "_")
            if name not in readers:
                raise self._bad((*at, key), f"no setting is called `{key}`{nearest(name, readers)}")
            try:
                found[name] = readers[name](value)
            except Wrong as wrong:
                raise self._bad((*at, key), f"`{key}` should be {wrong}") from None
        return found

    def _named(self, key: str, given: dict[str, Any]) -> tuple[Named, ...]:
        return tuple(Named(name, self._place((key,))) for name in given.pop(key, ()))

    def _ignores(self, tables: Sequence[Any]) -> tuple[IgnoreRule, ...]:
        rules = []
        for number, table in enumerate(tables):
            at = ("ignores", str(number))
            given = self._keys(at, table, IGNORE)
            if "check" not in given:
                raise self._bad(at, "an ignore needs `check`, the name of a check")
            rule = IgnoreRule(
                check=given["check"],
                reason=given.get("reason", ""),
                path=given.get("path"),
                resource=given.get("resource"),
                span=self._span(at),
            )
            rules.append(rule)
        return tuple(rules)

    def _beside(self, base: str, key: tuple[str, ...], names: Sequence[str]) -> Iterator[str]:
        """The paths of files below the folder of the settings: a scanned tree names no others."""
        for name in names:
            path = posixpath.normpath(name)
            real, top = os.path.realpath(posixpath.join(base, path)), os.path.realpath(base)
            if posixpath.isabs(path) or not real.startswith(f"{top.rstrip(os.sep)}{os.sep}"):
                raise self._bad(key, f"`{name}` lies outside of the folder of the settings")
            yield posixpath.normpath(posixpath.join(base, path))

    def _notes(self, exclude: Sequence[str], elsewhere: Mapping[str, bool]) -> list[str]:
        notes = []
        if exclude:
            patterns = ", ".join(f"`{pattern}`" for pattern in exclude)
            notes.append(f"{self._place(('exclude',))} leaves out {patterns}")
        for name, said in elsewhere.items():
            if said:
                notes.append(f"{self._place((name,))} says that root {name} are kept elsewhere")
        return notes

    def _span(self, key: tuple[str, ...]) -> Span:
        path = (*self._prefix, *key)
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path) or self._source.span(0, 0)

    def _place(self, key: tuple[str, ...]) -> str:
        line = self._source.position(self._span(key).start).line
        return f"{self._source.path}:{line}"

    def _bad(self, key: tuple[str, ...], problem: str) -> BadSettings:
        return BadSettings(f"{self._place(key)}: {problem}")


def nearest(word: str, words: Sequence[str] | Mapping[str, object]) -> str:
    """`: did you mean …?` where one of the words is near, else ""."""
    close = difflib.get_close_matches(word, list(words), 1, 0.5)
    return f": did you mean `{close[0]}`?" if close else ""


def _rebase(patterns: Sequence[str], base: str) -> list[str]:
    """Patterns of the folder `base`, upwards, as patterns of the working directory below it."""
    up = base.split("/").count("..")
    below = Path.cwd().parts[-up:] if up else ()
    found = (_below(pattern, below) for pattern in patterns)
    return [pattern for pattern in found if pattern is not None]


def _below(pattern: str, folders: Sequence[str]) -> str | None:
    if "/" not in pattern.rstrip("/") or not folders:
        return pattern
    parts = pattern.lstrip("/").split("/")
    for folder in folders:
        if not parts or parts[0] == "**":
            break
        if not fnmatchcase(folder, parts.pop(0)):
            return None
    rest = "/".join(parts)
    return rest if rest.startswith("**") else f"/{rest}" if rest else "*"


def _must_fit(flag: str, value: str | None) -> None:
    try:
        _ = value is None or READ[flag.replace("-", "_")](value)
    except Wrong as wrong:
        raise BadSettings(f"`--{flag}` should be {wrong}") from None
