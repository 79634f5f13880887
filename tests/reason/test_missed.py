"""What a watch does not see and nobody else tells of."""

from __future__ import annotations

from dataclasses import replace

from rootlint.model.estate import Estate
from rootlint.model.truth import Truth
from rootlint.model.watch import LogGroup
from rootlint.reason.chain import watches
from rootlint.reason.missed import missed, missed_lesser, sure
from tests.reason.making import (
    CIS,
    CONSOLE_ONLY,
    ROOT_RULE,
    alarm,
    estate,
    metric_filter,
    refers,
    resource,
    rule,
    subscription,
    target,
    topic,
    unit,
    unknown,
    value,
)
from tests.reason.test_chain import MAY, of_filter, with_instead


def test_the_union_of_two_watches_misses_what_neither_sees() -> None:
    console = metric_filter(CONSOLE_ONLY)
    found = with_instead(console)
    assert "E06" in {miss.event.id for miss in missed(found, of_filter(found))}
    both = estate(*with_instead(console).units[0].declares, rule(), target(), MAY)
    assert missed(both, of_filter(both)) == ()


def test_a_watch_that_nobody_hears_covers_nothing() -> None:
    found = estate(*with_instead(metric_filter(CONSOLE_ONLY)).units[0].declares, rule())
    assert missed(found, of_filter(found)) != ()


def test_a_watch_of_another_log_group_in_another_unit_covers_nothing() -> None:
    console = with_instead(metric_filter(CONSOLE_ONLY)).units[0]
    away = (
        LogGroup(resource("group", unit="other"), value("cloudtrail")),
        replace(
            metric_filter(log_group=refers("group", "name", unit="other", text="cloudtrail")),
            resource=resource("filter", unit="other"),
        ),
        replace(
            alarm(actions=["arn:aws:lambda:us-east-1:111122223333:function:page"]),
            resource=resource("alarm", unit="other"),
        ),
    )
    found = Estate([console, unit(*away, name="other")])
    assert missed(found, of_filter(found)) != ()


def test_an_account_that_the_pattern_names_is_the_account() -> None:
    text = '{ $.userIdentity.arn = "arn:aws:iam::222233334444:root" }'
    assert (
        missed(with_instead(metric_filter(text)), of_filter(with_instead(metric_filter(text))))
        == ()
    )


def test_a_watch_that_may_be_heard_leaves_it_open() -> None:
    whole = with_instead(metric_filter(CONSOLE_ONLY)).units[0].declares
    found = estate(*whole, rule(ROOT_RULE), target(target=unknown()))
    misses = missed(found, of_filter(found))
    assert {miss.truth for miss in misses} == {Truth.UNKNOWN}
    assert sure(misses) == ()


def test_a_complete_watch_with_the_same_doubt_covers() -> None:
    whole = with_instead(metric_filter(CONSOLE_ONLY), alarm(actions=unknown())).units[0].declares
    found = estate(*whole, metric_filter(CIS, "complete"))
    assert missed(found, of_filter(found)) == ()


def test_a_rule_that_is_merely_enabled_misses_what_reads() -> None:
    found = estate(rule(), target(), topic(), subscription(), MAY)
    (watch,) = watches(found)
    assert missed(found, watch) == ()
    assert [miss.event.id for miss in sure(missed_lesser(found, watch))] == ["E08"]


def test_what_aws_does_not_describe_is_no_miss_by_itself() -> None:
    found = with_instead(metric_filter(CONSOLE_ONLY))
    every = [miss for miss in missed(found, of_filter(found)) if not miss.event.documented]
    assert every
    assert sure(tuple(every)) == ()
