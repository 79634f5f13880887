"""`try` and `can`: the first expression that does not fail, where it may not be known which."""

from __future__ import annotations

from rootlint.model.value import Choice, Option, Unknown, Value
from rootlint.terraform.operators import hidden
from rootlint.terraform.syntax import Call, Expression, Traversal
from rootlint.terraform.values import Failed, choose, failed, known, leaves, why_unknown


class Attempts:
    """The arguments of one call, one after the other.

    `doubt` is set where it is not known whether one of them succeeds at all.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self._options: list[Option] = []
        self._because: Unknown | None = None
        self._success = False

    def settled(self, expr: Expression, value: Value, doubt: Unknown | None) -> bool:
        """Take the value of the next argument; whether it certainly succeeds."""
        if isinstance(value, Failed) or isinstance(doubt, Failed):
            return False
        if doubt is None and not _may_fail(value):
            when = "when nothing before it can be read" if self._options else ""
            self._options.append(Option(when, value))
            self._success = True
            return True
        self._because = self._because or doubt or why_unknown(value)
        text = f"`{expr.text}`" if isinstance(expr, Traversal) else "it"
        for leaf in leaves(value) if isinstance(value, Choice) else (Option("", value),):
            if not isinstance(leaf.value, Failed):
                self._options.append(Option(leaf.when or f"when {text} can be read", leaf.value))
        return False

    @property
    def doubt(self) -> Unknown | None:
        if self._success or self._call.name == "can":
            return None
        return self._because or failed("no expression succeeds", self._call.span)

    def first(self) -> Value:
        """What `try` gives: one value, or a choice of those that may be the first to succeed."""
        if not self._options:
            return failed("no expression succeeds", self._call.span)
        if self._because is None or len(self._options) == 1:
            value = self._options[0].value
            assert value is not None
            return value
        return choose(self._options, hidden(self._because), self._call.span)

    def can(self) -> Value:
        """What `can` gives."""
        if self._because is not None:
            return hidden(self._because)
        return known(self._success, self._call.span)


def _may_fail(value: Value) -> bool:
    """Whether there is a scenario in which the value certainly cannot be read."""
    return isinstance(value, Choice) and any(
        isinstance(leaf.value, Failed) for leaf in leaves(value)
    )
