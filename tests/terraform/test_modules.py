import pytest

from rootlint.model.truth import Truth
from rootlint.model.value import Known, Unknown, Why
from tests.terraform.reading import (
    SUBSCRIBED,
    TOPIC,
    name_of_topic,
    refers_of_subscription,
    resource,
    unit,
    written,
)


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


@pytest.mark.parametrize(
    ("elements", "exist"),
    [
        ("var.p, var.q", [Truth.YES, Truth.UNKNOWN]),
        ('"a", var.p', [Truth.YES, Truth.UNKNOWN]),
        ('"a", "${var.p}-b"', [Truth.YES, Truth.YES]),
    ],
)
def test_elements_that_may_be_the_same_make_one_that_may_exist(
    elements: str, exist: list[Truth]
) -> None:
    found = unit(
        'variable "p" {}\nvariable "q" {}\nresource "aws_sns_topic" "t" {\n'
        f"  for_each = toset([{elements}])\n}}\n"
    )
    assert [each.exists for each in found.resources] == exist


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
