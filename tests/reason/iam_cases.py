"""Random policies and requests, wholly known, with every condition operator."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from random import Random
from types import MappingProxyType
from typing import Any, NamedTuple

from rootlint.model.value import Known
from rootlint.reason.iam import Request
from rootlint.source import Span

Json = Any

USER = "arn:aws:iam::111122223333:user/somebody"
SESSION = "arn:aws:sts::111122223333:assumed-role/admin/anna"
NOWHERE = Span("policy.json", 0, 0)

# A condition key → the kind of its operators, and what a request may carry for it.
KEYS: Mapping[str, tuple[str, Sequence[str]]] = MappingProxyType(
    {
        "aws:username": ("String", ["somebody"]),
        "aws:PrincipalType": ("String", ["User"]),
        "aws:RequestedRegion": ("String", ["us-east-1"]),
        "aws:PrincipalTag/Team": ("String", ["red team"]),
        "s3:prefix": ("String", ["home/somebody/x"]),
        "aws:PrincipalAccount": ("String", ["111122223333"]),
        "aws:PrincipalArn": ("Arn", [USER]),
        "aws:SourceArn": ("Arn", ["arn:aws:sns:us-east-1:111122223333:topic:x/y"]),
        "aws:MultiFactorAuthPresent": ("Bool", ["true", "false"]),
        "aws:ViaAWSService": ("Bool", ["false"]),
        "aws:MultiFactorAuthAge": ("Numeric", ["300", "3600.5"]),
        "s3:max-keys": ("Numeric", ["10"]),
        "aws:CurrentTime": ("Date", ["2026-11-23T12:00:00Z"]),
        "aws:TokenIssueTime": ("Date", ["2026-11-23T11:55:00Z"]),
        "aws:SourceIp": ("Ip", ["198.51.100.23", "2001:db8::1"]),
        "aws:VpcSourceIp": ("Ip", ["10.0.0.5"]),
        "kms:GrantKey": ("Binary", ["QmluYXJ5VmFsdWVJbkJhc2U2NA=="]),
    }
)
SEVERAL: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "aws:TagKeys": ["owner", "cost", "Team"],
        "aws:CalledVia": ["cloudformation.amazonaws.com", "s3.amazonaws.com"],
    }
)
_ORDERS = ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
OPERATORS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "String": [
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
        ],
        "Arn": ["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"],
        "Numeric": [f"Numeric{order}" for order in _ORDERS],
        "Date": [f"Date{order}" for order in _ORDERS],
        "Bool": ["Bool"],
        "Binary": ["BinaryEquals"],
        "Ip": ["IpAddress", "NotIpAddress"],
        "Null": ["Null"],
    }
)
_WRITTEN: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "Numeric": ["300", "301", "299.5", "10", "0", "3600.5", "3600.50", "-1"],
        "Date": [
            "2026-11-23T12:00:00Z",
            "2026-11-23T13:00:00+01:00",
            "2025-01-01T00:00:00Z",
            "2027-06-01",
            "2026-11-23T11:55:00Z",
            "2026-11-23T12:00Z",
        ],
        "Bool": ["true", "false", "True"],
        "Binary": ["QmluYXJ5VmFsdWVJbkJhc2U2NA==", "QUJD"],
        "Ip": [
            "198.51.100.0/24",
            "198.51.100.23",
            "198.51.100.23/32",
            "128.0.0.0/1",
            "10.0.0.0/8",
            "2001:db8::/32",
            "2001:db8::1",
            "192.0.2.7/24",
        ],
        "Null": ["true", "false"],
    }
)
_VARIABLES = (
    "${aws:username}",
    "${aws:PrincipalAccount}",
    "${aws:PrincipalTag/Team}",
    "${aws:FederatedProvider}",
    "${aws:PrincipalTag/None, 'spare'}",
    "${*}",
    "${?}",
    "${$}",
)
_RESOURCES: Mapping[str, str] = MappingProxyType(
    {
        "iam:CreateAccessKey": USER,
        "s3:GetObject": "arn:aws:s3:::bucket/home/somebody/x",
        "dynamodb:GetItem": "arn:aws:dynamodb:us-east-1:111122223333:table/t",
        "secretsmanager:GetSecretValue": "arn:aws:secretsmanager:us-east-1:111122223333:secret:s-1",
        "ec2:RunInstances": "arn:aws:ec2:us-east-1:111122223333:instance/i-1",
        "sqs:SendMessage": "arn:aws:sqs:us-east-1:111122223333:q",
    }
)
_PRINCIPALS: Sequence[Json] = (
    "*",
    {"AWS": "*"},
    {"AWS": "111122223333"},
    {"AWS": "arn:aws:iam::111122223333:root"},
    {"AWS": ["arn:aws:iam::444455556666:root", USER]},
    {"AWS": "arn:aws:iam::111122223333:user/other"},
    {"AWS": "arn:aws:iam::111122223333:role/path/admin"},
    {"AWS": SESSION},
    {"Service": "cloudtrail.amazonaws.com"},
    {"Service": "cloudtrail.amazonaws.com", "AWS": "444455556666"},
)
_WITHOUT_ACCOUNTS: Sequence[Json] = (
    "*",
    {"AWS": "*"},
    {"AWS": USER},
    {"AWS": ["arn:aws:iam::111122223333:user/other", USER]},
    {"AWS": "arn:aws:iam::111122223333:role/admin"},
    {"AWS": SESSION},
    {"Service": "cloudtrail.amazonaws.com"},
)


class Case(NamedTuple):
    """A policy and a request; `kind` is "identity", "service control", "resource" or "resource alone".

    "resource" is tried beside an identity policy that allows everything, "resource alone" without.
    `levels` are service control policies, from the organization's root down to the account.
    """

    kind: str
    policy: Json
    principal: str
    action: str
    resource: str
    context: Mapping[str, str | list[str]]
    levels: Sequence[Sequence[Json]] = ()

    @property
    def text(self) -> str:
        return json.dumps(self.policy)

    @property
    def documents(self) -> Sequence[Json]:
        return [self.policy, *(found for level in self.levels for found in level)]

    @property
    def request(self) -> Request:
        context = {
            key.lower(): (value,) if isinstance(value, str) else tuple(value)
            for key, value in self.context.items()
        }
        return Request(self.action, self.resource, self.principal, context)


class Maker:
    """Makes cases from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def identity(self) -> Case:
        action, resource = self.random.choice(list(_RESOURCES.items()))
        effects = self.random.choices(["Allow", "Deny"], k=self.random.choice([1, 1, 2]))
        statements = [self.statement(effect, action, resource) for effect in effects]
        return self.case("identity", statements, USER, action, resource)

    def resource(self) -> Case:
        principal = self.random.choice([USER, SESSION])
        action, resource = "sqs:SendMessage", _RESOURCES["sqs:SendMessage"]
        statement = self.statement("Deny", action, resource)
        if self.chance(0.4):
            statement.pop("Condition", None)
        statement["Principal"] = self.random.choice(_PRINCIPALS)
        return self.case("resource", [statement], principal, action, resource)

    def resource_alone(self) -> Case:
        """A resource policy that allows; accounts, which hand on to identity policies, left out."""
        case = self.resource()
        written = case.policy["Statement"]
        statement = written[0] if isinstance(written, list) else written
        statement |= {"Effect": "Allow", "Principal": self.random.choice(_WITHOUT_ACCOUNTS)}
        return case._replace(kind="resource alone")

    def service_control(self) -> Case:
        """One to three levels of one or two policies, which are less narrow than others."""
        action, resource = self.random.choice(list(_RESOURCES.items()))
        everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
        levels = []
        for _ in range(self.random.randint(1, 3)):
            level = [self.document([everything])] if self.chance(0.7) else []
            while not level or self.chance(0.3):
                effects = self.random.choices(["Allow", "Deny"], k=self.random.choice([1, 2]))
                level.append(
                    self.document([self.statement(effect, action, resource) for effect in effects])
                )
            levels.append(level)
        case = self.case("service control", [everything], USER, action, resource)
        return case._replace(levels=levels)

    def document(self, statements: list[Json]) -> Json:
        alone = len(statements) == 1 and self.chance(0.5)
        return {"Version": "2012-10-17", "Statement": statements[0] if alone else statements}

    def case(
        self, kind: str, statements: list[Json], principal: str, action: str, resource: str
    ) -> Case:
        document = self.document(statements)
        return Case(kind, document, principal, action, resource, self.context())

    def context(self) -> dict[str, str | list[str]]:
        found: dict[str, str | list[str]] = {
            key: self.random.choice(values)
            for key, (_, values) in KEYS.items()
            if self.chance(0.7) or key == "aws:PrincipalAccount"
        }
        for key, values in SEVERAL.items():
            if self.chance(0.7):
                found[key] = self.random.sample(values, self.random.randint(1, len(values)))
        return found

    def statement(self, effect: str, action: str, resource: str) -> Json:
        found: dict[str, Json] = {"Effect": effect}
        found["Action" if self.chance(0.8) else "NotAction"] = self.several(
            lambda: self.action(action)
        )
        found["Resource" if self.chance(0.85) else "NotResource"] = self.several(
            lambda: "*" if self.chance(0.4) else self.arn(resource)
        )
        for _ in range(self.random.choice([0, 1, 1, 1, 2])):
            operator, key, values = self.condition()
            found.setdefault("Condition", {}).setdefault(operator, {})[key] = values
        return found

    def several(self, make: Any) -> Json:
        values = [make() for _ in range(self.random.choice([1, 1, 1, 2, 3]))]
        return values[0] if len(values) == 1 and self.chance(0.6) else values

    def action(self, action: str) -> str:
        service, name = action.split(":")
        start = self.random.randint(0, len(name))
        end = self.random.randint(start, len(name))
        return self.random.choice(
            [
                action,
                action,
                "*",
                f"{service}:*",
                action.upper(),
                self.random.choice(list(_RESOURCES)),
                f"{service}:{name[:start]}{self.random.choice('*?')}{name[end:]}",
            ]
        )

    def arn(self, arn: str) -> str:
        parts = arn.split(":", 5)
        if self.chance(0.1):
            return ":".join(parts[: self.random.randint(3, 4)]) + ":*"
        for at in (3, 4, 5):
            if parts[at] and self.chance(0.4):
                parts[at] = self.part(parts[at])
        return ":".join(parts)

    def part(self, text: str) -> str:
        """A part of an ARN, its type left alone."""
        kind, slash, name = text.rpartition("/")
        changed = self.changed(name)
        return kind + slash + (name if changed == name.upper() else changed)

    def condition(self) -> tuple[str, str, Json]:
        key = self.random.choice([*KEYS, *KEYS, *SEVERAL])
        kind, pool = KEYS[key] if key in KEYS else ("String", SEVERAL[key])
        kind = self.random.choices(["Null", "String", kind], [15, 10, 75])[0]
        operator = self.random.choice(OPERATORS[kind])
        if kind != "Null" and (key in SEVERAL or self.chance(0.08)):
            operator = f"{self.random.choice(['ForAllValues', 'ForAnyValue'])}:{operator}"
        if kind != "Null" and self.chance(0.25) and not operator.startswith("ForAny"):
            operator += "IfExists"
        values = self.several(lambda: self.written(kind, pool))
        return operator, key if self.chance(0.8) else key.lower(), values

    def written(self, kind: str, pool: Sequence[str]) -> str:
        if kind in _WRITTEN:
            return self.random.choice(_WRITTEN[kind])
        text = self.random.choice(pool)
        if kind != "Arn":
            return self.changed(text)
        parts = text.split(":", 5)
        at = self.random.choice([1, 3, 4, 5])
        parts[at] = self.changed(parts[at])
        return ":".join(parts)

    def changed(self, text: str) -> str:
        """The text with wildcards, variables and other cases put in."""
        for _ in range(self.random.choice([0, 1, 1, 2])):
            start = self.random.randint(0, len(text))
            end = self.random.randint(start, len(text))
            if "${" in text:
                break
            text = self.random.choice(
                [
                    f"{text[:start]}*{text[end:]}",
                    f"{text[:start]}?{text[start + 1 :]}",
                    text.upper(),
                    f"{text[:start]}{self.random.choice(_VARIABLES)}{text[end:]}",
                    text.replace("somebody", "${aws:username}"),
                    f"{text[:start]}{self.random.choice('ab/*')}{text[start:]}",
                    "*",
                ]
            )
        return text


def document(text: str) -> Known:
    """A JSON text as it would come from a file."""
    return Known(text, NOWHERE)
