"""`stuifmail parse` shows what the harvester makes of a file."""

from pathlib import Path

from stuifmail.harvest.discovery.describe import describe_file
from tests.builders_harvest import NOW, make_calendar, make_news, make_rss


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_feed_is_shown_with_exactly_these_keys(tmp_path: Path) -> None:
    path = write(tmp_path, "feed.xml", make_rss(make_news(1)))
    assert describe_file(path) == {
        "file": str(path),
        "kind": "feed",
        "entries": [
            {
                "guid": "news-1",
                "title": "Bericht 1",
                "link": "https://berm.example.org/nieuws/1",
                "published_at": "2026-04-02T08:00:00Z",
                "updated_at": None,
                "language": None,
            }
        ],
        "events": [],
        "problems": [],
    }


def test_times_are_utc_days_are_dates_and_floating_times_have_no_suffix(tmp_path: Path) -> None:
    calendar = make_calendar(
        "UID:1\nSUMMARY:Een\nDTSTART;TZID=Europe/Amsterdam:20260608T140000\nDTEND;TZID=Europe/Amsterdam:20260608T170000",
        "UID:2\nSUMMARY:Twee\nDTSTART;VALUE=DATE:20260529\nSTATUS:CANCELLED",
        "UID:3\nSUMMARY:Drie\nDTSTART:20260608T140000",
    )
    first, second, third = describe_file(write(tmp_path, "a.ics", calendar))["events"]
    assert first == {
        "uid": "1",
        "summary": "Een",
        "starts_at": "2026-06-08T12:00:00Z",
        "ends_at": "2026-06-08T15:00:00Z",
        "status": "confirmed",
        "open_date": "",
        "dates_count": 0,
    }
    assert (second["starts_at"], second["ends_at"], second["status"]) == (
        "2026-05-29",
        "2026-05-30",
        "cancelled",
    )
    assert third["starts_at"] == "2026-06-08T14:00:00"


def test_a_file_that_cannot_be_read_has_its_likely_kind_and_the_problem(tmp_path: Path) -> None:
    described = describe_file(tmp_path / "weg.ics")
    assert described["kind"] == "calendar"
    assert described["entries"] == described["events"] == []
    assert described["problems"] == ["there is no such file: correct the path"]


def test_sheets_are_shown_by_the_columns_that_they_have(tmp_path: Path) -> None:
    news = describe_file(write(tmp_path, "n.csv", b"id,title\n1,Nieuws\n"))
    events = describe_file(write(tmp_path, "e.csv", b"title,starts\nDag,2026-06-08\n"))
    assert [entry["title"] for entry in news["entries"]] == ["Nieuws"]
    assert [event["starts_at"] for event in events["events"]] == ["2026-06-08"]


def test_a_participants_sheet_has_rows_and_no_problems(tmp_path: Path) -> None:
    sheet = (
        b"registration_id,email,organisation,country,org_type,role,status\n"
        b"1,rol@lid.example.org,Berm,NL,ngo,member,attended\n"
    )
    described = describe_file(write(tmp_path, "deelnemers.csv", sheet))
    assert (described["kind"], described["entries"], described["problems"]) == ("sheet", [], [])
    assert described["rows"] == 1


def test_a_sheet_without_the_needed_column_names_it(tmp_path: Path) -> None:
    described = describe_file(write(tmp_path, "x.csv", b"naam,link\na,b\n"))
    assert 'missing column: "title"' in described["problems"][0]


def test_an_entry_without_a_language_has_that_of_its_feed(tmp_path: Path) -> None:
    feed = make_rss(make_news(1), head="<language>nl-NL</language>")
    assert describe_file(write(tmp_path, "a.xml", feed))["entries"][0]["language"] == "nl-nl"


def test_a_doubled_column_is_named_besides_the_missing_one(tmp_path: Path) -> None:
    described = describe_file(write(tmp_path, "x.csv", b"email;email\na;b\n"))
    assert 'missing column: "title"' in described["problems"][0]
    assert 'there more than once: "email"' in described["problems"][0]


def test_a_folder_and_foreign_bytes_are_called_what_they_are(tmp_path: Path) -> None:
    assert describe_file(tmp_path)["problems"] == ["this is a folder, not a file: name the file in it"]
    picture = describe_file(write(tmp_path, "x.xml", b"\x89PNG\r\n\x1a\n\0\0"))
    assert picture["problems"][0].startswith(
        "this is no feed, calendar or sheet but a picture: name the file"
    )


def test_open_dates_and_dates_that_repeat_are_told_when_the_moment_is_known(tmp_path: Path) -> None:
    sheet = tmp_path / "agenda.csv"
    sheet.write_text("title,starts\nSymposium,29 mei\n", encoding="utf-8")
    (symposium,) = describe_file(sheet, now=NOW)["events"]
    assert (symposium["starts_at"], symposium["status"], symposium["open_date"]) == (
        None,
        "tentative",
        "29 mei",
    )
    weekly = tmp_path / "agenda.ics"
    weekly.write_bytes(make_calendar("UID:1\nDTSTART:20260504T100000Z\nRRULE:FREQ=WEEKLY;COUNT=3"))
    assert [event["dates_count"] for event in describe_file(weekly, now=NOW)["events"]] == [3]
    assert [event["dates_count"] for event in describe_file(weekly)["events"]] == [0]
