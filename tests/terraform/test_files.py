"""Which files are loaded, and what goes over what."""

from rootlint.terraform.files import is_terraform, loaded
from tests.terraform.reading import resource, unit, written


def topic_name(**files: str) -> object:
    named = {name.replace("__", "."): text for name, text in files.items()}
    return written(resource(unit(named), "aws_sns_topic.t").body.get("name"))


def topic(name: str, more: str = "") -> str:
    return f'resource "aws_sns_topic" "t" {{\n  name = "{name}"\n{more}}}\n'


def test_a_tofu_file_replaces_the_terraform_file_of_its_name() -> None:
    assert loaded(["a.tf", "a.tofu", "b.tf", "b.tofu.json", "b.tf.json"]) == (
        "a.tofu",
        "b.tf",
        "b.tofu.json",
    )
    assert topic_name(main__tf=topic("terraform"), main__tofu=topic("tofu")) == "tofu"


def test_hidden_files_and_backups_are_not_loaded() -> None:
    assert not any(
        map(is_terraform, (".main.tf", "#main.tf#", "main.tf~", "main.tfvars", "a.json"))
    )


def test_override_files_come_last_in_the_order_of_their_names() -> None:
    assert loaded(["z.tf", "override.tf", "b_override.tf.json", "a_override.tf", "b.tf"]) == (
        "b.tf",
        "z.tf",
        "a_override.tf",
        "b_override.tf.json",
        "override.tf",
    )


def test_an_argument_is_replaced_and_the_others_stay() -> None:
    over = 'resource "aws_sns_topic" "t" {\n  display_name = "over"\n}\n'
    found = resource(unit({"main.tf": topic("a"), "override.tf": over}), "aws_sns_topic.t")
    assert written(found.body) == {"name": "a", "display_name": "over"}


def test_a_dynamic_block_is_replaced_by_one_of_its_kind() -> None:
    first = 'dynamic "delivery" {\n    for_each = [1]\n    content {\n      a = 1\n    }\n  }\n'
    over = 'resource "aws_sns_topic" "t" {\n  delivery {\n    a = 2\n  }\n}\n'
    found = resource(unit({"main.tf": topic("a", first), "override.tf": over}), "aws_sns_topic.t")
    assert written(found.body.get("delivery")) == [{"a": 2}]


def test_a_provider_is_overridden_by_its_alias() -> None:
    files = {
        "main.tf": 'provider "aws" {\n  region = "eu-west-1"\n  allowed_account_ids = ["1"]\n}\n'
        + topic("a"),
        "override.tf": 'provider "aws" {\n  region = "us-east-1"\n}\n',
    }
    scope = resource(unit(files), "aws_sns_topic.t").scope
    assert (written(scope.region), written(scope.account)) == ("us-east-1", "1")


def test_an_override_of_nothing_is_said() -> None:
    found = unit({"main.tf": topic("a"), "override.tf": 'variable "x" {\n  default = 1\n}\n'})
    (problem,) = found.unreadable
    assert problem.reason == "`variable` block overrides nothing that is declared"
