"""Whether a topic takes the message of an alarm or a rule."""

from __future__ import annotations

from typing import Any

import pytest

from rootlint.model.identity import AccessPolicy
from rootlint.model.policy import PolicyKind
from rootlint.model.truth import Truth
from rootlint.model.watch import Alarm, EncryptionKey, EventRule, KeyAlias
from rootlint.reason.publish import Cause, published
from tests.reason.making import (
    alarm,
    estate,
    refers,
    resource,
    rule,
    topic,
    topic_policy,
    unknown,
    value,
)

KEY = EncryptionKey(resource("key"))


def on_key(*services: str, **statement: Any) -> AccessPolicy:
    made = topic_policy(*services, Action="kms:*", **statement)
    return AccessPolicy(resource("key"), PolicyKind.RESOURCE, made.document)


@pytest.mark.parametrize(
    ("source", "policies", "truth", "cause"),
    [
        (alarm(), [], Truth.YES, None),
        (rule(), [], Truth.NO, Cause.DEFAULT_POLICY),
        (rule(), [topic_policy("events")], Truth.YES, None),
        (rule(), [topic_policy("cloudwatch")], Truth.NO, Cause.POLICY),
        (alarm(), [topic_policy("events")], Truth.NO, Cause.POLICY),
        (alarm(), [topic_policy("events", Principal="*")], Truth.YES, None),
        (alarm(), [topic_policy(Principal=unknown())], Truth.UNKNOWN, None),
        (
            alarm(),
            [topic_policy("cloudwatch"), topic_policy("events", address="b")],
            Truth.UNKNOWN,
            None,
        ),
    ],
)
def test_the_policy_of_the_topic(
    source: Alarm | EventRule, policies: list[AccessPolicy], truth: Truth, cause: Cause | None
) -> None:
    target = topic()
    found = published(estate(source, target, *policies), target, source)
    assert found.truth is truth
    if truth is Truth.NO:
        assert found.cause is cause


OWNER: dict[str, Any] = {"Principal": {"AWS": "*"}}


@pytest.mark.parametrize(
    ("source", "condition", "truth"),
    [
        (alarm(), {"StringEquals": {"AWS:SourceOwner": "444455556666"}}, Truth.YES),
        (rule(), {"StringEquals": {"AWS:SourceOwner": "444455556666"}}, Truth.NO),
        (alarm(), {"ArnLike": {"aws:SourceArn": "arn:aws:cloudwatch:*:*:alarm:*"}}, Truth.YES),
        (alarm(), {"ArnLike": {"aws:SourceArn": "arn:aws:logs:*:*:log-group:*"}}, Truth.NO),
        (alarm(name=None), {"ArnLike": {"aws:SourceArn": "arn:aws:logs:*:*:x:*"}}, Truth.NO),
        (alarm(name=None), {"ArnLike": {"aws:SourceArn": "arn:aws:*:*:*:alarm:a"}}, Truth.UNKNOWN),
        (alarm(name=None), {"ArnLike": {"aws:SourceArn": "arn:aws:*:*:*:alarm:*"}}, Truth.YES),
        (alarm(), {"ArnEquals": {"aws:SourceArn": refers("alarm", "arn")}}, Truth.YES),
        (alarm(), {"ArnEquals": {"aws:SourceArn": refers("other", "arn")}}, Truth.UNKNOWN),
    ],
)
def test_conditions_on_the_source(
    source: Alarm | EventRule, condition: dict[str, Any], truth: Truth
) -> None:
    target = topic()
    found = published(
        estate(source, target, topic_policy(**OWNER, Condition=condition)), target, source
    )
    assert found.truth is truth


@pytest.mark.parametrize(
    ("key", "policies", "truth", "cause"),
    [
        ("", [], Truth.YES, None),
        ("alias/aws/sns", [], Truth.NO, Cause.AWS_KEY),
        ("arn:aws:kms:eu-west-1:111122223333:alias/aws/sns", [], Truth.NO, Cause.AWS_KEY),
        ("alias/others", [], Truth.UNKNOWN, None),
        (unknown(), [], Truth.UNKNOWN, None),
        (refers("key", "arn"), [], Truth.NO, Cause.DEFAULT_KEY_POLICY),
        (refers("key", "arn"), [on_key("cloudwatch")], Truth.YES, None),
        (refers("key", "arn"), [on_key("events")], Truth.NO, Cause.KEY_POLICY),
        ("alias/alerts", [on_key("events")], Truth.NO, Cause.KEY_POLICY),
        (
            refers("key", "arn"),
            [on_key("cloudwatch", Condition={"StringEquals": {"aws:SourceAccount": "1"}})],
            Truth.UNKNOWN,
            None,
        ),
    ],
)
def test_the_key_of_the_topic(
    key: Any, policies: list[AccessPolicy], truth: Truth, cause: Cause | None
) -> None:
    target, source = topic(key=key), alarm()
    alias = KeyAlias(resource("alias"), value("alias/alerts"), refers("key", "key_id"))
    found = published(estate(source, target, KEY, alias, *policies), target, source)
    assert (found.truth, found.cause if truth is Truth.NO else None) == (truth, cause)
