"""When issues are due: iCalendar rules in civil time, shifted off weekends and holidays."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
from dateutil.rrule import rrulestr

from stuifmail.config.models import Schedule


def is_working_day(day: date, country: str) -> bool:
    """Answer whether `day` is no weekend day and no holiday on which offices tend to close.

    Args:
        day: the civil day.
        country: ISO 3166 code. In the Netherlands Liberation Day and Good Friday count too.
    """
    if day.weekday() >= 5:
        return False
    calendar = _read_holidays(day.year, country)
    if calendar is None:  # no such country: weekends only
        return True
    return day not in calendar


def _read_holidays(year: int, country: str) -> holidays.HolidayBase | None:
    """Answer the year's holidays with their English names, None for a country nobody knows."""
    for categories in (("public", "optional"), ("public",)):
        try:
            return holidays.country_holidays(country, years=year, categories=categories, language="en_US")
        except ValueError:  # this country knows no optional holidays
            continue
        except NotImplementedError:
            return None
    return None


def shift_to_working_day(day: date, shift: str, country: str) -> date:
    """Answer `day` itself, or the nearest working day in the direction of `shift`.

    Args:
        shift: "after", "before" or "none".
    """
    step = {"after": 1, "before": -1}.get(shift, 0)
    while step and not is_working_day(day, country):
        day += timedelta(days=step)
    return day


def issue_moments(schedule: Schedule, country: str, from_day: date) -> Iterator[datetime]:
    """Yield the sending moments from `from_day` on, aware, in the schedule's time zone.

    The rule runs over civil days, so that 10:00 stays 10:00 across both clock changes.
    The shift may move a moment into the next month; take the month
    of `rule_days` where it matters.
    """
    for day in rule_days(schedule, from_day):
        yield moment_of(schedule, country, day)


def rule_days(schedule: Schedule, from_day: date) -> Iterator[date]:
    """Yield the days that the rule names, from `from_day` on, before any shift."""
    rule = rrulestr(schedule.rrule, dtstart=datetime.combine(from_day, time()))
    for moment in rule:
        yield moment.date()


def explain_rrule(rule: str) -> str:
    """Answer what is wrong with a recurrence rule, "" when it can be used.

    Args:
        rule: an RRULE without its name, such as FREQ=MONTHLY;BYDAY=1TU.
    """
    try:
        first = next(iter(rrulestr(rule, dtstart=datetime(2026, 1, 1))), None)  # noqa: DTZ001 - civil days
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return f"the rule cannot be read ({error})"
    return "" if first else "the rule names no day at all"


def moment_of(schedule: Schedule, country: str, day: date) -> datetime:
    """Answer the sending moment for a day that the rule names."""
    shifted = shift_to_working_day(day, schedule.shift, country)
    hour, minute = map(int, schedule.time.split(":"))
    return datetime.combine(shifted, time(hour, minute), ZoneInfo(schedule.time_zone))


def say_day_off(day: date, country: str) -> str:
    """Answer why `day` is no working day, in English ("Whit Monday"); "" when it is one."""
    if is_working_day(day, country):
        return ""
    calendar = _read_holidays(day.year, country)
    name = calendar.get(day) if calendar is not None else None
    return str(name or f"{day:%A}")
