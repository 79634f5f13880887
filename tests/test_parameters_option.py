import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rootlint.cli import commands

TEMPLATE = """\
Parameters:
  Env: {Type: String}
  Secret: {Type: String, Default: hunter-two, NoEcho: true}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsOpen: !Equals [!Ref Secret, hunter-two]
Resources:
  Key: {Type: AWS::IAM::AccessKey, Condition: IsOpen, Properties: {UserName: !If [IsProd, root, bob]}}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "t.yaml").write_text(TEMPLATE)
    (tmp_path / "prod.json").write_text(json.dumps({"Parameters": {"Env": "prod"}}))
    (tmp_path / "dev.json").write_text(json.dumps({"Parameters": {"Env": "dev"}}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def checked(*flags: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        commands, ["check", "--undecided", *flags, "."], standalone_mode=False
    )
    return done.return_value if done.exception is None else 2, f"{done.output}{done.exception}"


def test_values_decide_what_was_undecided() -> None:
    assert "when `IsProd` is true" in checked()[1]
    assert "names the root user" in checked("--parameters", "prod.json")[1]
    assert "0 undecided" in checked("--parameters", "dev.json")[1]


def test_the_later_file_wins() -> None:
    flags = ("--parameters", "dev.json", "--parameters", "prod.json")
    assert "names the root user" in checked(*flags)[1]


def test_a_file_that_is_not_there_is_refused() -> None:
    code, said = checked("--parameters", "none.json")
    assert code == 2
    assert "none.json: no such file" in said


def test_a_file_that_fits_no_template_is_said(here: Path) -> None:
    (here / "other.json").write_text('{"Unheard": "x"}')
    assert "fits no template" in checked("--parameters", "other.json")[1]


def test_the_settings_name_files_of_their_own_folder(here: Path) -> None:
    (here / "rootlint.toml").write_text('parameters = ["prod.json"]\n')
    assert "names the root user" in checked()[1]
    (here / "rootlint.toml").write_text('parameters = ["../prod.json"]\n')
    assert "outside of the folder" in checked()[1]


def test_a_samconfig_beside_the_template_is_in_force(here: Path) -> None:
    (here / "samconfig.toml").write_text(
        '[default.deploy.parameters]\ntemplate = "t.yaml"\nparameter_overrides = "Env=prod"\n'
    )
    assert "names the root user" in checked()[1]
    assert "0 undecided" in checked("--parameters", "dev.json")[1]


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_a_masked_value_decides_and_is_never_shown(here: Path, form: str) -> None:
    text = TEMPLATE.replace("\n  Secret: {Type: String, Default: hunter-two, NoEcho: true}", "")
    line = "  Secret: {Type: String, Default: hunter-two, NoEcho: true}"
    (here / "t.yaml").write_text(
        text.replace("Resources:", "Resources:")
        .replace("Parameters:\n", f"Parameters:\n{line}\n")
        .replace("UserName: !If [IsProd, root, bob]", "UserName: !Sub '${Secret}'")
    )
    for flags in ((), ("--parameters", "prod.json")):
        said = checked("--format", form, *flags)[1]
        assert "root-access-key" in said
        assert "hunter" not in said
