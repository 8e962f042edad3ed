"""Dates as people and machines write them become moments in UTC."""

from datetime import date, datetime

import pytest

from stuifmail.harvest.dates.moments import read_day_or_moment, read_moment


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tue, 05 May 2026 10:00:00 +0200", "2026-05-05T08:00:00"),
        ("5 May 2026 10:00:00 GMT", "2026-05-05T10:00:00"),
        ("2026-05-05T10:00Z", "2026-05-05T10:00:00"),
        ("2026-05-05T10:00:00.123456789+02:00", "2026-05-05T08:00:00"),
        ("di, 05 mei 2026 10:00:00 +0200", "2026-05-05T08:00:00"),
        ("Seg, 24 Set 2018 19:42:40 -0300", "2018-09-24T22:42:40"),
        ("Friday, January 29, 2021 04:42 PM", "2021-01-29T16:42:00"),
        ("2020/1/10 14:33:00", "2020-01-10T14:33:00"),
        ("22.11.2022 12:16:00", "2022-11-22T12:16:00"),
        ("05-04-2026", "2026-04-05T00:00:00"),
    ],
)
def test_usual_and_odd_dates_are_read(text: str, wanted: str) -> None:
    moment = read_moment(text)
    assert moment is not None
    assert moment.isoformat() == wanted + "+00:00"


@pytest.mark.parametrize(
    "text", ["", "binnenkort", "29 mei", "30 feb 2026 10:00", "2026-13-01", "x" * 100_000]
)
def test_what_is_no_full_date_is_never_guessed(text: str) -> None:
    assert read_moment(text) is None


def test_the_label_cet_in_june_means_clock_time_in_amsterdam() -> None:
    assert read_moment("8 juni 2026 14:00 CET") == datetime.fromisoformat("2026-06-08T12:00:00+00:00")
    assert read_moment("8 december 2026 14:00 CET") == datetime.fromisoformat("2026-12-08T13:00:00+00:00")


@pytest.mark.parametrize(
    ("day", "hour"), [("2026-03-28", 9), ("2026-03-30", 8), ("2026-10-24", 8), ("2026-10-26", 9)]
)
def test_civil_time_is_right_across_both_clock_changes(day: str, hour: int) -> None:
    moment = read_moment(f"{day} 10:00", "Europe/Amsterdam")
    assert moment is not None
    assert moment.hour == hour


def test_a_date_without_a_time_stays_a_day() -> None:
    assert read_day_or_moment("8 juni 2026", "Europe/Amsterdam") == date(2026, 6, 8)
    assert read_day_or_moment("8 juni 2026 om 14.00 uur", "Europe/Amsterdam") == datetime.fromisoformat(
        "2026-06-08T12:00:00+00:00"
    )
    assert read_day_or_moment("31 juni 2026", "Europe/Amsterdam") is None
