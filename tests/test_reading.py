"""What was found, read into units."""

import json
from pathlib import Path

import pytest

from rootlint.discover import discover
from rootlint.model.unit import Unit
from rootlint.reading import Reading
from rootlint.settings import Settings
from rootlint.source import Sources

TOPIC = 'resource "aws_sns_topic" "t" {\n  name = "t"\n}\n'
PLAN = {
    "format_version": "1.2",
    "planned_values": {
        "root_module": {
            "resources": [
                {
                    "address": "aws_sns_topic.t",
                    "mode": "managed",
                    "type": "aws_sns_topic",
                    "name": "t",
                    "values": {"name": "t"},
                }
            ]
        }
    },
    "configuration": {
        "root_module": {"resources": [{"address": "aws_sns_topic.t", "expressions": {}}]}
    },
}


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


def units() -> list[Unit]:
    sources = Sources()
    reading = Reading(discover((".",), (), sources), Settings(), sources)
    return [unit for task in reading.tasks() for unit in reading.read(task)]


def test_a_plan_stands_in_for_its_source() -> None:
    put("live/main.tf", TOPIC)
    put("other/main.tf", TOPIC.replace('"t"', '"u"'))
    put("plans/live.json", json.dumps(PLAN))
    found = {unit.name: unit for unit in units()}
    assert list(found) == ["other", "plans/live.json"]
    assert found["plans/live.json"].resources[0].span.path == "live/main.tf"


def test_a_plan_without_its_source_is_a_unit_of_its_own() -> None:
    put("other/main.tf", TOPIC.replace('"t"', '"u"'))
    put("plan.json", json.dumps(PLAN))
    found = {unit.name: unit for unit in units()}
    assert list(found) == ["other", "plan.json"]
    assert found["plan.json"].resources[0].span.path == "plan.json"


def test_one_module_is_a_unit_for_each_file_of_terragrunt() -> None:
    put("modules/m/main.tf", 'variable "n" {}\n' + TOPIC)
    for name in ("a", "b"):
        put(f"live/{name}/terragrunt.hcl", 'terraform {\n  source = "../../modules//m"\n}\n')
    assert [unit.name for unit in units()] == ["live/a", "live/b"]


def test_texts_are_let_go_of_once_they_were_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.tf").write_text('resource "aws_sns_topic" "t" {} # rootlint: ignore[x] y\n')
    sources = Sources()
    reading = Reading(discover((".",), (), sources), Settings(), sources)
    before = sources.count
    (task,) = reading.tasks()
    first = reading.read(task)
    assert reading.marked() == ("main.tf",)
    assert sources.count == before
    assert reading.read(task) == first
    assert reading.marked() == ("main.tf",)
