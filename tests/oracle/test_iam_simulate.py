"""Decisions compared with iam-simulate, an independent model of IAM, run as a process of its own.

It is found in the folder that ROOTLINT_IAM_SIMULATE names (`npm install @cloud-copilot/iam-simulate`
there). Where the two differ, `EXPLAINED` says why, with AWS's page.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from rootlint.embedded import policy
from rootlint.model.policy import Policy
from rootlint.model.truth import Truth, all_of, any_of
from rootlint.reason.iam import allows, denies
from tests.reason.iam_cases import Case, Json, Maker, document

HOW_MANY = {
    "identity": 12_000,
    "service control": 6_000,
    "resource": 3_000,
    "resource alone": 2_000,
}
SCRIPT = Path(__file__).with_name("iam_simulate.mjs")
FOLDER = os.environ.get("ROOTLINT_IAM_SIMULATE", "")
ELEMENTS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements"
VARIABLES = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"

pytestmark = pytest.mark.skipif(
    not FOLDER or shutil.which("node") is None,
    reason="needs node, and ROOTLINT_IAM_SIMULATE: a folder with @cloud-copilot/iam-simulate",
)


def listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def statements(case: Case) -> list[Json]:
    return [found for document in case.documents for found in listed(document["Statement"])]


def resources(case: Case) -> list[str]:
    names = ("Resource", "NotResource")
    return [
        arn for found in statements(case) for name in names for arn in listed(found.get(name, []))
    ]


def conditions(case: Case) -> list[tuple[str, list[str]]]:
    return [
        (operator, listed(values))
        for statement in statements(case)
        for operator, keys in statement.get("Condition", {}).items()
        for values in keys.values()
    ]


def _negates_a_missing_variable(case: Case) -> bool:
    """AWS: inverted operators match a variable without a value. iam-simulate never matches it."""
    return any(
        "Not" in operator and _lacks(case, value)
        for operator, values in conditions(case)
        for value in values
    )


def _lacks(case: Case, value: str) -> bool:
    names = [name.lower() for name in re.findall(r"\$\{([a-z][^},]*)\}", value)]
    present = {key.lower() for key, found in case.context.items() if isinstance(found, str)}
    return any(name not in present for name in names)


def _splits_an_arn_at_a_variable(case: Case) -> bool:
    """iam-simulate splits an ARN at the colon of `${aws:x}`, before variables are replaced."""
    return any(
        "Arn" in operator and "${" in value
        for operator, values in conditions(case)
        for value in values
    )


def _knows_no_variable_before_the_resource(case: Case) -> bool:
    """iam-simulate replaces no variable in the Region or the account of a `Resource`."""
    return any("${" in ":".join(arn.split(":", 5)[:5]) for arn in resources(case)) or any(
        arn.count("${aws") and arn.index("${aws") < len("arn:aws:dynamodb:us-east-1:111122223333")
        for arn in resources(case)
    )


def _never_leaves_a_short_arn_out(case: Case) -> bool:
    """iam-simulate lets a `NotResource` that is cut short and does not match cover everything."""
    return any(
        len(arn.split(":")) < 6 and arn != "*"
        for statement in statements(case)
        for arn in listed(statement.get("NotResource", []))
    )


def _takes_one_ipv6_for_ipv4(case: Case) -> bool:
    """iam-simulate lets `NotIpAddress` with one IPv6 address miss all IPv4 callers, and vice versa."""
    return any(
        "NotIpAddress" in operator and any("/" not in value for value in values)
        for operator, values in conditions(case)
    )


# Why iam-simulate differs → which cases that can explain.
EXPLAINED: Mapping[str, Callable[[Case], bool]] = MappingProxyType(
    {
        f"{VARIABLES}#policy-vars-no-value": _negates_a_missing_variable,
        f"{VARIABLES}#policy-vars-wheretouse": _splits_an_arn_at_a_variable,
        f"{ELEMENTS}_resource.html": _knows_no_variable_before_the_resource,
        f"{ELEMENTS}_notresource.html": _never_leaves_a_short_arn_out,
        f"{ELEMENTS}_condition_operators.html#Conditions_IPAddress": _takes_one_ipv6_for_ipv4,
    }
)


def judged(cases: list[Case]) -> list[str]:
    """What iam-simulate decides: Allowed, ImplicitlyDenied or ExplicitlyDenied for each case."""
    lines = "\n".join(json.dumps(_plain(case)) for case in cases)
    run = subprocess.run(
        ["node", str(SCRIPT), FOLDER], input=lines, capture_output=True, text=True, check=True
    )
    return run.stdout.splitlines()


def _plain(case: Case) -> Json:
    request = {
        "principal": case.principal,
        "action": case.action,
        "resource": case.resource,
        "context": case.context,
    }
    return {"kind": case.kind, "policy": case.policy, "levels": case.levels, "request": request}


def read(plain: Json) -> Policy:
    found = policy(document(json.dumps(plain)))
    assert isinstance(found, Policy)
    return found


def decided(case: Case) -> str:
    """What we decide: a Deny anywhere denies, and every level has to allow."""
    levels = [[read(found) for found in level] for level in (*case.levels, [case.policy])]
    documents = [found for level in levels for found in level]
    denied = any_of(denies(found, case.request).truth for found in documents)
    if denied is Truth.YES:
        return "ExplicitlyDenied"
    # With an identity policy that allows everything, a resource policy has nothing to add.
    allowed = all_of(
        any_of(allows(found, case.request).truth for found in level) for level in levels
    )
    if case.kind == "resource":
        allowed = Truth.YES
    if Truth.UNKNOWN in {denied, allowed}:
        return (
            "UNKNOWN" if allowed is not Truth.NO or denied is Truth.UNKNOWN else "ImplicitlyDenied"
        )
    return "Allowed" if allowed is Truth.YES else "ImplicitlyDenied"


def compare(cases: list[Case]) -> Counter[str]:
    """How often we agree, cannot tell, or differ for a known reason; any other difference fails."""
    tally: Counter[str] = Counter()
    for case, theirs in zip(cases, judged(cases), strict=True):
        ours = decided(case)
        reason = "agree" if ours == theirs else "UNKNOWN" if ours == "UNKNOWN" else ""
        reason = reason or next((why for why, fits in EXPLAINED.items() if fits(case)), "")
        assert reason, f"{ours}, not {theirs}: {json.dumps(_plain(case))}"
        tally[reason] += 1
    return tally


@pytest.mark.parametrize("kind", HOW_MANY)
def test_policies_are_decided_alike(kind: str) -> None:
    maker = Maker(20260522)
    make = getattr(maker, kind.replace(" ", "_"))
    how_many = HOW_MANY[kind]
    tally = compare([make() for _ in range(how_many)])
    assert tally["agree"] >= how_many * 0.97, tally
    assert tally["UNKNOWN"] <= how_many * 0.01, tally
