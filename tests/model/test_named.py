"""What a value may name, found without asking each thing."""

from __future__ import annotations

from typing import Any

import pytest

from rootlint.model.estate import Estate
from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.value import Choice, Option, Text, Value
from rootlint.model.watch import Topic
from tests.reason.making import SPAN, refers, resource, unknown, value

THINGS = (
    Topic(resource("a"), value("alerts")),
    Topic(resource("b"), value("other")),
    Topic(resource("c"), unknown()),
    Topic(resource("d"), None),
    Topic(resource("e", unit="away"), value("alerts")),
    Topic(resource("f", unit="away"), value("far")),
)
VALUES: tuple[Any, ...] = (
    "alerts",
    "far",
    "nothing",
    "arn:aws:sns:us-east-1:111122223333:alerts",
    "arn:aws:sns:us-east-1:111122223333:far",
    refers("a", "arn"),
    refers("a", "name", text="alerts"),
    refers("b", "name", text="alerts"),
    refers("d", "arn"),
    refers("elsewhere", "arn"),
    refers("elsewhere", "arn", text="alerts"),
    unknown(),
    Text(("arn:aws:sns:", unknown(), ":alerts"), SPAN),
    Choice((Option("", value("alerts")), Option("", value("far"))), unknown(), SPAN),
    5,
)


@pytest.mark.parametrize("written", VALUES, ids=str)
@pytest.mark.parametrize("unit", ["main", "away"])
def test_what_is_left_out_is_not_named(written: Any, unit: str) -> None:
    units = [
        Unit(
            name,
            tuple(x for x in THINGS if x.resource.unit == name),
            tuple(x.resource for x in THINGS if x.resource.unit == name),
        )
        for name in ("main", "away")
    ]
    estate, by = Estate(units), resource("by", unit=unit)
    meant: Value = value(written)
    asked = [(thing, estate.denotes(meant, thing, by=by)) for thing in estate.every(Topic)]
    wanted = [(thing, truth) for thing, truth in asked if truth is not Truth.NO]
    assert [(link.thing, link.holds) for link in estate.target(meant, Topic, by)] == wanted
