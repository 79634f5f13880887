"""The organization as org-formation has it written: each member lists its policies and what it holds.

Properties as on https://github.com/org-formation/org-formation-cli/blob/master/docs/organization-resources.md
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from rootlint.cloudformation.evaluate import Evaluator
from rootlint.cloudformation.naming import attribute_of, kind_of
from rootlint.cloudformation.nodes import Mapping as Table
from rootlint.cloudformation.nodes import Node
from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, field, own, text
from rootlint.embedded.access import document_of
from rootlint.model.organization import (
    Account,
    Organization,
    OrganizationalUnit,
    OrganizationPolicy,
    OrganizationPolicyAttachment,
)
from rootlint.model.read import each
from rootlint.model.unit import Declared
from rootlint.model.value import Known, Value

_UNIT = "OC::ORG::OrganizationalUnit"
_HELD = ("Accounts", "OrganizationalUnits")


def _root(written: Written) -> Iterator[Declared]:
    # The API makes an organization with all features where nothing else is asked for:
    # https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html
    yield Organization(written.resource, Known("ALL", written.resource.span))
    yield from _attachments(written, own(written, "RootId"))


def _management_account(written: Written) -> Iterator[Declared]:
    yield from _attachments(written, own(written, "ManagementAccountId"))


def _account(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    name, email = text(body, "AccountName"), text(body, "RootEmail")
    yield Account(written.resource, name, email, _parent(written))
    yield from _attachments(written, own(written))


def _unit(written: Written) -> Iterator[Declared]:
    name = text(written.resource.body, "OrganizationalUnitName")
    yield OrganizationalUnit(written.resource, name, _parent(written))
    yield from _attachments(written, own(written))


def _policy(written: Written) -> Iterator[Declared]:
    resource = written.resource
    content = field(resource.body, "PolicyDocument")
    document, hidden = (None, None) if content is None else document_of(content)
    kind = Known("SERVICE_CONTROL_POLICY", resource.span)
    name = text(resource.body, "PolicyName")
    yield OrganizationPolicy(resource, kind, document, content, name, hidden=hidden)


def _attachments(written: Written, target: Value) -> Iterator[Declared]:
    """A reference to a policy, or a list of them."""
    for policy in each(field(written.resource.body, "ServiceControlPolicies")):
        yield OrganizationPolicyAttachment(written.resource, policy, target)


def _parent(written: Written) -> Value | None:
    """The unit that lists an account or another unit; None where it lies in the root."""
    name = _parents(written.evaluator).get(written.name)
    if name is None:
        return None
    return attribute_of(written.evaluator, name, "", written.resource.span, written.scope)


@lru_cache(maxsize=4)
def _parents(evaluator: Evaluator) -> Mapping[str, str]:
    """The unit in which each account and unit is listed, by logical ids."""
    found: dict[str, str] = {}
    for name, copy in evaluator.resources.items():
        if isinstance(copy.node, Table) and kind_of(copy.node) == _UNIT:
            found |= dict.fromkeys(_listed(evaluator, copy.node.get("Properties")), name)
    return found


def _listed(evaluator: Evaluator, body: Node | None) -> Iterator[str]:
    for node in map(body.get, _HELD) if isinstance(body, Table) else ():
        for item in each(evaluator.evaluate(node) if node is not None else None):
            refers = getattr(item, "refers", None)
            if refers is not None:
                yield refers.address


READERS: Mapping[str, Reader] = {
    "OC::ORG::Account": _account,
    "OC::ORG::MasterAccount": _management_account,
    "OC::ORG::OrganizationRoot": _root,
    "OC::ORG::OrganizationalUnit": _unit,
    "OC::ORG::ServiceControlPolicy": _policy,
}
