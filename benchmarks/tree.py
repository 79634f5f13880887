"""A seeded tree of mixed code for timing.

Its blocks are mixed as in 5,306 public Terraform files (11.7 MB, 866 folders): of 100 blocks 46
are variables, 10 outputs, 9 data sources, 16 resources (half of kinds that rootlint reads), 8 module
calls, 4 locals; a block has 370 bytes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

_PLAIN = (
    (
        'resource "aws_subnet" "net_{n}" {{\n  vpc_id            = aws_vpc.main.id\n'
        '  cidr_block        = "10.{a}.{b}.0/24"\n  availability_zone = "eu-west-1a"\n'
        '  tags = merge(local.tags, {{ Name = "net-${{var.stage}}-{n}" }})\n}}\n\n'
    ),
    (
        'resource "aws_security_group_rule" "rule_{n}" {{\n  type        = "ingress"\n'
        '  from_port   = {a}\n  to_port     = {b}\n  protocol    = "tcp"\n'
        '  cidr_blocks = ["10.{a}.0.0/16"]\n  description = "from the office, floor {b}"\n}}\n\n'
    ),
    (
        'resource "aws_db_instance" "db_{n}" {{\n  identifier     = "db-{a}-{b}"\n'
        '  engine         = "postgres"\n  instance_class = "db.t4g.medium"\n'
        '  storage_encrypted = true\n  count = var.stage == "prod" ? 1 : 0\n}}\n\n'
    ),
)
_RELEVANT = (
    (
        'data "aws_iam_policy_document" "doc_{n}" {{\n  statement {{\n    sid       = "S{n}"\n'
        '    actions   = ["s3:GetObject", "s3:PutObject"]\n'
        '    resources = ["arn:aws:s3:::bucket-{a}/*"]\n  }}\n}}\n\n'
        'resource "aws_iam_role_policy" "policy_{n}" {{\n  name   = "p-{n}"\n'
        '  role   = "role-{a}"\n  policy = data.aws_iam_policy_document.doc_{n}.json\n}}\n\n'
    ),
    'resource "aws_sns_topic" "topic_{n}" {{\n  name = "topic-{a}-{b}"\n}}\n\n',
    'resource "aws_s3_bucket" "bucket_{n}" {{\n  bucket = "bucket-${{var.stage}}-{a}-{b}"\n}}\n\n',
    (
        'resource "aws_cloudwatch_metric_alarm" "cpu_{n}" {{\n  alarm_name          = "cpu-{n}"\n'
        '  namespace           = "AWS/EC2"\n  metric_name         = "CPUUtilization"\n'
        "  threshold           = {a}\n  period              = 300\n  evaluation_periods  = 2\n"
        '  statistic           = "Average"\n  comparison_operator = "GreaterThanThreshold"\n'
        "  alarm_actions       = [var.topic]\n}}\n\n"
    ),
)
_VARIABLE = (
    'variable "v_{n}" {{\n  type        = string\n  default     = "value-{a}"\n'
    '  description = "What the {b}th part of the stack is called in tags, alarms and reports; "\n}}\n\n'
)
_OUTPUT = 'output "o_{n}" {{\n  description = "The {a}th name"\n  value       = local.tags["Owner"]\n}}\n\n'
_LOCALS = (
    'locals {{\n  names_{n} = [for name in ["a", "b"] : "${{var.stage}}-${{name}}-{a}"]\n'
    '  map_{n} = {{\n    one = {{ size = {a}, zone = "eu-west-1a" }}\n'
    '    two = {{ size = {b}, zone = "eu-west-1b" }}\n  }}\n}}\n\n'
)
_CALL = 'module "m_{n}" {{\n  source = "../../modules/m_{shared}"\n  stage  = var.stage\n}}\n\n'
_REGISTRY = (
    'module "r_{n}" {{\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "5.{a}.0"\n'
    '  name    = "vpc-{b}"\n  cidr    = "10.{a}.0.0/16"\n'
    '  azs     = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]\n'
    '  private_subnets = ["10.{a}.1.0/24", "10.{a}.2.0/24", "10.{a}.3.0/24"]\n'
    "  enable_nat_gateway = true\n  enable_vpn_gateway = false\n  tags = local.tags\n}}\n\n"
)
_COMMON = (
    'variable "stage" {\n  type    = string\n  default = "prod"\n}\n\n'
    'variable "topic" {\n  type    = string\n  default = null\n}\n\n'
    'locals {\n  tags = {\n    Stage = var.stage\n    Owner = "platform"\n  }\n}\n\n'
)
_FORMS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (46, (_VARIABLE,)),
    (10, (_OUTPUT,)),
    (18, _PLAIN),
    (7, _RELEVANT),
    (7, (_REGISTRY,)),
    (1, (_CALL,)),
    (4, (_LOCALS,)),
)
_SIZE = 2_500


def grow(top: Path, files: int, seed: int = 1) -> int:
    """Write a tree of about that many files of 2.5 kB below a folder; the bytes written."""
    rng = random.Random(seed)
    written = 0
    for path, text in _files(files, rng):
        target = top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        written += len(text)
    return written


def _files(count: int, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Eight in ten are Terraform, in folders of twelve; the rest are templates and other YAML or JSON."""
    folders = max(1, count // 15)
    shared = max(1, folders // 6)
    for number in range(count):
        match number % 10:
            case 8:
                yield f"stacks/team_{number % 40}/template_{number}.yaml", _template(number, rng)
            case 9:
                yield (
                    f"deploy/app_{number % 90}/values_{number}.{_ending(number)}",
                    _other(number, rng),
                )
            case _:
                folder = (number - number // 10 * 2) % folders
                place = f"modules/m_{folder}" if folder < shared else f"live/root_{folder}"
                yield f"{place}/file_{number}.tf", _terraform(number, folder, shared, folders, rng)


def _terraform(number: int, folder: int, shared: int, folders: int, rng: random.Random) -> str:
    first = (number - number // 10 * 2) < folders
    text = _COMMON if first else ""
    weights = [weight for weight, _ in _FORMS]
    while len(text) < _SIZE:
        (forms,) = rng.choices([forms for _, forms in _FORMS], weights)
        form = rng.choice(forms)
        if form is _CALL and folder < shared:
            continue
        text += form.format(
            n=f"{number}_{len(text)}",
            a=rng.randrange(250),
            b=rng.randrange(250),
            shared=rng.randrange(shared),
        )
    return text


def _ending(number: int) -> str:
    return "json" if number % 20 == 9 else "yaml"


def _template(number: int, rng: random.Random) -> str:
    lines = ["AWSTemplateFormatVersion: '2010-09-09'", "Resources:"]
    while sum(map(len, lines)) < _SIZE:
        n = len(lines)
        kind = "AWS::SNS::Topic" if rng.random() < 0.2 else "AWS::EC2::EIP"
        lines += [f"  R{number}x{n}:", f"    Type: {kind}", "    Properties:", "      Tags:"]
        lines += [f"        - {{Key: Name, Value: thing-{rng.randrange(9999)}}}"] * 3
    return "\n".join(lines) + "\n"


def _other(number: int, rng: random.Random) -> str:
    values = {f"key_{n}": {"replicas": rng.randrange(9), "image": f"app:{n}"} for n in range(60)}
    if _ending(number) == "json":
        return json.dumps(values, indent=1)
    head = "apiVersion: v1\nkind: ConfigMap\ndata:\n"
    return head + "".join(f"  {key}: {json.dumps(value)}\n" for key, value in values.items())
