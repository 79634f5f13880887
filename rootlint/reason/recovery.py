"""Whether a guardrail for root also stops the sessions by which a locked account is recovered.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.organization import RootFeatures
from rootlint.model.policy import Policy, Statement
from rootlint.model.read import elements, text
from rootlint.model.truth import Truth
from rootlint.reason.answer import Answer, Request, every
from rootlint.reason.central_root import SESSIONS
from rootlint.reason.iam import denies
from rootlint.reason.intent import root_statements
from rootlint.reason.probe import accounts_meant
from rootlint.reason.root import RECOVERY_ACTIONS, recovery_requests

# The name of the task policy under which a session makes each request.
TASKS = {
    "s3:DeleteBucketPolicy": "S3UnlockBucketPolicy",
    "sqs:SetQueueAttributes": "SQSUnlockQueuePolicy",
    "iam:DeleteLoginProfile": "IAMDeleteRootUserCredentials",
    "iam:DeleteAccessKey": "IAMDeleteRootUserCredentials",
    "iam:DeactivateMFADevice": "IAMDeleteRootUserCredentials",
    "iam:CreateLoginProfile": "IAMCreateRootUserPassword",
}


class StoppedSession(NamedTuple):
    """A request of a recovery session that a statement denies, or may deny, from everywhere."""

    statement: Statement
    request: Request
    answer: Answer


def stopped_sessions(document: Policy, partition: str) -> Iterator[StoppedSession]:
    """For each statement meant for root, the first request of a session that it denies everywhere.

    What is denied from some addresses only leaves recovery from the others.
    """
    for statement in root_statements(document):
        found = [
            _from_everywhere(document, statement, action, where)
            for action in RECOVERY_ACTIONS
            for where in accounts_meant(statement, partition)
        ]
        for wanted in (Truth.YES, Truth.UNKNOWN):
            one = next((one for one in found if one.answer.truth is wanted), None)
            if one is not None:
                yield one
                break


def _from_everywhere(
    document: Policy, statement: Statement, action: str, where: tuple[str, str]
) -> StoppedSession:
    requests = recovery_requests((action,), partition=where[0], account=where[1])
    alone = document.only(statement)
    return StoppedSession(
        statement, requests[0], every(denies(alone, request) for request in requests)
    )


def sessions_enabled(estate: Estate) -> bool:
    """Whether the code switches sessions of centralized root access on."""
    return any(
        text(feature) == SESSIONS
        for found in estate.every(RootFeatures)
        for feature in elements(found.features)[0]
    )
