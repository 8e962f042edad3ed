"""When a press release is to leave: on a working day, at the hour that desks of a country like. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stuifmail.config.models import NewsroomConfig, Press
from stuifmail.config.press import PressHours
from stuifmail.config.schedule import is_working_day, shift_to_working_day

#: Days from the event's first or last day: an announcement a week before, results the day after.
_ANNOUNCED_DAYS, _RESULTS_DAYS = -7, 1


def find_hours(config: NewsroomConfig, press: Press, language: str) -> PressHours:
    """Answer the hours of the country whose desks get this language version.

    That is the first country of press.hours that the audience names; without any, for the
    newsroom's first language its own country, and else the first other one.
    """
    audience = config.audience(press.audiences[language])
    home = config.organisation.country
    wanted = list(audience.countries) if audience else []
    if not wanted:
        others = [hours.country for hours in press.hours if hours.country != home]
        wanted = [home] if language == config.organisation.languages[0] or not others else others[:1]
    known = {hours.country: hours for hours in press.hours}
    found = next((known[country] for country in wanted if country in known), None)
    return found or PressHours(country=wanted[0], time_zone=config.organisation.time_zone)


def plan_releases(
    stage: str, days: tuple[date, date] | None, hours: Sequence[PressHours], now: datetime
) -> list[datetime]:
    """Answer the moment at which each language version is to leave, aware; never one that has passed.

    All leave on one day, a working day in all their countries: what one desk has is public.

    Args:
        stage: announcement, results or update.
        days: first and last day of the event; None for an update.
        hours: when desks like to get it, for each version.
    """
    moments = [_plan(stage, days, each, now) for each in hours]
    day = max(moment.date() for moment in moments)
    while not all(is_working_day(day, each.country) for each in hours):
        day += timedelta(days=1)
    return [_at(day, each) for each in hours]


def _plan(stage: str, days: tuple[date, date] | None, hours: PressHours, now: datetime) -> datetime:
    planned = now.astimezone(ZoneInfo(hours.time_zone)).date()
    shift = "after"
    if days and stage == "announcement":
        planned, shift = days[0] + timedelta(days=_ANNOUNCED_DAYS), "before"
    elif days and stage == "results":
        planned = days[1] + timedelta(days=_RESULTS_DAYS)
    moment = _at(shift_to_working_day(planned, shift, hours.country), hours)
    return moment if moment > now else _next_moment(hours, now)


def _next_moment(hours: PressHours, now: datetime) -> datetime:
    day = now.astimezone(ZoneInfo(hours.time_zone)).date()
    moment = _at(shift_to_working_day(day, "after", hours.country), hours)
    if moment <= now:
        following = shift_to_working_day(day + timedelta(days=1), "after", hours.country)
        moment = _at(following, hours)
    return moment


def is_quiet_day(moment: datetime, hours: PressHours) -> bool:
    """Answer whether desks of that country are thin at this moment: a weekend or a holiday."""
    return not is_working_day(moment.astimezone(ZoneInfo(hours.time_zone)).date(), hours.country)


def _at(day: date, hours: PressHours) -> datetime:
    hour, minute = map(int, hours.time.split(":"))
    return datetime.combine(day, time(hour, minute), ZoneInfo(hours.time_zone))
