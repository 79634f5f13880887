"""User names that stand for the root user, or look as if they did."""

from __future__ import annotations

import re

from rootlint.model.same import same, text_of
from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Choice, Known, Text, Value

# IAM user names are unique without regard to case:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_NAMES = ("root", "<root_account>", "aws root user")
_ROOT_ARN = re.compile(r"arn:[^:]+:iam::\d{12}:root")


def is_root_name(name: str) -> bool:
    """Whether a name is one under which people, reports and ARNs know the root user."""
    folded = name.strip().lower()
    return folded in _NAMES or _ROOT_ARN.fullmatch(folded) is not None


def names_root(value: Value) -> Truth:
    """Whether a user name is a name of root, three-valued."""
    match value:
        case Known():
            return Truth.of(value.value is not None and is_root_name(text_of(value.value)))
        case Text():
            parts = tuple(x.lower() if isinstance(x, str) else x for x in value.parts)
            folded = Text(parts, value.span)
            found = any_of(same(folded, Known(name, value.span)) for name in _NAMES)
            return Truth.UNKNOWN if found is not Truth.NO or "arn:" in str(parts[0]) else Truth.NO
        case Choice():
            answers = {
                names_root(option.value) if option.value is not None else Truth.NO
                for option in value.options
            }
            return answers.pop() if len(answers) == 1 else Truth.UNKNOWN
        case _:
            return Truth.UNKNOWN
