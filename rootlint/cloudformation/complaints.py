"""What is said about a text that cannot be read: the place, a hint, or that it is a template engine's source."""

from __future__ import annotations

import re

from rootlint.cloudformation.nodes import NotReadable
from rootlint.source import SourceFile, Span, Unreadable

_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?= |\r|\n|\Z)", re.MULTILINE)
# Jinja, Helm, mustache, ERB and `%NAME%`; a dynamic reference of CloudFormation is none of them.
_TEMPLATED = re.compile(r"\{\{(?!resolve:)|\{%|<%|%[A-Za-z_][A-Za-z0-9_.-]*%|\$\{\{")
_AT_LINE_START = re.compile(r"^[ \t-]*(?:\{%|\{\{(?!resolve:)|<%)", re.MULTILINE)
_LONGEST_LINE = 10_000


def complaint(file: SourceFile, problem: NotReadable) -> Unreadable:
    """Why a file is not readable, as shown to the user."""
    conflict = _CONFLICT.search(file.text)
    if conflict:
        return Unreadable(file.path, "merge conflict marker", Span(file.path, *conflict.span()))
    source = _templating(file, problem.start)
    if source is not None:
        return Unreadable(
            file.path,
            "templated source: scan the rendered output",
            source,
            configuration=False,
        )
    at = min(problem.start, max(0, len(file.text) - 1))
    hint = _hint(file, at) if "json" not in problem.reason.lower() else ""
    reason = problem.reason.lower()
    return Unreadable(
        file.path,
        f"{reason} ({hint})" if hint else reason,
        Span(file.path, at, max(at, problem.end)),
    )


def is_templated(file: SourceFile, at: int) -> bool:
    """Whether what stands around an offset is for a template engine."""
    return _templating(file, at) is not None


def _templating(file: SourceFile, at: int) -> Span | None:
    """The mark of a template engine in the line of an error or the one before, or that begins a line."""
    number = file.position(at).line
    for line in (number, number - 1):
        begin = file.line_start(line) if line >= 1 else 0
        found = _TEMPLATED.search(file.line(line)[:_LONGEST_LINE])
        if found:
            return file.span(begin + found.start(), begin + found.end())
    anywhere = _AT_LINE_START.search(file.text)
    return file.span(*anywhere.span()) if anywhere else None


def _hint(file: SourceFile, at: int) -> str:
    line = file.line(file.position(at).line)
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return "YAML is indented with blanks, not with tabs"
    if file.text[at : at + 1] in {"%", "@", "`"}:
        return "a text that begins so needs quotes"
    if at >= len(file.text.rstrip()) - 1:
        return "the text ends too early: is a quote or a bracket open?"
    return ""
