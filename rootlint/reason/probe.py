"""Requests that a statement speaks of: an action it names, on a resource it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

from rootlint.model.policy import Elements, Policy, Statement
from rootlint.model.read import text
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Value
from rootlint.reason.answer import Answer, Request, every, negated
from rootlint.reason.arn import account_of
from rootlint.reason.elements import action_covered
from rootlint.reason.iam import denies
from rootlint.reason.intent import MFA_KEYS, PRINCIPAL_KEYS, conditions_on
from rootlint.reason.match import each
from rootlint.reason.operators import written_text
from rootlint.reason.root import (
    ACCOUNT,
    of_user,
    people_with_mfa,
    people_without_mfa,
    root_requests,
)

_ACCOUNT = re.compile(r"(?<!\d)\d{12}(?!\d)")
_PARTITIONS = ("aws", "aws-cn", "aws-us-gov")
_MOST = 3
# The longest ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_LONGEST = 2048
_MOST_ACTIONS = 8
_MOST_ACCOUNTS = 20
# What AWS lists for users who manage their own MFA device:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage-mfa-only.html
ENROLMENT_ACTIONS = frozenset(
    {
        "iam:createvirtualmfadevice",
        "iam:deletevirtualmfadevice",
        "iam:enablemfadevice",
        "iam:getuser",
        "iam:listmfadevices",
        "iam:listvirtualmfadevices",
        "iam:listusers",
        "iam:resyncmfadevice",
        "iam:changepassword",
        "iam:getaccountpasswordpolicy",
        "sts:getsessiontoken",
    }
)
# The most telling first: what takes an identity over, what hides the traces, what costs money.
TELLING_ACTIONS = (
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:UpdateLoginProfile",
    "iam:DeactivateMFADevice",
    "iam:AttachUserPolicy",
    "iam:CreateUser",
    "sts:AssumeRole",
    "sts:GetFederationToken",
    "organizations:LeaveOrganization",
    "account:CloseAccount",
    "cloudtrail:StopLogging",
    "ec2:RunInstances",
    "ec2:TerminateInstances",
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:DeleteBucket",
    "s3:PutBucketPolicy",
    "kms:Decrypt",
    "kms:ScheduleKeyDeletion",
    "lambda:InvokeFunction",
    "rds:DeleteDBInstance",
    "dynamodb:DeleteTable",
    "secretsmanager:GetSecretValue",
    "ssm:StartSession",
)


def actions_of(statement: Statement) -> Iterator[str]:
    """Actions that a statement surely covers: the telling ones, then those that it spells out."""
    spelt = _spelt(statement.action)
    for action in (*TELLING_ACTIONS, *spelt):
        request = Request(action, "*", "", {})
        if action_covered(statement, request).truth is Truth.YES:
            yield action


def _spelt(elements: Elements | None) -> Iterator[str]:
    """The entries of an action list; a pattern matches itself as a text."""
    for item in elements.items if elements else ():
        written = text(item)
        if written is not None and ":" in written and len(written) <= _LONGEST:
            yield written


def resources_of(statement: Statement) -> tuple[str, ...]:
    """Resources that a statement names, wildcards kept: a pattern matches itself as a text."""
    if statement.resource is None:
        return ("*",)
    written = [text(item) for item in statement.resource.items]
    return tuple(x for x in written if x is not None and len(x) <= _LONGEST) or ("*",)


def people_requests(statement: Statement) -> Iterator[Request]:
    """Requests of people without MFA that a statement is about, the long-term keys first."""
    tried = product(islice(actions_of(statement), _MOST_ACTIONS), resources_of(statement)[:_MOST])
    people = [
        request if user is None else of_user(request, user)
        for action, resource in tried
        for account, user in _people(statement)
        for request in people_without_mfa(action, resource, account=account)
    ]
    yield from sorted(people, key=lambda request: request.credential != "long-term key")


def key_requests(bare: Policy) -> Iterator[tuple[Request, Answer]]:
    """Requests with a long-term key of which the one statement of `bare` may speak, MFA left aside.

    Each comes with the answer whether it does; those that it surely denies come first.
    """
    (statement,) = bare.statements
    requests = [found for found in people_requests(statement) if _is_key(found)]
    answers = [(found, denies(bare, found)) for found in requests]
    for wanted in (Truth.YES, Truth.UNKNOWN):
        yield from ((found, answer) for found, answer in answers if answer.truth is wanted)


def demands_mfa(document: Policy, statement: Statement) -> Answer:
    """Whether a Deny lets sessions with fresh MFA through: one that stops them asks for no MFA."""
    asked = document.supposing(statement)
    tried = product(islice(actions_of(statement), 1), resources_of(statement)[:1])
    return every(
        negated(denies(asked, request))
        for action, resource in tried
        for request in people_with_mfa(action, resource)
    )


def without_mfa(document: Policy, statement: Statement) -> Policy:
    """One statement of a document without its conditions on MFA."""
    asked = conditions_on(statement, MFA_KEYS)
    others = tuple(found for found in statement.conditions if found not in asked)
    return document.only(statement).with_conditions(others)


def root_requests_of(statement: Statement, partition: str) -> Iterator[Request]:
    """Requests of root that a statement is about, in every partition and account that it may mean."""
    for action in islice(actions_of(statement), 1):
        for where, account in accounts_meant(statement, partition):
            yield from root_requests((action,), partition=where, account=account)


def accounts_meant(statement: Statement, partition: str) -> Iterator[tuple[str, str]]:
    """The partitions and accounts of which root a statement may speak: any one, and those it names."""
    named = [written_text(value) for value in _principal_values(statement)]
    # `aws` is what is taken where the code does not say which partition it is for.
    partitions = dict.fromkeys((partition, *(_PARTITIONS if partition == "aws" else ())))
    accounts = dict.fromkeys((ACCOUNT, *(x for name in named for x in _ACCOUNT.findall(name))))
    yield from product(partitions, islice(accounts, _MOST_ACCOUNTS))


def only_enrols(statement: Statement) -> Answer:
    """Whether a statement grants nothing but what a user needs to switch MFA on."""
    if statement.action is None:
        return Answer(Truth.NO)
    granted = list(each(statement.action))
    known = [name for item in granted if (name := text(item)) is not None]
    if any(name.lower() not in ENROLMENT_ACTIONS for name in known):
        return Answer(Truth.NO)
    holes = tuple(hole for item in granted for hole in unknowns(item))
    return Answer(Truth.YES if len(known) == len(granted) else Truth.UNKNOWN, None, holes)


def grants_everything(statement: Statement) -> bool:
    """Whether a statement allows all actions, or all of IAM."""
    items = statement.action.items if statement.action else ()
    return any((text(item) or "").lower() in {"*", "*:*", "iam:*"} for item in items)


def _is_key(request: Request) -> bool:
    return request.credential == "long-term key"


def _principal_values(statement: Statement) -> Iterator[Value]:
    for condition in conditions_on(statement, PRINCIPAL_KEYS):
        yield from condition.values.items


def _people(statement: Statement) -> Iterator[tuple[str, str | None]]:
    """The accounts, and the users, that a resource or trust policy names; anybody besides."""
    listed = statement.principal.by_type.get("AWS") if statement.principal else None
    named = [written_text(item) for item in listed.items] if listed else []
    users = [(account_of(name), name) for name in named if ":user/" in name and "*" not in name]
    accounts = dict.fromkeys(found for name in named for found in _ACCOUNT.findall(name))
    yield from users[:_MOST]
    yield from ((account, None) for account in (*islice(accounts, _MOST), ACCOUNT))
