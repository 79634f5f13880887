"""Points in time, as Terraform writes and moves them."""

import pytest

from rootlint.terraform.values import Failed
from tests.terraform.evaluating import plain, value

AT = "2018-01-02T23:12:01Z"


@pytest.mark.parametrize(
    ("spec", "written"),
    [
        ("DD MMM YYYY hh:mm ZZZ", "02 Jan 2018 23:12 UTC"),
        ("EEEE, EEE YY MMMM M D", "Tuesday, Tue 18 January 1 2"),
        ("H HH h AA aa m ss s", "11 11 23 PM pm 12 01 1"),
        ("Z ZZZZ ZZZZZ", "Z +0000 +00:00"),
        ("YYYY-MM-DD'T'hh:mm:ssZ", AT),
        ("'o''clock' h", "o'clock 23"),
        ("''", "'"),
        ("é", "é"),
        ("", ""),
    ],
)
def test_a_date_is_written_by_its_verbs(spec: str, written: str) -> None:
    assert plain(f'formatdate("{spec}", "{AT}")') == written


@pytest.mark.parametrize("spec", ["YYY", "X", "hhh", "'a", "ZZ", "AAA", "EE"])
def test_another_verb_is_refused(spec: str) -> None:
    assert isinstance(value(f'formatdate("{spec}", "{AT}")'), Failed)


def test_a_zone_that_is_not_zero() -> None:
    spec = "ZZZ ZZZZ ZZZZZ Z"
    found = plain(f'formatdate("{spec}", "2018-01-02T23:12:01-08:30")')
    assert found == "-0830 -0830 -08:30 -08:30"


@pytest.mark.parametrize(
    ("duration", "then"),
    [
        ("1.5h30ms", "2018-01-03T00:42:01Z"),
        ("-1.5s", "2018-01-02T23:11:59Z"),
        (".5m", "2018-01-02T23:12:31Z"),
        ("1us1µs1ns", AT),
        ("0", AT),
    ],
)
def test_a_time_is_moved_by_a_duration(duration: str, then: str) -> None:
    assert plain(f'timeadd("{AT}", "{duration}")') == then


@pytest.mark.parametrize("duration", ["1d", "", "1h 2m", "1", "h"])
def test_another_duration_is_refused(duration: str) -> None:
    assert isinstance(value(f'timeadd("{AT}", "{duration}")'), Failed)


def test_times_are_compared_to_the_nanosecond() -> None:
    assert plain(f'timecmp("2018-01-02T23:12:01.000000001Z", "{AT}")') == 1
    assert plain(f'timecmp("2018-01-03T00:12:01+01:00", "{AT}")') == 0
