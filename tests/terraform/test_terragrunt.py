"""Modules that Terragrunt deploys."""

import pytest

from rootlint.source import Sources
from rootlint.terraform.read import read
from rootlint.terraform.terragrunt import Wrapped, wrapped
from rootlint.terraform.terragrunt_unit import deployed
from tests.terraform.reading import resource, tree, written

MODULE = (
    'variable "name" {\n  default = "d"\n}\nresource "aws_sns_topic" "t" {\n  name = var.name\n}\n'
)


def with_module(files: dict[str, str]) -> tuple[dict[str, tuple[str, ...]], Sources]:
    return tree({"modules/m/main.tf": MODULE, **files})


def found(text: str, **files: str) -> Wrapped | None:
    named = {name.replace("__", "/").replace("_", "."): body for name, body in files.items()}
    folders, sources = with_module({"live/a/terragrunt.hcl": text, **named})
    return wrapped("live/a/terragrunt.hcl", folders, sources)


def name_of(text: str, **files: str) -> object:
    named = {name.replace("__", "/").replace("_", "."): body for name, body in files.items()}
    folders, sources = with_module({"live/a/terragrunt.hcl": text, **named})
    what = wrapped("live/a/terragrunt.hcl", folders, sources)
    assert what is not None
    unit = read(what.folder, folders, sources, called=False, name="live/a", inputs=what.inputs)
    assert unit.name == "live/a"
    return written(resource(unit, "aws_sns_topic.t").body.get("name"))


SOURCE = 'terraform {\n  source = "../../modules//m"\n}\n'


def test_a_local_source_is_the_module_and_its_inputs_are_passed() -> None:
    assert name_of(SOURCE + 'inputs = { name = "x" }\n') == "x"
    assert name_of(SOURCE) == "d"


@pytest.mark.parametrize(
    "source",
    [
        "../../modules//m",
        "../../modules/m?ref=v1",
        "${get_terragrunt_dir()}/../../modules//m",
        '${dirname(find_in_parent_folders("root.hcl"))}/modules//m',
    ],
)
def test_a_source_by_a_path(source: str) -> None:
    what = found(f'terraform {{\n  source = "{source}"\n}}\n', root_hcl="")
    assert what is not None
    assert what.folder == "modules/m"


def test_a_source_elsewhere_is_no_unit() -> None:
    assert found('terraform {\n  source = "git::https://example.com/x.git"\n}\n') is None


def test_locals_and_settings_above_are_read() -> None:
    text = SOURCE + (
        'locals {\n  account = read_terragrunt_config(find_in_parent_folders("account.hcl"))\n'
        "  name = local.account.locals.name\n}\n"
        'inputs = { name = "${local.name}-topic" }\n'
    )
    assert name_of(text, live__account_hcl='locals {\n  name = "prod"\n}\n') == "prod-topic"


def test_outputs_of_others_and_the_environment_are_unknown() -> None:
    for written_value in ("dependency.vpc.outputs.name", 'get_env("NAME", "x")', 'run_cmd("ls")'):
        assert name_of(SOURCE + f"inputs = {{ name = {written_value} }}\n") == "?"


def test_inputs_of_an_included_file_are_passed_and_yield() -> None:
    include = 'include "root" {\n  path = find_in_parent_folders("root.hcl")\n}\n'
    root = 'inputs = { name = "above-${path_relative_to_include()}" }\n'
    assert name_of(SOURCE + include, root_hcl=root) == "above-live/a"
    assert name_of(SOURCE + include + 'inputs = { name = "own" }\n', root_hcl=root) == "own"


def test_an_included_file_that_is_not_there_leaves_no_default_certain() -> None:
    include = 'include "root" {\n  path = find_in_parent_folders("root.hcl")\n}\n'
    assert name_of(SOURCE + include) == "?"
    assert name_of(SOURCE + include + 'inputs = { name = "own" }\n') == "own"


def test_arguments_that_are_added_leave_no_default_certain() -> None:
    extra = (
        'terraform {\n  source = "../../modules//m"\n  extra_arguments "v" {\n'
        '    commands = ["plan"]\n    required_var_files = ["x.tfvars"]\n  }\n}\n'
    )
    assert name_of(extra) == "?"


ENV = 'include "env" {\n  path = "../../env.hcl"\n%s}\n'


def inputs_of(text: str, **files: str) -> object:
    what = found(SOURCE + text, **files)
    assert what is not None
    assert what.inputs.rest is None
    return {name: written(value) for name, value in what.inputs.values.items()}


def test_a_deep_merge_goes_into_maps_and_puts_lists_together() -> None:
    above = 'inputs = { m = { a = 1, b = "x" }, l = ["a"], s = "far", on = true, o = 1 }\n'
    own = 'inputs = { m = { b = "y", c = 3 }, l = ["b"], s = "near", on = false }\n'
    include = ENV % '  merge_strategy = "deep"\n'
    assert inputs_of(include + own, env_hcl=above) == {
        "m": {"a": 1, "b": "y", "c": 3},
        "l": ["a", "b"],
        "s": "near",
        "on": "?",  # it is put over the other only where it is not empty
        "o": 1,
    }


def test_a_shallow_merge_takes_each_input_whole() -> None:
    above = "inputs = { m = { a = 1 }, o = 1 }\n"
    assert inputs_of(ENV % "" + "inputs = { m = { b = 2 } }\n", env_hcl=above) == {
        "m": {"b": 2},
        "o": 1,
    }


def test_inputs_that_are_not_known_hide_those_above() -> None:
    what = found(
        SOURCE + ENV % "" + "inputs = merge({ a = 1 }, dependency.x.outputs)\n",
        env_hcl="inputs = { b = 1 }\n",
    )
    assert what is not None
    assert written(what.inputs.values.get("b")) in {"?", None}
    assert what.inputs.rest is not None


def test_what_is_exposed_is_read_and_need_not_be_merged() -> None:
    above = (
        'locals {\n  source = "../../modules//m"\n  n = "exposed"\n}\ninputs = { name = "above" }\n'
    )
    include = ENV % '  merge_strategy = "no_merge"\n  expose = true\n'
    text = include + (
        "terraform {\n  source = include.env.locals.source\n}\n"
        "inputs = { name = include.env.locals.n, other = include.env.inputs.name }\n"
    )
    what = found(text, env_hcl=above)
    assert what is not None
    assert what.folder == "modules/m"
    assert {n: written(v) for n, v in what.inputs.values.items()} == {
        "name": "exposed",
        "other": "above",
    }


def test_what_is_not_exposed_is_unknown() -> None:
    text = SOURCE + ENV % "" + "inputs = { name = include.env.locals.n }\n"
    assert name_of(text, env_hcl='locals {\n  n = "x"\n}\n') == "?"


def test_an_include_without_a_label() -> None:
    text = SOURCE + ENV.replace(' "env"', "") % "  expose = true\n"
    assert (
        name_of(text + "inputs = { name = include.locals.n }\n", env_hcl='locals {\n  n = "x"\n}\n')
        == "x"
    )


def test_a_second_argument_stands_for_what_is_not_there() -> None:
    text = (
        'locals {\n  c = read_terragrunt_config("none.hcl", { inputs = { n = "fallback" } })\n'
        '  p = find_in_parent_folders("none.hcl", "nothing")\n}\n'
        'inputs = { name = "${local.c.inputs.n} ${local.p}" }\n'
    )
    assert name_of(SOURCE + text) == "fallback nothing"


def test_a_path_that_is_put_together() -> None:
    text = (
        'locals {\n  e = read_terragrunt_config("${dirname(find_in_parent_folders("root.hcl"))}/_env/e.hcl")\n}\n'
        "inputs = { name = local.e.locals.n }\n"
    )
    folders, sources = with_module(
        {
            "live/a/terragrunt.hcl": SOURCE + text,
            "root.hcl": "",
            "_env/e.hcl": 'locals {\n  n = "e"\n}\n',
        }
    )
    what = wrapped("live/a/terragrunt.hcl", folders, sources)
    assert what is not None
    assert written(what.inputs.values["name"]) == "e"


def test_a_file_beside_it_that_an_input_names_is_read_by_the_module() -> None:
    files = {
        "modules/m/main.tf": 'variable "path" {}\nresource "aws_sns_topic" "t" {\n  name = file(var.path)\n}\n',
        "live/a/terragrunt.hcl": SOURCE
        + 'inputs = { path = "${get_terragrunt_dir()}/name.txt" }\n',
        "live/a/name.txt": "n",
    }
    folders, sources = with_module(files)
    unit = deployed("live/a/terragrunt.hcl", folders, sources)
    assert written(resource(unit, "aws_sns_topic.t").body.get("name")) == "n"


@pytest.mark.parametrize(
    "damage", ["inputs = { name = [\n", 'inputs = { name = "${"${\n', "inputs = {{}\n"]
)
def test_a_damaged_file_is_said_and_leaves_no_default_certain(damage: str) -> None:
    folders, sources = with_module({"live/a/terragrunt.hcl": SOURCE + damage})
    unit = deployed("live/a/terragrunt.hcl", folders, sources)
    assert unit.unreadable[0].path == "live/a/terragrunt.hcl"
    assert written(resource(unit, "aws_sns_topic.t").body.get("name")) == "?"


def test_a_file_that_is_no_text_is_said() -> None:
    folders, sources = with_module({"live/a/terragrunt.hcl": ""})
    sources = Sources()
    unit = deployed("live/a/terragrunt.hcl", folders, sources)
    assert [each.reason for each in unit.unreadable] == ["no such file"]
    assert [spot.anything for spot in unit.blind_spots] == [True]


def test_a_ring_of_locals_and_of_files_ends() -> None:
    ring = "locals {\n  a = local.b\n  b = local.a\n}\ninputs = { name = local.a }\n"
    assert name_of(SOURCE + ring) == "?"
    own = 'locals {\n  a = read_terragrunt_config(find_in_parent_folders("x.hcl"))\n}\n'
    text = SOURCE + own + "inputs = { name = local.a.locals.a }\n"
    again = 'locals {\n  a = read_terragrunt_config(find_in_parent_folders("x.hcl"))\n}\n'
    assert name_of(text, live__x_hcl=again) == "?"
