"""A page of Markdown for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rootlint.report.paint import Paint
from rootlint.report.screen import WIDTH, Screen

_FENCE = "```"


def page_lines(markdown: str, screen: Screen) -> Iterator[str]:
    """Headings stand out, paragraphs are wrapped, code is indented; all else stays as it is."""
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
                yield from (f"    {screen.clean(text)}".rstrip() for text in texts)
            case _:
                yield from map(screen.clean, texts)


def _kinds(markdown: str) -> Iterator[tuple[str, str]]:
    """Each line with what it is. A fence is no line, and a blank one stands for itself."""
    code = False
    before = "blank"
    for line in markdown.splitlines():
        if line.startswith(_FENCE):
            code = not code
            before = "blank"
            continue
        before = "code" if code else _kind(line, before)
        yield before, line


def _kind(line: str, before: str) -> str:
    if not line.strip():
        return "blank"
    if line.startswith("#"):
        return "heading"
    if line.startswith(("- ", "* ")):
        return "item"
    if line.startswith(("|", "<")):
        return "as it is"
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
