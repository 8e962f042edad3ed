"""What mutated documents taught: an odd piece costs itself, never the document, and harms nobody."""

from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from benchmarks.parts.written_seeds import write_workbook
from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.calendars.icalendars import parse_calendar
from stuifmail.harvest.cleaning.clean import clean_html
from stuifmail.harvest.formats.documents import parse_document, shorten_problems
from stuifmail.harvest.formats.feeds import parse_feed
from stuifmail.harvest.formats.sheets import parse_sheet
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.events import CalendarEntry
from tests.builders_harvest import NOW, make_calendar, make_news, make_rss

NEWS = make_news(1)
#: Makes a feed such that feedparser reads it as tag soup.
BROKEN = "<p><b></p>"


def titles_of(content: bytes) -> list[str]:
    return [entry.title for entry in parse_feed(content, url="x").entries]


def only_event(text: str) -> CalendarEntry:
    (event,) = parse_calendar(make_calendar(f"UID:h\nSUMMARY:Overleg\n{text}"), url="x").events
    return event


def read_agenda(row: str) -> ParsedDocument:
    content = f"title,starts,ends\nMaaidag,{row}\n"
    return parse_sheet(content.encode(), url="agenda.csv", holds="events", now=NOW)


@pytest.mark.parametrize("charset", [b"u\0f", b"utf-\x94", b"utf-7", b"rot13", b"x" * 200])
def test_a_charset_with_an_impossible_name_does_not_cost_the_feed(charset: bytes) -> None:
    content = make_rss(NEWS, BROKEN).replace(b'encoding="utf-8"', b'encoding="' + charset + b'"')
    assert titles_of(content)[0] == "Bericht 1"


def test_a_namespace_with_a_space_in_its_name_does_not_cost_the_feed() -> None:
    content = make_rss(f"<title xmlns='a b c'>Een</title>{NEWS}", BROKEN)
    assert len(titles_of(content)) == 2


@pytest.mark.parametrize("number", ["xD800", "x110000", "99999999999999999999"])
def test_a_character_that_does_not_exist_is_the_unknown_character(number: str) -> None:
    content = make_rss(BROKEN, f"<title>Heg &#{number}; haag</title>")
    assert titles_of(content)[1] == "Heg \ufffd haag"


@pytest.mark.parametrize("end", ["category", "width", "height", "content", "title", "link", "guid", "author"])
def test_an_element_that_ends_without_a_beginning_does_not_cost_the_feed(end: str) -> None:
    assert titles_of(make_rss(f"{BROKEN}</{end}>{NEWS}</{end}>")) == ["Bericht 1"]


@pytest.mark.parametrize(
    "base", ["http://s\0ml.example.org/", "http://a,b c\u201d/", "https://[::1", "http://%%/"]
)
def test_links_that_belong_to_an_impossible_address_lead_nowhere(base: str) -> None:
    assert clean_html('<p>Een <a href="/x">heg</a></p>', base) == "<p>Een <a>heg</a></p>"


def test_markup_has_line_ends_of_one_kind() -> None:
    assert "\r" not in clean_html("<p>a\r\nb\rc&#13;d&#xD;e</p>", None)
    assert "\r" not in clean_html("a\rb", None)


def test_what_is_wrong_is_told_on_one_short_line_whatever_it_quotes() -> None:
    (told,) = shorten_problems([f"line 3 is\n no \x1b[31mcalendar\0 line {'x' * 10_000}"])
    assert told.startswith("line 3 is no [31mcalendar line xxx")
    assert (len(told), told[-1]) == (500, "…")


def test_what_a_refusal_quotes_is_fit_to_be_shown() -> None:
    content = "title,onzin\u202e\0,title\nHeg,x,y\n".encode()
    with pytest.raises(UnreadableDocument) as refused:
        parse_document(content, url="nieuws.csv", kind="sheet")
    shown = f"{refused.value.message} {refused.value.remedy}"
    assert shown == "".join(each for each in shown if each.isprintable())


@pytest.mark.parametrize("start", ["00010101T000000Z", "99991231T235959Z", ";VALUE=DATE:00010101"])
def test_a_start_at_the_edge_of_time_is_none(start: str) -> None:
    line = f"DTSTART{start}" if start.startswith(";") else f"DTSTART:{start}"
    document = parse_calendar(make_calendar(f"UID:h\nSUMMARY:Altijd\n{line}"), url="x")
    assert document.events[0].starts_at is None
    assert "Altijd: there is no usable start (DTSTART)" in document.problems[0]


def test_an_end_at_the_edge_of_time_is_none() -> None:
    assert only_event("DTSTART:20260601T100000Z\nDTEND:99991231T235959Z").ends_at is None
    assert only_event("DTSTART:99981231T100000Z\nDURATION:P300D").ends_at is None


def test_an_event_that_ends_before_it_starts_has_no_end() -> None:
    event = only_event("DTSTART:20260601T100000Z\nDTEND:20260601T090000Z")
    assert (event.starts_at, event.ends_at) == (datetime(2026, 6, 1, 10, tzinfo=UTC), None)


@pytest.mark.parametrize("number", ["2147483648", "9" * 400, "-1", "1.5", "x"])
def test_a_sequence_that_no_calendar_counts_to_is_none(number: str) -> None:
    assert only_event(f"DTSTART:20260601T100000Z\nSEQUENCE:{number}").sequence == 0


@pytest.mark.parametrize(
    ("row", "ends_at", "told"),
    [
        ("2026-05-31 14:00,2026-05-31", None, ""),
        ("2026-05-31 14:00,2026-06-02", None, "column ends: the start has a time, and the end has none"),
        ("2026-05-31,2026-06-02 17:00", date(2026, 6, 3), ""),
        ("2026-05-31 14:00,2026-05-31 13:00", None, "column ends: the end is before the start"),
        ("2026-05-31,2026-05-30", None, "column ends: the end is before the start"),
        ("2026-05-31,9999-12-31", None, "column ends: '9999-12-31' is no date"),
    ],
)
def test_the_end_in_an_agenda_has_the_form_of_its_start(row: str, ends_at: date | None, told: str) -> None:
    document = read_agenda(row)
    assert document.events[0].ends_at == ends_at
    assert told in " ".join(document.problems)
    assert bool(told) == bool(document.problems)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0001-01-01 10:00"])
def test_a_day_at_the_edge_of_time_in_a_sheet_is_no_date(day: str) -> None:
    agenda = read_agenda(f"{day},")
    assert (agenda.events[0].starts_at, len(agenda.problems)) == (None, 1)
    content = f"title,published,expires\nHeg,{day},{day}\n"
    news = parse_document(content.encode(), url="nieuws.csv", kind="sheet", now=NOW)
    assert (news.entries[0].published_at, news.entries[0].expires_at) == (None, None)


def test_a_zone_whose_clocks_change_each_second_is_not_followed() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Eigen\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\n"
        "TZOFFSETTO:+0200\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    content = make_calendar("UID:h\nSUMMARY:Overleg\nDTSTART;TZID=Eigen:20260601T100000", head=zone)
    document = parse_calendar(content, url="x")
    assert document.events[0].starts_at == datetime(2026, 6, 1, 8, tzinfo=UTC)
    assert "no clocks change like this (RRULE:FREQ=SECONDLY)" in document.problems[0]


def test_a_row_with_an_impossible_number_does_not_make_all_rows_before_it() -> None:
    book = write_workbook((("title", "starts"), ("Maaidag", "2026-05-31")))
    part = "xl/sheet1.xml"
    with ZipFile(BytesIO(book)) as old, ZipFile(far := BytesIO(), "w") as new:
        for name in old.namelist():
            content = old.read(name)
            last = b'<row r="9223372036854775808"><c><v>1</v></c></row></sheetData>'
            new.writestr(name, content.replace(b"</sheetData>", last) if name == part else content)
    document = parse_sheet(far.getvalue(), url="agenda.xlsx", holds="events", now=NOW)
    assert [event.summary for event in document.events] == ["Maaidag"]


def test_a_number_of_thousands_of_digits_in_posts_is_refused_as_broken() -> None:
    with pytest.raises(UnreadableDocument, match="the JSON is broken"):
        parse_document(b'[{"id": ' + b"9" * 5_000 + b', "title": "x"}]', url="https://berm.example.org/posts")


def test_a_rule_has_no_characters_that_no_database_takes() -> None:
    assert "\0" not in only_event("DTSTART:20260601T100000Z\nRRULE:FREQ=WEEKLY;COUNT=9;X\0Y=1").rrule


def test_a_rule_that_ends_on_half_a_day_costs_itself_and_not_the_calendar() -> None:
    event = only_event("DTSTART:20260601T100000Z\nRRULE:FREQ=WEEKLY;UNTIL=202606")
    assert (event.rrule, event.occurrences) == ("", ())
    assert event.starts_at == datetime(2026, 6, 1, 10, tzinfo=UTC)
