"""Constructs of real landing zones, each evaluated as Terraform would."""

import pytest

from rootlint.model.value import Encoded, Known, Map, Text, Unknown
from rootlint.terraform.convert import to_text
from tests.terraform.evaluating import hole, known, plain, value
from tests.terraform.reading import unit, written

WATCH = """
locals {
  patterns = { root = "Root", login = "Login" }
  accounts = ["a", "b"]
  filters = merge([for account in local.accounts : {
    for name, term in local.patterns : "${account}-${name}" => { account = account, term = term }
  }]...)
  pairs = flatten([for account in local.accounts : [
    for name, term in local.patterns : { key = "${account}/${name}", term = term } if term != "Login"
  ]])
}
resource "aws_cloudwatch_log_metric_filter" "f" {
  for_each       = local.filters
  name           = each.key
  pattern        = "{ $.x = \\"${each.value.term}\\" }"
  log_group_name = each.value.account
}
resource "aws_cloudwatch_metric_alarm" "a" {
  for_each   = aws_cloudwatch_log_metric_filter.f
  alarm_name = each.value.name
}
resource "aws_sns_topic" "t" {
  for_each = { for pair in local.pairs : pair.key => pair }
  name     = each.value.term
}
"""


def test_loops_in_loops_make_the_instances() -> None:
    found = {one.address: one.body for one in unit(WATCH).resources}
    body = found['aws_cloudwatch_log_metric_filter.f["b-root"]']
    assert written(body.entries["pattern"]) == '{ $.x = "Root" }'
    assert written(body.entries["log_group_name"]) == "b"
    alarm = found['aws_cloudwatch_metric_alarm.a["a-login"]']
    assert written(alarm.entries["alarm_name"]) == "a-login"
    assert {key for key in found if "topic" in key} == {
        'aws_sns_topic.t["a/root"]',
        'aws_sns_topic.t["b/root"]',
    }


def test_the_policy_of_that_name_among_all() -> None:
    policies = '[{name = "FullAccess", id = "p-1"}, {name = "x", id = "p-2"}]'
    assert plain(f'[for p in {policies} : p.id if p.name == "x"][0]') == "p-2"
    assert isinstance(value('[for p in var.all : p.id if p.name == "x"][0]'), Unknown)


@pytest.mark.parametrize(("switch", "size"), [(True, 1), (False, 0)])
def test_a_set_of_one_word_or_none(switch: bool, size: int) -> None:  # noqa: FBT001 - a value
    assert plain('length(toset(var.c ? ["true"] : []))', c=known(switch)) == size
    assert plain('length(var.c ? [""] : [])', c=known(switch)) == size


def test_statements_of_several_files_are_one_list() -> None:
    files = {"a.json": '{"Statement": [{"Sid": "A"}]}', "b.tpl": '{"Statement": [{"Sid": "${s}"}]}'}
    call = (
        'jsonencode({Statement = flatten([for f in [file("a.json"), '
        'templatefile("b.tpl", {s = var.s})] : jsondecode(f).Statement])})'
    )
    found = value(call, files, s=hole())
    assert isinstance(found, Encoded)
    assert written(found) == {"Statement": [{"Sid": "A"}, {"Sid": "?"}]}


def test_a_list_that_is_encoded_as_a_whole() -> None:
    files = {"scp.json": '{"Version": "v", "Statement": []}'}
    found = value('jsonencode(flatten([jsondecode(file("scp.json"))]))', files)
    word = to_text(found)
    assert isinstance(word, Known)
    assert word.value == '[{"Statement":[],"Version":"v"}]'


def test_one_unknown_arn_never_loses_a_statement() -> None:
    found = value('jsonencode({Statement = [{Sid = "a", Resource = ["x", var.arn]}, {Sid = "b"}]})')
    assert written(found) == {"Statement": [{"Sid": "a", "Resource": ["x", "?"]}, {"Sid": "b"}]}


def test_a_policy_in_a_heredoc_with_an_unknown_account() -> None:
    found = value(
        'jsondecode("{\\"Resource\\": \\"arn:aws:iam::${var.a}:root\\", \\"Sid\\": \\"s\\"}")'
    )
    assert isinstance(found, Map)
    assert isinstance(found.entries["Resource"], Text)
    assert written(found.entries["Sid"]) == "s"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ('"$${aws:username}"', "${aws:username}"),
        ('"%%{if}"', "%{if}"),
        ('"$$${x}"', "$${x}"),
        ('"&{aws:username}"', "&{aws:username}"),
        ('"a${"b"}${1}c"', "ab1c"),
        ('"%{ if true ~}  x  %{~ else }y%{ endif }"', "x"),
        ('"%{ for k, v in {a = 1} }${k}=${v};%{ endfor }"', "a=1;"),
        ("[[1, 2], [3]].1.0", 3),
        ("[{a = [1]}, {a = [2]}].*.a[0]", [1]),
        ("[{a = [1]}, {a = [2]}][*].a[0]", [1, 2]),
        ("true ? 1 : false ? 2 : 3", 1),
        ("1 + 2 * 3 - -1", 8),
        ("!true || true && !false", True),
        ('{for s in ["ab", "ac"] : substr(s, 0, 1) => s...}.a', ["ab", "ac"]),
        ("one([])", None),
        ("sensitive([1])[0]", 1),
        ("ephemeralasnull(1)", 1),
        ('core::length(core::split(",", "a,b"))', 2),
    ],
)
def test_the_language(text: str, meaning: object) -> None:
    assert plain(text) == meaning


def test_a_function_of_a_provider_is_unknown_by_name() -> None:
    found = value('provider::aws::arn_parse("arn:aws:iam::1:root").account_id')
    assert isinstance(found, Unknown)
    assert "provider::aws::arn_parse" in found.detail


def test_a_list_of_files_by_index() -> None:
    found = value('[for f in ["a", "b"] : file("${f}.json")][1]', {"b.json": "x", "a.json": "y"})
    assert isinstance(found, Known)
    assert found.value == "x"


def test_a_catalogue_in_yaml() -> None:
    files = {"c.yaml": "metrics:\n  root:\n    pattern: '{ $.a = \"Root\" }'\n    period: 300\n"}
    call = '{for name, m in yamldecode(file("c.yaml")).metrics : name => m.pattern}'
    found = value(call, files)
    assert isinstance(found, Map)
    assert written(found) == {"root": '{ $.a = "Root" }'}
