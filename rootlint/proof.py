"""Evidence: a request that gets through, an event that nobody hears of, a timeline, a declared value."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple, Protocol

from rootlint.embedded import policy
from rootlint.model.fill import FILLINGS, Filling, fill, fill_text
from rootlint.model.policy import Policy
from rootlint.model.truth import Truth, all_of
from rootlint.model.value import Known, Map, Value
from rootlint.reason.alarm import Course, Settings, run
from rootlint.reason.answer import Request, Term
from rootlint.reason.event_pattern import delivered_to_state, envelope, hears
from rootlint.reason.event_rule import pattern_tree
from rootlint.reason.event_text import event_text
from rootlint.reason.events import RootEvent
from rootlint.reason.iam import allows, decide, denies
from rootlint.reason.logs_pattern import Fault, parse, sees
from rootlint.reason.recording import NOWHERE, never_records
from rootlint.reason.sight import Term as Decided
from rootlint.reason.underlined import Underlined, underlined
from rootlint.record import dataclass


class Proof(Protocol):
    """Evidence for a finding. `replay` is asked before the finding is believed."""

    @property
    def kind(self) -> str:
        """`request`, `event`, `timeline` or `declared`."""
        ...

    def replay(self) -> Truth:
        """Decide once more from raw text and raw values, unknowns filled in several ways."""
        ...

    def lines(self) -> tuple[str, ...]:
        """The proof as plain text, the same in every report."""
        ...

    def fields(self) -> dict[str, object]:
        """The proof as JSON, without its kind."""
        ...


class Claim(Enum):
    """What a proof says of a request: allowed by a document, not denied by any, denied by one, or
    refused: denied by one, or allowed by none.
    """

    ALLOWED = "allowed"
    NOT_DENIED = "not denied"
    DENIED = "denied"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RequestProof:
    """A request, and what the documents that bind it make of it.

    `documents` are values as written. `term` is the part of a document that decided, if one did.
    `verdict` is what happens in AWS, where the claim alone would not say it: a request that no SCP
    denies to root is allowed. `unbound` are documents that would deny it if they were attached.
    """

    request: Request
    documents: tuple[Value, ...]
    claim: Claim
    term: Term | None = None
    verdict: str = ""
    unbound: tuple[Value, ...] = ()

    @property
    def kind(self) -> str:
        return "request"

    def replay(self) -> Truth:
        bound = all_of(_decided(self.documents, self.request, self.claim))
        return bound & all_of(_decided(self.unbound, self.request, Claim.DENIED))

    def lines(self) -> tuple[str, ...]:
        request = self.request
        credential = f", {request.credential}" if request.credential else ""
        own = {"", "*", request.principal}
        resource = () if request.resource in own else (f"on {request.resource}",)
        told = (self.term.sentence,) if self.term and self.term.sentence else ()
        by = f"by {request.principal}{credential} → {self.verdict or self.claim.value}"
        return (request.action, *resource, by, *told)

    def fields(self) -> dict[str, object]:
        term = self.term
        return {
            "action": self.request.action,
            "resource": self.request.resource,
            "principal": self.request.principal,
            "credential": self.request.credential,
            "context": {key: list(values) for key, values in sorted(self.request.context.items())},
            "decision": self.verdict or self.claim.value,
            "statement": None if term is None else (term.sid or term.statement),
            "term": None if term is None else _term(term),
            "lines": list(self.lines()),
        }


def _term(term: Term) -> dict[str, str]:
    found = {"element": term.element, "sentence": term.sentence}
    if term.key:
        found |= {"operator": term.operator, "key": term.key}
    return found | {"written": term.written, "found": term.found}


def _decided(documents: tuple[Value, ...], request: Request, claim: Claim) -> Iterator[Truth]:
    """Whether the claim holds of the documents' texts, in each way to fill their unknowns."""
    for filling in FILLINGS if documents else ():
        read = [_read(document, filling) for document in documents]
        if claim is Claim.ALLOWED:
            granted = any(allows(found, request).truth is Truth.YES for found in read)
            yield Truth.of(granted) & all_of(~denies(found, request).truth for found in read)
        elif claim is Claim.NOT_DENIED:
            yield all_of(~denies(found, request).truth for found in read)
        elif claim is Claim.REFUSED:
            yield ~decide(read, request).truth
        else:
            yield Truth.of(any(denies(found, request).truth is Truth.YES for found in read))


def _read(document: Value, filling: Filling) -> Policy:
    found = policy(Known(fill_text(document, filling), document.span))
    # A filling that is no policy at all (a hole that was a whole document) binds nobody.
    return found if isinstance(found, Policy) else Policy((), document.span, document)


class Watched(NamedTuple):
    """Something that might have heard of an event, and why it did not.

    `pattern` is its log filter pattern or (where `log` is false) its event pattern as written, None
    where the pattern is not what decided; `state` that of an event rule where it decides. `term` is
    the part of the pattern that decided; where it is `quoted`, the pattern is printed with that part
    underlined. An empty `answer` is not printed.
    """

    answer: str
    pattern: Value | None = None
    log: bool = True
    state: Value | None = None
    term: Decided | None = None
    quoted: bool = False

    @property
    def underlined(self) -> Underlined | None:
        """The pattern with the term that failed underlined."""
        if self.pattern is None or self.term is None:
            return None
        if self.log:
            return underlined(self.pattern, self.term.start, self.term.end)
        tree, failed = pattern_tree(self.pattern), self.term.span
        return None if tree is None or failed is None else event_text(tree, failed)

    @property
    def lines(self) -> Iterator[str]:
        if self.answer:
            yield f"→ {self.answer}"
        quoted = self.underlined if self.quoted else None
        yield from (f"  {line}" for line in quoted.lines) if quoted is not None else ()


@dataclass(frozen=True, slots=True)
class EventProof:
    """An event, and everything that might have heard of it.

    `seen_by` is a pattern that does match it, where the chain breaks behind it.
    """

    event: RootEvent
    watched: tuple[Watched, ...]
    verdict: str = "nobody hears of it"
    seen_by: Watched | None = None

    @property
    def kind(self) -> str:
        return "event"

    def replay(self) -> Truth:
        missed = all_of(
            ~_sees(found, filling, self.event) for found in self.watched for filling in FILLINGS
        )
        seen = (_sees(found, filling, self.event) for found in self._seen for filling in FILLINGS)
        return missed & all_of(seen)

    def lines(self) -> tuple[str, ...]:
        first = self.event.title.partition(" ")[0]
        title = self.event.title
        if first[1:].islower():
            title = title[:1].lower() + title[1:]
        named = f"{self.event.id}, {title}"
        shown = list(self._deciding().items())[:2]
        happened = ", ".join(f"{field} = {value}" for field, value in shown)
        steps = (line for found in (*self._seen, *self.watched) for line in found.lines)
        return (named, happened, *steps, f"→ {self.verdict}")

    def fields(self) -> dict[str, object]:
        return {
            "id": self.event.id,
            "title": self.event.title,
            "record": self._deciding(),
            "watches": list(self._answers),
            **self._pattern(),
            "lines": list(self.lines()),
        }

    def _pattern(self) -> dict[str, object]:
        """The pattern that failed, in one line, and which of its characters failed."""
        found = next((x.underlined for x in self.watched if x.underlined is not None), None)
        return {} if found is None else {"pattern": found._asdict()}

    @property
    def _seen(self) -> tuple[Watched, ...]:
        return () if self.seen_by is None else (self.seen_by,)

    @property
    def _answers(self) -> tuple[str, ...]:
        return tuple(x.answer for x in (*self._seen, *self.watched) if x.answer)

    def _deciding(self) -> dict[str, str]:
        record = self.event.record
        identity = {"userIdentity.type": str(record["userIdentity"].get("type", ""))}
        return identity | {name: str(record[name]) for name in ("eventName", "awsRegion")}


@dataclass(frozen=True, slots=True)
class UnrecordedProof:
    """Events of which a trail with these settings leaves at least one out, wherever it stands.

    `told` says why, the first event is the one that is shown. With `member` they happen in a member
    account of the organization that the trail's account owns.
    """

    events: tuple[RootEvent, ...]
    settings: Map
    told: tuple[str, ...]
    verdict: str = NOWHERE
    member: bool = False

    @property
    def kind(self) -> str:
        return "event"

    def replay(self) -> Truth:
        ways = (fill_text(self.settings, filling) for filling in FILLINGS)
        return all_of(never_records(x, self.events, member=self.member) for x in ways)

    def lines(self) -> tuple[str, ...]:
        return self._shown.lines()

    def fields(self) -> dict[str, object]:
        return self._shown.fields()

    @property
    def _shown(self) -> EventProof:
        return EventProof(self.events[0], tuple(Watched(x) for x in self.told), self.verdict)


def _sees(watched: Watched, filling: Filling, event: RootEvent) -> Truth:
    """Whether the pattern's text matches the event; one that AWS rejects is never there."""
    if watched.pattern is None:
        return Truth.NO
    text = fill_text(watched.pattern, filling)
    if not watched.log:
        heard = hears(Known(text, watched.pattern.span), envelope(event)).truth
        return heard & _received(watched.state, filling, event)
    pattern = parse(text)
    return Truth.NO if isinstance(pattern, Fault) else sees(pattern, event.record).truth


def _received(state: Value | None, filling: Filling, event: RootEvent) -> Truth:
    """Whether a rule in that state receives the event; YES where the state is not what decides."""
    if state is None:
        return Truth.YES
    return delivered_to_state(event, Known(fill_text(state, filling), state.span))


@dataclass(frozen=True, slots=True)
class TimelineProof:
    """An alarm in a day on which one event matches, period by period."""

    settings: Settings

    @property
    def kind(self) -> str:
        return "timeline"

    def replay(self) -> Truth:
        return ~self._course.truth

    def lines(self) -> tuple[str, ...]:
        course = self._course
        return (*(point.line for point in course.points), course.why)

    def fields(self) -> dict[str, object]:
        points = [point._asdict() for point in self._course.points]
        return {"points": points, "why": self._course.why, "lines": list(self.lines())}

    @property
    def _course(self) -> Course:
        return run(self.settings)


@dataclass(frozen=True, slots=True)
class DeclaredProof:
    """A call to AWS that the code makes as it is declared, with the parameter that decides.

    `holds` says of a text whether it is the fault; it is asked of every filling of `value`. `shown`
    is what is printed of the parameter, where the value itself would say too much.
    """

    call: str
    parameter: str
    value: Value
    holds: Callable[[str], bool]
    told: tuple[str, ...] = ()
    shown: str = ""

    @property
    def kind(self) -> str:
        return "declared"

    def replay(self) -> Truth:
        return Truth.of(all(self.holds(fill_text(self.value, filling)) for filling in FILLINGS))

    def lines(self) -> tuple[str, ...]:
        return (f"{self.call} {self.shown or self._value}", *self.told)

    def fields(self) -> dict[str, object]:
        return {
            "resource": self.call,
            "attribute": self.parameter,
            "value": None if self.shown else fill_text(self.value, FILLINGS[0]),
            "lines": list(self.lines()),
        }

    @property
    def _value(self) -> str:
        filled = fill(self.value, FILLINGS[0])
        shown = filled if isinstance(filled, list) else fill_text(self.value, FILLINGS[0])
        return f"with {self.parameter} = {json.dumps(shown)}"
