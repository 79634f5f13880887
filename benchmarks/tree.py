"""A seeded tree of mixed code for timing.

Its Terraform is mixed as in 3,484 distinct public files (8.0 MB, 20,794 blocks of 357 bytes, 864
folders of four files), counted with rootlint's own splitter. Of 100 blocks 33 are variables, 14
outputs, 23 resources (12 of kinds that rootlint reads), 10 data sources (5 of such kinds, two thirds
of them policy documents), 9 module calls (3 of a local path), 4 locals, 3 providers, 3 settings.
Those repositories were chosen because they look after accounts: in 20,406 files of 77 repositories
of all kinds relevant resources and data sources were 21 % of the blocks and 25 % of the bytes.
Here blocks are smaller (284 bytes), so that there are more of them than in real code of that size.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

_TAGS = (
    '  tags = {{\n    Name        = "thing-${{var.stage}}-{n}"\n    Environment = var.stage\n'
    '    Owner       = local.tags["Owner"]\n    CostCenter  = "cc-{a}"\n  }}\n}}\n\n'
)
_PLAIN = (
    (
        'resource "aws_subnet" "net_{n}" {{\n  vpc_id            = aws_vpc.main.id\n'
        '  cidr_block        = "10.{a}.{b}.0/24"\n  availability_zone = "eu-west-1a"\n'
        "  map_public_ip_on_launch = false\n" + _TAGS
    ),
    (
        'resource "aws_security_group_rule" "rule_{n}" {{\n  type        = "ingress"\n'
        '  from_port   = {a}\n  to_port     = {b}\n  protocol    = "tcp"\n'
        '  cidr_blocks = ["10.{a}.0.0/16"]\n  description = "from the office, floor {b}"\n'
        "  security_group_id = aws_security_group.main.id\n  ipv6_cidr_blocks  = []\n"
        "  lifecycle {{\n    create_before_destroy = true\n  }}\n  depends_on = [aws_vpc.main]\n}}\n\n"
    ),
    (
        'resource "aws_db_instance" "db_{n}" {{\n  identifier     = "db-{a}-{b}"\n'
        '  engine         = "postgres"\n  instance_class = "db.t4g.medium"\n'
        '  storage_encrypted = true\n  count = var.stage == "prod" ? 1 : 0\n'
        "  allocated_storage = {a}\n  backup_retention_period = 7\n  multi_az = true\n"
        "  db_subnet_group_name = aws_db_subnet_group.main.name\n" + _TAGS
    ),
)
_LOOKED_UP = (
    'data "aws_caller_identity" "me_{n}" {{}}\n\n',
    (
        'data "aws_subnets" "net_{n}" {{\n  filter {{\n    name   = "vpc-id"\n'
        '    values = ["vpc-{a}"]\n  }}\n  filter {{\n    name   = "tag:Tier"\n'
        '    values = ["private"]\n  }}\n}}\n\n'
    ),
    'data "aws_ssm_parameter" "image_{n}" {{\n  name = "/images/${{var.stage}}/{a}"\n}}\n\n',
)
_DOCUMENT = (
    (
        'data "aws_iam_policy_document" "doc_{n}" {{\n  statement {{\n    sid       = "S{n}"\n'
        '    actions   = ["s3:GetObject", "s3:PutObject"]\n'
        '    resources = ["arn:aws:s3:::bucket-{a}/*"]\n  }}\n'
        '  statement {{\n    sid       = "Keys"\n    effect    = "Allow"\n'
        '    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]\n'
        '    resources = ["arn:aws:kms:eu-west-1:111122223333:key/*"]\n    condition {{\n'
        '      test     = "StringEquals"\n      variable = "kms:ViaService"\n'
        '      values   = ["s3.eu-west-1.amazonaws.com"]\n    }}\n  }}\n'
        '  statement {{\n    sid       = "List"\n    actions   = ["s3:ListBucket"]\n'
        '    resources = ["arn:aws:s3:::bucket-{a}", "arn:aws:s3:::bucket-{b}"]\n  }}\n}}\n\n'
        'resource "aws_iam_role_policy" "policy_{n}" {{\n  name   = "p-{n}"\n'
        '  role   = "role-{a}"\n  policy = data.aws_iam_policy_document.doc_{n}.json\n}}\n\n'
    ),
)
_RELEVANT = (
    (
        'resource "aws_iam_role" "role_{n}" {{\n  name = "role-${{var.stage}}-{n}"\n'
        '  assume_role_policy = jsonencode({{\n    Version = "2012-10-17"\n    Statement = [{{\n'
        '      Effect    = "Allow"\n      Action    = "sts:AssumeRole"\n'
        '      Principal = {{ Service = "ec2.amazonaws.com" }}\n    }}]\n  }})\n' + _TAGS
    ),
    (
        'resource "aws_iam_policy" "policy_{n}" {{\n  name   = "policy-{n}"\n  policy = <<-EOT\n'
        '    {{\n      "Version": "2012-10-17",\n      "Statement": [{{\n'
        '        "Effect": "Allow",\n        "Action": ["sqs:SendMessage", "sqs:ReceiveMessage"],\n'
        '        "Resource": "arn:aws:sqs:*:*:queue-${{var.stage}}-{a}"\n      }}]\n    }}\n'
        "  EOT\n}}\n\n"
    ),
    (
        'resource "aws_iam_role_policy_attachment" "reads_{n}" {{\n  role       = "role-{a}"\n'
        '  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"\n}}\n\n'
    ),
    (
        'resource "aws_cloudwatch_log_group" "logs_{n}" {{\n  count             = var.stage == "prod" ? 1 : 0\n'
        '  name              = "/apps/{a}-{b}"\n  retention_in_days = 30\n' + _TAGS
    ),
    'resource "aws_sns_topic" "topic_{n}" {{\n  name = "topic-{a}-{b}"\n' + _TAGS,
    'resource "aws_s3_bucket" "bucket_{n}" {{\n  bucket = "bucket-${{var.stage}}-{a}-{b}"\n'
    + _TAGS,
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
    '  description = "What the {b}th part of the stack is called in tags, alarms, reports and invoices"\n}}\n\n'
)
_OUTPUT = 'output "o_{n}" {{\n  description = "The {a}th name, for those who look it up in another stack"\n  value       = local.tags["Owner"]\n}}\n\n'
_LOCALS = (
    'locals {{\n  names_{n} = [for name in ["a", "b"] : "${{var.stage}}-${{name}}-{a}"]\n'
    '  map_{n} = {{\n    one = {{ size = {a}, zone = "eu-west-1a" }}\n'
    '    two = {{ size = {b}, zone = "eu-west-1b" }}\n  }}\n'
    + "".join(
        f'  set_{k}_{{n}} = {{{{\n    subnets = ["10.{{a}}.{k}.0/24", "10.{{b}}.{k}.0/24"]\n'
        f'    name    = "set-{k}-${{{{var.stage}}}}"\n    rules   = [{{{{ port = 44{k}, open = true }}}}]\n  }}}}\n'
        for k in range(6)
    )
    + "}}\n\n"
)
_CALL = (
    'module "m_{n}" {{\n  source = "../../modules/m_{shared}"\n  stage  = var.stage\n'
    '  names  = ["api-{a}", "web-{a}", "worker-{b}"]\n  subnets = module.network.private_subnets\n'
    '  settings = {{\n    size = {a}\n    zone = "eu-west-1a"\n    image = "app:{b}"\n'
    '    logs = {{ keep = 30, level = "info" }}\n    alarms = {{ cpu = 80, memory = 90 }}\n  }}\n'
    '  domain  = "app-{a}.${{var.stage}}.example.com"\n  replicas = var.stage == "prod" ? 3 : 1\n'
    + _TAGS
)
_REGISTRY = (
    'module "r_{n}" {{\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "5.{a}.0"\n'
    '  name    = "vpc-{b}"\n  cidr    = "10.{a}.0.0/16"\n'
    '  azs     = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]\n'
    '  private_subnets = ["10.{a}.1.0/24", "10.{a}.2.0/24", "10.{a}.3.0/24"]\n'
    "  enable_nat_gateway = true\n  enable_vpn_gateway = false\n"
    "  single_nat_gateway = false\n  one_nat_gateway_per_az = true\n  enable_dns_hostnames = true\n"
    '  public_subnets = ["10.{a}.101.0/24", "10.{a}.102.0/24", "10.{a}.103.0/24"]\n'
    '  public_subnet_tags = {{\n    "kubernetes.io/role/elb" = "1"\n  }}\n'
    '  private_subnet_tags = {{\n    "kubernetes.io/role/internal-elb" = "1"\n  }}\n' + _TAGS
)
_COMMON = (
    'variable "stage" {\n  type    = string\n  default = "prod"\n}\n\n'
    'variable "topic" {\n  type    = string\n  default = null\n}\n\n'
    'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n'
    '      version = "~> 5.0"\n    }\n  }\n}\n\nprovider "aws" {\n  region = "eu-west-1"\n}\n\n'
    'locals {\n  tags = {\n    Stage = var.stage\n    Owner = "platform"\n  }\n}\n\n'
)
_FORMS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (33, (_VARIABLE,)),
    (14, (_OUTPUT,)),
    (10, _PLAIN),
    (5, _LOOKED_UP),
    (5, _DOCUMENT),
    (8, _RELEVANT),
    (6, (_REGISTRY,)),
    (3, (_CALL,)),
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
    """Eight in ten are Terraform, in folders of four; the rest are templates and other YAML or JSON."""
    folders = max(1, count // 5)
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
