"""Credentials in code: values in the clear that may be some, and what only those of root can apply."""

from __future__ import annotations

from enum import Enum

from rootlint.model.resource import Resource
from rootlint.model.value import Value
from rootlint.record import dataclass


class Keeper(Enum):
    """What a value in the clear is handed to."""

    PROVIDER = "provider"
    BACKEND = "backend"
    ENVIRONMENT = "environment"
    PARAMETER = "parameter"


@dataclass(frozen=True, slots=True)
class ClearText:
    """A value that the code hands over in the clear: an argument of a provider or of the backend of
    a state, a variable of an environment, a parameter that keeps a text, or has one as its default.

    `name` is that of the argument (`access_key`), of the variable or of the parameter.
    """

    resource: Resource
    keeper: Keeper
    name: Value | None
    value: Value


@dataclass(frozen=True, slots=True)
class Versioning:
    """The versioning of a bucket. `mfa_delete` is Enabled or Disabled: only root can change it.

    `mfa` is the serial number of root's MFA device and a code of it, in one text.
    """

    resource: Resource
    bucket: Value | None = None
    mfa_delete: Value | None = None
    mfa: Value | None = None
