"""Two alarms have one name, and one of them is the alarm about the root user.

An alarm is its name: whoever puts an alarm of the same name in the same account and Region overwrites
the first. Which of the two is left depends on the order in which they are made. Every deployment may
turn the alarm about the root user into the other one.

## Fix

Give each alarm a name of its own.
"""

from collections.abc import Iterator
from functools import partial

from rootlint.check import (
    ROOT_ALARM,
    Alarm,
    CompositeAlarm,
    DeclaredProof,
    Estate,
    Group,
    Label,
    Outcome,
    RootAlarm,
    Severity,
    Truth,
    Undecided,
    Violation,
    alarms_of,
    check,
    fed,
    namesakes,
    place_of_name,
    same_scope,
    same_watch,
)


@check(
    Alarm,
    group=Group.ALARMS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
    ),
    controls=ROOT_ALARM,
)
def alarm_name_reused(alarm: Alarm, estate: Estate) -> Iterator[Outcome]:
    own = alarms_of(estate, alarm)
    if not own or not any(fed(estate, found.watch) is not Truth.NO for found in own):
        return
    for other in namesakes(estate, alarm):
        named = same_scope(alarm, other)
        if named is not Truth.NO and not same_watch(alarm, other):
            yield from _judge(own[0], other, named)
            return


def _judge(own: RootAlarm, other: Alarm | CompositeAlarm, named: Truth) -> Iterator[Outcome]:
    alarm = own.watching.alarm
    assert alarm.name is not None
    sure = own.watching.holds & own.watch.root & named
    if sure is not Truth.YES:
        because = tuple(x.resource.because for x in (alarm, other) if x.resource.because)
        yield Undecided(alarm.name.span, "does another alarm have this name?", because)
        return
    yield Violation(
        at=place_of_name(alarm),
        seen="one of two alarms",
        message="another alarm has the name of the alarm about the root user",
        proof=DeclaredProof(
            "cloudwatch:PutMetricAlarm",
            "AlarmName",
            alarm.name,
            partial(str.__eq__, str(getattr(alarm.name, "value", ""))),
            ("twice: the second alarm overwrites the first",),
        ),
        fix="give each alarm a name of its own",
        related=(Label(place_of_name(other), "the other one"),),
        deciding="name",
        concerns=(other.resource,),
    )
