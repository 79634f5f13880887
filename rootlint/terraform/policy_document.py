"""`data "aws_iam_policy_document"` → the JSON policy that the provider makes of it, every leaf with its place.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rootlint.embedded import parse_json
from rootlint.model.read import elements, text
from rootlint.model.resource import Resource
from rootlint.model.same import unknowns
from rootlint.model.value import (
    Choice,
    Known,
    List,
    Map,
    Option,
    Unknown,
    Value,
    Why,
)
from rootlint.source import Span
from rootlint.terraform.policy_layout import INDENT, Document
from rootlint.terraform.policy_merge import Merged, Sids
from rootlint.terraform.policy_source import fields, refusal, written_again
from rootlint.terraform.policy_statement import statement, variable_in
from rootlint.terraform.syntax import Block, Body

VERSION = "2012-10-17"
_WITHOUT_VARIABLES = "2008-10-17"


def policy_document(source: Resource, block: Block) -> Map:
    """What the data source gives: `json` and `minified_json`, beside its arguments.

    The place of a statement is its header. Parts that are not known stay unknown where they are.
    """
    headers = dict(_headers(block.body))
    document = _document(source.body, source.span, headers)
    json: Value = document
    minified: Value = document
    if isinstance(document, Map):
        json = Document(document, source.span, indent=INDENT)
        minified = Document(document, source.span)
    entries = {**source.body.entries, "json": json, "minified_json": minified}
    rest = Unknown(Why.DATA_SOURCE, f"`{source.address}` is looked up", source.span)
    return Map(entries, source.span, rest, source.body.keys)


def _headers(body: Body) -> Iterator[tuple[Span, Span]]:
    """Where the header of each statement is, by the span of the statement or of its body."""
    for block in body.blocks:
        content = [inner for inner in block.body.blocks if inner.kind == "content"]
        for written in (block, *content):
            yield written.span, block.header
            yield written.body.span, block.header


def _document(body: Map, span: Span, headers: Mapping[Span, Span]) -> Map | Unknown:
    merged, theirs, ours = Merged(), Sids(), Sids()
    merged.version = body.get("version") or Known(VERSION, span)
    for source in _sources(body, "source_json", "source_policy_documents"):
        _add(merged, source, sids=theirs)
    own, rest = elements(body.get("statement"))
    for written in own:
        made = _each(written, headers)
        if text(body.get("version")) == _WITHOUT_VARIABLES:
            merged.refuse(variable_in(written))
        ours.add(made)
        merged.add(made)
    merged.hide(rest or body.rest)
    merged.identify(body.get("policy_id"))
    for override in _sources(body, "override_policy_documents", "override_json"):
        _add(merged, override)
    return merged.refused or theirs.refused or ours.refused or _whole(merged, body, span)


def _whole(merged: Merged, body: Map, span: Span) -> Map:
    keys = {"Version": body.keys["version"]} if "version" in body.keys else {}
    entries: dict[str, Value] = {"Version": merged.version or Known(VERSION, span)}
    if merged.policy_id is not None:
        entries["Id"] = merged.policy_id
    entries["Statement"] = List(tuple(merged.statements), span, merged.rest)
    return Map(entries, span, None, keys)


def _each(written: Value, headers: Mapping[Span, Span]) -> Value:
    match written:
        case Map():
            return statement(written, headers.get(written.span, written.span))
        case Choice():
            options = tuple(
                Option(when, option and _each(option, headers)) for when, option in written.options
            )
            return Choice(options, written.because, written.span)
        case _:
            return written


def _sources(body: Map, *names: str) -> Iterator[Value]:
    """The documents that are merged in, each a text or what hides it."""
    for name in names:
        written = body.get(name)
        if isinstance(written, Choice):
            yield from _alternatives(written)
            continue
        found, rest = elements(written)
        yield from found
        if rest is not None:
            yield rest


def _alternatives(choice: Choice) -> Iterator[Value]:
    """The documents of a list of which it is not known which it is: each may be there."""
    for when, option in choice.options:
        found, rest = elements(option)
        for document in (*found, *([rest] if rest else [])):
            options = (Option(when, document), Option("otherwise", None))
            yield Choice(options, choice.because, choice.span)


def _add(merged: Merged, written: Value, *, sids: Sids | None = None) -> None:
    """Merge a document in: a source, of which no `Sid` may be there twice, or an override."""
    document = parse_json(_without_empty(written))
    for when, read in _options(document):
        option = fields(read) if isinstance(read, Map) else read
        if isinstance(option, Map) and not isinstance(document, Choice):
            merged.refuse(refusal(option))
        statements, hidden = _content(option)
        for found in statements:
            again = written_again(found)
            if sids is not None and not isinstance(document, Choice):
                sids.add(again)
            perhaps = (Option(when, again), Option("otherwise", None))
            merged.add(
                Choice(perhaps, document.because, found.span)
                if isinstance(document, Choice)
                else again
            )
        if hidden is not None:
            merged.hide(hidden)
            if sids is None:
                merged.doubt(hidden)
        if isinstance(option, Map) and not isinstance(document, Choice):
            merged.upgrade(option.get("Version"))
            merged.identify(option.get("Id"))


def _options(document: Value) -> Iterable[Option]:
    return document.options if isinstance(document, Choice) else (Option("", document),)


def _content(document: Value | None) -> tuple[tuple[Value, ...], Unknown | None]:
    """The statements of a document; an empty text is none."""
    match document:
        case Map():
            return elements(document.get("Statement") or document.rest)
        case None | Known(value=None):
            return (), None
        case Choice():
            return (), document.because
        case _:
            because = next(unknowns(document), None)
            return (), because or Unknown(Why.SYNTAX, "this is no policy document", document.span)


def _without_empty(written: Value) -> Value:
    """The provider skips an empty text."""
    if isinstance(written, Choice):
        options = tuple(
            Option(when, None if text(option) == "" else option) for when, option in written.options
        )
        return Choice(options, written.because, written.span)
    return Known(None, written.span) if text(written) == "" else written
