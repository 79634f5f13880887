"""A declared resource, seen without knowing its type."""

from __future__ import annotations

from typing import NamedTuple

from rootlint.model.truth import Truth
from rootlint.model.value import Map, Reference, Unknown, Value
from rootlint.record import dataclass
from rootlint.source import Span


class Label(NamedTuple):
    """A place and what is to be seen there."""

    span: Span
    text: str


class Scope(NamedTuple):
    """Whose account and which Region a resource is made in.

    `provider` tells providers (or stacks) of one unit apart; `region` is None where the code does
    not say; `partition` is `aws` unless set.
    """

    provider: str = ""
    account: Value | None = None
    region: Value | None = None
    partition: str = "aws"


UNSCOPED = Scope()


class Ignore(NamedTuple):
    """A check that the resource itself asks to leave out, and why: "" where it does not say."""

    check: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource (or one instance of it) as written, values evaluated.

    `address` is `module.org.aws_sns_topic.alerts["a"]` or a logical id; `kind` is `aws_sns_topic` or
    `AWS::SNS::Topic`. `span` is the header, `whole` the block. `exists` is NO where a count or a
    condition switches it off, with the place that says so in `switch`; UNKNOWN has its reason in
    `because`. `calls` are the module calls or nested stacks that lead to it, outermost first, and
    the construct of a program that makes it.
    `ignores` are those of its `Metadata`, where the language has one.
    """

    unit: str
    address: str
    kind: str
    body: Map
    span: Span
    whole: Span
    exists: Truth = Truth.YES
    because: Unknown | None = None
    switch: Label | None = None
    scope: Scope = UNSCOPED
    calls: tuple[Label, ...] = ()
    ignores: tuple[Ignore, ...] = ()

    @property
    def reference(self) -> Reference:
        return Reference(self.unit, self.address, "")


class BlindSpot(NamedTuple):
    """Something that the reader could not look into, and that may hold more resources.

    `receives` are the resources of the unit whose values reach it. `anything` is true where it may
    hold whatever it likes, whether or not it receives a value (a file that cannot be read).
    """

    because: Unknown
    receives: frozenset[str] = frozenset()
    anything: bool = False


class Door(NamedTuple):
    """A value that leaves the unit: an output or an export. Others may use what it refers to.

    `masked` is what says whether it is kept out of what is printed; None where the language cannot.
    """

    name: str
    value: Value
    export: Value | None = None
    masked: Value | None = None
