"""Pseudo parameters: what AWS fills in.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootlint.model.read import text
from rootlint.model.value import Known, Unknown, Value, Why
from rootlint.source import Span

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Setting

# The name and what is known of its text.
PSEUDO = {
    "AWS::AccountId": "account",
    "AWS::NoValue": "",
    "AWS::NotificationARNs": "",
    "AWS::Partition": "partition",
    "AWS::Region": "region",
    "AWS::StackId": "",
    "AWS::StackName": "name",
    "AWS::URLSuffix": "name",
}
_OF_THE_STACK = frozenset({"AWS::NotificationARNs", "AWS::StackId", "AWS::StackName"})
_SUFFIXES = {"aws": "amazonaws.com", "aws-us-gov": "amazonaws.com", "aws-cn": "amazonaws.com.cn"}


def pseudo(setting: Setting, name: str, place: Span) -> Value | None:
    """The value of a pseudo parameter; None for `AWS::NoValue`."""
    if name == "AWS::NoValue":
        return None
    known = _known(setting, name)
    if known is not None:
        return Known(known, place)
    detail = name
    if name in _OF_THE_STACK and setting.prefix:
        detail = f"{name} of `{setting.prefix[:-1]}`"
    elif name == "AWS::AccountId" and setting.account is not None:
        detail = f"{name} of `{setting.unit}`"
    return Unknown(Why.PSEUDO, detail, place, shape=PSEUDO[name])


def _known(setting: Setting, name: str) -> str | None:
    """The text, where the setting says it."""
    match name:
        case "AWS::Partition":
            return setting.partition
        case "AWS::Region":
            return setting.region
        case "AWS::StackName" if not setting.prefix:
            return setting.stack
        case "AWS::AccountId":
            return text(setting.account)
        case "AWS::URLSuffix":
            return _SUFFIXES.get(setting.partition)
        case _:
            return None
