"""Objects and maps in the making: keys that are not known may hide or replace others."""

from __future__ import annotations

from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Known, Option, Text, Unknown, Value
from rootlint.source import Span
from rootlint.terraform.convert import to_text
from rootlint.terraform.operators import equal, hidden
from rootlint.terraform.values import (
    Failed,
    Object,
    choose,
    failed,
    leaves,
    may_be_absent,
    why_unknown,
)


class ObjectMaker:
    """Takes entries in their order, later ones replacing earlier ones; `made` gives the result."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self._failure: Failed | None = None
        self.entries: dict[str, Value] = {}
        self.keys: dict[str, Span] = {}
        self.rest: Unknown | None = None

    def made(self) -> Value:
        """The object; the failure where Terraform would refuse it."""
        return self._failure or Object(self.entries, self._span, self.rest, self.keys)

    def fail(self, failure: Failed) -> None:
        self._failure = self._failure or failure

    def add(self, key: Value, value: Value) -> None:
        """One more entry; a value that may be absent leaves an earlier one in force."""
        if isinstance(key, Choice):
            self._add_one_of(key, value)
            return
        name = to_text(key)
        if isinstance(name, Failed):
            self.fail(name)
        elif isinstance(name, Known):
            self.put(str(name.value), value, key.span)
        else:
            self._hide(name, value)

    def put(self, name: str, value: Value, span: Span) -> None:
        """The same for a key that is known."""
        before = self.entries.get(name)
        self.entries[name] = _either(value, before) if before is not None else value
        self.keys[name] = span

    def _add_one_of(self, key: Choice, value: Value) -> None:
        """Each key in its scenario; one that is no key belongs to no scenario that can be."""
        found = [
            (leaf.when, name)
            for leaf in leaves(key)
            if leaf.value is not None and not isinstance(name := to_text(leaf.value), Failed)
        ]
        if not found:
            self.fail(failed("not a key", key.span))
        for when, name in found:
            other = Option("when it is another key", None)
            self.add(name, choose((Option(when, value), other), key.because, value.span))

    def _hide(self, name: Text | Unknown, value: Value) -> None:
        """A key that is not known: it may be that of each earlier entry."""
        hole = why_unknown(name)
        assert hole is not None
        self.rest = self.rest or hidden(hole)
        for known, before in self.entries.items():
            if equal(name, Known(known, self._span)) is not Truth.NO:
                self.entries[known] = replaced_perhaps(before, value, hidden(hole), known)


def replaced_perhaps(before: Value, value: Value, because: Unknown, name: str) -> Value:
    """An entry that something not known may replace."""
    options = (
        Option(f"when nothing else sets `{name}`", before),
        Option(f"when something else sets `{name}`", value),
    )
    return choose(options, because, before.span)


def _either(value: Value, before: Value) -> Value:
    """The value, or what was there before in the scenarios in which it is absent."""
    if not isinstance(value, Choice) or not may_be_absent(value):
        return value
    options = [
        Option(leaf.when, before if leaf.value is None else leaf.value) for leaf in leaves(value)
    ]
    return choose(options, value.because, value.span)
