"""What is certain of an unknown by its name: an ARN or id of a resource is one string, not empty."""

from __future__ import annotations

from rootlint.model.value import Text, Unknown, Value

_NAMES = frozenset(("arn", "id", "name", "key_id", "unique_id", "account_id"))


def never_empty(value: Value) -> bool:
    """Whether a string that is not wholly known is certainly neither null nor empty."""
    if isinstance(value, Text):
        return any(isinstance(part, str) for part in value.parts)
    return isinstance(value, Unknown) and (bool(value.shape) or is_string(value))


def is_string(value: Value) -> bool:
    """Whether an unknown is certainly one string: an attribute that names or identifies."""
    if isinstance(value, Text):
        return True
    if not isinstance(value, Unknown) or value.refers is None:
        return isinstance(value, Unknown) and bool(value.shape)
    last = value.refers.attribute.rpartition(".")[2]
    return last in _NAMES or last.endswith(("_arn", "_id", "_name"))
