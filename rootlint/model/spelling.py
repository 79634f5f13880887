"""Whether a value spells a name: as it is, or as the end of an ARN."""

from __future__ import annotations

from rootlint.model.read import text
from rootlint.model.same import same, text_of
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text, Value, Why


def spelled(value: Known | Text) -> tuple[str, ...] | None:
    """The names that a value may spell; None where that is not known, so that it may spell others."""
    if isinstance(value, Known):
        return _names_in(text_of(value.value))
    if _is_arn(value) and isinstance(value.parts[-1], str) and _is_at_hand(value):
        return _arn_names(_shown(value))
    return None


def is_open_arn(value: Value) -> bool:
    """Whether a value is an ARN of which more than that is open: it may have any literal name."""
    return isinstance(value, Text) and _is_arn(value) and spelled(value) is None


def spells_name(value: Value, name: Value) -> Truth:
    """Whether a value is a name, or an ARN of it in the account at hand."""
    answer = same(value, name)
    known = text(name)
    if answer is Truth.YES or known is None:
        return answer
    if isinstance(value, Text):
        return _arn_with_holes(value, known) if _is_arn(value) else answer
    written = text(value)
    if written is None or not written.startswith("arn:"):
        return answer
    return Truth.of(known in _arn_names(written))


def _names_in(written: str) -> tuple[str, ...]:
    """What a literal text may be the name of: itself, or the end of the ARN that it is."""
    return (written, *(_arn_names(written) if written.startswith("arn:") else ()))


def _is_arn(value: Text) -> bool:
    return isinstance(value.parts[0], str) and value.parts[0].startswith("arn:")


def _arn_names(arn: str) -> tuple[str, ...]:
    """The names that the last part of an ARN may stand for: all of it, or what follows its type."""
    parts = arn.removesuffix(":*").split(":", 5)
    resource = parts[-1] if len(parts) == 6 else ""
    names = [resource, resource.partition(":")[2], resource.partition("/")[2]]
    if parts[2:3] == ["iam"]:
        names.append(resource.rpartition("/")[2])
    return tuple(name for name in names if name)


def _shown(value: Text) -> str:
    return "".join(part if isinstance(part, str) else "*" for part in value.parts)


def _is_at_hand(value: Text) -> bool:
    """Whether nothing is open but the account, Region and partition at hand."""
    return all(isinstance(part, str) or part.why is Why.PSEUDO for part in value.parts)


def _arn_with_holes(value: Text, name: str) -> Truth:
    """An ARN of which account and Region are not known: `arn:aws:sns:⟨Region⟩:⟨account⟩:alerts`."""
    if not isinstance(value.parts[-1], str):
        return Truth.UNKNOWN
    own = _is_at_hand(value)
    if name not in _arn_names(_shown(value)):
        return Truth.NO if own else Truth.UNKNOWN
    return Truth.YES if own else Truth.UNKNOWN
