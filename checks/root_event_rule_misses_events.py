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
    ROOT_ALARM,
    RULE_STATE,
    WHOLE,
    Estate,
    EventProof,
    EventRule,
    Group,
    Listener,
    Miss,
    Outcome,
    Severity,
    Term,
    Truth,
    Undecided,
    Value,
    Violation,
    Watch,
    Watched,
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
    if isinstance(found, EventRule) and on_default_bus(found) is Truth.UNKNOWN:
        question = "what comes to the bus of this rule?"
        yield Undecided((found.bus or found.pattern).span, question, tuple(unknowns(found.bus)))
        return
    yield from _judge(watch, found.pattern, estate)


def _judge(watch: Watch, pattern: Value, estate: Estate) -> Iterator[Outcome]:
    lost = missed(estate, watch)
    grave, lesser = sure(lost), sure(missed_lesser(estate, watch))
    question = "does this rule hear of everything the root user does?"
    unsure = [x for x in watch.events if watch.sight(x).truth is Truth.UNKNOWN]
    if grave:
        severity = Severity.LOW if only_passwords(grave) else None
        yield _violation(watch, pattern, grave[0], severity)
    elif lost or unsure:
        because = lost[0].because if lost else doubts(watch, unsure[0])
        yield Undecided(pattern.span, question, because)
    elif lesser:
        yield _violation(watch, pattern, lesser[0], Severity.NOTE)


def _violation(watch: Watch, pattern: Value, miss: Miss, severity: Severity | None) -> Violation:
    term = miss.sight.term
    state = _deciding_state(watch, term)
    seen, answer, fix = _reason(term, state)
    heard = watch.reach.truth is not Truth.NO
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
