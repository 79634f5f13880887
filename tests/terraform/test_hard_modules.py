"""Code as real repositories write it."""

import pytest

from rootlint.model.organization import OrganizationPolicy, OrganizationPolicyAttachment
from rootlint.model.truth import Truth
from rootlint.model.value import Text, Unknown, Why
from rootlint.model.watch import Alarm, Subscription
from tests.terraform.reading import declared, unit, written

DENY_ROOT = '{"Sid": "Root", "Effect": "Deny", "Action": "*", "Resource": "*"}'


def test_statements_are_gathered_from_files() -> None:
    files = {
        "main.tf": """
locals {
  files = ["root", "leave"]
}
resource "aws_organizations_policy" "p" {
  name = "all"
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = flatten([for name in local.files : jsondecode(file("${path.module}/scp/${name}.json"))])
  })
}
""",
        "scp/root.json": f"[{DENY_ROOT}]",
        "scp/leave.json": '[{"Sid": "Leave", "Effect": "Deny", "Action": "x:Leave", "Resource": "*"}]',
    }
    (policy,) = declared(unit(files), OrganizationPolicy)
    assert policy.document is not None
    assert [written(each.sid) for each in policy.document.statements] == ["Root", "Leave"]
    assert policy.document.statements[0].effect.span.path == "scp/root.json"


def test_a_template_of_a_policy() -> None:
    files = {
        "main.tf": 'variable "ou" {}\nresource "aws_organizations_policy" "p" {\n'
        '  content = templatefile("${path.module}/p.tftpl", { action = "iam:*", ou = var.ou })\n}\n',
        "p.tftpl": '{"Statement": [{"Effect": "Deny", "Action": "${action}", "Resource": "${ou}"}]}',
    }
    (policy,) = declared(unit(files), OrganizationPolicy)
    assert policy.document is not None
    (statement,) = policy.document.statements
    assert statement.action is not None
    assert [written(each) for each in statement.action.items] == ["iam:*"]


def test_policies_by_count_over_a_list_of_a_variable_file() -> None:
    files = {
        "live/main.tf": """
variable "policies" {
  type = list(object({ name = string, file = string }))
}
resource "aws_organizations_policy" "p" {
  count   = length(var.policies)
  name    = var.policies[count.index].name
  content = file("../${var.policies[count.index].file}")
}
""",
        "live/terraform.tfvars": 'policies = [{ name = "root", file = "scp/root.json" }]\n',
        "scp/root.json": f'{{"Statement": {DENY_ROOT}}}',
    }
    (policy,) = declared(unit(files, "live"), OrganizationPolicy)
    assert written(policy.name) == "root"
    assert policy.document is not None
    assert len(policy.document.statements) == 1


def test_an_attachment_that_an_external_program_decides_is_unknown() -> None:
    files = {
        "main.tf": """
module "documents" {
  source = "./documents"
}
data "external" "ous" {
  program = ["python", "${path.module}/ous.py"]
}
resource "aws_organizations_policy" "p" {
  for_each = module.documents.all
  content  = each.value
}
resource "aws_organizations_policy_attachment" "a" {
  for_each  = data.external.ous.result
  policy_id = aws_organizations_policy.p[each.key].id
  target_id = each.value
}
""",
        "documents/main.tf": """
variable "ids" {
  default = ["root"]
}
data "aws_iam_policy_document" "one" {
  statement {
    sid       = "Root"
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]
  }
}
locals {
  m = { root = data.aws_iam_policy_document.one.json }
}
data "aws_iam_policy_document" "all" {
  source_policy_documents = [for id in var.ids : local.m[id]]
}
output "all" {
  value = { (join("-", var.ids)) = data.aws_iam_policy_document.all.json }
}
""",
    }
    found = unit(files)
    (policy,) = declared(found, OrganizationPolicy)
    (attached,) = declared(found, OrganizationPolicyAttachment)
    assert policy.resource.address == 'aws_organizations_policy.p["root"]'
    assert policy.document is not None
    assert [written(each.sid) for each in policy.document.statements] == ["Root"]
    assert attached.resource.exists is Truth.UNKNOWN
    assert not isinstance(attached.target, str)


def test_a_condition_that_makes_one_empty_element() -> None:
    text = """
variable "on" {
  default = true
}
locals {
  one = var.on ? [""] : []
}
resource "aws_sns_topic_subscription" "s" {
  count = length(local.one)
}
"""
    assert [each.resource.exists for each in declared(unit(text), Subscription)] == [Truth.YES]


def test_a_topic_of_a_stack_is_unknown_and_keeps_its_name() -> None:
    text = """
resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = "{}"
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_actions = [aws_cloudformation_stack.s.outputs["Topic"]]
}
"""
    (alarm,) = declared(unit(text), Alarm)
    action = getattr(alarm.actions, "items")[0]  # noqa: B009 - not every value has some
    assert isinstance(action, Unknown)
    assert action.refers is not None
    assert action.refers.address == "aws_cloudformation_stack.s"


def test_a_file_with_a_blank_in_its_name_is_read() -> None:
    found = unit({"main .tf": 'resource "aws_sns_topic_subscription" "s" {\n}\n'})
    assert len(found.resources) == 1


def test_an_undeclared_variable_in_a_name_leaves_the_rest() -> None:
    text = 'resource "aws_cloudwatch_metric_alarm" "a" {\n  alarm_name = "${var.p}-root"\n}\n'
    (alarm,) = declared(unit(text), Alarm)
    assert isinstance(alarm.name, Text)
    assert isinstance(alarm.name.parts[0], Unknown)
    assert (alarm.name.parts[0].why, alarm.name.parts[1]) == (Why.UNDECLARED, "-root")


def test_a_file_that_a_module_argument_names_is_read_from_the_caller() -> None:
    files = {
        "a/b/main.tf": 'module "m" {\n  source  = "../m"\n'
        '  content = file("${path.module}/../../x.json")\n}\n',
        "a/m/main.tf": 'variable "content" {}\n'
        'resource "aws_organizations_policy" "p" {\n  content = var.content\n}\n',
        "x.json": f'{{"Statement": {DENY_ROOT}}}',
    }
    (policy,) = declared(unit(files, "a/b"), OrganizationPolicy)
    assert policy.document is not None
    assert policy.document.statements[0].effect.span.path == "x.json"


def test_policies_of_a_folder() -> None:
    files = {
        "main.tf": 'resource "aws_organizations_policy" "p" {\n'
        '  for_each = fileset("${path.module}/scp", "*.json")\n'
        '  content  = file("${path.module}/scp/${each.value}")\n}\n',
        "scp/root.json": f'{{"Statement": {DENY_ROOT}}}',
        "scp/off.json.tmp": "{}",
    }
    assert [each.address for each in unit(files).resources] == [
        'aws_organizations_policy.p["root.json"]'
    ]


@pytest.mark.parametrize("tree", ["../org", "../../lz/org"])
def test_policies_of_a_folder_of_a_tree_beside_the_working_directory(tree: str) -> None:
    main = (
        'resource "aws_organizations_policy" "p" {\n'
        '  for_each = fileset("${path.module}/WHERE", "**/*.json")\n'
        '  content  = "{}"\n}\n'
    )
    files = {f"{tree}/scp/root.json": "{}", f"{tree}/main.tf": main.replace("WHERE", "scp")}
    (found,) = unit(files, tree).resources
    assert found.address == 'aws_organizations_policy.p["root.json"]'
    # Of what lies above the tree only a part is known.
    above = {**files, f"{tree}/main.tf": main.replace("WHERE", "..")}
    assert [each.address for each in unit(above, tree).resources] == ["aws_organizations_policy.p"]


def test_what_moved_and_what_was_removed_does_no_harm() -> None:
    text = """
moved {
  from = aws_sns_topic_subscription.old
  to   = aws_sns_topic_subscription.s
}
removed {
  from = aws_sns_topic.gone
  lifecycle {
    destroy = true
  }
}
import {
  to = aws_sns_topic_subscription.s
  id = "arn"
}
check "c" {
  data "aws_sns_topic" "t" {
    name = "t"
  }
  assert {
    condition     = true
    error_message = "no"
  }
}
resource "aws_sns_topic_subscription" "s" {
  protocol = "email"
  lifecycle {
    prevent_destroy = true
    ignore_changes  = [endpoint]
    precondition {
      condition     = aws_sns_topic_subscription.s.protocol == "email"
      error_message = "no"
    }
  }
}
"""
    found = unit(text)
    assert (len(found.resources), found.unreadable, found.blind_spots) == (1, (), ())


def test_a_template_file_is_rendered() -> None:
    files = {
        "main.tf": 'data "template_file" "t" {\n  template = file("p.tpl")\n'
        '  vars = {\n    effect = "Deny"\n    keys = join(",", var.keys)\n  }\n}\n'
        'variable "keys" {}\nresource "aws_organizations_policy" "p" {\n'
        "  content = data.template_file.t.rendered\n}\n",
        "p.tpl": '{"Statement": {"Effect": "${effect}", "Action": "x:*", "Resource": "${keys}"}}',
    }
    (policy,) = declared(unit(files), OrganizationPolicy)
    assert policy.document is not None
    (statement,) = policy.document.statements
    assert written(statement.effect) == "Deny"
    assert statement.action is not None
    assert statement.action.items[0].span.path == "p.tpl"
