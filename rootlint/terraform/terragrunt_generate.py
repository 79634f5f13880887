"""The files that Terragrunt generates beside a module: `generate` blocks → files of the unit.

https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/#generate

What such a file says is written in a file of Terragrunt. It is read in its place there: all around
it is blanked out, so that every offset is one of the file that people see. What Terragrunt fills in
gets a name of as many characters, which stands for its value.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rootlint.model.read import flag, text
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Piece, Unknown, Value, Why
from rootlint.source import SourceFile, Span
from rootlint.terraform.files import is_terraform
from rootlint.terraform.syntax import Expression, Interpolation, Literal, ObjectExpr, Template
from rootlint.terraform.terragrunt_config import Config
from rootlint.terraform.terragrunt_paths import Surroundings

# A letter of a script that no name in such a file is written in, each filled-in value its own.
_FIRST_LETTER = 0x4E00
_MOST = 5_000


class Generated(NamedTuple):
    """A file of the module, and what is done if it exists."""

    path: str
    file: SourceFile
    if_exists: str


class _NotWrittenError(Exception):
    """The contents are not written in one file, character by character."""


class Made(NamedTuple):
    """The files that are generated, why others could not be read, and the names that stand for values."""

    files: tuple[Generated, ...]
    hidden: tuple[Unknown, ...]
    names: Mapping[str, Value]


def generated(configs: Iterable[Config], around: Surroundings) -> Made:
    """What files of Terragrunt generate, those that win last: one file for each label."""
    found: dict[str, Generated | Unknown | None] = {}
    names: dict[str, Value] = {}
    for config in configs:
        for label, given, span in _written(config):
            contents = _Contents(config, around, names)
            found[label] = _made(label, given, span, contents)
    made = found.values()
    return Made(
        tuple(each for each in made if isinstance(each, Generated)),
        tuple(each for each in made if isinstance(each, Unknown)),
        names,
    )


def _written(config: Config) -> Iterator[tuple[str, dict[str, Expression], Span]]:
    """The arguments of each `generate` block, and of each entry of an attribute of that name."""
    for block in config.blocks("generate"):
        given = {name: attribute.expr for name, attribute in block.body.attributes.items()}
        yield block.labels[0] if block.labels else "", given, block.header
    attribute = config.body.attributes.get("generate")
    for label, expr in _named(attribute.expr) if attribute else ():
        yield label, dict(_named(expr)), expr.span


def _made(
    label: str, given: dict[str, Expression], span: Span, contents: _Contents
) -> Generated | Unknown | None:
    """The file of one block; None where it makes none that Terraform loads."""
    said = {n: contents.config.value(expr) for n, expr in given.items() if n != "contents"}
    path = text(said.get("path"))
    off = flag(said.get("disable"), default=False)
    if off is Truth.YES or (path is not None and not is_terraform(path)):
        return None
    hidden = Unknown(Why.FILE, f"the file that `generate.{label}` makes is not read", span)
    if path is None or off is Truth.UNKNOWN or "contents" not in given:
        return hidden
    try:
        file = contents.file(given["contents"])
    except _NotWrittenError:
        return hidden
    return Generated(path, file, text(said.get("if_exists")) or "")


class _Contents(NamedTuple):
    """Makes files of contents; `names` takes the names in them that stand for values."""

    config: Config
    around: Surroundings
    names: dict[str, Value]

    def file(self, written: Expression) -> SourceFile:
        parts: list[tuple[str, Piece]] = []
        if isinstance(written, Template):
            for part in written.parts:
                if isinstance(part, Interpolation):
                    parts.append(self._filled(part))
                else:
                    parts.extend(_literal(part))
        else:
            literal = isinstance(written, Literal)
            parts.extend(_literal(written if literal else self.config.value(written)))
        paths = {piece.span.path for _, piece in parts}
        if len(paths) != 1:
            raise _NotWrittenError
        (path,) = paths
        host = self.around.read(posixpath.relpath(path, self.around.folder))
        if host is None:
            raise _NotWrittenError
        return SourceFile(path, _blanked(host.text, parts), exact=False)

    def _filled(self, part: Interpolation) -> tuple[str, Piece]:
        if len(self.names) == _MOST:
            raise _NotWrittenError
        inside = part.span.end - part.span.start - len("${}")
        name = chr(_FIRST_LETTER + len(self.names)) * inside
        self.names[name] = self.config.value(part.expr)
        return f"${{{name}}}", Piece(0, part.span, exact=True)


def _literal(written: object) -> Iterator[tuple[str, Piece]]:
    """Each stretch of a text with its place."""
    if not isinstance(written, Literal | Known) or not isinstance(written.value, str):
        raise _NotWrittenError
    text, pieces = written.value, written.pieces
    ends = [*(piece.at for piece in pieces[1:]), len(text)]
    for piece, end in zip(pieces, ends, strict=True):
        yield text[piece.at : end], piece


def _blanked(host: str, parts: Iterable[tuple[str, Piece]]) -> str:
    """The text of a file in which only these stretches are left; line breaks stay, too."""
    found = [character if character in "\r\n" else " " for character in host]
    quoted = False
    for written, piece in parts:
        start, end = piece.span.start, piece.span.end
        if len(written) > end - start:
            raise _NotWrittenError
        stretch = written
        if written == '"' and not piece.exact:  # an escaped quote: the blank goes outside
            stretch = '" ' if quoted else ' "'
            quoted = not quoted
        found[start:end] = stretch.ljust(end - start)
    return "".join(found)


def _named(written: Expression) -> Iterator[tuple[str, Expression]]:
    if isinstance(written, ObjectExpr):
        for entry in written.entries:
            if isinstance(entry.key, Literal) and isinstance(entry.key.value, str):
                yield entry.key.value, entry.value
