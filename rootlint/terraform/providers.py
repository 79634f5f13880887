"""Which provider a resource belongs to, and the account and Region that its configuration gives."""

from __future__ import annotations

import re
from dataclasses import replace

from rootlint.model.read import text
from rootlint.model.resource import Scope
from rootlint.model.same import unknowns
from rootlint.model.value import Known, List, Map, Unknown, Value
from rootlint.terraform.declaration import Declaration
from rootlint.terraform.evaluate import evaluate_body
from rootlint.terraform.module import Module
from rootlint.terraform.syntax import Expression, GetAttr, Literal, ObjectExpr, Traversal

_ACCOUNT = re.compile(r"arn:[^:]+:iam::(\d{12}):")
_WANTED = frozenset({"allowed_account_ids", "region"})
_PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov", "eusc-": "aws-eusc"}


def scope_of(module: Module, written: Expression | None) -> Scope:
    """The scope of a resource with that `provider` argument, or none."""
    name = _name(written) or "aws"
    if name not in module.scopes:
        module.scopes[name] = _provider(module, name)
    return module.scopes[name]


def with_region(scope: Scope, region: Value | None) -> Scope:
    """Provider version 6: a resource's own `region` argument wins.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
    """
    if region is None:
        return scope
    elsewhere = text(region) is None or text(region) != text(scope.region)
    provider = f"{scope.provider}@{text(region) or '?'}" if elsewhere else scope.provider
    return scope._replace(provider=provider, region=region)


def partition_of(region: Value | None, default: str) -> str:
    """The partition of a Region that is known, else the default."""
    name = text(region) or ""
    return next(
        (found for prefix, found in _PARTITIONS.items() if name.startswith(prefix)), default
    )


def _provider(module: Module, name: str) -> Scope:
    """The provider that a module knows by that name: configured in it, or handed in by its caller."""
    alias = name.partition(".")[2]
    at: Module | None = module
    while at is not None:
        declaration = _declared(at, alias)
        if declaration is not None:
            return _configured(at, alias, declaration)
        if at.place.parent is None:
            break
        handed = _handed(at, name)
        if handed is None and alias:
            break
        name = handed or name
        alias = name.partition(".")[2]
        at = at.place.parent
    return Scope(alias, None, _given_region(module), module.project.partition)


def _declared(module: Module, alias: str) -> Declaration | None:
    return module.configuration.providers.get(("aws", alias))


def _handed(module: Module, name: str) -> str | None:
    """What the caller calls the provider that it hands in as `name`."""
    parent = module.place.parent
    assert parent is not None
    call = parent.configuration.modules[module.place.path[-1]]
    written = call.attribute("providers")
    if written is None or not isinstance(written.expr, ObjectExpr):
        return None
    for entry in written.expr.entries:
        if _name(entry.key) == name:
            return _name(entry.value)
    return None


def _configured(module: Module, alias: str, declaration: Declaration) -> Scope:
    body = declaration.block.body
    wanted = {name: at for name, at in body.attributes.items() if name in _WANTED}
    roles = tuple(block for block in body.blocks if block.kind == "assume_role")
    read = evaluate_body(replace(body, attributes=wanted, blocks=roles), module)
    region = _region(read.get("region")) or _given_region(module)
    name = module.address(alias or "aws") if alias or module.place.address else ""
    partition = partition_of(region, module.project.partition)
    return Scope(name, _account(read), region, partition)


def _region(value: Value | None) -> Value | None:
    if isinstance(value, Unknown):
        return replace(value, shape="region")
    return value


def _given_region(module: Module) -> Value | None:
    given = module.project.region
    return None if given is None else Known(given, module.project.place)


def _account(read: Map) -> Value | None:
    """The account of the role that the provider assumes, or the only one that it allows."""
    roles = read.get("assume_role")
    if isinstance(roles, List) and roles.items and isinstance(roles.items[0], Map):
        return account_of_role(roles.items[0].get("role_arn"))
    allowed = read.get("allowed_account_ids")
    if isinstance(allowed, List) and len(allowed.items) == 1 and allowed.rest is None:
        return allowed.items[0]
    return None


def account_of_role(arn: Value | None) -> Value | None:
    """The account of a role, by its ARN."""
    if arn is None:
        return None
    found = _ACCOUNT.match(text(arn) or "")
    if found is not None:
        return Known(found[1], arn.span)
    hole = next(unknowns(arn), None)
    return hole and replace(hole, shape="account")


def _name(expr: Expression | None) -> str:
    """`aws.east`, `"aws"` or `"aws.east"` as text."""
    match expr:
        case Literal(value=str() as name):
            return name
        case Traversal():
            names = [step.name for step in expr.steps if isinstance(step, GetAttr)]
            return ".".join((expr.root, *names))
        case _:
            return ""
