import pytest

from rootlint.model.identity import Language, RunsAs, Script
from rootlint.terraform.vocabulary.kinds import KNOWN, mentions_relevant
from tests.terraform.reading import declared, unit, written


def scripts(text: str) -> list[tuple[object, RunsAs, Language]]:
    return [(written(s.text), s.runs_as, s.language) for s in declared(unit(text), Script)]


@pytest.mark.parametrize("kind", ["null_resource", "terraform_data", "aws_sns_topic"])
def test_a_provisioner_runs_as_the_operator(kind: str) -> None:
    text = (
        f'resource "{kind}" "x" {{\n  provisioner "local-exec" {{\n    command = "run"\n  }}\n}}\n'
    )
    assert scripts(text) == [("run", RunsAs.OPERATOR, Language.SHELL)]


def test_a_provisioner_in_another_language() -> None:
    text = """
resource "null_resource" "x" {
  provisioner "local-exec" {
    interpreter = ["python3", "-c"]
    command     = "print()"
  }
  provisioner "remote-exec" {
    inline = ["aws iam create-access-key"]
  }
}
"""
    assert scripts(text) == [("print()", RunsAs.OPERATOR, Language.CODE)]


@pytest.mark.parametrize(
    ("program", "shown"),
    [
        ('["bash", "-c", "aws iam create-access-key"]', "aws iam create-access-key"),
        ('["aws", "iam", "create-access-key"]', "aws iam create-access-key"),
    ],
)
def test_an_external_program(program: str, shown: str) -> None:
    text = f'data "external" "x" {{\n  program = {program}\n}}\n'
    assert scripts(text) == [(shown, RunsAs.OPERATOR, Language.SHELL)]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("aws_instance", 'user_data = "run"'),
        ("aws_instance", 'user_data_base64 = "cnVu"'),
        ("aws_launch_configuration", 'user_data = "run"'),
        ("aws_launch_template", 'user_data = base64encode("run")'),
        ("aws_ssm_document", 'content = "run"'),
        ("aws_codebuild_project", 'source {\n  type = "S3"\n  buildspec = "run"\n}'),
        ("aws_imagebuilder_component", 'data = "run"'),
    ],
)
def test_a_script_in_the_cloud_runs_as_a_role(kind: str, body: str) -> None:
    text = f'resource "{kind}" "x" {{\n{body}\n}}\n'
    assert scripts(text) == [("run", RunsAs.ROLE, Language.SHELL)]


def test_a_state_machine() -> None:
    text = 'resource "aws_sfn_state_machine" "x" {\n  definition = "{}"\n}\n'
    assert scripts(text) == [("{}", RunsAs.ROLE, Language.STATES)]


@pytest.mark.parametrize(
    "text",
    [
        'resource "aws_cloudtrail" "x" {}',
        "resource aws_cloudtrail x {}",
        'provisioner "local-exec" {',
        'data "external" "x" {',
    ],
)
def test_a_file_that_mentions_something_known_is_relevant(text: str) -> None:
    assert mentions_relevant(text.encode())


@pytest.mark.parametrize("text", ['resource "aws_vpc" "x" {}', "# external", ""])
def test_other_files_are_not(text: str) -> None:
    assert not mentions_relevant(text.encode())


def test_every_kind_has_a_reader() -> None:
    from rootlint.terraform.vocabulary.declare import _readers

    assert {kind for kind in KNOWN if kind not in _readers(kind)} == set()
