"""Modules that Terragrunt deploys."""

from rootlint.source import SourceFile, Sources
from rootlint.terraform.read import read
from rootlint.terraform.terragrunt import Wrapped, wrapped
from tests.terraform.reading import resource, written

MODULE = (
    'variable "name" {\n  default = "d"\n}\nresource "aws_sns_topic" "t" {\n  name = var.name\n}\n'
)


def tree(files: dict[str, str]) -> tuple[dict[str, tuple[str, ...]], Sources]:
    sources = Sources()
    folders: dict[str, tuple[str, ...]] = {}
    for path, text in {"modules/m/main.tf": MODULE, **files}.items():
        sources.add(SourceFile(path, text))
        folder = path.rpartition("/")[0] or "."
        folders[folder] = (*folders.get(folder, ()), path)
    return folders, sources


def found(text: str, **files: str) -> Wrapped | None:
    named = {name.replace("__", "/").replace("_", "."): body for name, body in files.items()}
    folders, sources = tree({"live/a/terragrunt.hcl": text, **named})
    return wrapped("live/a/terragrunt.hcl", folders, sources)


def name_of(text: str, **files: str) -> object:
    named = {name.replace("__", "/").replace("_", "."): body for name, body in files.items()}
    folders, sources = tree({"live/a/terragrunt.hcl": text, **named})
    what = wrapped("live/a/terragrunt.hcl", folders, sources)
    assert what is not None
    unit = read(what.folder, folders, sources, called=False, name="live/a", inputs=what.inputs)
    assert unit.name == "live/a"
    return written(resource(unit, "aws_sns_topic.t").body.get("name"))


SOURCE = 'terraform {\n  source = "../../modules//m"\n}\n'


def test_a_local_source_is_the_module_and_its_inputs_are_passed() -> None:
    assert name_of(SOURCE + 'inputs = { name = "x" }\n') == "x"
    assert name_of(SOURCE) == "d"


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


def test_a_ring_of_locals_and_of_files_ends() -> None:
    ring = "locals {\n  a = local.b\n  b = local.a\n}\ninputs = { name = local.a }\n"
    assert name_of(SOURCE + ring) == "?"
    own = 'locals {\n  a = read_terragrunt_config(find_in_parent_folders("x.hcl"))\n}\n'
    text = SOURCE + own + "inputs = { name = local.a.locals.a }\n"
    again = 'locals {\n  a = read_terragrunt_config(find_in_parent_folders("x.hcl"))\n}\n'
    assert name_of(text, live__x_hcl=again) != "x"
