"""A log group takes so many filters and no more: of what is beyond, nobody knows which is refused."""

from __future__ import annotations

from dataclasses import replace

from rootlint.model.truth import Truth
from rootlint.model.watch import LogSubscription, MetricFilter
from rootlint.reason.chain import watch_of
from rootlint.reason.events import event
from rootlint.reason.filter_quota import MOST_FILTERS, MOST_REGEXES, MOST_SUBSCRIPTIONS
from rootlint.reason.logs_pattern import Fault, parse, regexes
from tests.reason.making import (
    CIS,
    estate,
    group,
    metric_filter,
    refers,
    resource,
    trail,
    unknown,
    value,
)

REGEX = "{ $.userIdentity.type = %^Root$% }"
TWO = "{ $.userIdentity.type = %^Root$% && $.eventName = %.% }"


def sees(found: MetricFilter, *others: MetricFilter | LogSubscription) -> Truth:
    every = estate(trail(), group(), found, *others)
    watch = watch_of(every, found)
    assert bool(watch.because) is (watch.sight(event("E06")).truth is Truth.UNKNOWN)
    return watch.sight(event("E06")).truth


def more(count: int, pattern: str) -> list[MetricFilter]:
    return [metric_filter(pattern, f"other{number}") for number in range(count)]


def test_a_group_takes_five_regular_expressions() -> None:
    assert sees(metric_filter(REGEX), *more(MOST_REGEXES - 1, REGEX)) is Truth.YES
    assert sees(metric_filter(REGEX), *more(MOST_REGEXES, REGEX)) is Truth.UNKNOWN
    assert sees(metric_filter(REGEX), *more(3, TWO)) is Truth.UNKNOWN


def test_a_filter_without_one_is_taken_all_the_same() -> None:
    assert sees(metric_filter(CIS), *more(MOST_REGEXES + 1, REGEX)) is Truth.YES


def test_filters_of_other_groups_do_not_count() -> None:
    app = refers("app", "name", text="app")
    others = [metric_filter(REGEX, f"other{x}", log_group=app) for x in range(MOST_REGEXES)]
    every = estate(trail(), group(), group("app", "app"), metric_filter(REGEX), *others)
    assert watch_of(every, every.every(MetricFilter)[0]).sight(event("E06")).truth is Truth.YES


def test_a_group_takes_a_hundred_metric_filters() -> None:
    assert sees(metric_filter(), *more(MOST_FILTERS - 1, CIS)) is Truth.YES
    assert sees(metric_filter(), *more(MOST_FILTERS, CIS)) is Truth.UNKNOWN


def test_a_group_takes_two_subscription_filters() -> None:
    log_group = refers("group", "name", text="cloudtrail")

    def subscriptions(count: int) -> list[LogSubscription]:
        return [
            LogSubscription(resource(f"to{x}"), log_group, value(CIS), value("arn:aws:lambda:::f"))
            for x in range(count)
        ]

    for count, truth in ((MOST_SUBSCRIPTIONS, Truth.YES), (MOST_SUBSCRIPTIONS + 1, Truth.UNKNOWN)):
        (first, *rest) = subscriptions(count)
        every = estate(trail(), group(), first, *rest)
        assert watch_of(every, first).sight(event("E06")).truth is truth


def test_regular_expressions_are_counted_in_patterns_of_each_kind() -> None:
    texts = {REGEX: 1, TWO: 2, CIS: 0, "%Root% %x%": 2, "[a = %x%, b = 1, c]": 1, "": 0}
    for text, count in texts.items():
        pattern = parse(text)
        assert not isinstance(pattern, Fault), text
        assert regexes(pattern) == count, text


def test_what_is_not_known_may_be_one_too_many() -> None:
    """A pattern may have two regular expressions, and a filter that may be there may count."""
    perhaps = resource("perhaps", exists=Truth.UNKNOWN)
    in_doubt = replace(metric_filter(REGEX, "perhaps"), resource=perhaps)
    hidden = replace(metric_filter(REGEX, "hidden"), pattern=unknown())
    for other in (in_doubt, hidden):
        assert sees(metric_filter(REGEX), *more(MOST_REGEXES - 2, REGEX), in_doubt) is Truth.YES
        assert sees(metric_filter(REGEX), *more(MOST_REGEXES - 1, REGEX), other) is Truth.UNKNOWN
