"""Functions of files and paths. Files are read through the scope, within the scanned tree only."""

from __future__ import annotations

import posixpath
from base64 import b64encode
from collections.abc import Mapping
from functools import partial

from rootlint.model.value import Known, Map, Piece, Unknown, Value, Why
from rootlint.source import SourceFile
from rootlint.terraform.functions.arguments import (
    Args,
    Fails,
    Function,
    Hidden,
    Site,
    map_of,
    text,
)
from rootlint.terraform.functions.sets import set_of
from rootlint.terraform.syntax import Expression
from rootlint.terraform.templates import Chars, normal
from rootlint.terraform.values import Failed, known


def _read(site: Site, value: Value) -> SourceFile:
    found = site.files.read_file(text(value), site.span)
    if isinstance(found, Failed):
        raise Fails(found.detail)
    if isinstance(found, Unknown):
        raise Hidden(found)
    return found


def content(site: Site, value: Value) -> bytes:
    """The bytes of a file, where they are those of its text."""
    found = _read(site, value)
    if not found.exact:
        raise Hidden(Unknown(Why.FILE, "bytes of the file are not kept", site.span))
    return found.text.encode()


def _file(site: Site, args: Args) -> Value:
    """The text of the file, each character at its place in that file."""
    found = _read(site, args[0])
    if not found.exact:  # Terraform keeps the mark at its beginning
        raise Hidden(Unknown(Why.FILE, "file begins with a byte-order mark", site.span))
    span = found.span(0, len(found.text))
    pieces = (Piece(0, span, exact=True),) if found.text else ()
    chars = normal(Chars(found.text, pieces), span)
    return Known(chars.text, span, pieces=chars.pieces)


def _fileexists(site: Site, args: Args) -> Value:
    found = site.files.read_file(text(args[0]), site.span)
    if isinstance(found, Unknown) and not isinstance(found, Failed):
        raise Hidden(found)
    return known(isinstance(found, SourceFile), site.span)


def _filebase64(site: Site, args: Args) -> Value:
    return known(b64encode(content(site, args[0])).decode(), site.span)


def _fileset(site: Site, args: Args) -> Value:
    found = site.files.files(text(args[0]), text(args[1]))
    if found is None:
        raise Hidden(Unknown(Why.FILE, "folder is not read", site.span))
    return set_of([known(path, site.span) for path in found], site.span)


def _templatefile(site: Site, args: Args) -> Value:
    """A file as a template, with nothing but the given variables."""
    found = _read(site, args[0])
    from rootlint.terraform.parse import parse_template

    variables = map_of(args[1])
    return site.render(parse_template(found), variables)


def _templatestring(site: Site, args: Args) -> Value:
    """A text as a template, with nothing but the given variables."""
    from rootlint.terraform.template_text import rendered

    return rendered(args[0], partial(_filled, site, map_of(args[1])))


def _filled(site: Site, variables: Map, template: Expression) -> Value:
    return site.render(template, variables)


def _basename(site: Site, args: Args) -> Value:
    written = text(args[0])
    return known(posixpath.basename(written.rstrip("/")) or (written[:1] or "."), site.span)


def _dirname(site: Site, args: Args) -> Value:
    folder = posixpath.dirname(text(args[0]))
    return known(posixpath.normpath(folder) if folder else ".", site.span)


def _abspath(site: Site, args: Args) -> Value:
    written = text(args[0])
    if not written.startswith("/"):
        raise Hidden(Unknown(Why.FILE, "folder of the run is not known", site.span))
    return known("/" + posixpath.normpath(written).lstrip("/"), site.span)


def _pathexpand(site: Site, args: Args) -> Value:
    if text(args[0]).startswith("~"):
        raise Hidden(Unknown(Why.FILE, "home folder is not known", site.span))
    return args[0]


FUNCTIONS: Mapping[str, Function] = {
    "abspath": Function(_abspath, 1, 1),
    "basename": Function(_basename, 1, 1),
    "dirname": Function(_dirname, 1, 1),
    "file": Function(_file, 1, 1),
    "filebase64": Function(_filebase64, 1, 1),
    "fileexists": Function(_fileexists, 1, 1),
    "fileset": Function(_fileset, 2, 2),
    "pathexpand": Function(_pathexpand, 1, 1),
    "templatefile": Function(_templatefile, 2, 2),
    "templatestring": Function(_templatestring, 2, 2),
}
