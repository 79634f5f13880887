"""Colours and lines of the terminal report."""

from __future__ import annotations

from rootlint.record import dataclass

_RESET = "\x1b[0m"
_LEVELS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "note": "\x1b[1;36m"}
_BLUE = "\x1b[34m"
_BOLD = "\x1b[1m"


@dataclass(frozen=True, slots=True)
class Paint:
    """How a finding of some level is drawn."""

    color: bool
    boxes: bool
    level: str = "note"

    @property
    def corner(self) -> str:
        return "\u250c\u2500" if self.boxes else "-->"

    @property
    def bar(self) -> str:
        return "\u2502" if self.boxes else "|"

    def primary(self, text: str) -> str:
        return self._in(_LEVELS.get(self.level, _BOLD), text)

    def related(self, text: str) -> str:
        return self._in(_BLUE, text)

    def gutter(self, text: str) -> str:
        return self._in(_BLUE, text)

    def strong(self, text: str) -> str:
        return self._in(_BOLD, text)

    def _in(self, code: str, text: str) -> str:
        return f"{code}{text}{_RESET}" if self.color and text else text
