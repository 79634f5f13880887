"""What is written and may be changed, or live on, outside of the code."""

import pytest

from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.value import Unknown
from rootlint.model.watch import Trail
from tests.terraform.reading import declared, resource, unit, written

ALARM = """
resource "aws_sns_topic" "t" {
  name = "t"
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name    = "a"
  threshold     = 1
  alarm_actions = [aws_sns_topic.t.arn]
  lifecycle {
    ignore_changes = %s
  }
}
"""


def body(ignored: str) -> object:
    return written(resource(unit(ALARM % ignored), "aws_cloudwatch_metric_alarm.a").body)


def test_an_argument_whose_changes_are_ignored_is_unknown() -> None:
    for ignored in ("[threshold, tags]", '["threshold"]', "[threshold[0]]"):
        found = unit(ALARM % ignored)
        value = resource(found, "aws_cloudwatch_metric_alarm.a").body.get("threshold")
        assert isinstance(value, Unknown)
        assert value.detail == "changes of `threshold` are ignored"


def test_one_that_is_not_written_may_be_added() -> None:
    found = resource(unit(ALARM % "[ok_actions]"), "aws_cloudwatch_metric_alarm.a").body
    assert isinstance(found.get("ok_actions"), Unknown)


def test_the_others_stay() -> None:
    assert str(body("[tags]")).startswith("{'alarm_name': 'a', 'threshold': 1")


def test_a_name_is_not_changed_in_place() -> None:
    for ignored in ("all", '["*"]', "[alarm_name]"):
        found = resource(unit(ALARM % ignored), "aws_cloudwatch_metric_alarm.a").body
        assert written(found.get("alarm_name")) == "a"


def test_of_all_that_is_ignored_nothing_else_is_certain() -> None:
    found = resource(unit(ALARM % "all"), "aws_cloudwatch_metric_alarm.a").body
    assert found.rest is not None
    assert isinstance(found.get("threshold"), Unknown)


def test_a_script_runs_as_it_is_written() -> None:
    text = 'resource "aws_instance" "i" {\n  user_data = "aws iam create-access-key"\n  lifecycle {\n    ignore_changes = [user_data]\n  }\n}\n'
    assert written(resource(unit(text), "aws_instance.i").body.get("user_data")) is not None
    assert not isinstance(resource(unit(text), "aws_instance.i").body.get("user_data"), Unknown)


def removed(address: str, lifecycle: str) -> Unit:
    return unit(f"removed {{\n  from = {address}\n{lifecycle}}}\n" + ALARM % "[tags]")


KEPT = "  lifecycle {\n    destroy = false\n  }\n"


@pytest.mark.parametrize("where", ["", "module.alarms.", 'module.alarms["a"].module.root.'])
def test_what_is_removed_and_not_destroyed_may_live_on(where: str) -> None:
    found = removed(f"{where}aws_cloudtrail.old", KEPT)
    (trail,) = declared(found, Trail)
    assert trail.resource.exists is Truth.UNKNOWN
    assert trail.resource.because is not None
    assert not any(spot.anything for spot in found.blind_spots)


def test_a_module_that_lives_on_may_hold_anything() -> None:
    assert sum(spot.anything for spot in removed("module.alarms", KEPT).blind_spots) == 1


@pytest.mark.parametrize("lifecycle", ["", KEPT.replace("false", "true")])
def test_what_is_destroyed_is_gone(lifecycle: str) -> None:
    found = removed("aws_cloudtrail.old", lifecycle)
    assert not declared(found, Trail)
    assert not found.blind_spots


def test_what_nobody_asks_about_does_not_matter() -> None:
    found = removed("aws_vpc.old", KEPT)
    assert not found.blind_spots
    assert "aws_vpc" not in {resource.kind for resource in found.resources}
