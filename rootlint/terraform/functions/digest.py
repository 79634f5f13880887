"""Digests of known texts and of files."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import partial

from rootlint.model.value import Value
from rootlint.terraform.functions.arguments import Args, Fails, Function, Site, text
from rootlint.terraform.functions.files import content
from rootlint.terraform.values import known


def _digest(name: str, site: Site, args: Args, *, raw: bool = False) -> Value:
    return _made(name, text(args[0]).encode(), site, raw=raw)


def _of_file(name: str, site: Site, args: Args, *, raw: bool = False) -> Value:
    return _made(name, content(site, args[0]), site, raw=raw)


def _made(name: str, data: bytes, site: Site, *, raw: bool) -> Value:
    import hashlib

    made = hashlib.new(name, data, usedforsecurity=False)
    word = b64encode(made.digest()).decode() if raw else made.hexdigest()
    return known(word, site.span)


def _uuidv5(site: Site, args: Args) -> Value:
    import uuid

    spaces = {
        "dns": uuid.NAMESPACE_DNS,
        "url": uuid.NAMESPACE_URL,
        "oid": uuid.NAMESPACE_OID,
        "x500": uuid.NAMESPACE_X500,
    }
    space, name = text(args[0]), text(args[1])
    try:
        namespace = spaces.get(space) or uuid.UUID(space)
    except ValueError as problem:
        raise Fails("not a namespace") from problem
    return known(str(uuid.uuid5(namespace, name)), site.span)


FUNCTIONS: Mapping[str, Function] = {
    "base64sha256": Function(partial(_digest, "sha256", raw=True), 1, 1),
    "base64sha512": Function(partial(_digest, "sha512", raw=True), 1, 1),
    "filebase64sha256": Function(partial(_of_file, "sha256", raw=True), 1, 1),
    "filebase64sha512": Function(partial(_of_file, "sha512", raw=True), 1, 1),
    "filemd5": Function(partial(_of_file, "md5"), 1, 1),
    "filesha1": Function(partial(_of_file, "sha1"), 1, 1),
    "filesha256": Function(partial(_of_file, "sha256"), 1, 1),
    "filesha512": Function(partial(_of_file, "sha512"), 1, 1),
    "md5": Function(partial(_digest, "md5"), 1, 1),
    "sha1": Function(partial(_digest, "sha1"), 1, 1),
    "sha256": Function(partial(_digest, "sha256"), 1, 1),
    "sha512": Function(partial(_digest, "sha512"), 1, 1),
    "uuidv5": Function(_uuidv5, 2, 2),
}
