"""What the name of a policy says that it does, deny the root user, and whether it is about root."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from rootlint.model.organization import OrganizationPolicy
from rootlint.model.policy import Policy, Statement
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.reason.answer import Answer
from rootlint.reason.iam import denies
from rootlint.reason.intent import may_mean_root, root_statements
from rootlint.reason.operators import written_text
from rootlint.reason.root import ROOT_ACTIONS, root_requests
from rootlint.source import Span

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_VERBS = re.compile(r"den(y|ies|ied|ying)|block(s|ed|ing)?|restrict(s|ed|ing)?|prevent(s|ed|ing)?")
_OF_PRINCIPAL = ("aws:principal", "aws:userid", "aws:username", "aws:assumedroot")
# What may stand between the verb and `root`: "denies the ability to use the AWS account root user".
_BETWEEN = frozenset({
    "a", "ability", "access", "account", "accounts", "action", "actions", "all", "any", "api",
    "as", "aws", "by", "calls", "every", "for", "from", "in", "into", "login", "member", "of",
    "sign", "the", "to", "usage", "use", "using",
})  # fmt: skip
# What may follow, where something does: not the root of an organization, of a disk, of a domain.
_AFTER = frozenset({
    "access", "account", "accounts", "action", "actions", "activity", "api", "credential",
    "credentials", "everything", "for", "from", "guardrail", "in", "key", "keys", "login",
    "logins", "policy", "principal", "principals", "scp", "sign", "usage", "use", "user", "users",
})  # fmt: skip


def claims_root_deny(name: str) -> bool:
    """Whether a name or description says that something denies the root user: `DenyRootUser`."""
    words = [found.lower() for found in _WORD.findall(name)]
    return any(
        word == "root" and _denied(words[:at]) and _is_user(words[at + 1 :])
        for at, word in enumerate(words)
    )


def _denied(before: list[str]) -> bool:
    for word in reversed(before):
        if _VERBS.fullmatch(word):
            return True
        if word not in _BETWEEN:
            return False
    return False


def _is_user(after: list[str]) -> bool:
    return not after or after[0] in _AFTER


class Promise(NamedTuple):
    """A name by which a policy says that it denies the root user, and where it is written."""

    text: str
    span: Span


def root_promises(policy: OrganizationPolicy, document: Policy) -> Iterator[Promise]:
    """The name, description, statement ids and file name that promise a deny of root."""
    if any(map(_has_own_root, document.statements)):
        return
    for value in (policy.name, policy.description, *(found.sid for found in document.statements)):
        written = text(value)
        if value is not None and written is not None and claims_root_deny(written):
            yield Promise(written, value.span)
    file = document.span.path
    if file != policy.resource.span.path and claims_root_deny(PurePosixPath(file).stem):
        at = policy.resource.span if policy.content is None else policy.content.span
        yield Promise(PurePosixPath(file).name, at)


def about_root(document: Policy) -> Answer:
    """Whether a document treats the root user otherwise than everybody else."""
    if root_statements(document):
        return Answer(Truth.YES)
    unsure = list(may_mean_root(document))
    if document.rest is not None:
        unsure.append(document.rest)
    for statement in document.statements:
        if statement.because is not None:
            unsure.append(statement.because)
        if statement.conditions_rest is not None:
            unsure.append(statement.conditions_rest)
        elif _asks_for_principal(statement) and _may_deny_root(document, statement):
            return Answer(Truth.YES)
    return Answer(Truth.UNKNOWN if unsure else Truth.NO, None, tuple(unsure))


def _has_own_root(statement: Statement) -> bool:
    """Whether a statement speaks of some other root: of a notebook, of a file system."""
    actions = statement.action.items if statement.action else ()
    keys = (condition.key for condition in statement.conditions)
    return any(
        "root" in name.lower() and not name.lower().startswith("aws:")
        for name in (*map(written_text, actions), *keys)
    )


def _asks_for_principal(statement: Statement) -> bool:
    return any(found.key.lower().startswith(_OF_PRINCIPAL) for found in statement.conditions)


def _may_deny_root(document: Policy, statement: Statement) -> bool:
    bare = document.only(statement)
    return any(
        denies(bare, request).truth is not Truth.NO for request in root_requests(ROOT_ACTIONS)
    )
