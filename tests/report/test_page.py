"""A page of Markdown as a terminal shows it."""

from rootlint.report.page import page_lines
from rootlint.report.screen import Screen

PAGE = """\
# a fault

It is one because of this, and because of that, and because of something else, too.
Really.

- an item
  that goes on
- another

## Caught

````hcl
# no heading
a = "\x1b"
```
````

| | |
|---|---|
| Severity | high |
"""


def lines(**screen: bool) -> list[str]:
    return list(page_lines(PAGE, Screen(**screen)))  # type: ignore[arg-type]  # flags only


def test_a_page_is_laid_out() -> None:
    assert lines() == [
        "a fault",
        "",
        "It is one because of this, and because of that, and because of something else,",
        "too. Really.",
        "",
        "- an item that goes on",
        "- another",
        "",
        "Caught",
        "",
        "# no heading",
        'a = "\\x1b"',
        "```",
        "",
        "Severity: high",
    ]


def test_headings_stand_out_on_a_terminal() -> None:
    assert lines(color=True)[0] == "\x1b[1ma fault\x1b[0m"
