"""From a rule of User Notifications to a person: the channels of its configuration.

https://docs.aws.amazon.com/notifications/latest/userguide/managing-delivery-channels.html
"""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.model.estate import Estate
from rootlint.model.estate import Link as Linked
from rootlint.model.read import elements, text
from rootlint.model.same import same, unknowns
from rootlint.model.truth import Truth
from rootlint.model.watch import Channel, Listener, NotificationConfiguration
from rootlint.reason.reach import THROUGH, Link, Reach, best, if_holds, unless_hidden


def notifies(estate: Estate, rule: Listener) -> Reach:
    """Whether a person hears of an event that a listener matches.

    What is no rule of User Notifications has no configuration, and keeps or tells for itself.
    """
    if rule.configuration is None:
        return THROUGH
    own = estate.target(rule.configuration, NotificationConfiguration, rule.resource)
    if len(own) == 1 and own[0].holds is Truth.YES:
        return _configured(estate, rule, own[0].thing)
    because = tuple(unknowns(rule.configuration))
    nobody = Reach(Truth.UNKNOWN, Link.TARGET, rule, "declared elsewhere", because)
    return best((nobody, *_alike(estate, rule)), nobody)


def _configured(estate: Estate, rule: Listener, own: NotificationConfiguration) -> Reach:
    nobody = Reach(Truth.NO, Link.TARGET, rule, "the notification configuration has no channel")
    paths = (_through(link) for link in estate.linked(Channel, "configuration", own))
    return unless_hidden(best(paths, nobody), estate.hidden(own.resource))


def _through(link: Linked[Channel]) -> Reach:
    channel = link.thing
    because = channel.resource.because
    return if_holds(
        link.holds, THROUGH, (because,) if because else tuple(unknowns(channel.configuration))
    )


def _alike(estate: Estate, rule: Listener) -> Iterator[Reach]:
    """The channels of a configuration that is declared elsewhere and named here twice."""
    for channel in estate.every(Channel):
        if same(channel.configuration, rule.configuration) is Truth.YES:
            yield if_holds(channel.resource.exists, THROUGH)


def regions_of(rule: Listener) -> frozenset[str]:
    """The Regions of which a rule gets the events; none where they are not known, or not written."""
    listed, hidden = elements(rule.regions)
    names = {text(region) for region in listed}
    if hidden is not None or None in names:
        return frozenset()
    return frozenset(name for name in names if name)
