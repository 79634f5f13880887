"""The request with which an alarm or an event rule publishes to a topic.

https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html says which condition keys a
service sends. CloudWatch alone publishes for the owner of the topic too, whom the default policy of a
topic allows: https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from rootlint.model.read import text
from rootlint.model.value import Reference, Text, Unknown, Value
from rootlint.model.watch import Alarm, CompositeAlarm, EventRule, Topic
from rootlint.reason.answer import Request
from rootlint.reason.starred import fits

Source = Alarm | CompositeAlarm | EventRule

_ACCOUNT, _REGION = "111122223333", "us-east-1"
_ACCOUNTS = re.compile(r"(?<!\d)\d{12}(?!\d)")
_REGIONS = re.compile(r"\b[a-z]{2}(?:-[a-z]{3,9}){1,2}-\d\b")
_MOST = 4
_NAME_ATTRIBUTES = frozenset({"name", "alarm_name", "topicname"})


class Stand(NamedTuple):
    """An account and a Region in which it all might be: the own ones where they are known."""

    account: str
    region: str
    partition: str


def stands(topic: Topic, written: str) -> Iterator[Stand]:
    """Where it all might be, as far as the code does not say: what the text of a policy names.

    A policy is written for its own account and Region: a number in it may be theirs.
    """
    scope = topic.resource.scope
    account, region = text(scope.account), text(scope.region)
    accounts = [account] if account else [_ACCOUNT, *_ACCOUNTS.findall(written)]
    regions = [region] if region else [_REGION, *_REGIONS.findall(written)]
    for pair in product(dict.fromkeys(accounts[:_MOST]), dict.fromkeys(regions[:_MOST])):
        yield Stand(*pair, scope.partition)


class Message(NamedTuple):
    """What a source sends to a topic, in one account and Region."""

    topic: Topic
    source: Source
    stand: Stand

    @property
    def service(self) -> str:
        return "events" if isinstance(self.source, EventRule) else "cloudwatch"

    @property
    def topic_arn(self) -> str:
        return self._arn("sns", text(self.topic.name) or "topic")

    @property
    def source_arn(self) -> str:
        name = text(self.source.name) or "root"
        if not isinstance(self.source, EventRule):
            return self._arn("cloudwatch", f"alarm:{name}")
        bus = text(self.source.bus)
        within = "" if bus in {None, "default"} else f"{bus}/"
        return self._arn("events", f"rule/{within}{name}")

    @property
    def source_is_named(self) -> bool:
        """Whether the ARN of the source is known but for its account and Region."""
        return text(self.source.name) is not None

    def may_be_source(self, pattern: Value) -> bool:
        """Whether an ARN pattern can stand for a source of this kind, whatever its name."""
        written = text(pattern)
        parts = (written or "*").split(":", 5)
        if written is None or len(parts) < 6:
            return True
        own = self.source_arn.split(":", 5)
        kind = own[5][: -len(re.split(r"[:/]", own[5])[-1])]
        head = re.split(r"[*?]", parts[5])[0]
        fitting = all(fits(part, mine) for part, mine in zip(parts[:5], own[:5], strict=True))
        return fitting and (head.startswith(kind) or kind.startswith(head))

    def publish(self) -> Request:
        """The request to the topic."""
        return self._request("sns:Publish", self.topic_arn)

    def use_key(self, action: str, hidden: frozenset[str]) -> Request:
        """The request to the topic's key; which condition keys it carries AWS does not say."""
        arn = self._arn("kms", "key/topic-key")
        return self._request(action, arn)._replace(hidden=hidden)

    def word(self, hole: Unknown | Text) -> str | None:
        """What a hole of a policy of the topic stands for, if that is known."""
        if isinstance(hole, Unknown):
            own = {
                "account": self.stand.account,
                "region": self.stand.region,
                "partition": self.stand.partition,
            }
            if hole.shape in own:
                return own[hole.shape]
        return None if hole.refers is None else self._named(hole.refers, hole)

    def _named(self, refers: Reference, hole: Unknown | Text) -> str | None:
        """The ARN or name of the topic or the source, where a hole refers to one of them."""
        for thing, arn, bare_is_name in (
            (self.topic, self.topic_arn, False),
            (self.source, self.source_arn, True),
        ):
            if (refers.unit, refers.address) == (thing.resource.unit, thing.resource.address):
                attribute = refers.attribute.lower()
                is_name = getattr(hole, "shape", "") == "name" or attribute in _NAME_ATTRIBUTES
                if is_name or (bare_is_name and attribute in {"", "id"}):
                    return re.split(r"[:/]", arn)[-1]
                return arn
        return None

    def _arn(self, service: str, rest: str) -> str:
        where = f"{self.stand.region}:{self.stand.account}"
        return f"arn:{self.stand.partition}:{service}:{where}:{rest}"

    def _request(self, action: str, resource: str) -> Request:
        context = {
            "aws:sourceaccount": (self.stand.account,),
            "aws:sourcearn": (self.source_arn,),
            "aws:securetransport": ("true",),
            "aws:principalisawsservice": ("true",),
            "aws:principalservicename": (f"{self.service}.amazonaws.com",),
        }
        if self.service == "cloudwatch":
            context["aws:sourceowner"] = (self.stand.account,)
        return Request(
            action,
            resource,
            f"{self.service}.amazonaws.com",
            context,
            title=f"a message for {self.topic_arn}",
        )
