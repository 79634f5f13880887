"""What is written and may be changed, or live on, outside of the code."""

from rootlint.model.value import Unknown
from tests.terraform.reading import resource, unit, written

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


def removed(kind: str, lifecycle: str) -> int:
    text = f"removed {{\n  from = {kind}.old\n{lifecycle}}}\n" + ALARM % "[tags]"
    return sum(spot.anything for spot in unit(text).blind_spots)


def test_what_is_removed_and_not_destroyed_may_be_what_is_missed() -> None:
    kept = "  lifecycle {\n    destroy = false\n  }\n"
    assert removed("aws_cloudwatch_metric_alarm", kept) == 1
    assert removed("module.alarms", kept) == 1
    assert removed("aws_vpc", kept) == 0
    assert removed("aws_cloudwatch_metric_alarm", kept.replace("false", "true")) == 0
    assert removed("aws_cloudwatch_metric_alarm", "") == 0
