"""Alarms.

The two tables are those of "How alarm state is evaluated when data is missing" in
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.model.truth import Truth
from rootlint.model.value import Unknown
from rootlint.reason.alarm import Settings, run
from rootlint.reason.alarm_math import NotSimple, evaluate
from rootlint.reason.alarm_settings import settings, simulate, watches, written
from rootlint.reason.alarm_state import TREATMENTS, State, state
from tests.reason.making import alarm, metric_filter, refers, unknown

GOOD = Settings(
    value=1,
    threshold=1,
    comparison="GreaterThanOrEqualToThreshold",
    statistic="Sum",
    period=300,
    evaluation_periods=1,
    datapoints=1,
)
POINTS = {"0": Truth.NO, "X": Truth.YES, "-": None}
OK, ALARM, NODATA, KEEP = "OK", "ALARM", "INSUFFICIENT_DATA", "keep"
THREE_OF_THREE = [
    ("0 - X - X", OK, OK, OK, OK),
    ("0 - - - -", OK, OK, OK, OK),
    ("- - - - -", NODATA, KEEP, ALARM, OK),
    ("0 X X - X", ALARM, ALARM, ALARM, ALARM),
    ("- - X - -", ALARM, KEEP, ALARM, OK),
]
TWO_OF_THREE = [
    ("0 - X - X", ALARM, ALARM, ALARM, ALARM),
    ("0 0 X 0 X", ALARM, ALARM, ALARM, ALARM),
    ("0 - X - -", OK, OK, ALARM, OK),
    ("- - - - 0", OK, OK, ALARM, OK),
    ("- - - X -", ALARM, KEEP, ALARM, OK),
]
ROWS = [(3, row) for row in THREE_OF_THREE] + [(2, row) for row in TWO_OF_THREE]


@pytest.mark.parametrize(("datapoints", "row"), ROWS)
def test_the_table_of_missing_data(datapoints: int, row: tuple[str, ...]) -> None:
    points = [POINTS[letter] for letter in row[0].split()]
    for treatment, expected in zip(
        ("missing", "ignore", "breaching", "notBreaching"), row[1:], strict=True
    ):
        for current in State:
            found = state(points, 3, datapoints, treatment, current)
            assert found.value == (current.value if expected == KEEP else expected)


def test_only_the_most_recent_datapoints_count() -> None:
    found = state([POINTS[letter] for letter in "XX000"], 3, 2, "missing", State.OK)
    assert found is State.OK


@pytest.mark.parametrize("points", ["- - - - X", "- - - X -"])
def test_no_premature_alarm(points: str) -> None:
    """Three of three: the alarm does not go into ALARM while the next datapoint may still be good."""
    found = state([POINTS[letter] for letter in points.split()], 3, 3, "missing", State.OK)
    assert found is State.OK


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"threshold": 0, "comparison": "GreaterThanThreshold"},
        {"statistic": "Maximum"},
        {"statistic": "Average"},
        {"statistic": "Average", "default": 0.0, "period": 60},
        {"statistic": "SampleCount"},
        {"default": 0.0},
        {"default": 0.0, "missing": "breaching"},
        {"missing": "notBreaching"},
        {"evaluation_periods": 3, "datapoints": 3},
        {"evaluation_periods": 3, "datapoints": 1, "missing": "notBreaching"},
        {"evaluation_periods": 5, "datapoints": 1, "default": 0.0},
        {"alarm_unit": "None"},
        {"filter_unit": "Count", "alarm_unit": "Count"},
        {"expression": "SUM(METRICS())", "metric_id": "m1"},
        {"expression": "FILL(m1, 0)", "metric_id": "m1", "missing": "breaching"},
        {"value": 5, "threshold": 3},
    ],
)
def test_fires(changed: dict[str, Any]) -> None:
    course = run(GOOD._replace(**changed))
    assert course.truth is Truth.YES, course


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"comparison": "GreaterThanThreshold"}, "comparison"),
        ({"threshold": 5}, "threshold"),
        ({"value": 0}, "value"),
        ({"comparison": "LessThanThreshold"}, "comparison"),
        ({"comparison": "LessThanThreshold", "default": 0.0}, "comparison"),
        ({"filter_dimensions": ("Account",)}, "dimensions"),
        ({"alarm_dimensions": ("Account",)}, "dimensions"),
        ({"alarm_unit": "Count"}, "unit"),
        ({"statistic": "Average", "default": 0.0}, "statistic"),
        ({"statistic": "Minimum", "default": 0.0}, "statistic"),
        ({"statistic": "SampleCount", "default": 0.0}, "statistic"),
        (
            {"evaluation_periods": 3, "datapoints": 3, "missing": "notBreaching"},
            "datapoints_to_alarm",
        ),
        ({"evaluation_periods": 3, "datapoints": 3, "default": 0.0}, "datapoints_to_alarm"),
        ({"evaluation_periods": 3, "datapoints": 2, "default": 0.0}, "datapoints_to_alarm"),
        ({"missing": "breaching"}, "missing_data"),
        ({"missing": "ignore"}, "missing_data"),
        ({"missing": "ignore", "evaluation_periods": 3, "datapoints": 3}, "missing_data"),
        ({"threshold": 0, "default": 0.0}, "threshold"),
    ],
)
def test_cannot_fire(changed: dict[str, Any], field: str) -> None:
    course = run(GOOD._replace(**changed))
    assert course.truth is Truth.NO, course
    assert course.field == field


@pytest.mark.parametrize(
    "changed",
    [
        {"period": 10},
        {"comparison": "LessThanLowerThreshold"},
        {"statistic": "p99"},
        {"missing": "perhaps"},
        {"evaluation_periods": 0, "datapoints": 0},
        {"evaluation_periods": 10**9, "datapoints": 1},
        {"evaluation_periods": 1, "datapoints": 2},
        {"expression": "m1 + m2", "metric_id": "m1"},
        {"filter_dimensions": ("Account",), "alarm_dimensions": ("Account",)},
    ],
)
def test_what_is_not_worked_out(changed: dict[str, Any]) -> None:
    course = run(GOOD._replace(**changed))
    assert course.truth is Truth.UNKNOWN
    assert course.why


def test_the_timeline_shows_the_comparison() -> None:
    lines = [point.line for point in run(GOOD._replace(comparison="GreaterThanThreshold")).points]
    assert lines == [
        "quiet: no data → INSUFFICIENT_DATA",
        "root event: datapoint 1, 1 > 1 = false → OK",
    ]


def test_an_alarm_that_latches_is_told_at_the_next_event() -> None:
    course = run(GOOD._replace(missing="ignore"))
    assert [point.what for point in course.points] == [
        "quiet",
        "root event",
        "quiet",
        "next root event",
    ]
    assert "next event" in course.why


def test_the_settings_of_a_pair() -> None:
    found = settings(
        metric_filter(default="0"), alarm(datapoints_to_alarm=0, evaluation_periods="3")
    )
    assert found == GOOD._replace(default=0.0, evaluation_periods=3, datapoints=3)


@pytest.mark.parametrize(
    "field", ["period", "threshold", "comparison", "statistic", "missing_data", "unit"]
)
def test_an_unknown_setting_hides_the_outcome(field: str) -> None:
    hole = unknown()
    changed: dict[str, Any] = {field: hole}
    found = simulate(metric_filter(), alarm(**changed))
    assert found.truth is Truth.UNKNOWN
    assert found.because == (hole,)


def test_a_value_out_of_the_event_is_not_known() -> None:
    found = simulate(metric_filter(value="$.latency"), alarm())
    assert found.truth is Truth.UNKNOWN
    assert isinstance(found.because[0], Unknown)


def query(name: str = "RootUsage", **more: Any) -> dict[str, Any]:
    stat = {"Metric": {"MetricName": name, "Namespace": "CIS"}, "Period": 300, "Stat": "Sum"}
    return {"Id": "m1", "MetricStat": stat, **more}


def test_an_alarm_on_metric_queries() -> None:
    found = alarm(metric=None, namespace=None, statistic=None, period=None, metrics=[query()])
    assert watches(found, metric_filter()) is Truth.YES
    assert simulate(metric_filter(), found).truth is Truth.YES


def test_an_alarm_on_an_expression() -> None:
    total = {"Id": "e1", "Expression": "SUM(METRICS())", "ReturnData": True}
    found = alarm(metrics=[query(ReturnData=False), total], comparison="GreaterThanThreshold")
    assert simulate(metric_filter(), found).truth is Truth.NO


def test_an_expression_over_other_metrics_is_not_worked_out() -> None:
    other = query("Other", Id="m2", ReturnData=False)
    total = {"Id": "e1", "Expression": "SUM([m1, m2])", "ReturnData": True}
    found = alarm(metrics=[query(ReturnData=False), other, total])
    assert simulate(metric_filter(), found).truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("expression", "comparison", "expected"),
    [
        ("SUM([m1, m2])", "GreaterThanOrEqualToThreshold", Truth.YES),
        ("SUM(METRICS())", "GreaterThanOrEqualToThreshold", Truth.YES),
        # Where both filters count the event the sum is 2, where one does it is 1.
        ("SUM(METRICS())", "GreaterThanThreshold", Truth.UNKNOWN),
        ("MAX(METRICS())", "GreaterThanThreshold", Truth.NO),
        # Without a default value there is no sum of both.
        ("m1 + m2", "GreaterThanOrEqualToThreshold", Truth.UNKNOWN),
        ("FILL(m1, 0) + FILL(m2, 0)", "GreaterThanOrEqualToThreshold", Truth.YES),
        ("FILL(m2, 0) + 0 * FILL(m1, 0)", "GreaterThanThreshold", Truth.NO),
    ],
)
def test_an_expression_over_the_metrics_of_several_filters(
    expression: str, comparison: str, expected: Truth
) -> None:
    own, also = metric_filter(), metric_filter(name="also", metric="Other")
    other = query("Other", Id="m2", ReturnData=False)
    total = {"Id": "e1", "Expression": expression, "ReturnData": True}
    found = alarm(metrics=[query(ReturnData=False), other, total], comparison=comparison)
    assert simulate(own, found, (own, also)).truth is expected


def test_the_metric_of_no_filter_hides_the_sum_of_all() -> None:
    other = query("Other", Id="m2", ReturnData=False)
    total = {"Id": "e1", "Expression": "SUM(METRICS())", "ReturnData": True}
    found = alarm(metrics=[query(ReturnData=False), other, total])
    assert simulate(metric_filter(), found, (metric_filter(),)).truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("name", "namespace", "expected"),
    [
        ("RootUsage", "CIS", Truth.YES),
        ("rootusage", "CIS", Truth.NO),
        ("RootUsage", "LogMetrics", Truth.NO),
        ("RootUsage", unknown(), Truth.UNKNOWN),
        (unknown(), "LogMetrics", Truth.NO),
        (None, None, Truth.NO),
    ],
)
def test_which_alarm_watches_a_metric(name: Any, namespace: Any, expected: Truth) -> None:
    assert watches(alarm(metric=name, namespace=namespace), metric_filter()) is expected


@pytest.mark.parametrize(("name", "expected"), [("RootUsage", Truth.YES), ("filter", Truth.NO)])
def test_the_id_of_a_filter_is_its_name(name: str, expected: Truth) -> None:
    """`metric_name = aws_cloudwatch_log_metric_filter.x.id`: right only where both names are one."""
    found = metric_filter(name=name)
    assert watches(alarm(metric=refers("filter", "id")), found) is expected


def test_where_a_setting_is_written() -> None:
    found = alarm()
    assert written("threshold", metric_filter(), found) == found.threshold
    assert written("datapoints_to_alarm", metric_filter(), found) == found.evaluation_periods
    assert written("value", metric_filter(), found) is not None
    assert written("", metric_filter(), found) is None


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("m1", 2.0),
        ("(m1)", 2.0),
        ("m1 + 1", 3.0),
        ("m1 + m2", None),
        ("FILL(m2, 7)", 7.0),
        ("FILL(m1, 7) + FILL(m2, 0)", 2.0),
        ("SUM([m1, m2])", 2.0),
        ("SUM(METRICS())", 2.0),
        ("MAX([m1, m2, 5])", 5.0),
        ("SUM([m2])", None),
        ("SUM(FILL(METRICS(), 3))", 5.0),
        ("MIN([m1, 1])", 1.0),
        ("m1 - 3 * 2", -4.0),
        ("(m1 - 1) * 4 / 2", 2.0),
        ("IF(m1 > 0, 1, 0)", 1.0),
        ("IF(FILL(m2, 0) >= 1, 1, 0)", 0.0),
        ("m1 != 2", 0.0),
        ("m2 * 0", None),
    ],
)
def test_metric_mathematics(expression: str, value: float | None) -> None:
    assert evaluate(expression, {"m1": 2.0, "m2": None}) == value


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "m1 +",
        "IF(m2 > 0, 1, 0)",
        "IF(m1 > 0, 1)",
        "SUM(m1)",
        "[m1]",
        "METRICS() + 1",
        "m1 / 0",
        "m1 > 1 > 0",
        "SUM([m1, SUM(METRICS()])",
        "m1 m1",
        "ANOMALY_DETECTION_BAND(m1)",
        "(" * 500,
        "m1;",
        "FILL(m1, REPEAT)",
    ],
)
def test_other_mathematics_is_not_worked_out(expression: str) -> None:
    with pytest.raises(NotSimple):
        evaluate(expression, {"m1": 2.0, "m2": None})


@given(st.text("m1+FILSUM(),[] 0.-*/<>=", max_size=60))
def test_no_expression_crashes(expression: str) -> None:
    with contextlib.suppress(NotSimple):
        evaluate(expression, {"m1": 2.0})


@given(
    st.lists(st.sampled_from([Truth.YES, Truth.NO, None]), min_size=5, max_size=5),
    st.integers(1, 3),
    st.sampled_from(sorted(TREATMENTS)),
)
def test_one_more_breach_never_calms_an_alarm(
    points: list[Truth | None], datapoints: int, treatment: str
) -> None:
    before = state(points, 3, datapoints, treatment, State.OK)
    worse = [Truth.YES if point is Truth.NO else point for point in points]
    if before is State.ALARM:
        assert state(worse, 3, datapoints, treatment, State.OK) is State.ALARM
