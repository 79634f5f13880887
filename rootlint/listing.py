"""Which files lie below some paths: what git tracks or would track, else all but what is hidden or ignored."""

from __future__ import annotations

import os
import posixpath
import subprocess
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rootlint.source import Unreadable

# A scanned repository's own configuration must not make git run a program of its choice.
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")


class Listing(NamedTuple):
    """Files to look at (sorted, relative, with `/`), those named one by one, and the whole tree.

    `tree` holds every file of the git work tree or below the paths: what may be read when a module
    or a function names it.
    """

    files: tuple[str, ...]
    named: frozenset[str]
    tree: tuple[str, ...]
    unreadable: tuple[Unreadable, ...]


def list_files(paths: Sequence[str], exclude: Sequence[str]) -> Listing:
    """The files below `paths`. `exclude` holds patterns as in a `.gitignore`."""
    tree = _work_tree()
    files: set[str] = set()
    named: set[str] = set()
    unreadable: list[Unreadable] = []
    for path in map(_normal, paths):
        if os.path.isdir(path):
            files.update(_below(path, tree))
        elif os.path.lexists(path):
            files.add(path)
            named.add(path)
        else:
            unreadable.append(Unreadable(path, "no such file or folder"))
    kept = tuple(sorted(filter(_not_excluded(exclude), files)))
    everything = tuple(sorted({*(tree or ()), *files}))
    return Listing(kept, frozenset(named), everything, tuple(unreadable))


def _normal(path: str) -> str:
    return posixpath.normpath(os.path.relpath(path).replace(os.sep, "/"))


def _below(folder: str, tree: frozenset[str] | None) -> Iterator[str]:
    """The files of a folder; one that git ignores is walked, since the user named it."""
    prefix = "" if folder == "." else folder + "/"
    found = [path for path in tree or () if path.startswith(prefix) and _inside(path, folder)]
    if found:
        yield from found
    else:
        yield from _walk(folder)


def _inside(path: str, folder: str) -> bool:
    return folder != "." or not path.startswith("../")


def _work_tree() -> frozenset[str] | None:
    """What git tracks or would track in the work tree around the working directory.

    None outside a work tree. Links that lead out of the tree are left out.
    """
    top = _git("rev-parse", "--show-toplevel")
    if top is None:
        return None
    root = top.rstrip("\n")
    listed = _git("-C", root, "ls-files", "-z", "-co", "--exclude-standard")
    if listed is None:
        return None
    here = os.path.relpath(root).replace(os.sep, "/")
    prefix = "" if here == "." else here + "/"
    paths = (posixpath.normpath(prefix + name) for name in listed.split("\0") if name)
    return frozenset(path for path in paths if _stays_in(path, root))


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run((*_GIT, *arguments), capture_output=True, check=False)  # noqa: S603 - fixed words only
    except OSError:
        return None
    return os.fsdecode(done.stdout) if done.returncode == 0 else None


def _stays_in(path: str, root: str) -> bool:
    if not os.path.islink(path):
        return True
    real = os.path.realpath(path)
    return os.path.commonpath((real, os.path.realpath(root))) == os.path.realpath(root)


def _walk(top: str) -> Iterator[str]:
    """Everything below a folder but hidden folders and what `.gitignore` files name."""
    ignored: dict[str, Callable[[str], bool]] = {}
    for where, folders, names in os.walk(top):
        if ".gitignore" in names:
            ignored[where] = _gitignore(where)
        skip = [test for at, test in ignored.items() if (where + os.sep).startswith(at + os.sep)]
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not os.path.islink(os.path.join(where, name))
            and not any(test(os.path.join(where, name) + "/") for test in skip)
        )
        for name in sorted(names):
            path = os.path.join(where, name)
            if not any(test(path) for test in skip) and _stays_in(path, top):
                yield posixpath.normpath(path.replace(os.sep, "/"))


def _gitignore(folder: str) -> Callable[[str], bool]:
    with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as file:
        matches = _matcher(file.read().splitlines())
    return lambda path: matches(os.path.relpath(path, folder) + ("/" if path[-1:] == "/" else ""))


def _not_excluded(patterns: Sequence[str]) -> Callable[[str], bool]:
    if not patterns:
        return lambda path: True  # noqa: ARG005 - without patterns nothing is excluded
    matches = _matcher(patterns)
    return lambda path: not matches(path)


def _matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns).match_file
