"""Which issue of a newsletter is due, and from when its news is. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from stuifmail.config.models import Newsletter
from stuifmail.config.schedule import moment_of, rule_days

#: A shift off holidays never moves an issue further than this.
_SHIFT_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedIssue:
    """One issue of the schedule.

    Args:
        day: the day that the rule names, before any shift; it names the issue.
        send_at: aware, in the schedule's zone.
        previous_send_at: when the issue before it was to be sent.
    """

    id: str
    number: int
    day: date
    send_at: datetime
    previous_send_at: datetime


def next_issue(newsletter: Newsletter, country: str, now: datetime) -> PlannedIssue:
    """Answer the first issue that is to be sent after `now`."""
    schedule = newsletter.schedule
    today = now.astimezone(ZoneInfo(schedule.time_zone)).date()
    for day in rule_days(schedule, today - timedelta(days=_SHIFT_DAYS)):
        send_at = moment_of(schedule, country, day)
        if send_at > now:
            return PlannedIssue(
                id=issue_id(newsletter, day),
                number=issue_number(newsletter, day),
                day=day,
                send_at=send_at,
                previous_send_at=_previous(newsletter, country, day),
            )
    raise ValueError(f"the schedule of {newsletter.id} ends before {now:%Y-%m-%d}")


def issue_id(newsletter: Newsletter, day: date) -> str:
    """Answer "nieuwsbrief-2026-05", with the day where a month may have several issues."""
    return f"{newsletter.id}-{day:%Y-%m}" if _is_monthly(newsletter) else f"{newsletter.id}-{day:%Y-%m-%d}"


def _is_monthly(newsletter: Newsletter) -> bool:
    days = list(islice(rule_days(newsletter.schedule, date(2024, 1, 1)), 24))
    return len({(day.year, day.month) for day in days}) == len(days)


def issue_number(newsletter: Newsletter, day: date) -> int:
    """Answer the issue's number, counted from the first issue that sources.yaml names."""
    year, month = map(int, newsletter.first_issue.split("-"))
    days = rule_days(newsletter.schedule, date(year, month, 1))
    return newsletter.first_number + sum(1 for _ in takewhile(lambda found: found < day, days))


def _previous(newsletter: Newsletter, country: str, day: date) -> datetime:
    days = rule_days(newsletter.schedule, day - timedelta(days=400))
    earlier = list(takewhile(lambda found: found < day, days))
    return moment_of(newsletter.schedule, country, earlier[-1] if earlier else day - timedelta(days=31))
