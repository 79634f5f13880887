"""Digests: https://developer.hashicorp.com/terraform/language/functions/sha256 and its neighbours."""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Mapping

from rootlint.model.value import Unknown, Value, Why
from rootlint.terraform.functions.arguments import Args, Fails, Function, Site, text
from rootlint.terraform.values import known

_NAMESPACES = {
    "dns": uuid.NAMESPACE_DNS,
    "oid": uuid.NAMESPACE_OID,
    "url": uuid.NAMESPACE_URL,
    "x500": uuid.NAMESPACE_X500,
}


def _hex(algorithm: str) -> Function:
    def work(site: Site, args: Args) -> Value:
        return known(_digest(algorithm, args).hex(), site.span)

    return Function(work, 1, 1)


def _base64(algorithm: str) -> Function:
    def work(site: Site, args: Args) -> Value:
        return known(base64.b64encode(_digest(algorithm, args)).decode(), site.span)

    return Function(work, 1, 1)


def _digest(algorithm: str, args: Args) -> bytes:
    data = text(args[0]).encode("utf-8", "surrogatepass")
    return hashlib.new(algorithm, data, usedforsecurity=False).digest()


def _uuidv5(site: Site, args: Args) -> Value:
    namespace, name = text(args[0]), text(args[1])
    found = _NAMESPACES.get(namespace)
    if found is None:
        try:
            found = uuid.UUID(namespace)
        except ValueError:
            raise Fails(f"`{namespace[:40]}` is no namespace") from None
    return known(str(uuid.uuid5(found, name)), site.span)


def _random(site: Site, args: Args) -> Value:  # noqa: ARG001 - every function is called alike
    return Unknown(Why.FUNCTION, "value is made at random", site.span)


FUNCTIONS: Mapping[str, Function] = {
    "base64sha256": _base64("sha256"),
    "base64sha512": _base64("sha512"),
    "bcrypt": Function(_random, 1, 2),
    "md5": _hex("md5"),
    "sha1": _hex("sha1"),
    "sha256": _hex("sha256"),
    "sha512": _hex("sha512"),
    "uuid": Function(_random, 0, 0, safe=True),
    "uuidv5": Function(_uuidv5, 2, 2),
}
