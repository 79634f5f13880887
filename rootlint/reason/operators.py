"""The condition operators of IAM: what each makes of one written value and one value of a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from rootlint.model.same import text_of
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text, Unknown, Value
from rootlint.reason import typed_values
from rootlint.reason.arn import arn_meets
from rootlint.reason.match import Match, Written, unreadable, unsaid
from rootlint.reason.policy_strings import Language, Variables, pattern

IF_EXISTS = "IfExists"
FOR_ALL = "ForAllValues"
FOR_ANY = "ForAnyValue"
NULL = "Null"


_Compare = Callable[[Written, str, Variables | None], Match]


class Operator(NamedTuple):
    """A condition operator: `ForAnyValue:StringNotLikeIfExists` taken apart.

    `name` is its base as AWS spells it, `each` is "ForAllValues", "ForAnyValue" or "". `exact` is
    false where only the case differs from AWS's spelling.
    """

    name: str
    compare: _Compare
    negated: bool = False
    each: str = ""
    if_exists: bool = False
    exact: bool = True


@lru_cache(maxsize=1024)
def operator(written: str) -> Operator | None:
    """The operator of that name; None where AWS has none."""
    prefix, colon, rest = written.rpartition(":")
    each = _SPELLINGS.get(prefix.lower(), "") if colon else ""
    if colon and not each:
        return None
    if_exists = rest.lower().endswith(IF_EXISTS.lower())
    base = rest[: -len(IF_EXISTS)] if if_exists else rest
    found = OPERATORS.get(_SPELLINGS.get(base.lower(), base))
    if found is None or (found.name == NULL and if_exists):
        return None
    meant = f"{each}{colon}{found.name}{IF_EXISTS if if_exists else ''}"
    return found._replace(each=each, if_exists=if_exists, exact=meant == written)


def written_text(value: Value) -> str:
    """A written value as a report shows it; a hole is `…`."""
    match value:
        case Known():
            return text_of(value.value)
        case Text():
            return "".join(part if isinstance(part, str) else "…" for part in value.parts)
        case _:
            return "…"


def _string(
    value: Written,
    found: str,
    variables: Variables | None,
    *,
    wild: bool = False,
    fold: bool = False,
) -> Match:
    meant = pattern(value, Language(wild, variables))
    return Match(
        meant.meets(found, fold=fold), meant.holes, _why_no_text(value, meant.missing, wild)
    )


def _why_no_text(value: Value, missing: str, wild: bool) -> str:  # noqa: FBT001 - one caller
    if missing:
        return f"`${{{missing}}}` has no value in this request"
    written = written_text(value)
    for char in "*?":
        if not wild and char in written:
            return f"compares `{char}` literally"
    return ""


def _arn(
    value: Written, found: str, variables: Variables | None, *, negated: bool = False
) -> Match:
    meant = pattern(value, Language(wildcards=True, variables=variables))
    answer = arn_meets(meant, found, value.span)
    if answer.problem and negated:
        return unsaid(value, f"a negated operator with `{written_text(value)}`, which is no ARN")
    why = (
        f"`${{{meant.missing}}}` has no value in this request" if meant.missing else answer.problem
    )
    return Match(answer.truth, answer.unknowns, why)


def _typed(
    test: Callable[[str, str], bool | str | None], value: Written, found: str, _: Variables | None
) -> Match:
    """A comparison of numbers, dates, addresses: `test` gives None for a written value that is none."""
    if isinstance(value, Text | Unknown):
        holes = (value,) if isinstance(value, Unknown) else _holes(value)
        return Match(Truth.UNKNOWN, holes)
    written = text_of(value.value)
    answer = test(written, found)
    if answer is None:
        return unreadable(value, f"`{written}` is no value for this operator")
    if isinstance(answer, str):
        return Match(Truth.NO, (), answer)
    return Match(Truth.of(answer))


def _holes(value: Text) -> tuple[Unknown, ...]:
    return tuple(part for part in value.parts if isinstance(part, Unknown))


def _never(value: Written, found: str, variables: Variables | None) -> Match:
    raise AssertionError(f"Null compares no value: {value} {found} {variables}")


def _all_operators() -> Mapping[str, Operator]:
    like, fold = partial(_string, wild=True), partial(_string, fold=True)
    unlike = partial(_arn, negated=True)
    pairs: list[tuple[str, str, _Compare]] = [
        ("StringEquals", "StringNotEquals", _string),
        ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", fold),
        ("StringLike", "StringNotLike", like),
        ("NumericEquals", "NumericNotEquals", partial(_typed, typed_values.number_equals)),
        ("DateEquals", "DateNotEquals", partial(_typed, typed_values.date_equals)),
        ("IpAddress", "NotIpAddress", partial(_typed, typed_values.address_within)),
    ]
    alone: list[tuple[str, _Compare]] = [
        ("Bool", partial(_typed, typed_values.flag_equals)),
        ("BinaryEquals", partial(_typed, typed_values.bytes_equal)),
        (NULL, _never),
    ]
    for kind, tests in (
        ("Numeric", typed_values.NUMBER_ORDERS),
        ("Date", typed_values.DATE_ORDERS),
    ):
        alone += [(f"{kind}{name}", partial(_typed, test)) for name, test in tests.items()]
    found = {name: Operator(name, compare) for name, compare in alone}
    for name, opposite, compare in pairs:
        found[name] = Operator(name, compare)
        found[opposite] = Operator(opposite, compare, negated=True)
    for name in ("Equals", "Like"):
        found[f"Arn{name}"] = Operator(f"Arn{name}", _arn)
        found[f"ArnNot{name}"] = Operator(f"ArnNot{name}", unlike, negated=True)
    return found


OPERATORS: Mapping[str, Operator] = _all_operators()
_SPELLINGS: Mapping[str, str] = {name.lower(): name for name in (*OPERATORS, FOR_ALL, FOR_ANY)}
