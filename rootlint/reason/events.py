"""The CloudTrail records that watches are executed on: what root does, and what must not page anybody."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

# Which event is shown first where several are missed: a root key, then a sign-in; what AWS documents
# comes before what it does not.
_SHOWN_FIRST = ("E06", "E01", "E10", "E12", "E02", "E03")
_HOME_REGION = {"aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1", "aws-eusc": "eusc-de-east-1"}
_API_CALL = "AWS API Call via CloudTrail"


class Delivery(NamedTuple):
    """How an event appears on EventBridge, and which rule states receive it."""

    source: str
    detail_type: str
    region: str
    account: str
    enabled: bool
    enabled_with_all: bool


class RootEvent(NamedTuple):
    """One record. `expect` is must_alarm, must_not_alarm or either; `tier` 1 is the gravest.

    `documented` says that AWS describes a record of this shape; one that is not only adds to others.
    """

    id: str
    title: str
    expect: str
    tier: int
    group: str
    account: str
    region: str
    global_service: bool
    documented: bool
    record: Mapping[str, Any]
    eventbridge: Delivery
    partition: str = "aws"
    why: str = ""

    @property
    def own_sign_in(self) -> bool:
        """Whether root changes how it signs in, on the sign-in pages: not a sign-in, not a call."""
        record = self.record
        signs = record["eventType"] == "AwsConsoleSignIn"
        return signs and record["eventName"] not in {"ConsoleLogin", "CheckMfa"}


@cache
def events() -> tuple[RootEvent, ...]:
    """All records, in the order of their numbers."""
    text = files("rootlint.reason").joinpath("events.json").read_text(encoding="utf-8")
    return tuple(_event(entry) for entry in json.loads(text)["events"])


def event(number: str) -> RootEvent:
    """The record of that number, `E06`."""
    return next(found for found in events() if found.id == number)


@cache
def must_alarm(partition: str = "aws", tier: int = 1) -> tuple[RootEvent, ...]:
    """The events that somebody must hear of, the one to be shown first first.

    Outside the commercial partition they are the API calls, with that partition's ARN and home
    Region: where a root sign-in is recorded there is not documented (and in GovCloud root has no
    console).
    """
    wanted = [found for found in events() if found.expect == "must_alarm"]
    if partition == "aws":
        return _ordered(x for x in wanted if x.partition == "aws" and x.tier == tier)
    own = [x for x in wanted if x.partition == partition and tier == 1]
    moved = (
        _moved(x, partition)
        for x in wanted
        if x.partition == "aws" and x.tier == tier and x.eventbridge.detail_type == _API_CALL
    )
    return (*own, *_ordered(moved))


@cache
def noise() -> tuple[RootEvent, ...]:
    """The events that must not page anybody."""
    return tuple(found for found in events() if found.expect == "must_not_alarm")


@cache
def by_root() -> tuple[RootEvent, ...]:
    """The events whose caller is the root user."""
    return tuple(x for x in events() if x.record["userIdentity"]["type"] == "Root")


def in_account(found: RootEvent, account: str) -> RootEvent:
    """The same event in another account: the number in the records only stands for one."""
    if account == found.account:
        return found
    return found._replace(
        account=account,
        record=_replaced(found.record, {found.account: account}),
        eventbridge=found.eventbridge._replace(account=account),
    )


def as_user(found: RootEvent, *, keep: bool) -> Mapping[str, Any]:
    """The record as if an IAM user (that of E22) had made the call; with `keep`, in the same session."""
    user = event("E22").record["userIdentity"]
    identity = {**found.record["userIdentity"], **user} if keep else user
    return {**found.record, "userIdentity": identity}


def _ordered(found: Iterator[RootEvent]) -> tuple[RootEvent, ...]:
    rank = {number: place for place, number in enumerate(_SHOWN_FIRST)}
    return tuple(sorted(found, key=lambda x: (rank.get(x.id, len(rank)), not x.documented, x.id)))


def _moved(found: RootEvent, partition: str) -> RootEvent:
    home = _HOME_REGION.get(partition, found.region)
    record = _replaced(found.record, {"arn:aws:": f"arn:{partition}:", found.region: home})
    delivery = found.eventbridge._replace(region=home)
    return found._replace(
        title=found.title.replace(found.region, home),
        partition=partition,
        region=home,
        record=record,
        eventbridge=delivery,
    )


def _replaced(record: Any, changes: Mapping[str, str]) -> Any:
    """A copy in which texts are replaced. The records are ours and shallow."""
    match record:
        case str():
            for old, new in changes.items():
                record = record.replace(old, new)
            return record
        case dict():
            return {key: _replaced(value, changes) for key, value in record.items()}
        case list():
            return [_replaced(value, changes) for value in record]
        case _:
            return record


def _event(entry: Mapping[str, Any]) -> RootEvent:
    bus = entry["eventbridge"]
    return RootEvent(
        id=entry["id"],
        title=entry["title"],
        expect=entry["expect"],
        tier=entry["tier"],
        group=entry["group"],
        account=entry["account"],
        region=entry["region"],
        global_service=entry["global_service"],
        documented=entry["documented"],
        record=entry["record"],
        eventbridge=Delivery(
            bus["source"],
            bus["detail-type"],
            bus["region"],
            bus["account"],
            bus["delivered_to_state_ENABLED"],
            bus["delivered_to_state_ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"],
        ),
        partition=entry.get("partition", "aws"),
        why=entry["why"],
    )
