"""What data sources give: worked out where the code says it all, unknown with a reference where not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rootlint.model.resource import Resource
from rootlint.model.value import Known, Map, Unknown, Value, Why
from rootlint.terraform.computed import account_of, region_of
from rootlint.terraform.declaration import Declaration
from rootlint.terraform.policy_document import policy_document
from rootlint.terraform.providers import partition_of
from rootlint.terraform.remote_state import remote_state
from rootlint.terraform.template_file import template_file

_SUFFIXES = {"aws-cn": "amazonaws.com.cn"}


def looked_up(source: Resource, declaration: Declaration) -> Map:
    """What a reference to a data source may read."""
    if source.kind == "data.aws_iam_policy_document":
        return policy_document(source, declaration.block)
    read = _READ.get(source.kind)
    if read is not None:
        return read(source)
    rest = _unknown(source)
    return Map(source.body.entries, source.span, rest, source.body.keys, rest.refers)


def _unknown(source: Resource) -> Unknown:
    said = f"`{source.address}` is looked up"
    return Unknown(Why.DATA_SOURCE, said, source.span, source.reference)


def _caller(source: Resource) -> Map:
    account = account_of(source.scope, source.span)
    rest = Unknown(Why.PSEUDO, "who runs Terraform", source.span)
    return Map({"account_id": account, "id": account}, source.span, rest)


def _partition(source: Resource) -> Map:
    name = partition_of(source.scope.region, source.scope.partition)
    entries: dict[str, Value] = {
        "partition": Known(name, source.span),
        "id": Known(name, source.span),
    }
    if name in {"aws", "aws-us-gov", "aws-cn"}:
        suffix = _SUFFIXES.get(name, "amazonaws.com")
        entries["dns_suffix"] = Known(suffix, source.span)
        reverse = ".".join(reversed(suffix.split(".")))
        entries["reverse_dns_prefix"] = Known(reverse, source.span)
    return Map(entries, source.span, _unknown(source))


def _region(source: Resource) -> Map:
    region = source.body.get("name") or source.body.get("region")
    region = region or region_of(source.scope, source.span)
    entries: dict[str, Value] = {"name": region, "id": region, "region": region}
    return Map(entries, source.span, _unknown(source))


_READ: Mapping[str, Callable[[Resource], Map]] = {
    "data.aws_caller_identity": _caller,
    "data.aws_partition": _partition,
    "data.aws_region": _region,
    "data.template_file": template_file,
    "data.terraform_remote_state": remote_state,
}
