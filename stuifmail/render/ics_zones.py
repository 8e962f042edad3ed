"""The rules of a time zone, as far as one event needs them, for a calendar part.

Some programs read no list of moments (RDATE) in a zone, and old Outlook looks at nothing but one
pair of yearly rules. So what comes back each year on the same weekday is written as a rule
(RRULE), and each change that does not (Morocco's around Ramadan, a zone that moved for good) as
a change of its own.

Source: RFC 5545, 3.6.5.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STEP = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observance:
    """From one moment on a zone's clocks show another time.

    Args:
        starts_at: the moment by the clocks as they stood before it, naive.
        offset_from, offset_to: from UTC, before and after.
        name: what the time is called ("CEST").
        month, weekday: when it comes back each year: "-1SU" is the last Sunday of the month;
            0 and "" when it does not.
    """

    starts_at: datetime
    offset_from: timedelta
    offset_to: timedelta
    name: str
    month: int = 0
    weekday: str = ""

    @property
    def is_forward(self) -> bool:
        """Whether clocks go forward: what calendar programs call daylight saving."""
        return self.offset_to > self.offset_from


def list_observances(zone: ZoneInfo, first: date, last: date) -> tuple[Observance, ...]:
    """Answer what a calendar needs to know of a zone for an event from `first` to `last`.

    Args:
        zone: the event's own.
        first, last: its days.

    Returns:
        Earliest first; at least one, in force before the event begins.
    """
    begin = datetime(max(first.year - 1, 2), 1, 1, tzinfo=UTC)
    changes = tuple(_list_changes(zone, begin, datetime(min(last.year + 2, 9998), 1, 1, tzinfo=UTC)))
    years = len({change.starts_at.year for change in changes})
    kept: list[Observance] = []
    for _, group in groupby(sorted(changes, key=_kind_of), key=_kind_of):
        kept += _as_rule(tuple(group), years)
    if all(change.weekday for change in kept) and kept:
        return tuple(sorted(kept, key=lambda change: change.starts_at))
    offset = _offset(zone, begin)
    base = Observance(
        starts_at=begin.replace(tzinfo=None), offset_from=offset, offset_to=offset, name=_name(zone, begin)
    )
    return (base, *sorted(kept, key=lambda change: change.starts_at))


def _kind_of(change: Observance) -> tuple[timedelta, timedelta, str]:
    return change.offset_from, change.offset_to, change.name


def _list_changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[Observance]:
    moment = begin
    while moment < end:
        later = moment + _STEP
        if _offset(zone, later) != _offset(zone, moment):
            change = _find_change(zone, moment, later)
            before, after = _offset(zone, moment), _offset(zone, later)
            yield Observance(
                starts_at=(change + before).replace(tzinfo=None),
                offset_from=before,
                offset_to=after,
                name=_name(zone, later),
            )
        moment = later


def _find_change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Answer the first second of the new time, which lies between the two."""
    old = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def _as_rule(group: Sequence[Observance], years: int) -> Sequence[Observance]:
    """Answer one observance with a rule where the changes have one, else the changes themselves."""
    first = group[0]
    same_clock = {(change.starts_at.month, change.starts_at.time()) for change in group}
    once_a_year = len({change.starts_at.year for change in group}) == len(group) == years > 1
    weekdays = set.intersection(*(_weekdays_of(change.starts_at) for change in group))
    if not (once_a_year and len(same_clock) == 1 and weekdays):
        return group
    return [
        Observance(
            starts_at=first.starts_at,
            offset_from=first.offset_from,
            offset_to=first.offset_to,
            name=first.name,
            month=first.starts_at.month,
            weekday=min(weekdays),  # "-1SU" before "4SU": the last one is the usual rule
        )
    ]


def _weekdays_of(moment: datetime) -> set[str]:
    """Answer what the day can be called: the fourth Sunday may be the last one too."""
    day = _DAYS[moment.weekday()]
    names = {f"{(moment.day - 1) // 7 + 1}{day}"}
    if moment.day + 7 > monthrange(moment.year, moment.month)[1]:
        names.add(f"-1{day}")
    return names


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _name(zone: ZoneInfo, moment: datetime) -> str:
    return moment.astimezone(zone).tzname() or ""
