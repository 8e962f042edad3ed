"""The messages around an event: which there are, and when each is due. Pure.

Days are counted from the event's first day, as its own zone has it, and messages leave on working
days of the organisation: before the event the shift goes earlier, after it later. A message
before the event is never due on its first day, one afterwards never before it is over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stuifmail.config.events import Mailings, Message
from stuifmail.config.mailing_kinds import KINDS, MailingKind
from stuifmail.config.schedule import is_working_day, say_day_off, shift_to_working_day
from stuifmail.model.publications import MessageKind
from stuifmail.model.records import EventFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMessage:
    """One message of an event, and when it is due.

    Args:
        counted_on: the day that the rule names, before any shift; None while there is no date.
        due_at: aware, in the organisation's zone.
        shifted: why it is due on another day than `counted_on`, "" when it is not.
        waits: why nobody can say when it is due, "" when one can.
        skipped: why it is not sent at all, "" when it is.
    """

    kind: MailingKind
    counted_on: date | None = None
    due_at: datetime | None = None
    shifted: str = ""
    waits: str = ""
    skipped: str = ""


def plan_messages(
    facts: EventFacts,
    *,
    house: Mailings,
    own: Mapping[MessageKind, Message],
    zone: str,
    country: str,
    is_meeting: bool = False,
) -> tuple[PlannedMessage, ...]:
    """Answer the messages of an event, in the order in which they are due.

    Args:
        facts: the event as its record says.
        house: the house rules.
        own: the event's own rules, by kind; they come before the house's.
        zone: the organisation's zone.
        country: whose holidays shift.
        is_meeting: a group of ours meets there.
    """
    planned = [
        _plan(kind, facts, _rule(kind, house, own), house, zone, country)
        for kind in KINDS.values()
        if _belongs(kind, facts, is_meeting=is_meeting)
    ]
    return tuple(sorted(planned, key=_order))


def plan_moment(
    on: date, days: int, *, house: Mailings, zone: str, country: str, is_skipped: bool = False
) -> PlannedMessage:
    """Answer when the brief before a moment of the year is due."""
    kind = KINDS["moment_brief"]
    if is_skipped:
        return PlannedMessage(kind=kind, skipped="sources.yaml skips it")
    return _at(kind, on + timedelta(days=days), (on, on), house.time, zone, country)


def civil_days(facts: EventFacts) -> tuple[date, date] | None:
    """Answer the event's first and last civil day in its own zone; None while nobody knows."""
    start, end = facts.starts_at, facts.ends_at
    if start is None:
        span = facts.span
        return (span.first, span.last or span.first) if span and span.first else None
    if isinstance(start, datetime):
        zone = ZoneInfo(facts.time_zone)
        first = start.astimezone(zone).date()
        # What ends at midnight was on the day before.
        last = (end - timedelta(microseconds=1)).astimezone(zone) if isinstance(end, datetime) else start
        return first, max(first, last.astimezone(zone).date())
    last_day = end - timedelta(days=1) if end and not isinstance(end, datetime) else start
    return start, max(start, last_day)


def is_date_sure(facts: EventFacts) -> bool:
    """Answer whether people can be asked to come: the day is known, and it is not open any more."""
    return facts.status == "confirmed" and facts.starts_at is not None and facts.span is None


def next_working_moment(after: datetime, *, house: Mailings, zone: str, country: str) -> datetime:
    """Answer the first moment for messages on a working day after the day of `after`."""
    day = shift_to_working_day(after.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), "after", country)
    return _moment(day, house.time, zone)


def say_late(message: PlannedMessage, others: Sequence[PlannedMessage], ends_on: date, now: datetime) -> str:
    """Answer why a message comes too late at this moment, "" while it does not.

    Args:
        others: all messages of the event.
        ends_on: the event's first day for messages before it, its last for those afterwards.
    """
    kind, due_at = message.kind, message.due_at
    if due_at is None or kind.days is None:
        return ""
    today = now.astimezone(due_at.tzinfo).date()
    if not kind.keep_days and today >= ends_on:
        return "the event has begun"
    for other in others:
        if _follows(other, message) and other.due_at is not None and other.due_at <= now:
            return f"{other.kind.id} is due already"
    if kind.keep_days and today > due_at.date() + timedelta(days=kind.keep_days):
        return f"it was due more than {kind.keep_days} days ago"
    return ""


def _follows(other: PlannedMessage, message: PlannedMessage) -> bool:
    if not message.kind.line or other.kind.line != message.kind.line or message.due_at is None:
        return False
    return other.due_at is not None and other.due_at > message.due_at


def _belongs(kind: MailingKind, facts: EventFacts, *, is_meeting: bool) -> bool:
    if kind.days is None or kind.id == "moment_brief" or (kind.of_group and not is_meeting):
        return False
    return not kind.event_kinds or facts.kind in kind.event_kinds


def _rule(kind: MailingKind, house: Mailings, own: Mapping[MessageKind, Message]) -> Message:
    """Answer the event's rule, each thing that it leaves open as the house says."""
    ours, theirs = house.messages.get(kind.id, Message()), own.get(kind.id, Message())
    days = theirs.days if theirs.days is not None else ours.days
    return Message(
        days=days if days is not None else kind.days,
        time=theirs.time or ours.time,
        skip=theirs.skip or (ours.skip and kind.id not in own),
    )


def _plan(
    kind: MailingKind, facts: EventFacts, rule: Message, house: Mailings, zone: str, country: str
) -> PlannedMessage:
    if rule.skip:
        return PlannedMessage(kind=kind, skipped="sources.yaml skips it")
    if facts.status == "cancelled":
        return PlannedMessage(kind=kind, skipped="the event is cancelled")
    days = civil_days(facts)
    if days is None or facts.status == "postponed":
        return PlannedMessage(kind=kind, waits="there is no date yet")
    if kind.id != "save_the_date" and not is_date_sure(facts):
        return PlannedMessage(kind=kind, waits="the date is not sure yet")
    counted_on = days[0] + timedelta(days=rule.days or 0)
    return _at(kind, counted_on, days, rule.time or house.time, zone, country)


def _at(
    kind: MailingKind, counted_on: date, days: tuple[date, date], clock: str, zone: str, country: str
) -> PlannedMessage:
    first, last = days
    if kind.keep_days:
        day = shift_to_working_day(max(counted_on, last + timedelta(days=1)), "after", country)
    else:
        day = shift_to_working_day(min(counted_on, first - timedelta(days=1)), "before", country)
    return PlannedMessage(
        kind=kind,
        counted_on=counted_on,
        due_at=_moment(day, clock, zone),
        shifted=_say_shift(counted_on, day, country),
    )


def _say_shift(counted_on: date, day: date, country: str) -> str:
    if counted_on == day:
        return ""
    why = say_day_off(counted_on, country) if not is_working_day(counted_on, country) else "the event itself"
    return f"{counted_on.isoformat()} is {why}"


def _moment(day: date, clock: str, zone: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone))


def _order(message: PlannedMessage) -> tuple[int, datetime | int]:
    """Those with a moment in its order, those without after them in the table's."""
    place = list(KINDS).index(message.kind.id)
    return (0, message.due_at) if message.due_at else (1, place)
