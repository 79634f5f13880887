"""An event rule for the root user does not hear everything root does.

The rule was written for the root user, and an event of the root user passes it by. The usual reasons:
it takes console sign-ins only, so that a root access key works unheard; it takes API calls only, so
that nobody hears of a sign-in; it is disabled. A rule in the state `ENABLED` gets no calls that only
read (`Get*`, `List*`, `Describe*`): reconnaissance with root's credentials stays silent.

## Fix

Take both kinds of event, in the state that receives them all:

    state: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
    detail-type: [AWS API Call via CloudTrail, AWS Console Sign In via CloudTrail]
    detail: {userIdentity: {type: [Root]}}
"""

from collections.abc import Iterator

from rootlint.check import (
    ALL_EVENTS,
    NOT_FORWARDED,
    ROOT_ALARM,
    RULE_STATE,
    WHOLE,
    Estate,
    EventProof,
    EventRule,
    Forward,
    Group,
    Label,
    Link,
    Listener,
    Miss,
    Outcome,
    Severity,
    Sight,
    Term,
    Truth,
    Undecided,
    Unknown,
    Value,
    Violation,
    Watch,
    Watched,
    Why,
    check,
    doubts,
    in_one_line,
    missed,
    missed_lesser,
    on_default_bus,
    only_passwords,
    pattern_tree,
    sure,
    unknowns,
    watch_of,
)

_MEND = "take API calls and sign-ins, in the state that gets all events"


@check(
    EventRule,
    Listener,
    group=Group.ALARMS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html",
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html",
    ),
    controls=ROOT_ALARM,
)
def root_event_rule_misses_events(found: EventRule | Listener, estate: Estate) -> Iterator[Outcome]:
    if found.pattern is None or (isinstance(found, Listener) and found.source is not None):
        return
    watch = watch_of(estate, found)
    if watch.root is Truth.NO:
        return
    if watch.root is Truth.UNKNOWN:
        question = "does this rule look for the root user?"
        yield Undecided(found.pattern.span, question, tuple(unknowns(pattern_tree(found.pattern))))
        return
    if isinstance(found, EventRule) and _gets_nothing_known(found, watch):
        question = "what comes to the bus of this rule?"
        yield Undecided((found.bus or found.pattern).span, question, watch.supply.because)
        return
    yield from _judge(watch, found.pattern, estate)


def _gets_nothing_known(rule: EventRule, watch: Watch) -> bool:
    return on_default_bus(rule) is not Truth.YES and not watch.supply.forwards


def _judge(watch: Watch, pattern: Value, estate: Estate) -> Iterator[Outcome]:
    lost = missed(estate, watch)
    grave, lesser = sure(lost), sure(missed_lesser(estate, watch))
    question = "does this rule hear of everything the root user does?"
    unsure = [x for x in watch.events if watch.sight(x).truth is Truth.UNKNOWN]
    if grave and _not_forwarded(grave[0]):
        yield from _at_the_bus(watch, grave[0], estate)
    elif grave:
        severity = Severity.LOW if only_passwords(grave) else None
        yield _violation(watch, pattern, grave[0], severity)
    elif lost or unsure:
        because = lost[0].because if lost else doubts(watch, unsure[0])
        yield Undecided(pattern.span, question, because)
    elif lesser and not _not_forwarded(lesser[0]):
        yield _violation(watch, pattern, lesser[0], Severity.NOTE)


def _violation(watch: Watch, pattern: Value, miss: Miss, severity: Severity | None) -> Violation:
    term = miss.sight.term
    state = _deciding_state(watch, term)
    seen, answer, fix = _reason(term, state)
    heard = watch.reach.truth is not Truth.NO or watch.reach.link is Link.FORWARD
    by_pattern = term if state is None else None
    quoted = not in_one_line(pattern)
    return Violation(
        at=term.span if term is not None and term.span is not None else pattern.span,
        seen=seen,
        message=f"this event rule for the root user {_told(watch, severity)}",
        proof=EventProof(
            miss.event,
            (Watched(answer, pattern, log=False, state=state, term=by_pattern, quoted=quoted),),
        ),
        fix=fix,
        severity=severity,
        deciding=term.field if term is not None else "pattern",
        fault=_fault(term, state, severity),
        # What breaks another chain says nothing of a note on one that is heard.
        concerns=(watch.thing.resource,) if severity is Severity.NOTE and heard else (),
    )


def _fault(term: Term | None, state: Value | None, severity: Severity | None) -> str:
    if state is not None and term is not None and term.found == "DISABLED":
        return "disabled"
    return "reading calls" if severity is Severity.NOTE else ""


def _not_forwarded(miss: Miss) -> bool:
    return miss.sight.term is not None and miss.sight.term.field == NOT_FORWARDED


def _at_the_bus(watch: Watch, miss: Miss, estate: Estate) -> Iterator[Outcome]:
    """A rule that would match what the rules that forward to its bus keep back; those for root speak themselves."""
    forwards = [one for one, _ in watch.supply.forwards]
    sights = [one.passes(miss.event) for one in forwards]
    at = watch.thing.resource.span
    with_patterns = (one.rule for one in forwards if one.rule.pattern is not None)
    if any(watch_of(estate, rule).root is Truth.YES for rule in with_patterns):
        return
    passed = [
        one for one, sight in zip(forwards, sights, strict=True) if sight.truth is not Truth.NO
    ]
    if passed:
        question = "is everything the root user does forwarded to this bus?"
        far = Unknown(Why.ELSEWHERE, "rules of other Regions", passed[0].rule.resource.span)
        yield Undecided(at, question, watch.supply.because or (far,))
        return
    answers = [_kept_back(one, sight) for one, sight in zip(forwards, sights, strict=True)]
    yield Violation(
        at=at,
        seen="gets only what is forwarded to its bus",
        message="this event rule for the root user is on a bus that does not get all its events",
        proof=EventProof(miss.event, tuple(answers)),
        fix="forward API calls and sign-ins of the root user to this bus",
        related=tuple(Label(one.rule.resource.span, "forwards to its bus") for one in forwards),
        deciding="bus",
    )


def _kept_back(one: Forward, sight: Sight) -> Watched:
    term = sight.term
    if term is None or term.refused or term.field == RULE_STATE:
        told = "the rule that forwards to its bus does not match it"
    else:
        told = (
            f"the rule that forwards to its bus wants `{term.field}` in {term.wanted}, "
            f"the event has {term.found}"
        )
    state = one.rule.state if term is not None and term.field == RULE_STATE else None
    return Watched(told, one.rule.pattern, log=False, state=state, term=None if state else term)


def _deciding_state(watch: Watch, term: Term | None) -> Value | None:
    by_state = term is not None and term.field == RULE_STATE
    return watch.thing.state if by_state and isinstance(watch.thing, EventRule) else None


def _reason(term: Term | None, state: Value | None) -> tuple[str, str, str]:
    """The words beside the caret, the line of the proof, and the way to mend it."""
    if term is None:
        return "does not match", "the rule does not match it", _MEND
    if state is not None and term.found == "DISABLED":
        return (
            "switches the rule off",
            "a disabled rule gets no event",
            f"enable it as {ALL_EVENTS}",
        )
    if state is not None:
        answer = f"a rule in the state {term.found} gets no calls that only read"
        return "gets no calls that only read", answer, f"use the state {ALL_EVENTS}"
    if term.refused:
        field = term.field if term.field == WHOLE else f"`{term.field}`"
        told = f"{field} needs {term.wanted}"
        return f"needs {term.wanted}", f"EventBridge rejects the pattern: {told}", _MEND
    answer = f"the rule wants `{term.field}` in {term.wanted}, the event has {term.found}"
    return f"the event has {term.found}", answer, _MEND


def _told(watch: Watch, severity: Severity | None) -> str:
    if severity is Severity.NOTE:
        return "does not hear of calls that only read"
    if all(watch.sight(event).truth is Truth.NO for event in watch.events):
        return "hears of nothing"
    return "does not hear everything root does"
