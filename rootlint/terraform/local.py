"""Local values, each read when it is first asked for: few of them matter, and they are large."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from rootlint.terraform.declaration import Declaration
from rootlint.terraform.dotted import Dotted, dotted
from rootlint.terraform.outline import Stretch
from rootlint.terraform.parse import parse_value
from rootlint.terraform.references import Mention, mentions
from rootlint.terraform.syntax import Broken, Expression


class Local:
    """One local value of a `locals` block; `stretch` is where it is written, if that is known."""

    def __init__(self, name: str, declaration: Declaration, stretch: Stretch | None) -> None:
        self._name = name
        self._declaration = declaration
        self._stretch = stretch

    @cached_property
    def expr(self) -> Expression:
        """How it is written. Where it cannot be read by itself, the whole block is read."""
        if self._stretch is not None:
            found = parse_value(self._declaration.file, self._stretch)
            if found is not None:
                return found
        written = self._declaration.block.body.attributes.get(self._name)
        broken = Broken("text that cannot be read", self._declaration.header)
        return written.expr if written else broken

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(mentions(self.expr))

    @property
    def dotted(self) -> Dotted | None:
        if self._stretch is None:
            return self._declaration.dotted
        return dotted(self._declaration.file.text, self._stretch.value, self._stretch.end)


def locals_of(declaration: Declaration) -> Iterator[tuple[str, Local]]:
    """The local values of a block by name."""
    found = declaration.outline()
    if found is None:
        for name in declaration.block.body.attributes:
            yield name, Local(name, declaration, None)
    else:
        for name, stretch in found.items():
            yield name, Local(name, declaration, stretch)
