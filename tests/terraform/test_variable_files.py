"""Which values are in force in a root module."""

import pytest

from rootlint.model.value import Known, Unknown, Why
from rootlint.source import Span
from rootlint.terraform.given import NO_INPUTS, NOTHING, Given, Inputs
from rootlint.terraform.variable_files import said, unselected
from tests.terraform.reading import resource, unit, written

MAIN = 'variable "a" {%s}\nresource "aws_sns_topic" "t" {\n  name = var.a\n}\n'


def name(
    files: dict[str, str], given: Given = NOTHING, inputs: Inputs = NO_INPUTS, declared: str = ""
) -> object:
    whole = {"main.tf": MAIN % declared, **files}
    return written(
        resource(unit(whole, given=given, inputs=inputs), "aws_sns_topic.t").body.get("name")
    )


def test_the_order_of_precedence_is_that_of_terraform() -> None:
    files = {
        "terraform.tfvars": 'a = "main"',
        "terraform.tfvars.json": '{"a": "main as json"}',
        "b.auto.tfvars": 'a = "b"',
        "a.auto.tfvars.json": '{"a": "a"}',
        "other.tfvars": 'a = "file"',
    }
    inputs = Inputs({"a": Known("environment", Span("terragrunt.hcl", 0, 0))})
    given = Given(var_files=("other.tfvars",), variables=(("a", "option"),))
    assert name({}, inputs=inputs) == "environment"
    assert name({"terraform.tfvars": files["terraform.tfvars"]}, inputs=inputs) == "main"
    assert name({path: files[path] for path in list(files)[:2]}) == "main as json"
    assert name(files) == "b"
    assert name(files, given._replace(variables=())) == "file"
    assert name(files, given) == "option"


def test_the_later_of_two_files_wins() -> None:
    files = {"x.tfvars": 'a = "x"', "y.tfvars.json": '{"a": "y"}'}
    assert name(files, Given(var_files=("y.tfvars.json", "x.tfvars"))) == "x"


@pytest.mark.parametrize(
    ("declared", "text", "value"),
    [
        ("", "[1]", "[1]"),
        ("type = string", "true", "true"),
        ("type = number", "3", 3),
        ("type = list(string)", '["x", "y"]', ["x", "y"]),
        ("\ntype = map(string)\n", '{ k = "v" }', {"k": "v"}),
    ],
)
def test_an_option_is_a_text_or_an_expression_by_the_type(
    declared: str, text: str, value: object
) -> None:
    assert name({}, Given(variables=(("a", text),)), declared=declared) == value


def test_an_option_says_where_the_value_comes_from() -> None:
    found = unit(MAIN % "", given=Given(variables=(("a", "x"),)))
    value = resource(found, "aws_sns_topic.t").body.get("name")
    assert isinstance(value, Known)
    assert (value.note, value.span.path) == ("by `--var a`", "main.tf")


def test_an_option_for_a_variable_that_is_not_declared_does_nothing() -> None:
    assert name({}, Given(variables=(("b", "x"),))) == "?"


def test_options_do_not_reach_into_modules() -> None:
    files = {
        "main.tf": 'module "m" {\n  source = "./m"\n}\n',
        "m/main.tf": MAIN % 'default = "d"',
    }
    found = unit(files, given=Given(variables=(("a", "x"),)))
    assert written(resource(found, "module.m.aws_sns_topic.t").body.get("name")) == "d"


def test_what_an_environment_hides_leaves_no_default_certain() -> None:
    hole = Unknown(Why.FILE, "an included file is not known", Span("terragrunt.hcl", 0, 0))
    assert name({}, inputs=Inputs({}, hole), declared='default = "d"') == "?"


def test_the_workspace_is_known_where_it_is_given() -> None:
    text = 'resource "aws_sns_topic" "t" {\n  name = "t-${terraform.workspace}"\n}\n'
    found = unit(text, given=Given(workspace="prod"))
    assert written(resource(found, "aws_sns_topic.t").body.get("name")) == "t-prod"


def test_a_nullable_variable_that_is_null_in_one_scenario_takes_the_default_there() -> None:
    files = {
        "main.tf": 'variable "on" {}\nmodule "m" {\n  source = "./m"\n  a = var.on ? "x" : null\n}\n',
        "m/main.tf": MAIN % '\ndefault = "d"\nnullable = false\n',
    }
    value = resource(unit(files), "module.m.aws_sns_topic.t").body.get("name")
    assert written(value) == {"when `var.on` is true": "x", "when `var.on` is false": "d"}


def test_files_that_nothing_selects_are_named() -> None:
    paths = [
        "live/dev.tfvars",
        "live/env/prod.tfvars.json",
        "live/terraform.tfvars",
        "live/vpc/net.auto.tfvars",
        "x/y.tfvars",
    ]
    found = unselected(paths, ["live"], ["live/dev.tfvars"])
    assert found == ("live/env/prod.tfvars.json",)
    assert said(found) == "`live/env/prod.tfvars.json` is not read: choose with --var-file"
    assert (
        said(("a", "b", "c", "d"))
        == "`a`, `b`, `c` and 1 more are not read: choose with --var-file"
    )
