"""A page of Markdown for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rootlint.report.paint import Paint
from rootlint.report.screen import WIDTH, Screen

_FENCE = "```"


def page_lines(markdown: str, screen: Screen) -> Iterator[str]:
    """Headings stand out, paragraphs and rows of tables are wrapped, code stays as it is."""
    paint = Paint(screen.color, screen.boxes)
    for kind, lines in groupby(_kinds(markdown), key=lambda pair: pair[0]):
        texts = [text for _, text in lines]
        match kind:
            case "heading":
                yield from (paint.strong(screen.clean(text.lstrip("# "))) for text in texts)
            case "prose":
                yield from screen.wrap(" ".join(texts), WIDTH)
            case "item":
                yield from _items(texts, screen)
            case "code":
                yield from (screen.clean(text) for text in texts)
            case "table":
                yield from (line for text in texts for line in _row(text, screen))
            case _:
                yield from texts


def _kinds(markdown: str) -> Iterator[tuple[str, str]]:
    """Each line with what it is. A fence is no line, and a blank one stands for itself."""
    fence = ""
    before = "blank"
    for line in markdown.splitlines():
        if fence and line == fence:
            fence, before = "", "blank"
        elif not fence and line.startswith(_FENCE):
            fence = line[: len(line) - len(line.lstrip("`"))]
        else:
            before = "code" if fence else _kind(line, before)
            yield before, line


def _kind(line: str, before: str) -> str:
    if not line.strip():
        return "blank"
    if line.startswith("#"):
        return "heading"
    if line.startswith(("- ", "* ")):
        return "item"
    if line.startswith("|"):
        return "table"
    return "item" if before == "item" else "prose"


def _items(lines: Iterable[str], screen: Screen) -> Iterator[str]:
    items: list[str] = []
    for line in lines:
        if line.startswith(("- ", "* ")):
            items.append(line[2:])
        else:
            items[-1] += f" {line.strip()}"
    for item in items:
        first, *rest = screen.wrap(item, WIDTH - 2)
        yield f"- {first}"
        yield from (f"  {line}" for line in rest)


def _row(line: str, screen: Screen) -> list[str]:
    """`| name | value |` as `name: value`; nothing of the lines that only draw the table."""
    name, *values = (cell.strip() for cell in line.strip().strip("|").split("|"))
    if not name.strip("-"):
        return []
    head = f"{name}: "
    lines = screen.wrap(", ".join(values), WIDTH - len(head))
    return [f"{head if not number else ' ' * len(head)}{text}" for number, text in enumerate(lines)]
