"""Whether the organization itself denies what is done without MFA."""

from __future__ import annotations

from rootlint.model.estate import Estate
from rootlint.model.organization import OrganizationPolicy
from rootlint.model.truth import Truth, any_of
from rootlint.reason.answer import Request
from rootlint.reason.binding import attached
from rootlint.reason.guardrail import is_guardrail
from rootlint.reason.iam import denies


def organization_denies(request: Request, estate: Estate) -> Truth:
    """Whether a service control policy of the code denies a request, wherever it is attached."""
    return any_of(
        denies(policy.document, request).truth & attached(policy, estate).truth
        for policy in estate.every(OrganizationPolicy)
        if policy.document is not None and is_guardrail(policy) is not Truth.NO
    )
