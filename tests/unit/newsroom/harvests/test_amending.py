"""What an editor types for an event is read in the event's own zone; nonsense is refused with a remedy."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from stuifmail.errors import StuifmailError
from stuifmail.model.events import CalendarEntry, Occurrence
from stuifmail.newsroom.harvests.amending import check_entry, field_named, read_value, value_in

ZONE = "Europe/Amsterdam"
WORKSHOP = CalendarEntry(
    summary="Workshop",
    starts_at=datetime(2026, 6, 8, 12, tzinfo=UTC),
    ends_at=datetime(2026, 6, 8, 15, tzinfo=UTC),
    time_zone=ZONE,
)


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("starts", "2026-06-09 14:00", "2026-06-09T12:00:00Z"),
        ("starts", "2026-12-09 14:00", "2026-12-09T13:00:00Z"),
        ("starts", "2026-06-09 14:00+00:00", "2026-06-09T14:00:00Z"),
        ("starts", "2026-06-09", "2026-06-09"),
        ("ends", "2026-06-09", "2026-06-10"),
        ("ends", "", None),
        ("summary", "  Workshop   vertellen ", "Workshop vertellen"),
        ("location", "", ""),
        ("status", "tentative", "tentative"),
        ("url", "https://www.example.org/w", "https://www.example.org/w"),
        ("url", "", None),
        ("description", "een\n\ntwee", "een\n\ntwee"),
    ],
)
def test_values_are_read_as_they_are_stored(name: str, text: str, wanted: str | None) -> None:
    assert read_value(name, text, ZONE) == wanted


@pytest.mark.parametrize(
    ("name", "text", "trouble"),
    [
        ("plaats", "x", "no such field"),
        ("starts", "morgen", "no time"),
        ("starts", "", "no time"),
        ("starts", "2026-02-30", "no time"),
        ("starts", "2026-03-29 02:30", "skip this time"),
        ("status", "misschien", "no such status"),
        ("url", "www.example.org", "no web address"),
        ("url", "javascript:alert(1)", "no web address"),
        ("summary", " ", "needs a title"),
        ("location", "x" * 501, "too long"),
    ],
)
def test_nonsense_is_refused_with_its_place_and_what_to_type(name: str, text: str, trouble: str) -> None:
    with pytest.raises(StuifmailError, match=trouble) as refused:
        read_value(name, text, ZONE)
    assert name in refused.value.place
    assert refused.value.remedy


def test_times_must_make_sense_together() -> None:
    early = replace(WORKSHOP, ends_at=datetime(2026, 6, 8, 11, tzinfo=UTC))
    mixed = replace(WORKSHOP, ends_at=date(2026, 6, 9))
    for entry, trouble in ((early, "end before it starts"), (mixed, "both be days")):
        with pytest.raises(StuifmailError, match=trouble):
            check_entry(WORKSHOP, entry, {"starts_at"}, place="e-1")
    check_entry(WORKSHOP, early, {"summary"}, place="e-1")  # it was the source's, and nobody touched it
    check_entry(WORKSHOP, WORKSHOP, {"starts_at", "ends_at"}, place="e-1")


def test_the_dates_of_an_event_that_repeats_cannot_be_amended() -> None:
    once = Occurrence(recurrence_id="2026-06-08", starts_at=date(2026, 6, 8))
    series = replace(WORKSHOP, rrule="FREQ=WEEKLY", occurrences=(once,))
    with pytest.raises(StuifmailError, match="repeats"):
        check_entry(series, WORKSHOP, {"starts_at"}, place="e-1")
    check_entry(series, series, {"summary"}, place="e-1")


def test_fields_have_names_for_people_and_values_as_they_are_stored() -> None:
    assert (field_named("starts"), field_named("url")) == ("starts_at", "url")
    assert value_in(WORKSHOP, "starts_at") == "2026-06-08T12:00:00Z"
