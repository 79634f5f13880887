"""Modules as real repositories put them together."""

import json
from pathlib import Path

import pytest

from rootlint.model.organization import OrganizationPolicy, OrganizationPolicyAttachment
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Why
from rootlint.model.watch import Alarm, MetricFilter
from rootlint.pipeline import run
from rootlint.settings import Settings
from tests.terraform.reading import declared, unit, written


def test_statements_by_key_through_modules_end_as_unknown_where_a_program_attaches_them() -> None:
    files = {
        "main.tf": """
module "statements" {
  source = "./statements"
}
module "policies" {
  source   = "./policy"
  for_each = { workloads = ["root", "leave"], sandbox = ["root"] }
  ids      = each.value
  m        = module.statements.by_id
}
data "external" "ous" {
  program = ["python", "ous.py"]
}
resource "aws_organizations_policy_attachment" "a" {
  for_each  = module.policies
  policy_id = each.value.id
  target_id = data.external.ous.result[each.key]
}
""",
        "statements/main.tf": """
data "aws_iam_policy_document" "root" {
  statement {
    sid       = "Root"
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "leave" {
  statement {
    sid       = "Leave"
    effect    = "Deny"
    actions   = ["organizations:LeaveOrganization"]
    resources = ["*"]
  }
}
output "by_id" {
  value = {
    root  = data.aws_iam_policy_document.root.json
    leave = data.aws_iam_policy_document.leave.json
  }
}
""",
        "policy/main.tf": """
variable "ids" { type = list(string) }
variable "m" { type = map(string) }
data "aws_iam_policy_document" "all" {
  source_policy_documents = [for id in var.ids : var.m[id]]
}
resource "aws_organizations_policy" "p" {
  name    = join("-", var.ids)
  content = data.aws_iam_policy_document.all.json
}
output "id" {
  value = aws_organizations_policy.p.id
}
""",
    }
    found = unit(files)
    sids = {
        str(written(policy.name)): [written(each.sid) for each in policy.document.statements]
        for policy in declared(found, OrganizationPolicy)
        if policy.document is not None
    }
    assert sids == {"root-leave": ["Root", "Leave"], "root": ["Root"]}
    attached = declared(found, OrganizationPolicyAttachment)
    assert [each.resource.exists for each in attached] == [Truth.YES, Truth.YES]
    for each in attached:
        assert isinstance(each.target, Unknown)
        assert each.target.why is Why.DATA_SOURCE
        assert each.policy is not None
        assert str(getattr(each.policy, "refers")[1]).endswith(".aws_organizations_policy.p")  # noqa: B009


CATALOGUE = """
RootAccountUsage:
  filter_pattern: "{ $.userIdentity.type = \\"Root\\" }"
  alarm_threshold: 1
ConsoleSignin:
  filter_pattern: "{ $.eventName = \\"ConsoleLogin\\" }"
  alarm_threshold: 3
"""


def test_a_catalogue_of_metrics_goes_through_a_registry_module() -> None:
    files = {
        "main.tf": """
module "config" {
  source      = "registry/config/yaml"
  version     = "1.0.0"
  paths       = ["catalog/*.yaml"]
  local_base  = path.module
}
module "alarms" {
  source  = "./alarms"
  metrics = module.config.map
}
""",
        "catalog/metrics.yaml": CATALOGUE,
        ".terraform/modules/modules.json": json.dumps(
            {"Modules": [{"Key": "config", "Source": "x", "Dir": ".terraform/modules/config"}]}
        ),
        ".terraform/modules/config/main.tf": """
variable "paths" { type = list(string) }
variable "local_base" { type = string }
locals {
  files = flatten([for path in var.paths : [for found in fileset(var.local_base, path) : found]])
  all   = [for found in local.files : yamldecode(file("${var.local_base}/${found}"))]
}
output "map" {
  value = merge(local.all...)
}
""",
        "alarms/main.tf": """
variable "metrics" {}
resource "aws_cloudwatch_log_metric_filter" "f" {
  for_each       = var.metrics
  name           = each.key
  pattern        = each.value.filter_pattern
  log_group_name = "g"
  metric_transformation {
    name      = each.key
    namespace = "n"
    value     = "1"
  }
}
resource "aws_cloudwatch_metric_alarm" "a" {
  for_each    = var.metrics
  alarm_name  = each.key
  metric_name = aws_cloudwatch_log_metric_filter.f[each.key].metric_transformation[0].name
  threshold   = each.value.alarm_threshold
}
""",
    }
    found = unit(files)
    filters = {written(each.name): written(each.pattern) for each in declared(found, MetricFilter)}
    assert filters["RootAccountUsage"] == '{ $.userIdentity.type = "Root" }'
    alarms = {written(each.metric): written(each.threshold) for each in declared(found, Alarm)}
    assert alarms == {"ConsoleSignin": 3, "RootAccountUsage": 1}


def test_a_module_that_only_terragrunt_calls_is_judged_with_its_inputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    module = tmp_path / "modules/keys"
    module.mkdir(parents=True)
    (module / "main.tf").write_text(
        'variable "user" {}\nresource "aws_iam_access_key" "k" {\n  user = var.user\n}\n'
    )
    for name, user in (("a", "root"), ("b", "deploy")):
        live = tmp_path / "live" / name
        live.mkdir(parents=True)
        (live / "terragrunt.hcl").write_text(
            f'terraform {{\n  source = "../../modules//keys"\n}}\ninputs = {{ user = "{user}" }}\n'
        )
    report = run((".",), Settings())
    (found,) = [each for each in report.findings if each.check.name == "root-access-key"]
    assert found.units == ("live/a",)


def test_a_module_with_several_examples_is_one_finding_that_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.tf").write_text('resource "aws_iam_access_key" "k" {\n  user = "root"\n}\n')
    for name in ("basic", "complete"):
        example = tmp_path / "examples" / name
        example.mkdir(parents=True)
        (example / "main.tf").write_text('module "m" {\n  source = "../../"\n}\n')
    report = run((".",), Settings())
    (found,) = [each for each in report.findings if each.check.name == "root-access-key"]
    assert found.units == ("examples/basic", "examples/complete")
