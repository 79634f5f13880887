"""How the provider merges policy documents: a statement replaces an earlier one of the same `Sid`."""

from __future__ import annotations

from rootlint.model.read import text
from rootlint.model.same import same
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Map, Option, Unknown, Value, Why


class Sids:
    """The `Sid`s of statements that the provider refuses to see twice."""

    def __init__(self) -> None:
        self.refused: Unknown | None = None
        self._seen: set[str] = set()

    def add(self, statement: Value) -> None:
        sid = statement.get("Sid") if isinstance(statement, Map) else None
        name = text(sid)
        if name and sid and name in self._seen:
            said = f"two statements have the Sid `{name}`, which Terraform refuses"
            self.refused = self.refused or Unknown(Why.SYNTAX, said, sid.span)
        self._seen.add(name or "")


class Merged:
    """The statements so far, in order. Where a `Sid` is not known, what it may replace may be gone."""

    def __init__(self) -> None:
        self.version: Value | None = None
        self.policy_id: Value | None = None
        self.statements: list[Value] = []
        self.rest: Unknown | None = None
        self.refused: Unknown | None = None
        self._known: dict[str, int] = {}
        self._unknown: list[int] = []

    def add(self, new: Value) -> None:
        """Put a statement in: in the place of one with its `Sid`, or at the end."""
        sid = _sid(new)
        name = text(sid)
        if name and name in self._known:
            at = self._known[name]
            self.statements[at] = _over(self.statements[at], new)
            return
        if sid is not None and name != "":
            for at in (*self._unknown, *(self._known.values() if name is None else ())):
                self._doubt_at(at, sid)
            if name is None:
                self._unknown.append(len(self.statements))
            else:
                self._known[name] = len(self.statements)
        self.statements.append(new)

    def refuse(self, because: Unknown | None) -> None:
        """The provider does not make a document of this."""
        self.refused = self.refused or because

    def hide(self, rest: Unknown | None) -> None:
        """There may be more statements."""
        self.rest = self.rest or rest

    def doubt(self, because: Unknown) -> None:
        """Every statement with a `Sid` may have been replaced by one that is not known."""
        for at in (*self._known.values(), *self._unknown):
            self.statements[at] = _perhaps(self.statements[at], because)

    def upgrade(self, version: Value | None) -> None:
        """The newest version of all documents holds."""
        ours, theirs = text(self.version), text(version)
        if ours is not None and theirs is not None and theirs > ours:
            self.version = version

    def identify(self, policy_id: Value | None) -> None:
        """The last id that a document has."""
        if policy_id is not None and text(policy_id) != "":
            self.policy_id = policy_id

    def _doubt_at(self, at: int, sid: Value) -> None:
        existing = self.statements[at]
        if same(_sid(existing), sid) is not Truth.NO:
            because = sid if isinstance(sid, Unknown) else None
            said = Unknown(Why.CONDITION, "a statement with this `Sid` may replace it", sid.span)
            self.statements[at] = _perhaps(existing, because or said)


def _sid(statement: Value) -> Value | None:
    if isinstance(statement, Choice):
        found = (_sid(option.value) for option in statement.options if option.value is not None)
        return next(found, None)
    return statement.get("Sid") if isinstance(statement, Map) else None


def _over(existing: Value, new: Value) -> Value:
    """The new statement, or the existing one where the new one is not there."""
    if not isinstance(new, Choice):
        return new
    options = tuple(Option(when, value or existing) for when, value in new.options)
    return Choice(options, new.because, new.span)


def _perhaps(existing: Value, because: Unknown) -> Value:
    options = (Option("it is not overridden", existing), Option("it is overridden", None))
    return Choice(options, because, existing.span)
