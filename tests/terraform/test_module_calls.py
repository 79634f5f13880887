"""Modules that are called, providers, data sources, outputs and files."""

from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Text, Unknown, Why
from rootlint.model.watch import Alarm, MetricFilter, Subscription, Topic, Trail
from tests.terraform.reading import (
    SUBSCRIBED,
    TOPIC,
    declared,
    name_of_topic,
    refers_of_subscription,
    resource,
    unit,
    written,
)

MODULES = {
    "main.tf": """
module "watch" {
  source = "./modules/watch"
  name   = "root"
}
"""
    + SUBSCRIBED % "module.watch.topic_arn",
    "modules/watch/main.tf": 'variable "name" {}\nvariable "size" {\n  default = 3\n}\n'
    + TOPIC % '"${var.name}-${var.size}"'
    + 'output "topic_arn" {\n  value = aws_sns_topic.alerts.arn\n}\n',
}


def test_a_called_module_has_its_arguments_and_defaults() -> None:
    assert name_of_topic(MODULES, "module.watch.aws_sns_topic.alerts") == "root-3"


def test_a_resource_of_a_module_relates_the_call() -> None:
    found = resource(unit(MODULES), "module.watch.aws_sns_topic.alerts")
    (label,) = found.calls
    text = MODULES["main.tf"]
    assert text[label.span.start : label.span.end] == 'module "watch"'


def test_an_output_keeps_the_reference() -> None:
    (subscription,) = declared(unit(MODULES), Subscription)
    assert subscription.topic is not None
    refers = getattr(subscription.topic, "refers", None)
    assert refers == (".", "module.watch.aws_sns_topic.alerts", "arn")


def test_a_module_with_for_each_has_addresses_with_keys() -> None:
    files = {
        **MODULES,
        "main.tf": """
module "watch" {
  source   = "./modules/watch"
  for_each = toset(["a", "b"])
  name     = each.value
}
"""
        + SUBSCRIBED % 'module.watch["b"].topic_arn',
    }
    found = unit(files)
    topics = [topic.resource.address for topic in declared(found, Topic)]
    (subscription,) = declared(found, Subscription)
    assert topics == [
        'module.watch["a"].aws_sns_topic.alerts',
        'module.watch["b"].aws_sns_topic.alerts',
    ]
    assert getattr(subscription.topic, "refers")[1] == topics[1]  # noqa: B009 - not every value has one


def test_a_module_that_is_switched_off_switches_off_what_it_holds() -> None:
    switched = MODULES["main.tf"].replace(
        'name   = "root"', 'name = "root"\n  count = var.on ? 1 : 0'
    )
    files = {**MODULES, "main.tf": switched + 'variable "on" {\n  default = false\n}\n'}
    found = resource(unit(files), "module.watch[0].aws_sns_topic.alerts")
    assert (found.exists, found.switch is not None) == (Truth.NO, True)


def test_a_module_within_a_module_within_a_module() -> None:
    files = {
        "main.tf": 'module "a" {\n  source = "./a"\n  name = "x"\n}\n',
        "a/main.tf": 'variable "name" {}\nmodule "b" {\n  source = "../b"\n  name = "${var.name}y"\n}\n',
        "b/main.tf": 'variable "name" {}\n' + TOPIC % "var.name",
    }
    assert name_of_topic(files, "module.a.module.b.aws_sns_topic.alerts") == "xy"


def test_a_module_that_calls_itself_ends_with_a_word() -> None:
    files = {
        "main.tf": 'module "a" {\n  source = "./a"\n}\n',
        "a/main.tf": 'module "a" {\n  source = "../a"\n}\n' + TOPIC % '"t"',
    }
    found = unit(files)
    assert [each.because.why for each in found.blind_spots] == [Why.LIMIT]


def test_a_module_that_is_not_on_disk_receives_what_is_passed_to_it() -> None:
    found = unit(
        TOPIC % '"t"'
        + """
module "chat" {
  source  = "acme/chat/aws"
  version = "1.0.0"
  topics  = { a = [aws_sns_topic.alerts.arn] }
}
"""
    )
    (spot,) = found.blind_spots
    assert spot.receives == {"aws_sns_topic.alerts"}
    assert spot.because.detail == "`module.chat` (acme/chat/aws) is not on disk"


def test_an_output_of_a_module_that_is_not_on_disk_is_unknown_and_keeps_its_name() -> None:
    text = 'module "t" {\n  source = "acme/t/aws"\n}\n' + SUBSCRIBED % "module.t.arn"
    (subscription,) = declared(unit(text), Subscription)
    assert isinstance(subscription.topic, Unknown)
    assert subscription.topic.why is Why.MODULE
    assert subscription.topic.refers == (".", "module.t", "arn")


def test_an_installed_registry_module_is_followed() -> None:
    files = {
        "main.tf": 'module "t" {\n  source = "acme/t/aws"\n}\n',
        ".terraform/modules/modules.json": (
            '{"Modules": [{"Key": "", "Source": "", "Dir": "."},'
            ' {"Key": "t", "Source": "acme/t/aws", "Dir": ".terraform/modules/t"}]}'
        ),
        ".terraform/modules/t/main.tf": TOPIC % '"installed"',
    }
    assert name_of_topic(files, "module.t.aws_sns_topic.alerts") == "installed"


def test_a_provider_alias_gives_the_region() -> None:
    found = unit(
        'provider "aws" {\n  region = "eu-west-1"\n}\n'
        'provider "aws" {\n  alias = "us"\n  region = "us-east-1"\n}\n'
        'resource "aws_sns_topic" "a" {}\n'
        'resource "aws_sns_topic" "b" {\n  provider = aws.us\n}\n'
    )
    scopes = [(each.scope.provider, text(each.scope.region)) for each in found.resources]
    assert scopes == [("", "eu-west-1"), ("us", "us-east-1")]


def test_a_provider_is_handed_to_a_module() -> None:
    files = {
        "main.tf": 'provider "aws" {\n  alias = "us"\n  region = "us-east-1"\n}\n'
        'module "m" {\n  source = "./m"\n  providers = {\n    aws = aws.us\n  }\n}\n',
        "m/main.tf": TOPIC % '"t"',
    }
    found = resource(unit(files), "module.m.aws_sns_topic.alerts")
    assert (found.scope.provider, text(found.scope.region)) == ("us", "us-east-1")


def test_a_region_of_the_resource_wins() -> None:
    found = unit(
        'provider "aws" {\n  region = "eu-west-1"\n}\n'
        'resource "aws_sns_topic" "a" {\n  region = "us-east-1"\n}\n'
    )
    assert text(found.resources[0].scope.region) == "us-east-1"


def test_the_account_of_an_assumed_role_is_known() -> None:
    found = unit(
        'provider "aws" {\n  assume_role {\n'
        '    role_arn = "arn:aws:iam::111122223333:role/deploy"\n  }\n}\n' + TOPIC % '"t"'
    )
    assert text(found.resources[0].scope.account) == "111122223333"


def test_the_arn_of_a_role_has_a_hole_for_the_account() -> None:
    found = unit(
        'resource "aws_iam_role" "r" {\n  name = "deploy"\n  path = "/ci/"\n}\n'
        + TOPIC % "aws_iam_role.r.arn"
    )
    arn = resource(found, "aws_sns_topic.alerts").body.get("name")
    assert isinstance(arn, Text)
    assert arn.parts[0] == "arn:aws:iam::"
    assert isinstance(arn.parts[1], Unknown)
    assert arn.parts[1].shape == "account"
    assert arn.parts[2:] == (":role/ci/deploy",)
    assert arn.refers == (".", "aws_iam_role.r", "arn")


def test_the_id_of_a_metric_filter_is_its_name() -> None:
    found = unit(
        'resource "aws_cloudwatch_log_metric_filter" "f" {\n  name = "Root"\n}\n'
        'resource "aws_cloudwatch_metric_alarm" "a" {\n'
        "  metric_name = aws_cloudwatch_log_metric_filter.f.id\n}\n"
    )
    (alarm,) = declared(found, Alarm)
    assert text(alarm.metric) == "Root"
    assert getattr(alarm.metric, "refers")[1] == "aws_cloudwatch_log_metric_filter.f"  # noqa: B009 - not every value has one


def test_a_data_source_is_unknown_and_keeps_its_name() -> None:
    text = 'data "aws_sns_topic" "t" {\n  name = "t"\n}\n' + SUBSCRIBED % "data.aws_sns_topic.t.arn"
    (subscription,) = declared(unit(text), Subscription)
    assert isinstance(subscription.topic, Unknown)
    assert subscription.topic.why is Why.DATA_SOURCE
    assert subscription.topic.refers == (".", "data.aws_sns_topic.t", "arn")


def test_the_partition_is_that_of_the_region() -> None:
    found = unit(
        'provider "aws" {\n  region = "us-gov-west-1"\n}\ndata "aws_partition" "p" {}\n'
        + TOPIC % "data.aws_partition.p.partition"
    )
    assert written(found.resources[0].body.get("name")) == "aws-us-gov"


def test_outputs_are_doors() -> None:
    found = unit(TOPIC % '"t"' + 'output "arn" {\n  value = aws_sns_topic.alerts.arn\n}\n')
    (door,) = found.doors
    assert door.name == "arn"
    assert getattr(door.value, "refers")[1] == "aws_sns_topic.alerts"  # noqa: B009 - not every value has one


def test_a_broken_file_may_hold_anything() -> None:
    found = unit({"main.tf": TOPIC % '"t"', "broken.tf": "this is } no { Terraform"})
    assert [spot.anything for spot in found.blind_spots][:1] == [True]
    assert [each.address for each in found.resources] == ["aws_sns_topic.alerts"]


def test_a_stack_receives_what_is_passed_to_it() -> None:
    found = unit(
        TOPIC % '"t"' + 'resource "aws_cloudformation_stack" "s" {\n  name = "s"\n'
        "  parameters = { Topic = aws_sns_topic.alerts.arn }\n}\n"
    )
    assert [spot.receives for spot in found.blind_spots] == [{"aws_sns_topic.alerts"}]


def test_a_file_beside_the_module_is_read() -> None:
    files = {
        "live/main.tf": 'module "m" {\n  source = "../m"\n  name = file("${path.module}/../n.txt")\n}\n',
        "m/main.tf": 'variable "name" {}\n' + TOPIC % "trimspace(var.name)",
        "n.txt": "root\n",
    }
    found = unit(files, "live")
    assert written(found.resources[0].body.get("name")) == "root"


def test_a_file_outside_the_tree_is_not_read() -> None:
    name = resource(unit(TOPIC % 'file("/etc/hostname")'), "aws_sns_topic.alerts").body.get("name")
    assert isinstance(name, Unknown)
    assert name.why is Why.FILE


def test_alarms_follow_filters_that_are_made_by_flatten_and_merge() -> None:
    text = """
locals {
  groups = { a = ["Root", "Login"], b = ["Key"] }
  metrics = merge([
    for group, names in local.groups : { for name in names : name => { group = group, name = name } }
  ]...)
}
resource "aws_cloudwatch_log_metric_filter" "f" {
  for_each       = local.metrics
  name           = each.value.name
  log_group_name = each.value.group
  metric_transformation {
    name      = each.value.name
    namespace = "N"
    value     = "1"
  }
}
resource "aws_cloudwatch_metric_alarm" "a" {
  for_each    = aws_cloudwatch_log_metric_filter.f
  alarm_name  = each.key
  metric_name = each.value.metric_transformation[0].name
  namespace   = each.value.metric_transformation[0].namespace
}
"""
    found = unit(text)
    filters = sorted(str(written(each.metric)) for each in declared(found, MetricFilter))
    alarms = sorted(str(written(each.metric)) for each in declared(found, Alarm))
    assert filters == alarms == ["Key", "Login", "Root"]


def test_a_value_of_a_resource_that_is_found_by_its_name() -> None:
    text = """
resource "aws_sns_topic" "t" {
  for_each = toset(["a", "b"])
  name     = each.key
}
"""
    picked = '[for t in aws_sns_topic.t : t.arn if t.name == "b"][0]'
    (subscription,) = declared(unit(text + SUBSCRIBED % picked), Subscription)
    assert getattr(subscription.topic, "refers")[1] == 'aws_sns_topic.t["b"]'  # noqa: B009 - not every value has one


BACKEND = 'backend "s3" {\n    bucket = "states"\n    key    = "watch"\n  }\n'


def test_an_output_is_exported_by_the_remote_state() -> None:
    found = unit("terraform {\n  " + BACKEND + '}\noutput "topic" {\n  value = "x"\n}\n')
    assert [text(door.export) for door in found.doors] == ["s3:states/watch.topic"]


def test_a_remote_state_refers_to_the_export() -> None:
    remote = 'data "terraform_remote_state" "w" {\n  backend = "s3"\n  config = {\n    %s\n  }\n}\n'
    config = 'bucket = "states"\n    key = "watch"'
    found = unit(remote % config + SUBSCRIBED % "data.terraform_remote_state.w.outputs.topic")
    (subscription,) = declared(found, Subscription)
    assert isinstance(subscription.topic, Unknown)
    assert subscription.topic.why is Why.IMPORT
    assert subscription.topic.refers == ("", "export", "s3:states/watch.topic")


def test_a_log_group_keeps_its_name_behind_the_star_of_a_trail() -> None:
    found = unit(
        'variable "name" {}\nresource "aws_cloudwatch_log_group" "g" {\n  name = var.name\n}\n'
        'resource "aws_cloudtrail" "t" {\n'
        '  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.g.arn}:*"\n}\n'
    )
    (trail,) = declared(found, Trail)
    assert getattr(trail.log_group, "refers")[1:] == ("aws_cloudwatch_log_group.g", "arn")  # noqa: B009 - not every value has one


def test_an_argument_that_names_another_resource_goes_on_naming_it() -> None:
    text = (
        TOPIC % '"t"'
        + 'resource "aws_sns_topic_policy" "p" {\n  arn = aws_sns_topic.alerts.arn\n}\n'
        + SUBSCRIBED % "aws_sns_topic_policy.p.arn"
    )
    assert refers_of_subscription(text) == ("aws_sns_topic.alerts", "arn")


def test_the_name_of_a_resource_names_it_wherever_it_comes_from() -> None:
    text = """
module "label" {
  source = "cloudposse/label/null"
}
resource "aws_cloudwatch_log_group" "g" {
  name = module.label.id
}
resource "aws_cloudwatch_log_metric_filter" "f" {
  log_group_name = aws_cloudwatch_log_group.g.id
}
"""
    (found,) = declared(unit(text), MetricFilter)
    assert getattr(found.log_group, "refers")[1] == "aws_cloudwatch_log_group.g"  # noqa: B009 - not every value has one
