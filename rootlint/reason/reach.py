"""How far an event gets: whether a chain holds, and at which link it breaks."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from rootlint.model.resource import Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.model.value import Unknown, Why


class Link(Enum):
    """The links of a chain, in the order in which an event passes them."""

    FEED = "the trail feeds the log group"
    PATTERN = "the pattern matches"
    ALARM = "an alarm watches the metric"
    STATE = "the alarm goes into ALARM"
    ACTION = "the alarm acts"
    TARGET = "the rule has a target"
    FORWARD = "the rule puts it on another bus"
    PUBLISH = "the topic or the other bus takes the message"
    SUBSCRIBER = "somebody subscribes to the topic"


class Reach(NamedTuple):
    """Whether a chain holds. If not, `link` is the first that breaks (or may), `thing` the object there.

    `reason` says it in a few words; `because` is what hides the answer.
    """

    truth: Truth
    link: Link | None = None
    thing: Declared | None = None
    reason: str = ""
    because: tuple[Unknown, ...] = ()

    @property
    def hides(self) -> tuple[Unknown, ...]:
        """What hides the answer; where no value does, the link that is not worked out."""
        if self.because or self.truth is not Truth.UNKNOWN or self.thing is None:
            return self.because
        told = self.reason or "whether it tells anybody"
        return (Unknown(Why.LIMIT, told, self.thing.resource.span),)

    @property
    def progress(self) -> int:
        """How many links hold before the one that breaks."""
        return len(_ORDER) if self.link is None else _ORDER.index(self.link)


_ORDER = tuple(Link)
THROUGH = Reach(Truth.YES)


def joined(*links: Reach) -> Reach:
    """A chain of links: the first that breaks, else the first that may, else it holds."""
    for truth in (Truth.NO, Truth.UNKNOWN):
        for link in links:
            if link.truth is truth:
                return link
    return THROUGH


def best(paths: Iterable[Reach], otherwise: Reach) -> Reach:
    """Several ways side by side: one that holds, else one that may, else the one that gets furthest."""
    return max(paths, key=lambda path: (path.truth.value, path.progress), default=otherwise)


def unsure(at: Resource, *holes: Unknown) -> tuple[Unknown, ...]:
    """What hides whether a resource is there, or names what it seems to: never nothing."""
    found = holes if at.because is None else (at.because,)
    return found or (Unknown(Why.ELSEWHERE, f"what `{at.address}` names", at.span),)


def if_holds(holds: Truth, path: Reach, because: tuple[Unknown, ...] = ()) -> Reach:
    """A path behind a link that may not exist: what is certain behind it is uncertain then."""
    if holds is Truth.YES or path.truth is Truth.NO:
        return path
    return path._replace(truth=path.truth & holds, because=because or path.because)


def unless_hidden(path: Reach, hidden: tuple[Unknown, ...]) -> Reach:
    """An absence that something out of sight may fill is not known."""
    if path.truth is not Truth.NO or not hidden:
        return path
    return path._replace(truth=Truth.UNKNOWN, because=hidden)
