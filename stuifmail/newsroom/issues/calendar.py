"""Which issue of a newsletter is due, and from when its news is. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import dropwhile, islice, takewhile
from zoneinfo import ZoneInfo

from stuifmail.config.models import Newsletter
from stuifmail.config.schedule import moment_of, rule_days
from stuifmail.errors import StuifmailError

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
    """Answer the first issue that is to be sent after `now`; never one before the first issue.

    Raises:
        StuifmailError: the schedule has come to its end.
    """
    schedule = newsletter.schedule
    today = now.astimezone(ZoneInfo(schedule.time_zone)).date()
    earliest = today - timedelta(days=_SHIFT_DAYS)
    for day in dropwhile(lambda found: found < earliest, issue_days(newsletter)):
        send_at = moment_of(schedule, country, day)
        if send_at > now:
            return PlannedIssue(
                id=issue_id(newsletter, day),
                number=issue_number(newsletter, day),
                day=day,
                send_at=send_at,
                previous_send_at=_previous(newsletter, country, day),
            )
    raise StuifmailError(
        f"its schedule names no day after {today}",
        place=f"newsletter {newsletter.id}",
        remedy="correct schedule.rrule (COUNT, UNTIL) in sources.yaml",
    )


def issue_days(newsletter: Newsletter) -> Iterator[date]:
    """Yield the day of each issue from the first one on, before any shift.

    The rule always starts at the month of `first_issue`: "every second week" and "ten times"
    mean something only if it is counted from the same day each time.
    """
    year, month = map(int, newsletter.first_issue.split("-"))
    return rule_days(newsletter.schedule, date(year, month, 1))


def issue_id(newsletter: Newsletter, day: date) -> str:
    """Answer "nieuwsbrief-2026-05", with the day where a month may have several issues."""
    return f"{newsletter.id}-{day:%Y-%m}" if _is_monthly(newsletter) else f"{newsletter.id}-{day:%Y-%m-%d}"


def _is_monthly(newsletter: Newsletter) -> bool:
    days = list(islice(issue_days(newsletter), 24))
    return len({(day.year, day.month) for day in days}) == len(days)


def issue_number(newsletter: Newsletter, day: date) -> int:
    """Answer the issue's number, counted from the first issue that sources.yaml names."""
    return newsletter.first_number + sum(
        1 for _ in takewhile(lambda found: found < day, issue_days(newsletter))
    )


def _previous(newsletter: Newsletter, country: str, day: date) -> datetime:
    earlier = list(takewhile(lambda found: found < day, issue_days(newsletter)))
    return moment_of(newsletter.schedule, country, earlier[-1] if earlier else day - timedelta(days=31))
