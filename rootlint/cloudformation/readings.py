"""How the templates of a run are read: with files of values that are named, and each one's `samconfig.toml`."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Sequence

from rootlint.cloudformation.parameter_files import ParameterFile, parameter_file
from rootlint.cloudformation.read import Reading
from rootlint.cloudformation.samconfig import NAME
from rootlint.settings import BadSettings
from rootlint.source import SourceFile, Sources, Unreadable


class Readings:
    """What is named holds for every template that it fits. Raises BadSettings where it is not readable."""

    def __init__(
        self,
        named: Sequence[str],
        sources: Sources,
        paths: Collection[str],
        *,
        region: str | None,
        partition: str,
    ) -> None:
        self._sources = sources
        self._paths = paths
        self._common = Reading(sources, region, partition, (), paths)
        self._named = [_readable(_read(path, sources)) for path in named]
        self._found: dict[str, ParameterFile | Unreadable] = {}

    def reading(self, path: str) -> Reading:
        """How the template at a path is read."""
        return self._common._replace(files=self._for_template(path))

    def _for_template(self, path: str) -> list[ParameterFile]:
        """The files that may give a template values, those that win last."""
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), NAME))
        if beside not in self._paths:
            return self._named
        if beside not in self._found:
            self._found[beside] = _read(beside, self._sources)
        own = self._found[beside]
        return self._named if isinstance(own, Unreadable) else [own, *self._named]

    def problems(self, used: Collection[str]) -> Iterator[Unreadable]:
        """The files that could not be read, and those that are named and fit no template."""
        yield from (found for found in self._found.values() if isinstance(found, Unreadable))
        for file in self._named:
            if file.path not in used:
                reason = "fits no template: none declares all of these parameters"
                yield Unreadable(file.path, reason, configuration=False)


def _read(path: str, sources: Sources) -> ParameterFile | Unreadable:
    file = sources.read(path)
    return parameter_file(file) if isinstance(file, SourceFile) else file


def _readable(found: ParameterFile | Unreadable) -> ParameterFile:
    if isinstance(found, Unreadable):
        raise BadSettings(f"{found.path}: {found.reason}")
    return found
