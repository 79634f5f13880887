"""Pseudo parameters: what AWS fills in.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
_SUFFIXES = {"aws": "amazonaws.com", "aws-us-gov": "amazonaws.com", "aws-cn": "amazonaws.com.cn"}


def pseudo(setting: Setting, name: str, place: Span) -> Value | None:
    """The value of a pseudo parameter; None for `AWS::NoValue`."""
    match name:
        case "AWS::NoValue":
            return None
        case "AWS::Partition":
            return Known(setting.partition, place)
        case "AWS::Region" if setting.region is not None:
            return Known(setting.region, place)
        case "AWS::URLSuffix" if setting.partition in _SUFFIXES:
            return Known(_SUFFIXES[setting.partition], place)
        case "AWS::StackName" | "AWS::StackId" | "AWS::NotificationARNs":
            detail = f"{name} of `{setting.prefix[:-1]}`" if setting.prefix else name
            return Unknown(Why.PSEUDO, detail, place, shape=PSEUDO[name])
        case _:
            return Unknown(Why.PSEUDO, name, place, shape=PSEUDO[name])
