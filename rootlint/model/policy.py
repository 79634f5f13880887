"""Policy documents: IAM identity, trust and resource policies, and organization policies."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Known, Unknown, Value
from rootlint.record import dataclass
from rootlint.source import Span


class PolicyKind(Enum):
    IDENTITY = "identity policy"
    TRUST = "trust policy"
    RESOURCE = "resource policy"
    SERVICE_CONTROL = "service control policy"
    RESOURCE_CONTROL = "resource control policy"


@dataclass(frozen=True, slots=True)
class Elements:
    """The strings of one element (Action, Resource, the values of a key). `rest`: maybe more of them."""

    items: tuple[Value, ...]
    span: Span
    rest: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Principals:
    """Principal or NotPrincipal: by type (`AWS`, `Service`, `Federated`, `CanonicalUser`).

    `"Principal": "*"` is `anyone`.
    """

    by_type: dict[str, Elements]
    span: Span
    anyone: bool = False
    rest: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One operator with one key. `operator` is as written, `ForAnyValue:` and `IfExists` included."""

    operator: str
    operator_span: Span
    key: str
    key_span: Span
    values: Elements


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `exists` is UNKNOWN where a condition decides whether it is there, see `because`.

    `effect` is "Allow" or "Deny" as a value. `conditions_rest` is set where there may be more
    conditions than are known.
    """

    index: int
    span: Span
    effect: Value
    sid: Value | None = None
    action: Elements | None = None
    not_action: Elements | None = None
    resource: Elements | None = None
    not_resource: Elements | None = None
    principal: Principals | None = None
    not_principal: Principals | None = None
    conditions: tuple[Condition, ...] = ()
    conditions_rest: Unknown | None = None
    exists: Truth = Truth.YES
    because: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A document. `raw` is the value it was read from: replays start there, not from the statements.

    `version` is None where it is not written (2008-10-17 then holds). `rest`: maybe more statements.
    """

    statements: tuple[Statement, ...]
    span: Span
    raw: Value
    version: Value | None = None
    rest: Unknown | None = None

    def is_one_with(self, other: Policy) -> bool:
        """Whether both were read from one document: written in one place, or given by one resource."""
        ours, theirs = (
            None if isinstance(raw, Choice) else raw.refers for raw in (self.raw, other.raw)
        )
        return self.span == other.span or (ours is not None and ours == theirs)

    def only(self, statement: Statement) -> Policy:
        """The same document with one statement."""
        return replace(self, statements=(statement,), rest=None)

    def supposing(self, statement: Statement) -> Policy:
        """The same document with one statement, which is there for certain."""
        return self.only(replace(statement, exists=Truth.YES))

    def allowing(self, statement: Statement) -> Policy:
        """The same document with one Allow, and everything that may deny."""
        kept = (found for found in self.statements if found is statement or not _allows(found))
        return replace(self, statements=tuple(kept))

    def with_conditions(self, conditions: tuple[Condition, ...]) -> Policy:
        """The same document, its statements bound by these conditions alone."""
        bound = (replace(found, conditions=conditions) for found in self.statements)
        return replace(self, statements=tuple(bound))


def _allows(statement: Statement) -> bool:
    return isinstance(statement.effect, Known) and statement.effect.value == "Allow"
