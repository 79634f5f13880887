"""The root user of whom a guardrail speaks: in which partition and account."""

from __future__ import annotations

from typing import NamedTuple

from rootlint.model.policy import Policy
from rootlint.model.truth import Truth
from rootlint.reason.iam import denies
from rootlint.reason.intent import of_principal
from rootlint.reason.probe import root_requests_of


class Who(NamedTuple):
    """A root user, by partition and account."""

    partition: str
    account: str


def bound_root(document: Policy, partition: str) -> Who | None:
    """A root user of whom a statement speaks, whatever it denies and on what further conditions."""
    for statement in document.statements:
        whole = of_principal(statement)
        for request in root_requests_of(whole, partition):
            if denies(document.only(whole), request).truth is Truth.YES:
                parts = request.principal.split(":")
                return Who(parts[1], parts[4])
    return None
