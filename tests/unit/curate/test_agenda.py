"""Choosing events for the agenda."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from stuifmail.curate import select_events
from stuifmail.model.events import CalendarEntry, DaySpan, Event, FieldConflict, Occurrence
from stuifmail.model.items import Provenance
from stuifmail.model.selections import EventPick

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
TODAY = date(2026, 5, 4)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def event(name: str, start: datetime | date | None, member: str = "a", **entry: object) -> Event:
    return Event(
        id=f"{name}-{member}",
        source_id="s",
        member_id=member,
        entry=CalendarEntry(summary=name, starts_at=start, **entry),  # type: ignore[arg-type]
        provenance=Provenance(source_id="s", url="u", fetched_at=NOW, sha256="0"),
        first_seen_at=NOW,
    )


def select(*events: Event, days: int = 90, limit: int = 6, language: str = "nl") -> tuple[EventPick, ...]:
    return select_events(events, days=days, limit=limit, today=TODAY, zone=AMSTERDAM.key, language=language)


def names(picks: tuple[EventPick, ...]) -> list[str]:
    return [pick.event.entry.summary for pick in picks]


def test_events_stand_in_the_order_of_their_start_and_all_day_first() -> None:
    picks = select(
        event("middag", datetime(2026, 6, 8, 12, tzinfo=UTC)),
        event("dag", date(2026, 6, 8)),
        event("eerder", datetime(2026, 5, 20, 8, tzinfo=UTC)),
    )
    assert names(picks) == ["eerder", "dag", "middag"]


def test_only_what_starts_within_the_days_is_upcoming() -> None:
    picks = select(
        event("gisteren", date(2026, 5, 3)),
        event("vandaag", date(2026, 5, 4)),
        event("laatste", date(2026, 5, 14)),
        event("te laat", date(2026, 5, 15)),
        event("zonder begin", None),
        days=10,
    )
    assert names(picks) == ["vandaag", "laatste"]
    assert [pick.why for pick in picks] == ["vandaag", "over 10 dagen"]


def test_a_moment_late_in_the_evening_in_utc_is_the_next_day_here() -> None:
    (pick,) = select(event("nacht", datetime(2026, 5, 4, 22, 30, tzinfo=UTC)))
    assert pick.why == "morgen"


def test_cancelled_events_are_left_out_and_tentative_ones_say_so() -> None:
    picks = select(
        event("af", date(2026, 5, 29), status="cancelled"),
        event("onzeker", date(2026, 5, 29), status="tentative"),
    )
    assert names(picks) == ["onzeker"]
    assert picks[0].why == "over 25 dagen · onder voorbehoud"


def test_the_same_event_in_several_calendars_is_one() -> None:
    start = datetime(2026, 6, 8, 12, tzinfo=UTC)
    picks = select(
        event("Workshop: Bermen", start, member="", status="tentative"),
        event("workshop bermen", start.astimezone(AMSTERDAM), member="b"),
        event("Workshop bermen", date(2026, 6, 9), member="c"),
    )
    assert [pick.event.member_id for pick in picks] == ["b", "c"]
    assert picks[0].why == "over 35 dagen · staat in 2 kalenders"


def test_an_event_that_repeats_stands_on_its_next_date_and_says_how_many_follow() -> None:
    days = {1: "confirmed", 5: "cancelled", 12: "confirmed", 19: "confirmed", 26: "confirmed"}
    dates = tuple(
        Occurrence(recurrence_id=f"2026-05-{day:02}", starts_at=date(2026, 5, day), status=status)  # type: ignore[arg-type]
        for day, status in days.items()
    )
    repeating = event("inloop", date(2020, 5, 1), rrule="FREQ=WEEKLY", occurrences=dates)
    (pick,) = select(repeating, days=20)
    assert (pick.starts_at, pick.more_count) == (date(2026, 5, 12), 1)
    assert pick.why == "over 8 dagen · en nog 1 datum"
    (pick,) = select(repeating, language="en")
    assert pick.why == "in 8 days · and 2 more dates"


def test_an_event_of_which_source_and_editor_say_otherwise_is_pointed_out() -> None:
    conflicts = tuple(
        FieldConflict(field=field, base="a", ours="b", theirs="c") for field in ("starts_at", "location")
    )
    one = replace(event("inloop", date(2026, 5, 12)), conflicts=conflicts)
    assert select(one)[0].why == "let op: de bron zegt nu iets anders dan u (begin, plaats) · over 8 dagen"
    (pick,) = select(one, language="en")
    assert pick.why == "mind: by now the source says otherwise than you (start, place) · in 8 days"


def test_an_event_whose_dates_are_all_over_is_left_out_though_its_rule_goes_on() -> None:
    gone = Occurrence(recurrence_id="2026-05-01", starts_at=date(2026, 5, 1))
    assert select(event("inloop", TODAY, rrule="FREQ=WEEKLY", occurrences=(gone,))) == ()


def test_an_open_date_stands_on_the_first_day_that_it_may_be_and_says_what_is_known() -> None:
    def open_date(name: str, first: date | None, last: date | None, precision: str, text: str) -> Event:
        span = DaySpan(first=first, last=last, precision=precision, text=text)  # type: ignore[arg-type]
        return event(name, None, status="tentative", span=span)

    picks = select(
        open_date("symposium", date(2026, 5, 29), date(2026, 5, 29), "day", "29 mei"),
        open_date("voorjaar", date(2026, 3, 1), date(2026, 5, 31), "part", "dit voorjaar"),
        open_date("uiterlijk", None, date(2026, 6, 15), "open", "uiterlijk 15 juni"),
        open_date("voorbij", date(2026, 1, 1), date(2026, 3, 31), "part", "begin 2026"),
        open_date("ooit", None, None, "open", "elke dinsdag"),
    )
    assert names(picks) == ["symposium", "voorjaar", "uiterlijk"]
    assert picks[0].why == "over 25 dagen · 29 mei, nog te bevestigen"
    assert picks[1].why == "dit voorjaar, nog te bevestigen"
    assert picks[0].span is not None
    assert (picks[0].starts_at, picks[1].starts_at) == (date(2026, 5, 29), date(2026, 5, 31))


def test_what_its_source_took_away_is_left_out() -> None:
    assert select(replace(event("weg", date(2026, 5, 29)), removed_at=NOW)) == ()


def test_one_uid_in_two_calendars_is_one_event_and_the_newest_version_counts() -> None:
    stale = event("Workshop", date(2026, 6, 8), uid="w-1@berm.example.org", sequence=1)
    newest = event("Workshop", date(2026, 6, 9), member="b", uid="w-1@berm.example.org", sequence=2)
    (pick,) = select(stale, newest)
    assert (pick.event.member_id, pick.starts_at) == ("b", date(2026, 6, 9))
    assert "staat in 2 kalenders" in pick.why


def test_the_calendar_that_made_an_event_counts_above_one_that_copied_it() -> None:
    copy = event("Workshop", date(2026, 6, 8), member="a", uid="w-1@berm.example.org")
    made = event("Workshop", date(2026, 6, 8), member="b", uid="w-1@berm.example.org")
    made = replace(made, provenance=replace(made.provenance, url="https://www.berm.example.org/agenda.ics"))
    assert [pick.event.member_id for pick in select(copy, made)] == ["b"]


def test_numbers_that_systems_give_their_events_from_one_on_do_not_make_them_one() -> None:
    picks = select(event("a", date(2026, 6, 8), uid="1"), event("b", date(2026, 6, 9), uid="1", member="b"))
    assert names(picks) == ["a", "b"]


def test_the_limit_keeps_the_first_ones_and_english_is_spoken_too() -> None:
    picks = select(*(event(f"dag {n}", date(2026, 5, n)) for n in (9, 7, 5)), limit=2, language="en")
    assert names(picks) == ["dag 5", "dag 7"]
    assert [pick.why for pick in picks] == ["tomorrow", "in 3 days"]
