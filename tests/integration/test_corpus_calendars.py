"""What we make of repeating events in real calendars agrees with what an independent reader makes of them."""

import warnings
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from stuifmail.harvest.calendars.event_identity import fold_occurrences, pick_versions
from stuifmail.harvest.calendars.icalendars import parse_calendar
from stuifmail.model.times import MomentOrDay
from tests.corpus import read_manifest

pytestmark = pytest.mark.integration

#: The reader refuses the whole file; ours reads what can be read.
REFUSED = {"google-ical.ics", "ical-broken-ical.ics"}
#: It takes events without a UID for one (the first), or leaves out one that has nothing but a day.
OTHERWISE = {"google-parsing-error.ics", "mozilla-estoniaholidays.ics"}


def test_repeating_events_of_the_corpus_fall_on_the_days_that_another_reader_finds(corpus: Path) -> None:
    rows = [row for row in read_manifest(corpus / "calendars") if "rrule" in row["traits"].split()]
    compared = 0
    for row in rows:
        content = (corpus / "calendars" / row["file"]).read_bytes()
        year = int(row["first_start"][:4] or 2017)
        ours = _ours(content, year)
        assert sum(ours.values()) > 0, row["file"]
        if row["file"] not in REFUSED | OTHERWISE:
            assert ours == _theirs(content, year), row["file"]
            compared += 1
    assert compared >= 15


def _ours(content: bytes, year: int) -> Counter[date]:
    window = date(year, 1, 1), date(year, 12, 31)
    document = parse_calendar(content, url="x", window=window)
    days: Counter[date] = Counter()
    for event in fold_occurrences(pick_versions(document.events)):
        repeats = bool(event.occurrences or event.rrule)
        starts = [each.starts_at for each in event.occurrences] if repeats else [event.starts_at]
        days.update(day for start in starts if start and (day := _day(start)).year == year)
    return days


def _theirs(content: bytes, year: int) -> Counter[date]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calendar = icalendar.Calendar.from_ical(content)
        found = recurring_ical_events.of(calendar, skip_bad_series=True).between(
            date(year, 1, 1), date(year + 1, 1, 1)
        )
    days = (_day(each["DTSTART"].dt) for each in found)
    return Counter(day for day in days if day.year == year)


def _day(when: MomentOrDay) -> date:
    """Answer the day in UTC, so that both readers mean the same; floating times are Amsterdam's."""
    if not isinstance(when, datetime):
        return when
    return (when if when.tzinfo else when.replace(tzinfo=ZoneInfo("Europe/Amsterdam"))).astimezone(UTC).date()
