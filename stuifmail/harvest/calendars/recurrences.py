"""Recurrence rules: text to days and times of the clock, within bounds. Pure.

A library would be shorter, but none ends for certain: dateutil looks seconds long, until the
year 9999, for a 30 February. Here only the days of a window are looked at, and where a rule must
be counted from its beginning, not more than `MOST_DAYS`.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, takewhile
from typing import Any, Literal, TypeAlias, get_args

Frequency: TypeAlias = Literal["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]

#: So many days are looked at for a rule that says how often; 50,000 are 137 years.
MOST_DAYS = 50_000
_MOST_CLOCKS = 24  # times a day
_COST_OF_MOMENT = 10  # as much as so many days that are looked at
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z)?)?", re.ASCII)
_TOO_OFTEN = ("HOURLY", "MINUTELY", "SECONDLY")
#: By part: its field, and the least and greatest number.
_PARTS = {
    "BYMONTH": ("by_month", 1, 12),
    "BYMONTHDAY": ("by_month_day", -31, 31),
    "BYYEARDAY": ("by_year_day", -366, 366),
    "BYWEEKNO": ("by_week_no", -53, 53),
    "BYSETPOS": ("by_set_pos", -366, 366),
    "BYHOUR": ("by_hour", 0, 23),
    "BYMINUTE": ("by_minute", 0, 59),
    "BYSECOND": ("by_second", 0, 59),
}
_FROM_ZERO = ("BYHOUR", "BYMINUTE", "BYSECOND")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A recurrence rule (RFC 5545, 3.3.10).

    Args:
        count: how often in all, the first time included; None for no such bound.
        until: the last day or moment; aware when the rule gives it in UTC, else a clock's.
        by_day: which one in the month or year (0 for each) and the weekday from Monday 0.
        week_start: weekday on which weeks begin.
    """

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: datetime | date | None = None
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_week_no: tuple[int, ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()
    by_hour: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    by_second: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0


def parse_rule(text: str) -> Rule:
    """Answer the rule that a text such as "FREQ=WEEKLY;BYDAY=MO" says.

    Raises:
        ValueError: it cannot be followed; the message says why.
    """
    parts = dict(part.upper().split("=", 1) for part in text.strip().split(";") if "=" in part)
    frequency = parts.get("FREQ", "")
    if frequency in _TOO_OFTEN:
        raise ValueError(f"it repeats more than once a day (FREQ={frequency})")
    if frequency not in get_args(Frequency):
        raise ValueError(f"there is no FREQ={frequency}" if frequency else "it has no FREQ")
    numbers: dict[str, Any] = {field: _numbers(parts, name) for name, (field, *_) in _PARTS.items()}
    rule = Rule(
        frequency=frequency,  # type: ignore[arg-type]  # checked above
        interval=_positive(parts, "INTERVAL") or 1,
        count=_positive(parts, "COUNT"),
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
        by_day=_days(parts.get("BYDAY", "")),
        week_start=_WEEKDAYS.index(parts["WKST"]) if parts.get("WKST") in _WEEKDAYS else 0,
        **numbers,
    )
    if max(len(rule.by_hour), 1) * max(len(rule.by_minute), 1) * max(len(rule.by_second), 1) > _MOST_CLOCKS:
        raise ValueError(f"it repeats more than {_MOST_CLOCKS} times a day")
    return rule


@dataclass(slots=True)
class Budget:
    """How much all rules of one calendar together may cost: days that are looked at, times found.

    A calendar of thousands of rules is as good as endless, though each of them ends.
    """

    left: int = 2_000_000

    def spend(self, days: int, moments: int = 0) -> None:
        """Take off what was done.

        Raises:
            ValueError: nothing is left.
        """
        self.left -= days + _COST_OF_MOMENT * moments
        if self.left < 0:
            raise ValueError("the calendar repeats too much to follow all of it")


def expand_rule(
    rule: Rule, start: datetime, first: date, last: date, budget: Budget | None = None
) -> Iterator[datetime]:
    """Yield when it happens from day `first` up to and with `last`, as clocks show it, in order.

    The start counts as the first time, whether or not it fits the rule.

    Args:
        start: the first time, without a zone; so is `rule.until`, if it is a moment.
        budget: of the whole calendar; None: of this rule alone.

    Raises:
        ValueError: counting up to the window needs too many days.
    """
    whole, budget = _complete(rule, start), budget or Budget()
    from_day = start.date() if rule.count is not None else max(first, start.date())
    later = (moment for moment in _candidates(whole, start, (from_day, last), budget) if moment > start)
    for number, moment in enumerate(_chain(start, later), start=1):
        if (rule.count is not None and number > rule.count) or _is_over(rule, moment):
            return
        if first <= moment.date() <= last:
            yield moment


def _chain(start: datetime, later: Iterator[datetime]) -> Iterator[datetime]:
    yield start
    yield from later


def _is_over(rule: Rule, moment: datetime) -> bool:
    until = rule.until
    return until is not None and (moment > until if isinstance(until, datetime) else moment.date() > until)


def _complete(rule: Rule, start: datetime) -> Rule:
    """Answer the rule with what it leaves to the start."""
    if not (rule.by_week_no or rule.by_year_day or rule.by_month_day or rule.by_day):
        if rule.frequency == "YEARLY":
            rule = replace(rule, by_month=rule.by_month or (start.month,), by_month_day=(start.day,))
        elif rule.frequency == "MONTHLY":
            rule = replace(rule, by_month_day=(start.day,))
        elif rule.frequency == "WEEKLY":
            rule = replace(rule, by_day=((0, start.weekday()),))
    elif rule.by_week_no and not (rule.by_day or rule.by_month_day or rule.by_year_day):
        rule = replace(rule, by_day=((0, start.weekday()),))
    return replace(
        rule,
        by_hour=rule.by_hour or (start.hour,),
        by_minute=rule.by_minute or (start.minute,),
        by_second=rule.by_second or (start.second,),
    )


def _candidates(rule: Rule, start: datetime, window: tuple[date, date], budget: Budget) -> Iterator[datetime]:
    clocks = [time(h, m, s) for h in rule.by_hour for m in rule.by_minute for s in rule.by_second]
    looked_at = 0
    for days in _periods(rule, start.date(), *window):
        looked_at += max(len(days), 1)
        if looked_at > MOST_DAYS:
            raise ValueError("it would take too long to count")
        fitting = [day for day in days if _fits(rule, day)]
        budget.spend(max(len(days), 1), len(fitting) * len(clocks))
        moments = sorted(datetime.combine(day, clock) for day in fitting for clock in clocks)
        yield from _choose(moments, rule.by_set_pos) if rule.by_set_pos else moments


def _choose(moments: list[datetime], places: tuple[int, ...]) -> list[datetime]:
    size = len(moments)
    indexes = {place - 1 if place > 0 else size + place for place in places}
    return [moments[index] for index in sorted(indexes) if 0 <= index < size]


def _periods(rule: Rule, start: date, first: date, last: date) -> Iterator[list[date]]:
    """Yield the days of each year, month, week or day that the rule looks at, from `first` on."""
    step = rule.interval
    if rule.frequency == "DAILY":
        begin = (first - start).days // step * step
        offsets = takewhile(lambda offset: offset <= (last - start).days, count(begin, step))
        yield from ([start + timedelta(days=offset)] for offset in offsets)
    elif rule.frequency == "WEEKLY":
        week = start - timedelta(days=(start.weekday() - rule.week_start) % 7)
        begin = (first - week).days // (7 * step) * 7 * step
        for offset in takewhile(lambda offset: offset <= (last - start).days + 7, count(begin, 7 * step)):
            yield [day for n in range(7) if (day := _plus(week, offset + n)) is not None]
    else:
        yield from _months(rule, start, first, last)


def _plus(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:  # the end of time
        return None


def _months(rule: Rule, start: date, first: date, last: date) -> Iterator[list[date]]:
    step = rule.interval * (12 if rule.frequency == "YEARLY" else 1)
    origin = start.year * 12 + (0 if rule.frequency == "YEARLY" else start.month - 1)
    begin = (first.year * 12 + first.month - 1 - origin) // step * step + origin
    for index in takewhile(lambda index: index <= last.year * 12 + last.month - 1, count(begin, step)):
        year, month = divmod(index, 12)
        months = range(1, 13) if rule.frequency == "YEARLY" else [month + 1]
        yield [day for each in months for day in _days_of(rule, year, each)]


def _days_of(rule: Rule, year: int, month: int) -> list[date]:
    if rule.by_month and month not in rule.by_month:
        return []
    length = monthrange(year, month)[1]
    numbers = {number if number > 0 else length + 1 + number for number in rule.by_month_day}
    return [
        date(year, month, number)
        for number in (sorted(numbers) if numbers else range(1, length + 1))
        if 1 <= number <= length
    ]


def _fits(rule: Rule, day: date) -> bool:
    length = monthrange(day.year, day.month)[1]
    year_length, year_day = 365 + isleap(day.year), day.timetuple().tm_yday
    return (
        (not rule.by_month or day.month in rule.by_month)
        and (not rule.by_month_day or not {day.day, day.day - length - 1}.isdisjoint(rule.by_month_day))
        and (not rule.by_year_day or not {year_day, year_day - year_length - 1}.isdisjoint(rule.by_year_day))
        and (not rule.by_week_no or _is_week(rule, day))
        and (not rule.by_day or _is_weekday(rule, day, length))
    )


def _is_weekday(rule: Rule, day: date, month_length: int) -> bool:
    wanted = [number for number, weekday in rule.by_day if weekday == day.weekday()]
    if not wanted or 0 in wanted or rule.frequency in ("WEEKLY", "DAILY") or rule.by_week_no:
        return bool(wanted)
    if rule.frequency == "YEARLY" and not rule.by_month:
        place, length = day.timetuple().tm_yday, 365 + isleap(day.year)
    else:
        place, length = day.day, month_length
    return (place - 1) // 7 + 1 in wanted or -((length - place) // 7 + 1) in wanted


def _is_week(rule: Rule, day: date) -> bool:
    """Answer whether the day lies in one of the weeks of its own year; week 1 has four days or more."""
    middle = day + timedelta(days=3 - (day.weekday() - rule.week_start) % 7)  # decides whose week it is
    if middle.year != day.year:
        return False
    number = (middle.timetuple().tm_yday - 1) // 7 + 1
    in_year = (364 + isleap(day.year) - (middle.timetuple().tm_yday - 1)) // 7
    return number in rule.by_week_no or -(in_year + 1) in rule.by_week_no


def _numbers(parts: dict[str, str], name: str) -> tuple[int, ...]:
    _, low, high = _PARTS[name]
    found = []
    for text in parts.get(name, "").split(","):
        if not text.strip():
            continue
        number = _integer(text, name)
        if not low <= number <= high or (number == 0 and name not in _FROM_ZERO):
            raise ValueError(f"{name}={text.strip()} does not exist")
        found.append(number)
    return tuple(found)


def _positive(parts: dict[str, str], name: str) -> int | None:
    if name not in parts:
        return None
    number = _integer(parts[name], name)
    if not 1 <= number <= 1_000_000:
        raise ValueError(f"{name}={number} is no number of times")
    return number


def _integer(text: str, name: str) -> int:
    if not re.fullmatch(r"\s*[+-]?\d{1,7}\s*", text, re.ASCII):
        raise ValueError(f"{name}={text.strip()[:20]} is no number")
    return int(text)


def _days(text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        match = _DAY.fullmatch(part)
        if match is None or not -53 <= int(match[1] or 0) <= 53:
            raise ValueError(f"BYDAY={part[:20]} is no weekday")
        found.append((int(match[1] or 0), _WEEKDAYS.index(match[2])))
    return tuple(found)


def _until(text: str) -> datetime | date:
    found = _UNTIL.fullmatch(text.strip())
    try:
        day = date.fromisoformat(found[1]) if found else None
        clock = time.fromisoformat(found[2]) if found and found[2] else None
    except ValueError:
        day = clock = None
    if found is None or day is None:
        raise ValueError(f"UNTIL={text.strip()[:20]} is no date")
    if clock is None:
        return day
    return datetime.combine(day, clock, UTC if found[3] else None)
