from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text, Unknown, Why
from rootlint.model.watch import Alarm, MetricFilter, Subscription, Topic, Trail
from tests.terraform.reading import declared, resource, unit, written

TOPIC = 'resource "aws_sns_topic" "alerts" {\n  name = %s\n}\n'


def name_of_topic(files: dict[str, str], address: str = "aws_sns_topic.alerts") -> object:
    return written(resource(unit(files), address).body.get("name"))


def test_the_value_of_a_variable_is_its_default_and_says_so() -> None:
    found = unit(TOPIC % "var.name" + 'variable "name" {\n  default = "root"\n}\n')
    name = resource(found, "aws_sns_topic.alerts").body.get("name")
    assert isinstance(name, Known)
    assert (name.value, name.note) == ("root", "by default of `var.name`")


def test_a_variable_file_wins_over_the_default() -> None:
    files = {
        "main.tf": TOPIC % "var.name" + 'variable "name" {\n  default = "x"\n}\n',
        "terraform.tfvars": 'name = "main"\n',
    }
    name = resource(unit(files), "aws_sns_topic.alerts").body.get("name")
    assert isinstance(name, Known)
    assert (name.value, name.note) == ("main", "by `terraform.tfvars`")


def test_of_several_variable_files_the_last_wins() -> None:
    files = {
        "main.tf": TOPIC % "var.name" + 'variable "name" {}\n',
        "terraform.tfvars": 'name = "main"\n',
        "a.auto.tfvars": 'name = "a"\n',
        "b.auto.tfvars": 'name = "b"\n',
        "prod.tfvars": 'name = "prod"\n',
    }
    assert name_of_topic(files) == "b"


def test_a_variable_without_a_value_is_unknown() -> None:
    found = unit(TOPIC % "var.name" + 'variable "name" {}\n')
    name = resource(found, "aws_sns_topic.alerts").body.get("name")
    assert isinstance(name, Unknown)
    assert (name.why, name.detail) == (Why.VARIABLE, "`var.name` has no value")


def test_an_undeclared_variable_is_unknown() -> None:
    found = unit(TOPIC % "var.name")
    name = resource(found, "aws_sns_topic.alerts").body.get("name")
    assert isinstance(name, Unknown)
    assert name.why is Why.UNDECLARED


def test_an_optional_attribute_has_its_default() -> None:
    text = """
    variable "topic" {
      type    = object({ name = optional(string, "root"), ttl = optional(number) })
      default = {}
    }
    """
    assert name_of_topic({"main.tf": text + TOPIC % "var.topic.name"}) == "root"


def test_a_variable_of_type_bool_takes_a_string() -> None:
    text = """
    variable "on" {
      type    = bool
      default = "true"
    }
    """
    assert name_of_topic({"main.tf": text + TOPIC % 'var.on == true ? "y" : "n"'}) == "y"


def test_a_chain_of_a_thousand_locals_is_followed() -> None:
    chain = "".join(f"  l{n} = local.l{n - 1}\n" for n in range(1, 1000))
    text = f'locals {{\n  l0 = "deep"\n{chain}}}\n' + TOPIC % "local.l999"
    assert name_of_topic({"main.tf": text}) == "deep"


def test_a_ring_of_locals_ends_with_a_word() -> None:
    found = unit("locals {\n  a = local.b\n  b = local.a\n}\n" + TOPIC % "local.a")
    name = resource(found, "aws_sns_topic.alerts").body.get("name")
    assert isinstance(name, Unknown)
    assert "depends on itself" in name.detail


def test_an_override_file_replaces_arguments() -> None:
    files = {
        "a_override.tf": 'resource "aws_sns_topic" "alerts" {\n  name = "over"\n}\n',
        "main.tf": 'resource "aws_sns_topic" "alerts" {\n  name = "x"\n  fifo_topic = true\n}\n',
    }
    body = resource(unit(files), "aws_sns_topic.alerts").body
    assert (written(body.get("name")), written(body.get("fifo_topic"))) == ("over", True)


def test_a_null_argument_is_not_written() -> None:
    assert name_of_topic({"main.tf": TOPIC % "null"}) is None


def test_a_count_makes_instances() -> None:
    found = unit('resource "aws_sns_topic" "t" {\n  count = 2\n  name  = "t${count.index}"\n}\n')
    assert [(r.address, written(r.body.get("name"))) for r in found.resources] == [
        ("aws_sns_topic.t[0]", "t0"),
        ("aws_sns_topic.t[1]", "t1"),
    ]


def test_for_each_makes_instances() -> None:
    found = unit(
        'resource "aws_sns_topic" "t" {\n  for_each = { a = "x", b = "y" }\n'
        '  name = "${each.key}-${each.value}"\n}\n'
    )
    assert [(r.address, written(r.body.get("name"))) for r in found.resources] == [
        ('aws_sns_topic.t["a"]', "a-x"),
        ('aws_sns_topic.t["b"]', "b-y"),
    ]


SWITCHED = """
variable "on" {
  type    = bool
  default = false
}
locals {
  make = var.on && true
}
resource "aws_sns_topic" "t" {
  count = local.make ? 1 : 0
  name  = "t"
}
"""


def test_a_switched_off_resource_names_the_switch() -> None:
    found = resource(unit(SWITCHED), "aws_sns_topic.t[0]")
    assert found.exists is Truth.NO
    assert found.switch is not None
    assert SWITCHED[found.switch.span.start : found.switch.span.end] == "false"
    assert found.switch.text == "`false` by default of `var.on`"


def test_toset_of_a_condition_is_a_switch() -> None:
    switched = SWITCHED.replace(
        "count = local.make ? 1 : 0", 'for_each = toset(var.on ? ["x"] : [])'
    )
    found = resource(unit(switched), "aws_sns_topic.t")
    assert (found.exists, found.switch is not None) == (Truth.NO, True)


def test_a_compared_boolean_is_a_switch() -> None:
    switched = SWITCHED.replace("count = local.make", "count = var.on == true")
    found = resource(unit(switched), "aws_sns_topic.t[0]")
    assert (found.exists, found.switch is not None) == (Truth.NO, True)


def test_an_empty_list_is_no_switch() -> None:
    found = resource(
        unit('resource "aws_sns_topic" "t" {\n  for_each = toset([])\n}\n'), "aws_sns_topic.t"
    )
    assert (found.exists, found.switch) == (Truth.NO, None)


def test_an_unknown_count_makes_one_that_may_exist() -> None:
    found = resource(
        unit('variable "n" {}\nresource "aws_sns_topic" "t" {\n  count = var.n\n}\n'),
        "aws_sns_topic.t[0]",
    )
    assert found.exists is Truth.UNKNOWN
    assert found.because is not None
    assert found.because.detail == "`var.n` has no value"


def test_an_unknown_condition_makes_one_that_may_exist() -> None:
    found = unit('variable "on" {}\nresource "aws_sns_topic" "t" {\n  count = var.on ? 1 : 0\n}\n')
    assert [each.exists for each in found.resources] == [Truth.UNKNOWN]


def test_too_many_instances_are_one_that_may_exist() -> None:
    found = unit('resource "aws_sns_topic" "t" {\n  count = 1000000000\n}\n')
    assert [each.exists for each in found.resources] == [Truth.UNKNOWN]
    assert found.resources[0].because is not None
    assert found.resources[0].because.why is Why.LIMIT


def test_a_set_of_unknown_elements_makes_instances_that_exist() -> None:
    found = unit(
        'variable "p" {}\nresource "aws_sns_topic" "t" {\n'
        '  for_each = toset(["${var.p}-a", "${var.p}-b"])\n  name = each.value\n}\n'
    )
    assert [each.exists for each in found.resources] == [Truth.YES, Truth.YES]


SUBSCRIBED = """
resource "aws_sns_topic_subscription" "s" {
  topic_arn = %s
  protocol  = "email"
  endpoint  = "a@example.com"
}
"""


def refers_of_subscription(text: str) -> object:
    (subscription,) = declared(unit(text), Subscription)
    assert subscription.topic is not None
    refers = getattr(subscription.topic, "refers", None)
    return refers and (refers.address, refers.attribute)


def test_a_reference_names_the_resource() -> None:
    text = TOPIC % '"t"' + SUBSCRIBED % "aws_sns_topic.alerts.arn"
    assert refers_of_subscription(text) == ("aws_sns_topic.alerts", "arn")


def test_a_reference_to_one_of_a_count_names_the_instance() -> None:
    text = (
        'resource "aws_sns_topic" "t" {\n  count = 1\n}\n' + SUBSCRIBED % "aws_sns_topic.t[0].arn"
    )
    assert refers_of_subscription(text) == ("aws_sns_topic.t[0]", "arn")


def test_a_reference_to_one_of_an_unknown_count_names_the_instance() -> None:
    text = (
        'variable "n" {}\nresource "aws_sns_topic" "t" {\n  count = var.n\n}\n'
        + SUBSCRIBED % "aws_sns_topic.t[0].arn"
    )
    assert refers_of_subscription(text) == ("aws_sns_topic.t[0]", "arn")


def test_a_reference_survives_locals_lists_and_conditions() -> None:
    text = (
        TOPIC % '"t"'
        + "locals {\n  arns = true ? [aws_sns_topic.alerts.arn] : []\n}\n"
        + SUBSCRIBED % "element(local.arns, 0)"
    )
    assert refers_of_subscription(text) == ("aws_sns_topic.alerts", "arn")


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


def test_a_json_configuration_is_said_to_be_unread() -> None:
    found = unit({"main.tf": TOPIC % '"t"', "more.tf.json": "{}"})
    (spot,) = found.blind_spots
    assert (spot.because.why, spot.anything) == (Why.FILE, True)


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
