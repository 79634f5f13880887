"""Why a path that the code names is not among the scanned files. Nothing is opened or followed."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator


def absent(path: str, folders: Iterable[str]) -> str:
    """In words that go on from the path: it leads out of the tree, or it is not there.

    `path` is relative to the working directory, `folders` are those of the scanned tree.
    """
    top = top_of(folders)
    if posixpath.isabs(path) or not is_below(path, top):
        return "leads out of the scanned tree"
    link = next(filter(os.path.islink, _steps(path, top)), None)
    if link is not None:
        return _of_link(link, top)
    if not os.path.lexists(path):
        return "does not exist in the scanned tree"
    return "is not among the scanned files" if os.path.isfile(path) else "is no regular file"


def _of_link(link: str, top: str) -> str:
    real, inside = os.path.realpath(link), os.path.realpath(top)
    if os.path.islink(real):
        return "is a link that leads in a circle"
    if not is_below(real, inside):
        return "leads out of the scanned tree by a link"
    return "is behind a link, which is not followed"


def top_of(folders: Iterable[str]) -> str:
    """The folder that all folders are in."""
    whole = [os.path.abspath(folder) for folder in folders]
    return os.path.relpath(os.path.commonpath(whole)) if whole else "."


def is_below(path: str, top: str) -> bool:
    """Whether a path is that folder or lies in it; both relative to the working directory."""
    whole, above = os.path.abspath(path), os.path.abspath(top)
    return os.path.commonpath((whole, above)) == above


def _steps(path: str, top: str) -> Iterator[str]:
    """Each folder on the way from the top to the path, and the path."""
    step = top
    for name in os.path.relpath(path, top).split(os.sep):
        step = os.path.join(step, name)
        yield step
