"""Choosing events for the agenda."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from stuifmail.curate import select_events
from stuifmail.model.events import CalendarEntry, Event
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


def test_the_limit_keeps_the_first_ones_and_english_is_spoken_too() -> None:
    picks = select(*(event(f"dag {n}", date(2026, 5, n)) for n in (9, 7, 5)), limit=2, language="en")
    assert names(picks) == ["dag 5", "dag 7"]
    assert [pick.why for pick in picks] == ["tomorrow", "in 3 days"]
