"""Where YAML has comments: outside of quoted and block scalars."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_STEP = re.compile(
    r"""(?P<blank>[ \t]+)
    |(?P<entry>(?:[-?]|---)(?=[ \t]|$))
    |(?P<colon>:(?=[ \t]|$))
    |(?P<flow>[\[\]{},])
    |(?P<quote>["'])
    |(?P<block>[|>][-+0-9]*(?=[ \t]*(?:[ \t]\#.*)?$))
    |(?P<tag>[!&*][^ \t,\[\]{}]*)
    |(?P<hash>\#)
    |(?P<plain>[^ \t:,\[\]{}#]+|.)""",
    re.VERBOSE,
)
_CLOSE = {
    '"': re.compile(r'[^"\\]*(?:\\.[^"\\]*)*"'),
    "'": re.compile(r"[^']*(?:''[^']*)*'"),
}


def yaml_comments(text: str) -> Iterator[tuple[int, int]]:
    """The comments of a YAML text, as offsets from the `#` to the end of the line."""
    lines = _Lines()
    for found in _LINE.finditer(text):
        line = found.group().rstrip("\r\n")
        column = lines.comment(line)
        if column is not None:
            yield found.start() + column, found.start() + len(line)


class _Lines:
    """Reads line by line, and remembers which scalar or collection the last one left open.

    `_block` is the indentation of the node that holds the open block scalar: what is indented
    deeper belongs to it. Within a line, `_fresh` says that a node may begin, `_quoted` that a
    quoted scalar has just ended; `_node` is the column of the innermost node, `_start` that of what
    may turn out to be its key.
    """

    def __init__(self) -> None:
        self._quote = ""
        self._block: int | None = None
        self._flow = 0
        self._fresh = self._quoted = False
        self._node = self._start = 0

    def comment(self, line: str) -> int | None:
        """The column at which the comment of the next line begins, if it has one."""
        indent = len(line) - len(line.lstrip(" "))
        if self._block is not None:
            if not line.strip() or indent > self._block:
                return None
            self._block = None
        self._node = self._start = indent - 1
        position = self._closed(line, 0) if self._quote else 0
        self._fresh, self._quoted = not position, bool(position)
        return self._scan(line, position)

    def _scan(self, line: str, position: int) -> int | None:
        after_blank = not position
        while position < len(line):
            step = _STEP.match(line, position)
            assert step is not None
            if step.lastgroup == "hash" and after_blank:
                return position
            after_blank = step.lastgroup == "blank"
            if step.lastgroup == "quote" and self._fresh:
                self._start, self._fresh, self._quoted = position, False, True
                self._quote = step.group()
                position = self._closed(line, step.end())
            else:
                self._take(step)
                position = step.end()
        return None

    def _take(self, step: re.Match[str]) -> None:
        """Follow one step outside of quoted scalars."""
        match step.lastgroup:
            case "block" if self._fresh and not self._flow:
                self._block = self._node
            case "entry" if self._fresh and not self._flow:
                self._node = step.start()
            case "flow" if self._fresh or self._flow:
                self._take_flow(step.group())
            case "colon":
                self._node, self._fresh = self._start, True
            case "plain" if self._quoted and step.group() == ":":
                self._fresh = True
            case "blank" | "tag":
                return
            case _ if self._fresh:
                self._start, self._fresh = step.start(), False
            case _:
                pass
        self._quoted = False

    def _take_flow(self, mark: str) -> None:
        self._fresh = mark not in "]}"
        if mark != ",":
            self._flow = max(0, self._flow + (1 if self._fresh else -1))

    def _closed(self, line: str, position: int) -> int:
        """Where the open quoted scalar ends; the end of the line, if it goes on."""
        found = _CLOSE[self._quote].match(line, position)
        if found is None:
            return len(line)
        self._quote = ""
        return found.end()
