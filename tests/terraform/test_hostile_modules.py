"""Input that would blow up if it could: it ends with a word, and soon."""

from rootlint.model.identity import AccessPolicy
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Unknown, Why
from tests.terraform.reading import STATE, declared, unit

TOPIC = 'resource "aws_sns_topic" "t" {\n  name = "t"\n}\n'
POLICY = """
resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.d.json
}
data "aws_iam_policy_document" "d" {
  statement {
    actions = local.l%d
  }
}
"""


def test_lists_within_lists() -> None:
    chain = "".join(f"  l{n} = [local.l{n - 1}]\n" for n in range(1, 3000))
    found = unit(f"locals {{\n  l0 = []\n{chain}}}\n" + POLICY % 2999)
    (policy,) = declared(found, AccessPolicy)
    assert policy.document is not None
    assert len(policy.document.statements) == 1


def test_a_list_that_doubles_with_every_local() -> None:
    chain = "".join(f"  l{n} = [local.l{n - 1}, local.l{n - 1}]\n" for n in range(1, 80))
    text = f'locals {{\n  l0 = ["a"]\n{chain}}}\noutput "o" {{\n  value = local.l79\n}}\n'
    found = unit(STATE + text + POLICY % 79)
    (door,) = found.doors
    assert {each.why for each in unknowns(door.value)} == {Why.LIMIT}


def test_modules_that_double_with_every_level() -> None:
    files = {
        f"m{n}/main.tf": "".join(
            f'module "{name}" {{\n  source = "../m{n + 1}"\n}}\n' for name in "ab"
        )
        for n in range(40)
    }
    found = unit({**files, "m40/main.tf": TOPIC}, "m0")
    assert any(spot.anything and spot.because.why is Why.LIMIT for spot in found.blind_spots)


def test_modules_by_the_thousand_of_resources_by_the_thousand() -> None:
    files = {
        "main.tf": 'module "m" {\n  source = "./m"\n  count  = 900\n}\n',
        "m/main.tf": 'resource "aws_sns_topic" "t" {\n  count = 1900\n}\n',
    }
    found = unit(files)
    assert len(found.resources) < 30_000
    assert found.resources[-1].exists is Truth.UNKNOWN


def test_each_limit_is_one_line() -> None:
    files = {
        "main.tf": 'resource "aws_sns_topic" "t" {\n  count = 100000000\n}\n'
        'module "many" {\n  source = "./m"\n  count = 100000000\n}\n'
        'module "self" {\n  source = "./"\n}\n',
        "m/main.tf": 'resource "aws_sns_topic" "t" {\n}\n',
    }
    found = unit(files)
    assert [(each.reason, each.configuration) for each in found.unreadable] == [
        ("so many instances are not worked out", False),
        ("`module.self` calls a module that calls it", True),
        ("so many instances are not worked out", False),
    ]


def test_calls_by_the_thousand_end_with_a_word() -> None:
    call = 'module "m%d" {\n  source = "./m"\n}\n'
    files = {
        "main.tf": "".join(call % number for number in range(5_000)),
        "m/main.tf": 'resource "aws_sns_topic" "t" {\n}\n',
    }
    found = unit(files)
    assert len(found.resources) <= 1_000
    assert [each.reason for each in found.unreadable] == [
        "more than 1,000 module instances are not worked out"
    ]


LOOPS = "[for a in range(1000) : [for b in range(150) : a * b]]"


def test_the_work_of_all_expressions_of_a_unit_is_bounded() -> None:
    many = "".join(f"  l{n} = {LOOPS}\n" for n in range(40))
    outputs = "".join(f'output "o{n}" {{\n  value = local.l{n}[0][0]\n}}\n' for n in range(40))
    found = unit(f"{STATE}locals {{\n{many}}}\n{outputs}{TOPIC}")
    known = [door for door in found.doors if isinstance(door.value, Known)]
    assert 1 <= len(known) <= 6
    assert {each.why for door in found.doors for each in unknowns(door.value)} == {Why.LIMIT}
    (topic,) = found.resources
    assert topic.body.get("name") is not None
    assert not list(unknowns(topic.body))


def test_an_object_whose_keys_cannot_all_be_worked_out_is_not_known() -> None:
    loop = "{ for a in range(1000) : a => { for b in range(150) : b => a } }"
    many = "".join(f"  l{n} = {loop}\n" for n in range(10))
    found = unit(f'locals {{\n{many}}}\n{STATE}output "o" {{\n  value = local.l9\n}}\n')
    (door,) = found.doors
    assert isinstance(door.value, Unknown)
    assert door.value.why is Why.LIMIT


def test_a_count_beyond_all_bounds_stands_for_all() -> None:
    found = unit('resource "aws_sns_topic" "t" {\n  count = 100000000\n}\n')
    assert len(found.resources) == 1
    assert found.resources[0].exists is Truth.UNKNOWN


def test_a_local_value_that_needs_itself() -> None:
    ring = 'locals {\n  a = local.b\n  b = local.a\n}\noutput "o" {\n  value = local.a\n}\n'
    found = unit(STATE + ring)
    (door,) = found.doors
    assert {each.why for each in unknowns(door.value)} == {Why.LIMIT}
