"""Rows of sheets become entries and events."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.formats.sheets import parse_sheet
from tests.builders_harvest import NOW

SUBMISSIONS = """id;title;published;member;kind;text;link;language;expires
s-1;Wie heeft zaaigoed?;28-04-2026;De Bonte Berm;Help request;"Wij zoeken zaad.

Mail ons.";https://berm.example.org/vraag?a=1;nl;31 mei 2026
;;;;;leeg;;;
s-3;Goed voorbeeld;vorige week;Berm;good_practice;;berm.example.org;;
"""


def test_submissions_become_entries_in_the_order_of_the_sheet() -> None:
    document = parse_sheet(SUBMISSIONS.encode(), url="inzendingen.csv", holds="submissions")
    first, second = document.entries
    assert (first.guid, first.title, first.member) == ("s-1", "Wie heeft zaaigoed?", "De Bonte Berm")
    assert (first.kind, second.kind) == ("help_request", "good_practice")
    assert first.text == "Wij zoeken zaad.\n\nMail ons."
    assert first.html == "<p>Wij zoeken zaad.</p>\n<p>Mail ons.</p>"
    assert first.published_at == datetime(2026, 4, 27, 22, tzinfo=UTC)


def test_the_last_day_counts_to_its_end() -> None:
    document = parse_sheet(SUBMISSIONS.encode(), url="inzendingen.csv", holds="submissions")
    assert document.entries[0].expires_at == datetime(2026, 5, 31, 21, 59, 59, tzinfo=UTC)


def test_what_cannot_be_read_is_reported_with_its_line() -> None:
    problems = parse_sheet(SUBMISSIONS.encode(), url="inzendingen.csv", holds="submissions").problems
    assert problems[0] == "row 5, column title: the title is empty; left out"
    assert "row 6, column link: 'berm.example.org' is no web address" in problems[1]
    assert "row 6, column published: 'vorige week' is no date" in problems[2]


def test_toolbox_entries_are_of_the_kind_toolbox() -> None:
    (entry,) = parse_sheet(
        b"title,link\nGids,https://gids.example.org\n", url="toolbox.csv", holds="toolbox"
    ).entries
    assert (entry.kind, entry.link) == ("toolbox", "https://gids.example.org")


def test_a_workbook_with_real_dates_and_other_headers_is_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Kop", "Datum"])
    book.active.append(["Nieuws", date(2026, 4, 28)])
    content = BytesIO()
    book.save(content)
    columns = {"title": "Kop", "published": "Datum"}
    (entry,) = parse_sheet(content.getvalue(), url="nieuws.xlsx", columns=columns).entries
    assert (entry.title, entry.published_at) == ("Nieuws", datetime(2026, 4, 27, 22, tzinfo=UTC))


def test_events_of_a_sheet_are_in_amsterdam_unless_they_say_otherwise() -> None:
    sheet = (
        "title,starts,ends,time_zone,status,place\n"
        'Workshop,"8 juni 2026, 14:00 CET",2026-06-08 17:00,,voorlopig,"Voorbeeldlaan 18b, Utrecht"\n'
        "Symposium,29 mei 2026,,,,\n"
        "Topontmoeting,2026-11-18 09:00,,Africa/Nairobi,,Nairobi\n"
    )
    workshop, symposium, summit = parse_sheet(sheet.encode(), url="agenda.csv", holds="events").events
    assert (workshop.starts_at, workshop.ends_at) == (
        datetime(2026, 6, 8, 12, tzinfo=UTC),
        datetime(2026, 6, 8, 15, tzinfo=UTC),
    )
    assert (workshop.status, workshop.location) == ("tentative", "Voorbeeldlaan 18b, Utrecht")
    assert symposium.starts_at == date(2026, 5, 29)
    assert (summit.starts_at, summit.time_zone) == (datetime(2026, 11, 18, 6, tzinfo=UTC), "Africa/Nairobi")


def test_a_date_without_a_year_is_completed_with_the_next_one_and_says_so() -> None:
    content = b"title,starts\nSymposium,29 mei\n"
    (symposium,) = parse_sheet(content, url="agenda.csv", holds="events", now=NOW).events
    assert (symposium.starts_at, symposium.status) == (None, "tentative")
    assert symposium.span is not None
    assert (symposium.span.first, symposium.span.year_inferred) == (date(2026, 5, 29), True)
    document = parse_sheet(content, url="agenda.csv", holds="events")
    assert document.problems == (
        "row 2, column starts: '29 mei' does not say one date; it stays off the agenda",
    )


def test_a_row_may_leave_open_which_of_two_days_it_will_be() -> None:
    content = "title,starts,status\nTop,14 of 15 november 2026,\nAf,begin 2027,geannuleerd\n"
    top, cancelled = parse_sheet(content.encode(), url="agenda.csv", holds="events", now=NOW).events
    assert top.span is not None
    assert top.span.alternatives == (date(2026, 11, 14), date(2026, 11, 15))
    assert (top.status, cancelled.status) == ("tentative", "cancelled")


def test_a_row_with_a_range_in_one_cell_has_start_and_end_and_its_label_is_not_believed() -> None:
    content = 'title,starts\nWorkshop,"5 juni 2023, 14:00 - 17:00 CET"\n'
    document = parse_sheet(content.encode(), url="agenda.csv", holds="events", now=NOW)
    (workshop,) = document.events
    assert workshop.starts_at == datetime(2023, 6, 5, 12, tzinfo=UTC)
    assert workshop.ends_at == datetime(2023, 6, 5, 15, tzinfo=UTC)
    assert "it says CET, but clocks show CEST on 5 June 2023" in document.problems[0]


def test_the_last_day_that_a_row_names_belongs_to_the_event() -> None:
    content = "title,starts,ends\nWeek,2026-06-01,2026-06-05\nDagen,1 t/m 5 juni 2026,\n"
    events = parse_sheet(content.encode(), url="agenda.csv", holds="events", now=NOW).events
    assert [event.ends_at for event in events] == [date(2026, 6, 6)] * 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"naam,link\na,b\n", 'missing column: "title"'),
        (b"title,title\na,b\n", "more than once"),
        (b"", "empty"),
    ],
)
def test_missing_and_doubled_columns_are_refused_with_place_and_remedy(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message) as refused:
        parse_sheet(content, url="inzendingen.csv", holds="submissions")
    assert refused.value.place.startswith("inzendingen.csv")
    assert refused.value.remedy


def test_words_around_a_date_are_not_passed_over() -> None:
    content = (
        "title,starts\nBorrel,uiterlijk 15 juli 2026\nDag,29 mei 2026 (onder voorbehoud)\nJour,5 mai 2026\n"
    )
    by, doubtful, french = parse_sheet(content.encode(), url="agenda.csv", holds="events", now=NOW).events
    assert by.span is not None
    assert (by.starts_at, by.span.first, by.span.last) == (None, None, date(2026, 7, 15))
    assert (doubtful.starts_at, doubtful.status) == (date(2026, 5, 29), "tentative")
    assert (french.starts_at, french.status) == (date(2026, 5, 5), "confirmed")


@pytest.mark.parametrize(("system", "serial"), [("windows", 46173), ("mac", 44711)])
def test_days_that_lost_their_format_are_read_by_the_system_of_their_workbook(
    system: str, serial: int
) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904 if system == "mac" else CALENDAR_WINDOWS_1900
    sheet = book.active
    assert sheet is not None
    sheet.append(["title", "starts"])
    sheet.append(["Open dag", serial])
    out = BytesIO()
    book.save(out)
    parsed = parse_sheet(out.getvalue(), url="agenda.xlsx", holds="events", now=NOW)
    assert parsed.events[0].starts_at == date(2026, 5, 31)
    assert parsed.problems == ()
