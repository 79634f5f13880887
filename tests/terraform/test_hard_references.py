"""References as real code makes them: over resources, through data, by workspace, to oneself."""

import pytest

from rootlint.model.identity import AccessPolicy
from rootlint.model.organization import OrganizationPolicyAttachment
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text, Unknown, Why
from rootlint.model.watch import Alarm, Subscription
from rootlint.terraform.given import Given
from tests.terraform.reading import TOPIC, declared, resource, unit, written


def test_for_each_over_a_resource_makes_one_for_each_of_its_instances() -> None:
    text = """
resource "aws_sns_topic" "t" {
  for_each = { root = "r", other = "o" }
  name     = each.value
}
resource "aws_sns_topic_subscription" "s" {
  for_each  = aws_sns_topic.t
  topic_arn = each.value.arn
  protocol  = "email"
  endpoint  = "${each.key}@example.com"
}
"""
    found = {
        str(each.endpoint and written(each.endpoint)): each
        for each in declared(unit(text), Subscription)
    }
    assert set(found) == {"root@example.com", "other@example.com"}
    topic = found["root@example.com"].topic
    assert topic is not None
    assert getattr(topic, "refers")[1:] == ('aws_sns_topic.t["root"]', "arn")  # noqa: B009


@pytest.mark.parametrize(
    ("workspace", "exists"), [("prod", Truth.YES), ("dev", Truth.NO), (None, Truth.UNKNOWN)]
)
def test_a_resource_of_one_workspace(workspace: str | None, exists: Truth) -> None:
    text = 'resource "aws_sns_topic" "t" {\n  count = terraform.workspace == "prod" ? 1 : 0\n}\n'
    found = unit(text, given=Given(workspace=workspace))
    assert [each.exists for each in found.resources] == [exists]


def test_a_table_by_the_workspace() -> None:
    text = (
        'locals {\n  names = { prod = "p", dev = "d" }\n}\n'
        'resource "aws_sns_topic" "t" {\n  name = lookup(local.names, terraform.workspace, "x")\n}\n'
    )
    known = unit(text, given=Given(workspace="dev"))
    assert written(resource(known, "aws_sns_topic.t").body.get("name")) == "d"
    hidden = resource(unit(text), "aws_sns_topic.t").body.get("name")
    assert not isinstance(hidden, Known)


def test_a_policy_that_is_fetched_is_unknown_and_its_neighbours_are_not() -> None:
    text = """
data "http" "denies" {
  url = "https://example.com/deny.json"
}
resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Statement = concat(
      [{ Effect = "Deny", Action = "iam:*", Resource = "*" }],
      jsondecode(data.http.denies.response_body).Statement,
    )
  })
}
"""
    (found,) = declared(unit(text), AccessPolicy)
    assert found.document is not None
    assert [written(each.effect) for each in found.document.statements] == ["Deny"]
    assert found.document.rest is not None
    assert found.document.rest.why is Why.DATA_SOURCE


def test_the_root_of_an_organization_that_is_looked_up_is_named() -> None:
    text = """
data "aws_organizations_organization" "o" {}
resource "aws_organizations_policy_attachment" "a" {
  policy_id = "p-1"
  target_id = data.aws_organizations_organization.o.roots[0].id
}
"""
    (found,) = declared(unit(text), OrganizationPolicyAttachment)
    assert isinstance(found.target, Unknown)
    assert found.target.refers is not None
    assert found.target.refers[1:] == ("data.aws_organizations_organization.o", "roots[0].id")


def test_who_runs_terraform_is_a_hole_of_twelve_digits() -> None:
    text = (
        'data "aws_caller_identity" "me" {}\ndata "aws_partition" "p" {}\n'
        + TOPIC
        % '"arn:${data.aws_partition.p.partition}:iam::${data.aws_caller_identity.me.account_id}:root"'
    )
    name = resource(unit(text), "aws_sns_topic.alerts").body.get("name")
    assert isinstance(name, Text)
    before, hole, after = name.parts
    assert (before, after) == ("arn:aws:iam::", ":root")
    assert isinstance(hole, Unknown)
    assert hole.shape == "account"


def test_what_a_resource_waits_for_hides_nothing_and_makes_no_ring() -> None:
    text = """
resource "aws_sns_topic" "a" {
  name       = "a"
  depends_on = [aws_sns_topic.b, module.none]
}
resource "aws_sns_topic" "b" {
  name       = aws_sns_topic.a.name
  depends_on = [aws_sns_topic.a]
}
"""
    found = unit(text)
    assert written(resource(found, "aws_sns_topic.b").body.get("name")) == "a"
    assert found.unreadable == ()


def test_a_script_of_a_resource_speaks_of_itself() -> None:
    text = """
resource "aws_sns_topic" "t" {
  name = "alerts"
  provisioner "local-exec" {
    command = "aws sns subscribe --topic-arn ${self.arn} --protocol email --endpoint ${self.name}@example.com"
  }
}
"""
    scripts = resource(unit(text), "aws_sns_topic.t").body.get("provisioner")
    assert "{aws_sns_topic.t.arn is known after apply}" in str(written(scripts))


def test_an_alarm_for_each_filter_by_a_splat_and_by_an_index() -> None:
    text = """
resource "aws_cloudwatch_log_metric_filter" "f" {
  count = 2
  name  = "f${count.index}"
  metric_transformation {
    name      = "m${count.index}"
    namespace = "n"
    value     = "1"
  }
}
resource "aws_cloudwatch_metric_alarm" "a" {
  count       = length(aws_cloudwatch_log_metric_filter.f)
  alarm_name  = aws_cloudwatch_log_metric_filter.f.*.name[count.index]
  metric_name = aws_cloudwatch_log_metric_filter.f[count.index].metric_transformation.0.name
}
"""
    assert [(written(each.name), written(each.metric)) for each in declared(unit(text), Alarm)] == [
        ("f0", "m0"),
        ("f1", "m1"),
    ]
