"""The domains that mail to an account depends on.

Properties as on the pages of `AWS::Route53::*`:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Route53.html
A record names its zone by its id or by its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, field, text
from rootlint.model.account import DnsRecord, Zone
from rootlint.model.read import each
from rootlint.model.unit import Declared
from rootlint.model.value import Value


def _zone(written: Written) -> Iterator[Declared]:
    yield Zone(written.resource, text(written.resource.body, "Name"))


def _record(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    yield DnsRecord(written.resource, _zone_of(body), text(body, "Name"), text(body, "Type"))


def _records(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    shared = _zone_of(body)
    for record in each(field(body, "RecordSets")):
        zone = _zone_of(record) or shared
        yield DnsRecord(written.resource, zone, text(record, "Name"), text(record, "Type"))


def _zone_of(record: Value) -> Value | None:
    return text(record, "HostedZoneId") or text(record, "HostedZoneName")


READERS: Mapping[str, Reader] = {
    "AWS::Route53::HostedZone": _zone,
    "AWS::Route53::RecordSet": _record,
    "AWS::Route53::RecordSetGroup": _records,
}
