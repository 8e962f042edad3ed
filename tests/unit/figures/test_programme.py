"""Programmes from their sheets: times in the event's own zone, bad cells named, nothing guessed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from stuifmail.config.models import Member
from stuifmail.errors import InvalidSheet
from stuifmail.figures.programme import ProgrammeSetting, ProgrammeSheet, read_programme
from stuifmail.figures.records import count_presentations
from tests.conftest import ROOT

ZOEM = Member(
    id="zoem",
    name='Kennisinstituut "Zoem"',
    aliases=("Zoem",),
    kind="ngo",
    tier="partner",
    joined=date(2022, 6, 14),
)
DAY = date(2025, 11, 18)


def setting(**changes: Any) -> ProgrammeSetting:
    values: dict[str, Any] = {"file": "p.csv", "zone": "Africa/Nairobi", "first": DAY, "last": DAY}
    return ProgrammeSetting(**{**values, "members": (ZOEM,), **changes})


def read(text: str, **changes: Any) -> ProgrammeSheet:
    return read_programme(text.encode(), setting(**changes))


def problems_of(text: str, **changes: Any) -> list[str]:
    return [str(problem) for problem in read(text, **changes).problems]


def presentations_in(sheet: ProgrammeSheet) -> int:
    (figure,) = count_presentations("event", sheet.rows, computed_at=datetime(2026, 5, 4, tzinfo=UTC))
    return figure.value


def test_times_are_those_of_the_events_own_zone() -> None:
    (row,) = read("starts,ends,title\n15:00,15:20,Welkom\n").rows
    assert row.starts_at == datetime(2025, 11, 18, 12, 0, tzinfo=UTC)
    assert row.ends_at == datetime(2025, 11, 18, 12, 20, tzinfo=UTC)
    assert row.title == {"nl": "Welkom"}


@pytest.mark.parametrize("text", ["9:30", "09.30", "9.30 uur", "9u30", "09:30:00"])
def test_times_are_read_as_people_write_them(text: str) -> None:
    (row,) = read(f"starts,title\n{text},Welkom\n").rows
    assert row.starts_at == datetime(2025, 11, 18, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["25:00", "half tien", "9:75", "930"])
def test_a_time_that_is_none_is_named_with_its_line_and_the_row_stays(text: str) -> None:
    sheet = read(f"starts,title\n15:00,Eerst\n{text},Dan\n")
    assert [row.title["nl"] for row in sheet.rows] == ["Eerst", "Dan"]
    assert sheet.rows[1].starts_at is None
    assert str(sheet.problems[0]) == f'p.csv:3:0: starts: "{text}" is no time: write 14:00'


@pytest.mark.parametrize("text", ["0.25", "0.5833333333", "46181.5"])
def test_a_number_that_excel_means_as_a_time_is_refused_and_not_guessed(text: str) -> None:
    sheet = read(f"starts,title\n{text},Dan\n")
    assert sheet.rows[0].starts_at is None
    assert str(sheet.problems[0]).endswith("is no time: give the cell the form of a time, or write 14:00")


def test_a_number_that_excel_means_as_a_day_is_refused_and_not_guessed() -> None:
    (problem,) = problems_of("day,starts,title\n45979,9:30,Dan\n")
    assert problem.endswith(
        '"45979" is no day; the row has no time now: give the cell the form of a day, or write 2026-06-08'
    )


def test_a_cell_with_day_and_time_is_read_and_held_against_the_day() -> None:
    day, other = "2025-11-18T09:30:00", "2025-11-19T09:30:00"
    (row,) = read(f"starts,title\n{day},Welkom\n").rows
    assert row.starts_at == datetime(2025, 11, 18, 6, 30, tzinfo=UTC)
    (problem,) = problems_of(f"day,starts,title\n2025-11-18,{other},Welkom\n")
    assert f'"{other}" is not on 2025-11-18' in problem


def test_an_hour_that_does_not_exist_is_named() -> None:
    day = date(2026, 3, 29)
    (problem,) = problems_of("starts,title\n02:30,Nacht\n", zone="Europe/Amsterdam", first=day, last=day)
    assert "02:30 does not exist on 2026-03-29 in Europe/Amsterdam" in problem


def test_a_part_that_ends_before_it_starts_has_no_end() -> None:
    sheet = read("starts,ends,title\n15:00,14:00,Welkom\n")
    assert sheet.rows[0].ends_at is None
    assert "it ends before it starts" in sheet.problems[0].message


def test_an_event_of_several_days_needs_the_day_of_each_row() -> None:
    text = "day,starts,title\n2025-11-19,15:00,Een\n,16:00,Twee\n19 nov,17:00,Drie\n"
    sheet = read(text, last=date(2025, 11, 20))
    assert [row.starts_at and row.starts_at.day for row in sheet.rows] == [19, None, None]
    assert [problem.line for problem in sheet.problems] == [3, 4]
    assert "the event lasts several days" in sheet.problems[0].message


def test_an_event_without_a_day_still_has_a_programme() -> None:
    sheet = read("starts,title\n15:00,Welkom\n", first=None, last=None)
    assert sheet.rows[0].title == {"nl": "Welkom"}
    assert "the event has no day yet" in sheet.problems[0].message


def test_presentations_are_those_that_were_given_and_not_those_planned() -> None:
    text = (
        "soort,titel,doorgegaan\npresentatie,Een,ja\npresentation,Twee,yes\nlezing,Drie,nee\n"
        "presentatie,Vier,\ngesprek,Vijf,ja\n"
    )
    sheet = read(text)
    assert presentations_in(sheet) == 2
    assert [row.delivered for row in sheet.rows] == [True, True, False, None, True]
    assert sheet.problems == ()


def test_words_that_nobody_knows_are_named_and_never_counted() -> None:
    sheet = read("kind,title,delivered\npresentatie?,Een,ja\nkeynote,Twee,misschien\n")
    assert presentations_in(sheet) == 1
    assert [problem.key for problem in sheet.problems] == ["kind", "delivered"]
    assert '"keynote" is no kind of part' in sheet.problems[0].message


def test_members_are_known_by_id_name_or_alias_and_others_are_named() -> None:
    text = 'title,organisation,member\nA,,zoem\nB,"Kennisinstituut ""Zoem""",\nC,Elders,\nD,Zoem,brem\n'
    sheet = read(text)
    assert [row.member_id for row in sheet.rows] == ["zoem", "zoem", "", ""]
    assert [problem.message for problem in sheet.problems] == ['there is no member "brem"']


def test_titles_keep_their_curly_quotes_and_colons() -> None:
    (row,) = read("title_nl;title_en\n“Zo: ‘klein’ leven”;“So: ‘small’ lives”\n").rows
    assert row.title == {"nl": "“Zo: ‘klein’ leven”", "en": "“So: ‘small’ lives”"}


def test_a_row_without_a_title_is_left_out_and_named() -> None:
    sheet = read("starts,title\n15:00,\n16:00,Thee\n")
    assert len(sheet.rows) == 1
    assert str(sheet.problems[0]).startswith("p.csv:2:0: title: the row has no title")


def test_a_sheet_without_titles_is_no_programme() -> None:
    with pytest.raises(InvalidSheet, match="no column with a title"):
        read("starts,ends\n15:00,16:00\n")


def test_the_programme_of_nairobi_has_five_presentations_of_six() -> None:
    content = (ROOT / "samples" / "sheets" / "programma-nairobi-2025.csv").read_bytes()
    sheet = read_programme(content, setting())
    assert sum(row.kind == "presentation" for row in sheet.rows) == 6
    assert presentations_in(sheet) == 5
