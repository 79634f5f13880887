import json

import pytest

from rootlint.cloudformation.load import load
from rootlint.cloudformation.nodes import Document
from rootlint.cloudformation.parameter_files import ParameterFile, in_force, parameter_file
from rootlint.cloudformation.template import Template, template_of
from rootlint.source import SourceFile, Unreadable
from tests.cloudformation.reading import show

LIST = [
    {"ParameterKey": "Env", "ParameterValue": "prod"},
    {"ParameterKey": "Old", "UsePreviousValue": True},
]


def template(path: str = "t.yaml", *names: str) -> Template:
    parameters = "".join(f"  {name}: {{Type: String}}\n" for name in names or ("Env", "Other"))
    text = f"Parameters:\n{parameters}Resources:\n  R: {{Type: 'A::B'}}\n"
    document = load(SourceFile(path, text))
    assert isinstance(document, Document)
    found = template_of(document)
    assert found is not None
    return found


def given(text: str, path: str = "p.json") -> ParameterFile:
    found = parameter_file(SourceFile(path, text))
    assert isinstance(found, ParameterFile), found
    return found


def values(text: str, path: str = "p.json") -> dict[str, str]:
    return {name: show(value) for name, value in given(text, path).values.items()}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("p.json", json.dumps([{"ParameterKey": "Env", "ParameterValue": "prod"}])),
        ("p.json", json.dumps(["Env=prod"])),
        ("p.json", json.dumps({"Parameters": {"Env": "prod"}, "Tags": {"a": "b"}})),
        ("p.json", json.dumps({"Parameters": [{"ParameterKey": "Env", "ParameterValue": "prod"}]})),
        ("p.json", json.dumps({"Env": "prod"})),
        ("p.yaml", "- ParameterKey: Env\n  ParameterValue: prod\n"),
        ("p.yaml", "Parameters:\n  Env: prod\n"),
        ("p.yaml", "Env: prod\n"),
        ("samconfig.toml", '[default.deploy.parameters]\nparameter_overrides = "Env=prod"\n'),
        ("samconfig.toml", "[default.deploy.parameters]\nparameter_overrides = ['Env=\"prod\"']\n"),
        ("samconfig.toml", "[default.global.parameters]\nparameter_overrides = 'Env=\"prod\"'\n"),
        (
            "samconfig.toml",
            '[default.deploy.parameters]\nparameter_overrides = "ParameterKey=Env,ParameterValue=prod"\n',
        ),
    ],
)
def test_every_form_of_a_file(path: str, text: str) -> None:
    found = given(text, path).values["Env"]
    assert show(found) == "prod"
    assert text[found.span.start : found.span.end].strip("\"'") in {"prod", "Env=prod"}


def test_numbers_and_flags_are_the_text_that_is_written() -> None:
    assert values("Parameters:\n  A: 0123\n  B: true\n  C: 1.10\n", "p.yaml") == {
        "A": "0123",
        "B": "true",
        "C": "1.10",
    }


def test_what_the_stack_keeps_or_looks_up_is_not_known() -> None:
    assert values(json.dumps(LIST))["Old"] == "⟨a value that is looked up at deployment⟩"
    artifact = {"Parameters": {"A": {"Fn::GetParam": ["a", "b.json", "c"]}, "B": "resolve:/x"}}
    assert values(json.dumps(artifact)) == {
        "A": "⟨a value that is looked up at deployment⟩",
        "B": "⟨`resolve:/x`⟩",
    }


@pytest.mark.parametrize(
    "text", ["", "12", "[1]", '[{"a": 1}]', '{"Resources": {"A": 1}}', '{"a": {"b": 1}}']
)
def test_what_is_no_such_file_is_said(text: str) -> None:
    assert isinstance(parameter_file(SourceFile("p.json", text)), Unreadable)


@pytest.mark.parametrize(
    "text", ["a = [", '[default.deploy.parameters]\nparameter_overrides = "\'"']
)
def test_a_broken_samconfig_is_said(text: str) -> None:
    assert isinstance(parameter_file(SourceFile("samconfig.toml", text)), Unreadable)


def test_a_file_holds_for_the_templates_that_declare_all_of_its_names() -> None:
    file = given(json.dumps({"Env": "prod"}))
    assert show(in_force(template(), [file]).values["Env"]) == "prod"
    assert not in_force(template("t.yaml", "Other"), [file]).files
    assert in_force(template(), [file]).files == ("p.json",)


def test_of_two_files_the_later_one_counts() -> None:
    files = [given('{"Env": "dev", "Other": "a"}'), given('{"Env": "prod"}')]
    found = in_force(template(), files).values
    assert (show(found["Env"]), show(found["Other"])) == ("prod", "a")


def test_a_samconfig_holds_for_the_template_that_it_names() -> None:
    text = (
        "[default.deploy.parameters]\nregion = 'eu-west-1'\nstack_name = 'watch'\n"
        "parameter_overrides = 'Env=prod Unheard=x'\ntemplate_file = 'it.yaml'\n"
    )
    file = given(text, "app/samconfig.toml")
    found = in_force(template("app/it.yaml"), [file])
    assert (show(found.values["Env"]), found.region) == ("prod", "eu-west-1")
    assert found.stack == "watch"
    assert "Unheard" not in found.values
    assert not in_force(template("it.yaml"), [file]).files


@pytest.mark.parametrize("named", ["", "template_file = '.aws-sam/build/template.yaml'\n"])
def test_without_a_name_it_is_the_template_beside_it(named: str) -> None:
    text = f"[default.deploy.parameters]\n{named}parameter_overrides = 'Env=prod'\n"
    file = given(text, "app/samconfig.toml")
    assert in_force(template("app/template.yaml"), [file]).files
    assert not in_force(template("app/other.yaml"), [file]).files
