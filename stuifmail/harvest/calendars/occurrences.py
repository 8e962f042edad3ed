"""Repeating events: the dates on which they happen, within a window. Pure.

Rules are followed by the clock of the event's own zone, so that a meeting at 14:00 stays at 14:00
when summer time begins or ends.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import TypeAlias

from stuifmail.harvest.calendars.event_identity import rank_version
from stuifmail.harvest.calendars.recurrences import Budget, expand_rule, parse_rule
from stuifmail.model.events import CalendarEntry, Occurrence
from stuifmail.model.times import MomentOrDay

#: First and last day on which occurrences are looked for.
Window: TypeAlias = tuple[date, date]

#: So many of one event are kept; a daily one then reaches more than a year ahead.
MOST_OCCURRENCES = 400
_BACK_DAYS, _AHEAD_DAYS = 31, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """An occurrence that the calendar changed.

    Args:
        planned: the RECURRENCE-ID: when it would have been.
        start: when it is now, in its own zone; None when it cannot be read.
        is_from_then_on: it changes all that follow, too (RANGE=THISANDFUTURE).
        entry: what it says.
    """

    planned: MomentOrDay
    start: MomentOrDay | None
    is_from_then_on: bool
    entry: CalendarEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """All that a calendar says about when an event repeats.

    Args:
        start: of the first time, aware in the event's own zone, or a day.
        length: None when the event has no end.
        rule: the raw recurrence rule, "" for none.
        more, excluded: RDATE and EXDATE.
    """

    start: MomentOrDay
    length: timedelta | None = None
    rule: str = ""
    more: tuple[MomentOrDay, ...] = ()
    excluded: tuple[MomentOrDay, ...] = ()
    overrides: tuple[Override, ...] = ()


def window_around(now: datetime) -> Window:
    """Answer the days whose occurrences are kept: a month back, thirteen months ahead.

    It begins with the month, so that all harvests of one month store the same.
    """
    month = now.astimezone(UTC).date().replace(day=1)
    return month - timedelta(days=_BACK_DAYS), month + timedelta(days=31 + _AHEAD_DAYS)


def expand_series(
    series: Series, entry: CalendarEntry, window: Window, budget: Budget | None = None
) -> tuple[Occurrence, ...]:
    """Answer the event's occurrences in the window by planned moment, at most `MOST_OCCURRENCES`.

    Changed ones are as they are now; cancelled ones stand among them and say so. Those that were
    moved into the window come too.

    Args:
        budget: of the whole calendar; None: of this event alone.

    Raises:
        ValueError: the rule cannot be followed; the message says why.
    """
    clock = _Clock(series.start)
    excluded = {clock.read(each) for each in series.excluded}
    planned = [each for each in _plan(series, clock, window, budget) if each not in excluded]
    newest_last = sorted(series.overrides, key=lambda each: rank_version(each.entry))
    changed = {clock.read(each.planned): each for each in newest_last}
    lasting = [(key, changed[key]) for key in sorted(changed) if changed[key].is_from_then_on]
    lasting = [(key, each) for key, each in lasting if each.start is not None]
    found = {}
    for key in planned:
        ruling = [each for since, each in lasting if since <= key][-1:]
        found[key] = (
            _shift(key, ruling[0], series, entry, clock) if ruling else _plain(key, series, entry, clock)
        )
    for key, override in changed.items():
        if key not in excluded and override.start and (key in found or _is_within(override.start, window)):
            found[key] = _changed(key, override, entry, clock)
    return tuple(found[key] for key in sorted(found))[:MOST_OCCURRENCES]


def keep_orphan(override: Override) -> CalendarEntry:
    """Answer the entry of a changed occurrence whose event is not in the calendar: it happens once."""
    name = _Clock(override.planned).name(_Clock(override.planned).read(override.planned))
    if override.entry.starts_at is None:
        return override.entry
    once = Occurrence(
        recurrence_id=name,
        starts_at=override.entry.starts_at,
        ends_at=override.entry.ends_at,
        status=override.entry.status,
    )
    return replace(override.entry, occurrences=(once,))


class _Clock:
    """Moments as the clock of one zone shows them, without the zone; days as their midnight.

    Args:
        start: of the event whose zone it is.
    """

    def __init__(self, start: MomentOrDay) -> None:
        self.is_day = not isinstance(start, datetime)
        self.zone: tzinfo | None = start.tzinfo if isinstance(start, datetime) else None
        self.start = self.read(start)

    def read(self, when: MomentOrDay) -> datetime:
        """Answer what the clock shows; a day of a timed event is the event's time on that day."""
        if not isinstance(when, datetime):
            return datetime.combine(when, time() if self.is_day else self.start.time())
        local = when.astimezone(self.zone) if when.tzinfo and self.zone else when
        return datetime.combine(local.date(), time() if self.is_day else local.time())

    def mean(self, shown: datetime) -> MomentOrDay:
        """Answer the moment in UTC, or the day, that the clock shows."""
        return shown.date() if self.is_day else shown.replace(tzinfo=self.zone or UTC).astimezone(UTC)

    def name(self, shown: datetime) -> str:
        """Answer the occurrence's name for good: when it was planned, in ISO form."""
        return self.mean(shown).isoformat().replace("+00:00", "Z")


def _plan(series: Series, clock: _Clock, window: Window, budget: Budget | None) -> list[datetime]:
    """Answer when it happens by rule and RDATE, each time once, in order."""
    first, last = window
    more = (clock.read(each) for each in series.more)
    listed = [each for each in (clock.start, *more) if first <= each.date() <= last]
    if not series.rule:
        return sorted(set(listed))
    rule = parse_rule(series.rule)
    if isinstance(rule.until, datetime):
        rule = replace(rule, until=clock.read(rule.until))
    ruled = islice(
        expand_rule(rule, clock.start, first, last, budget), MOST_OCCURRENCES + len(series.excluded)
    )
    return sorted({*listed, *ruled} if series.more else set(ruled))


def _plain(key: datetime, series: Series, entry: CalendarEntry, clock: _Clock) -> Occurrence:
    start = clock.mean(key)
    return Occurrence(
        recurrence_id=clock.name(key),
        starts_at=start,
        ends_at=start + series.length if series.length is not None else None,
        status=entry.status,
    )


def _shift(
    key: datetime, ruling: Override, series: Series, entry: CalendarEntry, clock: _Clock
) -> Occurrence:
    """Answer an occurrence as the change before it, which lasts, makes it."""
    start = ruling.start if ruling.start is not None else ruling.planned
    moved = key + (clock.read(start) - clock.read(ruling.planned))
    length = _length(ruling.entry, series.length)
    return replace(
        _own_words(_plain(moved, replace(series, length=length), ruling.entry, clock), ruling.entry, entry),
        recurrence_id=clock.name(key),
    )


def _changed(key: datetime, override: Override, entry: CalendarEntry, clock: _Clock) -> Occurrence:
    own = override.entry
    start = own.starts_at if own.starts_at is not None else clock.mean(key)
    plain = Occurrence(recurrence_id=clock.name(key), starts_at=start, ends_at=own.ends_at, status=own.status)
    return _own_words(plain, own, entry)


def _own_words(occurrence: Occurrence, own: CalendarEntry, entry: CalendarEntry) -> Occurrence:
    return replace(
        occurrence,
        summary=own.summary if own.summary != entry.summary else "",
        location=own.location if own.location != entry.location else "",
    )


def _length(entry: CalendarEntry, otherwise: timedelta | None) -> timedelta | None:
    start, end = entry.starts_at, entry.ends_at
    if start is None or end is None or isinstance(start, datetime) != isinstance(end, datetime):
        return otherwise
    return end - start


def _is_within(when: MomentOrDay, window: Window) -> bool:
    day = when.date() if isinstance(when, datetime) else when
    return window[0] <= day <= window[1]
