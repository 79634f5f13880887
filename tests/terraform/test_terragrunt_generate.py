"""Files that Terragrunt generates are read, each in the place where people write it."""

import json

import pytest

from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.value import Known, Unknown, Value, Why
from rootlint.source import Sources
from rootlint.terraform.configuration import Configuration
from rootlint.terraform.terragrunt_unit import deployed
from tests.terraform.reading import resource, tree, written

MODULE = 'resource "aws_sns_topic" "t" {\n  name = "t"\n}\n'
SOURCE = 'terraform {\n  source = "../../modules//m"\n}\n'
ROOT = 'include "root" {\n  path = find_in_parent_folders("root.hcl")\n}\n'


def with_module(files: dict[str, str]) -> tuple[dict[str, tuple[str, ...]], Sources]:
    return tree({"modules/m/main.tf": MODULE, **files})


def unit(text: str, **files: str) -> Unit:
    paths = {path.replace("__", "/").replace("_", "."): body for path, body in files.items()}
    return deployed(
        "live/a/terragrunt.hcl", *with_module({"live/a/terragrunt.hcl": SOURCE + text, **paths})
    )


def generate(contents: str, path: str = "made.tf", more: str = "") -> str:
    return f'generate "x" {{\n  path = "{path}"\n  contents = {contents}\n{more}}}\n'


KEY = '<<EOF\nresource "aws_iam_access_key" "k" {\n  user = "%s"\n}\nEOF\n'


def user(found: Unit) -> Value | None:
    return resource(found, "aws_iam_access_key.k").body.get("user")


def region(found: Unit) -> object:
    return written(resource(found, "aws_sns_topic.t").scope.region)


def test_a_provider_with_its_region() -> None:
    provider = '<<EOF\nprovider "aws" {\n  region = "${local.place}-1"\n}\nEOF\n'
    root = 'locals {\n  place = "eu-west"\n}\n' + generate(provider, "provider.tf")
    assert region(unit(ROOT, root_hcl=root)) == "eu-west-1"


def test_a_resource_is_shown_where_it_is_written() -> None:
    text = ROOT
    root = "# é\n" + generate(KEY % "ro${local.rest}") + 'locals {\n  rest = "ot"\n}\n'
    found = user(unit(text, root_hcl=root))
    assert isinstance(found, Known)
    assert (found.value, found.span.path) == ("root", "root.hcl")
    assert root[found.span.start : found.span.end] == "ro${local.rest}"
    header = resource(unit(text, root_hcl=root), "aws_iam_access_key.k").span
    assert root[header.start : header.end] == 'resource "aws_iam_access_key" "k"'


@pytest.mark.parametrize("mark", ["<<", "<<-"])
def test_what_is_escaped_is_terraforms_own(mark: str) -> None:
    contents = KEY.replace("<<", mark) % "${local.x}-$${local.x}"
    text = 'locals {\n  x = "outer"\n}\n' + generate(
        contents.replace("EOF\nres", 'EOF\nlocals {\n  x = "inner"\n}\nres')
    )
    assert written(user(unit(text))) == "outer-inner"


def test_a_quoted_text_and_a_file() -> None:
    quoted = json.dumps(KEY.split("\n", 1)[1].removesuffix("EOF\n") % "q")
    assert written(user(unit(generate(quoted)))) == "q"
    of_file = unit(
        generate('file("${get_terragrunt_dir()}/key.txt")'), live__a__key_txt=KEY[6:-5] % "f"
    )
    found = user(of_file)
    assert written(found) == "f"
    assert found is not None
    assert found.span.path == "live/a/key.txt"


def test_the_attribute_of_the_same_name() -> None:
    text = f'generate = {{\n  x = {{\n    path = "x.tf"\n    contents = {KEY % "r"}  }}\n}}\n'
    assert written(user(unit(text))) == "r"


def test_the_nearest_block_of_a_label_holds() -> None:
    assert (
        written(user(unit(ROOT + generate(KEY % "near"), root_hcl=generate(KEY % "far")))) == "near"
    )


def test_a_value_that_is_not_known_is_not_known_in_the_file() -> None:
    found = user(unit(generate(KEY % "${dependency.user.outputs.name}")))
    assert isinstance(found, Unknown)
    assert found.why is Why.IMPORT


@pytest.mark.parametrize(
    ("more", "there"),
    [
        ('  if_exists = "skip"\n', False),
        ('  if_exists = "overwrite"\n', True),
        ("  disable = true\n", False),
    ],
)
def test_a_file_that_is_there_already_may_be_kept(more: str, *, there: bool) -> None:
    found = unit(generate(KEY % "x", "main.tf", more))
    assert ("aws_iam_access_key.k" in {each.address for each in found.resources}) is there


@pytest.mark.parametrize("contents", ['get_env("X")', "local.none", 'templatefile("x", {})'])
def test_what_cannot_be_read_may_be_anything(contents: str) -> None:
    (blind,) = unit(generate(contents)).blind_spots
    assert blind.anything
    assert "generate.x" in blind.because.detail


def test_what_terraform_does_not_load_hides_nothing() -> None:
    assert unit(generate('get_env("X")', "backend.hcl")).blind_spots == ()


def test_other_units_of_the_module_have_no_such_file() -> None:
    files = {
        "live/a/terragrunt.hcl": SOURCE + generate(KEY % "a"),
        "live/b/terragrunt.hcl": SOURCE,
    }
    folders, sources = with_module(files)
    shared: dict[str, Configuration] = {}
    first = deployed("live/a/terragrunt.hcl", folders, sources, configurations=shared)
    second = deployed("live/b/terragrunt.hcl", folders, sources, configurations=shared)
    third = deployed("live/a/terragrunt.hcl", folders, sources, configurations=shared)
    assert [len(each.resources) for each in (first, second, third)] == [2, 1, 2]
    assert all(each.exists is Truth.YES for each in first.resources)
