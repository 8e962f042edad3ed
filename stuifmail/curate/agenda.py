"""Choosing events for the agenda."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stuifmail.curate.wording import say
from stuifmail.model.events import Event
from stuifmail.model.names import fold_name
from stuifmail.model.selections import EventPick
from stuifmail.model.times import MomentOrDay


def select_events(
    events: Sequence[Event], *, days: int, limit: int, today: date, zone: str, language: str = "nl"
) -> tuple[EventPick, ...]:
    """Choose the events that start from today up to and with so many days ahead.

    Cancelled ones are left out; the same summary at the same start is one event, however many
    calendars it stands in.

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
    same: dict[tuple[str, datetime], list[Event]] = {}
    for event in events:
        start = event.entry.starts_at
        if start is None or event.entry.status == "cancelled" or not event.entry.summary.strip():
            continue
        if today <= _day(start, here) <= last:
            same.setdefault((fold_name(event.entry.summary), _moment(start, here)), []).append(event)
    ordered = sorted(same.items(), key=lambda entry: (entry[0][1], entry[0][0]))
    return tuple(_pick(group, moment, today, language) for (_, moment), group in ordered[:limit])


def _day(when: MomentOrDay, zone: ZoneInfo) -> date:
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def _moment(when: MomentOrDay, zone: ZoneInfo) -> datetime:
    return when.astimezone(zone) if isinstance(when, datetime) else datetime.combine(when, time(), zone)


def _pick(group: Sequence[Event], moment: datetime, today: date, language: str) -> EventPick:
    # What is confirmed and whose it is says more than a copy on somebody else's calendar.
    event = min(group, key=lambda event: (event.entry.status != "confirmed", not event.member_id, event.id))
    days = (moment.date() - today).days
    key = {0: "starts_today", 1: "starts_tomorrow"}.get(days, "starts_in")
    reasons = [say(language, key, count=days)]
    if event.entry.status == "tentative":
        reasons.append(say(language, "tentative"))
    if len(group) > 1:
        reasons.append(say(language, "calendars", count=len(group)))
    return EventPick(event=event, why=" · ".join(reasons))
