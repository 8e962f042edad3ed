"""Choosing events for the agenda."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from stuifmail.curate.wording import say
from stuifmail.model.events import DaySpan, Event
from stuifmail.model.names import fold_name
from stuifmail.model.selections import EventPick
from stuifmail.model.times import MomentOrDay


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coming:
    """An event with the date on which it is shown.

    Args:
        moment: by which it is sorted; aware.
        more_count: of a repeating event, how many dates follow within the agenda's days.
        span: what is known of the date, where it is open.
    """

    event: Event
    moment: datetime
    starts_at: MomentOrDay
    ends_at: MomentOrDay | None
    more_count: int = 0
    span: DaySpan | None = None


def select_events(
    events: Sequence[Event], *, days: int, limit: int, today: date, zone: str, language: str = "nl"
) -> tuple[EventPick, ...]:
    """Choose the events that start from today up to and with so many days ahead.

    Each stands there once: of one that repeats its next date, of one whose date is open the first
    day that it may be. Cancelled ones and those that their source took away are left out. Events
    with one UID, and those with the same summary at the same start, are one, however many
    calendars they stand in.

    Args:
        events: any events, in any order.
        days: how far ahead.
        limit: most events.
        today: the day in `zone`.
        zone: IANA name of the newsroom's, in which moments get their day.
        language: in which reasons are told, "nl" or "en".

    Returns:
        Picks by start; what lasts all day stands first on its day.
    """
    last, here = today + timedelta(days=days), ZoneInfo(zone)
    coming = [
        found
        for event in events
        if _may_stand(event) and (found := _next_date(event, today, last, here)) is not None
    ]
    chosen = [_choose(group) for group in _group(coming)]
    order = sorted(chosen, key=lambda pair: (pair[0].moment, fold_name(pair[0].event.entry.summary)))
    return tuple(_pick(one, count, today, language) for one, count in order[:limit])


def _may_stand(event: Event) -> bool:
    entry = event.entry
    return event.removed_at is None and entry.status != "cancelled" and bool(entry.summary.strip())


def _next_date(event: Event, today: date, last: date, zone: ZoneInfo) -> _Coming | None:
    """Answer the event with its first date in these days, None when it has none."""
    entry = event.entry
    if entry.rrule or entry.occurrences:
        dates = [each for each in entry.occurrences if each.status != "cancelled"]
        dates = [each for each in dates if today <= _day(each.starts_at, zone) <= last]
        dates.sort(key=lambda each: _moment(each.starts_at, zone))
        if not dates:
            return None
        first = dates[0]
        moment = _moment(first.starts_at, zone)
        return _Coming(
            event=event,
            moment=moment,
            starts_at=first.starts_at,
            ends_at=first.ends_at,
            more_count=len(dates) - 1,
        )
    start = entry.starts_at if entry.starts_at is not None else _day_of_span(entry.span, today)
    if start is None or not today <= _day(start, zone) <= last:
        return None
    ends_at = entry.ends_at if entry.starts_at is not None else None
    return _Coming(
        event=event, moment=_moment(start, zone), starts_at=start, ends_at=ends_at, span=entry.span
    )


def _day_of_span(span: DaySpan | None, today: date) -> date | None:
    """Answer the day on which an open date stands: its first, or, when that is past, its last."""
    if span is None:
        return None
    return span.first if span.first is not None and span.first >= today else span.last


def _day(when: MomentOrDay, zone: ZoneInfo) -> date:
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def _moment(when: MomentOrDay, zone: ZoneInfo) -> datetime:
    return when.astimezone(zone) if isinstance(when, datetime) else datetime.combine(when, time(), zone)


def _group(coming: Sequence[_Coming]) -> list[list[_Coming]]:
    """Answer the events that are one: by UID, or by summary and start; in the order of the first."""
    groups: list[list[_Coming]] = []
    places: dict[tuple[object, ...], int] = {}
    for one in coming:
        keys = list(_keys(one))
        place = next((places[key] for key in keys if key in places), len(groups))
        if place == len(groups):
            groups.append([])
        groups[place].append(one)
        for key in keys:
            places.setdefault(key, place)
    return groups


def _keys(one: _Coming) -> Iterator[tuple[object, ...]]:
    entry, name = one.event.entry, fold_name(one.event.entry.summary)
    yield "named", name, one.moment
    if entry.uid:  # some systems number their events from 1: a UID alone proves nothing
        yield "uid", entry.uid, name
        yield "uid", entry.uid, one.moment


def _choose(group: Sequence[_Coming]) -> tuple[_Coming, int]:
    """Answer whose entry counts, and in how many calendars it stands.

    The newest version of one UID, what is confirmed, the calendar that made it, one of a member,
    the first that was seen.
    """
    is_one_uid = len({one.event.entry.uid for one in group}) == 1

    def rank(one: _Coming) -> tuple[object, ...]:
        event = one.event
        sequence = -event.entry.sequence if is_one_uid else 0
        is_open = event.entry.status != "confirmed"
        return (
            sequence, is_open, not _is_maker(event), not event.member_id, event.first_seen_at, event.id,
        )  # fmt: skip

    return min(group, key=rank), len(group)


def _is_maker(event: Event) -> bool:
    """Answer whether the event's UID names the site it came from: who made it puts its own name there."""
    host = event.entry.uid.rpartition("@")[2].lower().removeprefix("www.")
    addresses = (event.provenance.url, event.entry.url or "")
    hosts = {(urlsplit(each).hostname or "").removeprefix("www.") for each in addresses}
    return "." in host and host in hosts


def _pick(one: _Coming, calendars_count: int, today: date, language: str) -> EventPick:
    days = (one.moment.date() - today).days
    reasons = [_say_conflicts(one.event, language)] if one.event.conflicts else []
    if one.span is None or one.span.precision in ("day", "days"):
        key = {0: "starts_today", 1: "starts_tomorrow"}.get(days, "starts_in")
        reasons.append(say(language, key, count=days))
    if one.span is not None and one.span.text:
        reasons.append(say(language, "open_date", text=one.span.text))
    elif one.event.entry.status == "tentative":
        reasons.append(say(language, "tentative"))
    if one.more_count:
        reasons.append(
            say(language, "one_more_date" if one.more_count == 1 else "more_dates", count=one.more_count)
        )
    if calendars_count > 1:
        reasons.append(say(language, "calendars", count=calendars_count))
    return EventPick(
        event=one.event,
        why=" · ".join(reasons),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        span=one.span,
        more_count=one.more_count,
    )


def _say_conflicts(event: Event, language: str) -> str:
    """Answer in words where the source contradicts what an editor amended: somebody must look."""
    fields = ", ".join(say(language, f"field_{each.field}") for each in event.conflicts)
    return say(language, "conflict", fields=fields)
