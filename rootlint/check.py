"""The contract of a check and the words that checks are written in: the only module that they import."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rootlint.finding import Group, Severity, Undecided, Violation
from rootlint.model.estate import Estate
from rootlint.model.unit import Declared

S = TypeVar("S", bound=Declared)
Outcome = Violation | Undecided
Run = Callable[[S, Estate], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Control:
    """A requirement of a standard that a check serves: `Control("CIS 7.0", "5.3")`."""

    standard: str
    id: str


@dataclass(frozen=True, slots=True)
class Check(Generic[S]):
    """One question, asked of every `subject` of the estate. `doc` is the docstring of its module."""

    name: str
    subject: type[S]
    group: Group
    severity: Severity
    since: str
    refs: tuple[str, ...]
    controls: tuple[Control, ...]
    aliases: tuple[str, ...]
    doc: str
    run: Run[S]

    @property
    def title(self) -> str:
        """The fault in one line."""
        return self.doc.strip().partition("\n")[0].rstrip(".")


def check(
    subject: type[S],
    *,
    group: Group,
    severity: Severity,
    since: str,
    refs: tuple[str, ...],
    controls: tuple[Control, ...] = (),
    aliases: tuple[str, ...] = (),
) -> Callable[[Run[S]], Check[S]]:
    """Make a check of a generator function. Its name and its page come from its module."""

    def make(run: Run[S]) -> Check[S]:
        module = inspect.getmodule(run)
        doc = inspect.cleandoc((module and module.__doc__) or "")
        name = run.__name__.replace("_", "-")
        return Check(name, subject, group, severity, since, refs, controls, aliases, doc, run)

    return make


AnyCheck = Check[Any]
