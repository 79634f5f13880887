"""Where a file has comments: outside of strings, heredocs and block comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rootlint.source import SourceFile, Span
from rootlint.suppress.yaml_comments import yaml_comments

HCL = (".tf", ".tofu", ".hcl")
JSON = ".json"
_IN_CODE = re.compile(r'#|//|/\*|"|<<-?([A-Za-z_][\w-]*)[ \t]*\r?\n|[{}]')
_IN_STRING = re.compile(r'\\[^\n]|\$\$\{|%%\{|[$%]\{|["\n]')
_LINE_END = re.compile(r"\r?\n|\r|\Z")


class Comment(NamedTuple):
    """A comment from its mark to the end of its line. `alone` where nothing stands before it."""

    span: Span
    text: str
    line: int
    alone: bool


def comments(file: SourceFile) -> Iterator[Comment]:
    """The line comments of a Terraform file or a template, in order. JSON has none."""
    if file.path.endswith(JSON):
        return
    found = _hcl_comments(file.text) if file.path.endswith(HCL) else yaml_comments(file.text)
    for start, end in found:
        line = file.position(start).line
        before = file.text[file.line_start(line) : start]
        yield Comment(file.span(start, end), file.text[start:end], line, not before.strip())


def _hcl_comments(text: str) -> Iterator[tuple[int, int]]:
    """The `#` and `//` comments of HCL, also those inside of an interpolation."""
    position = 0
    open_braces: list[int] = []  # one number for each interpolation that we are in
    while found := _IN_CODE.search(text, position):
        position = found.end()
        match found.group():
            case "#" | "//":
                position = _end_of_line(text, position)
                yield found.start(), position
            case "/*":
                position = _after(text, "*/", position)
            case '"':
                position = _string(text, position, open_braces)
            case "{" | "}" as brace:
                if _leaves_interpolation(brace, open_braces):
                    position = _string(text, position, open_braces)
            case _:
                position = _heredoc(text, found.group(1), position)


def _leaves_interpolation(brace: str, open_braces: list[int]) -> bool:
    if not open_braces:
        return False
    open_braces[-1] += 1 if brace == "{" else -1
    return open_braces[-1] < 0 and open_braces.pop() < 0


def _string(text: str, position: int, open_braces: list[int]) -> int:
    """The end of a quoted string, or the place where its next interpolation begins.

    A string ends with its line, so that a quote too many hides no more than that.
    """
    while found := _IN_STRING.search(text, position):
        position = found.end()
        match found.group():
            case '"' | "\n":
                return position
            case "${" | "%{":
                open_braces.append(0)
                return position
            case _:
                pass
    return len(text)


def _heredoc(text: str, marker: str, position: int) -> int:
    end = re.compile(rf"^[ \t]*{re.escape(marker)}[ \t]*\r?$", re.MULTILINE)
    found = end.search(text, position)
    return found.end() if found else len(text)


def _after(text: str, mark: str, position: int) -> int:
    found = text.find(mark, position)
    return len(text) if found < 0 else found + len(mark)


def _end_of_line(text: str, position: int) -> int:
    found = _LINE_END.search(text, position)
    return found.start() if found else len(text)
