"""An account's contacts, and the domains that mail to them depends on.

Arguments as on the provider's pages of `aws_account_*`, `aws_route53_*` and `aws_route53domains_*`
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/account_alternate_contact).
Without `account_id` a contact is one of the provider's own account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.model.account import Contact, DnsRecord, Domain, Zone
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Known, Unknown, Why
from rootlint.terraform.vocabulary.written import Reader, field


def _alternate(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    kind = field(body, "alternate_contact_type")
    if kind is None:
        kind = Unknown(Why.SYNTAX, "`alternate_contact_type` is not written", resource.span)
    yield Contact(
        resource,
        kind,
        field(body, "account_id"),
        field(body, "email_address"),
        field(body, "phone_number"),
    )


def _primary(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    kind = Known("PRIMARY", resource.span)
    yield Contact(resource, kind, field(body, "account_id"), phone=field(body, "phone_number"))


def _domain(resource: Resource) -> Iterator[Declared]:
    yield Domain(resource, field(resource.body, "domain_name"))


def _zone(resource: Resource) -> Iterator[Declared]:
    yield Zone(resource, field(resource.body, "name"))


def _record(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield DnsRecord(resource, field(body, "zone_id"), field(body, "name"), field(body, "type"))


READERS: Mapping[str, Reader] = {
    "aws_account_alternate_contact": _alternate,
    "aws_account_primary_contact": _primary,
    "aws_route53_record": _record,
    "aws_route53_zone": _zone,
    "aws_route53domains_domain": _domain,
    "aws_route53domains_registered_domain": _domain,
}
