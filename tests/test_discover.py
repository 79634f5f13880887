import os
from pathlib import Path

import pytest

from rootlint.discover import Found, Template, discover
from rootlint.source import Sources
from rootlint.terraform.roots import Module

TOPIC = 'resource "aws_sns_topic" "a" {\n}\n'
TEMPLATE = "Resources:\n  A:\n    Type: AWS::SNS::Topic\n"


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_tf", ".tf").replace("_yaml", ".yaml"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def found(*paths: str, exclude: tuple[str, ...] = ()) -> Found:
    return discover(paths or (".",), exclude, Sources())


def call(source: str) -> str:
    return f'module "m" {{\n  source = "{source}"\n}}\n'


def test_a_folder_that_others_call_is_no_root() -> None:
    put(a__main_tf=call("../b"), b__main_tf=TOPIC, c__main_tf=TOPIC)
    assert found().modules == (Module("a"), Module("c"))


def test_a_root_without_anything_relevant_is_left_out() -> None:
    put(a__main_tf='resource "aws_vpc" "v" {\n}\n', b__main_tf=TOPIC)
    assert found().modules == (Module("b"),)


def test_a_ring_of_modules_is_read_once() -> None:
    put(a__main_tf=call("../b") + TOPIC, b__main_tf=call("../a") + TOPIC)
    assert found().modules == (Module("a", called=True),)


def test_a_module_above_the_path_given_is_reached() -> None:
    put(live__main_tf=call("../shared"), shared__main_tf=TOPIC)
    os.system("git init -q")
    assert found("live").modules == (Module("live"),)


def test_templates_are_known_by_their_bytes() -> None:
    put(a_yaml=TEMPLATE, b_yaml="Resources: of ours\n")
    assert [template.path for template in found().templates] == ["a.yaml"]


def test_a_named_file_is_tried_whatever_it_is_called() -> None:
    Path("a.txt").write_text(TEMPLATE)
    (template,) = found("a.txt").templates
    assert template.named


def test_a_nested_template_is_no_unit_of_its_own() -> None:
    nested = "Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n"
    put(a_yaml=nested + "      TemplateURL: ./b.yaml\n", b_yaml=TEMPLATE)
    assert [template.path for template in found().templates] == ["a.yaml"]


def test_what_is_excluded_is_not_read() -> None:
    put(a__main_tf=TOPIC, b__main_tf=TOPIC)
    assert found(exclude=("b/",)).modules == (Module("a"),)


def test_a_pipe_is_not_opened() -> None:
    os.mkfifo("pipe.tf")
    (problem,) = found().unreadable
    assert problem.reason == "no regular file"


def test_a_file_that_is_too_large_is_said() -> None:
    put(main_tf=TOPIC + "#" * 10_000_000)
    (problem,) = found().unreadable
    assert problem.reason.startswith("too large")


def test_a_file_without_permission_is_said(tree: Path) -> None:
    put(main_tf=TOPIC)
    (tree / "main.tf").chmod(0)
    if os.access("main.tf", os.R_OK):
        pytest.skip("this user may read everything")
    (problem,) = found().unreadable
    assert problem.reason == "permission denied"


def test_of_a_cloud_assembly_the_stacks_are_read() -> None:
    stack = (
        '{"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/eu-west-1", '
    )
    properties = '"properties": {"templateFile": "Watch.template.json"}}'
    Path("cdk.out/asset.1").mkdir(parents=True)
    Path("cdk.out/manifest.json").write_text(f'{{"artifacts": {{"Watch": {stack}{properties}}}}}')
    for name in ("Watch.template.json", "WatchInner.nested.template.json", "asset.1/t.json"):
        Path("cdk.out", name).write_text('{"Resources": {"A": {"Type": "AWS::SNS::Topic"}}}')
    (template,) = found("cdk.out").templates
    assert template == Template("cdk.out/Watch.template.json", named=False, region="eu-west-1")
    assert found("cdk.out/asset.1/t.json").templates == (
        Template("cdk.out/asset.1/t.json", named=True),
    )


@pytest.mark.parametrize(
    "path", ["package-lock.json", "chart/templates/a.yaml", "a.tftest.hcl", "a.lock.hcl", "a.md"]
)
def test_what_is_no_configuration_by_its_name(path: str) -> None:
    put(chart__Chart_yaml="name: c\n")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(TEMPLATE)
    assert not found().templates
    assert not found().unreadable


@pytest.mark.parametrize("ending", ["yaml", "yml", "json", "template", "cft", "cfn"])
def test_the_endings_of_templates(ending: str) -> None:
    Path(f"a.{ending}").write_text(TEMPLATE)
    assert [template.path for template in found().templates] == [f"a.{ending}"]


def test_plans_and_states_are_told_apart_from_templates() -> None:
    Path("plan.json").write_text('{"format_version": "1.2", "planned_values": {}}')
    Path("state.json").write_text(
        '{"format_version": "1.0", "terraform_version": "1", "values": {}}'
    )
    Path("terraform.tfstate").write_text('{"version": 4, "lineage": "x"}')
    seen = found()
    assert (seen.plans, seen.states) == (("plan.json",), ("state.json", "terraform.tfstate"))
    assert not seen.templates


def test_a_saved_plan_that_is_named_is_said() -> None:
    Path("tfplan").write_bytes(b"PK\x03\x04....")
    (problem,) = found("tfplan").unreadable
    assert "terraform show -json" in problem.reason
    assert not problem.configuration


def test_a_module_that_terragrunt_deploys_is_read_for_it() -> None:
    put(modules__m__main_tf=TOPIC)
    for name in ("a", "b"):
        Path("live", name).mkdir(parents=True)
        text = 'terraform {\n  source = "../../modules//m"\n}\n'
        Path("live", name, "terragrunt.hcl").write_text(text)
    assert found().modules == (
        Module("modules/m", wrapper="live/a/terragrunt.hcl"),
        Module("modules/m", wrapper="live/b/terragrunt.hcl"),
    )


def test_a_file_of_terragrunt_that_cannot_be_read_is_a_unit_that_says_so() -> None:
    put(m__main_tf=TOPIC, live__x_tf="")
    Path("live", "terragrunt.hcl").write_text('terraform {\n  source = "../m\n}\n')
    Path("live", "x.tf").unlink()
    assert found().modules == (Module("live", wrapper="live/terragrunt.hcl"), Module("m"))


FUNCTION = 'variable "v" {}\nresource "aws_lambda_function" "f" {\n}\n'
LITERAL = "AKIA" + "QYLPMN5HFIQR7XYZ"


@pytest.mark.parametrize("name", ["terraform.tfvars", "x.auto.tfvars", "x.auto.tfvars.json"])
def test_a_literal_in_a_file_of_variables_makes_its_root_relevant(name: str) -> None:
    put(a__main_tf=FUNCTION, b__main_tf=FUNCTION)
    Path("a", name).write_text(f'v = "{LITERAL}"\n')
    assert found().modules == (Module("a"),)


def test_a_chosen_file_of_variables_is_given_to_every_root() -> None:
    put(a__main_tf=FUNCTION, b__main_tf=FUNCTION)
    Path("prod.tfvars").write_text(f'v = "{LITERAL}"\n')
    chosen = discover((".",), (), Sources(), var_files=("prod.tfvars",))
    assert chosen.modules == (Module("a"), Module("b"))


def test_what_terragrunt_gives_or_generates_makes_its_unit_relevant() -> None:
    put(m__main_tf=FUNCTION, n__main_tf=FUNCTION)
    for name in "mn":
        Path("live", name).mkdir(parents=True)
        text = f'terraform {{\n  source = "../..//{name}"\n}}\n'
        Path("live", name, "terragrunt.hcl").write_text(text)
    with Path("live/n/terragrunt.hcl").open("a") as file:
        file.write('include "root" {\n  path = find_in_parent_folders("root.hcl")\n}\n')
    Path("root.hcl").write_text(f'inputs = {{ v = "{LITERAL}" }}\n')
    assert found().modules == (Module("n", wrapper="live/n/terragrunt.hcl"),)


def test_a_tofu_file_and_a_json_file_make_a_root() -> None:
    Path("a").mkdir()
    Path("a/main.tofu").write_text(TOPIC)
    Path("b").mkdir()
    Path("b/main.tf.json").write_text('{"resource": {"aws_sns_topic": {"a": {}}}}')
    assert found().modules == (Module("a"), Module("b"))
