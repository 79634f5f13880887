"""Policies and requests in short, for tests of how IAM decides."""

from __future__ import annotations

import json
from typing import Any

from rootlint.embedded import policy
from rootlint.model.policy import Policy
from rootlint.model.value import Unknown
from rootlint.reason.iam import Request
from tests.embedded.making import written

VERSION = "2012-10-17"
ROOT = "arn:aws:iam::111122223333:root"
USER = "arn:aws:iam::111122223333:user/somebody"


def read(*parts: str | Unknown) -> Policy:
    """The policy of a JSON text with holes."""
    found = policy(written(*parts))
    assert isinstance(found, Policy)
    return found


def document(*statements: dict[str, Any], version: str | None = VERSION) -> Policy:
    """A policy of statements; action, resource and effect are `*`, `*` and Deny unless given."""
    bodies = []
    for statement in statements:
        body = {"Effect": "Deny", **statement}
        if "NotAction" not in body:
            body.setdefault("Action", "*")
        if "NotResource" not in body and "Principal" not in body:
            body.setdefault("Resource", "*")
        bodies.append(body)
    head = {} if version is None else {"Version": version}
    return read(json.dumps({**head, "Statement": bodies}))


def request(
    action: str = "iam:CreateAccessKey", resource: str = USER, principal: str = USER, **keys: Any
) -> Request:
    """A request; `aws_SourceIp="…"` is the key `aws:SourceIp`, a list has several values."""
    context = {
        name.replace("_", ":").lower(): (found,) if isinstance(found, str) else tuple(found)
        for name, found in keys.items()
    }
    return Request(action, resource, principal, context)
