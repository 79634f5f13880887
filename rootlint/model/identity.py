"""Who may do what: users, keys, policies with their audience, and scripts."""

from __future__ import annotations

from enum import Enum

from rootlint.model.policy import Policy, PolicyKind
from rootlint.model.resource import Resource
from rootlint.model.value import Unknown, Value
from rootlint.record import dataclass


@dataclass(frozen=True, slots=True)
class User:
    """An IAM user; `boundary` is the ARN of the policy that bounds what its policies can allow."""

    resource: Resource
    name: Value | None = None
    password: Value | None = None
    boundary: Value | None = None


@dataclass(frozen=True, slots=True)
class Group:
    resource: Resource
    name: Value | None = None


@dataclass(frozen=True, slots=True)
class LoginProfile:
    """A console password; with `reset` its user has to choose another at the first sign-in."""

    resource: Resource
    user: Value | None = None
    reset: Value | None = None


@dataclass(frozen=True, slots=True)
class MfaDevice:
    """A virtual MFA device. `user` is who it is for, where the language says so.

    `exports` are the attributes with which the language hands the seed of its codes out; none where
    the seed stays with AWS.
    """

    resource: Resource
    name: Value | None = None
    user: Value | None = None
    exports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessKey:
    """A long-term access key; `user` is the name it is made for."""

    resource: Resource
    user: Value | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role; `boundary` as of a user."""

    resource: Resource
    name: Value | None = None
    boundary: Value | None = None


class Holder(Enum):
    USER = "user"
    GROUP = "group"
    ROLE = "role"
    PERMISSION_SET = "permission set"


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """A policy document of IAM or of a resource.

    `document` is None where the text cannot be read as a policy; `hidden` says why. `holder` and
    `holder_name` are given where the policy is written inside its holder (an inline policy, a trust
    policy); a managed policy has none, its `PolicyAttachment`s say who holds it. `target` is the
    topic, bucket, key or queue that a resource policy names; None where it is written inside it.
    `service` is the prefix of that resource's actions ("s3"), where it is known.
    """

    resource: Resource
    kind: PolicyKind
    document: Policy | None
    hidden: Unknown | None = None
    name: Value | None = None
    holder: Holder | None = None
    holder_name: Value | None = None
    target: Value | None = None
    service: str = ""


@dataclass(frozen=True, slots=True)
class LockoutCheck:
    """A KMS key, or a policy that is put on one, of which `bypass` skips KMS's check against a lock-out."""

    resource: Resource
    bypass: Value | None = None


@dataclass(frozen=True, slots=True)
class PolicyAttachment:
    """A managed policy (its ARN or a reference to it) is attached to a user, group or role."""

    resource: Resource
    policy: Value
    holder: Holder
    holder_name: Value | None


@dataclass(frozen=True, slots=True)
class Membership:
    resource: Resource
    user: Value | None = None
    group: Value | None = None


class RunsAs(Enum):
    """Whose credentials a script has when it runs."""

    OPERATOR = "operator"
    ROLE = "role"


class Language(Enum):
    SHELL = "shell"
    CODE = "code"
    STATES = "states"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Script:
    """Text that is run somewhere: a provisioner, user data, a build, inline code, a state machine.

    The text is decoded: user data that the code gives in base64 is its plain text here. A `CALL` is
    one SDK call written as data (CDK's `Custom::AWS`), `text` its JSON with service, action, parameters.
    """

    resource: Resource
    text: Value
    runs_as: RunsAs
    language: Language = Language.SHELL
