"""The ledger as an event's people ask for it: who joined there, who had been announced, who waits."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from stuifmail.config.events import Prospect
from stuifmail.config.models import Member
from stuifmail.figures.ledger import (
    LedgerCount,
    Movement,
    NewMember,
    compare_announced,
    count_ledger,
    describe_new_members,
    find_movement,
)
from stuifmail.figures.membership import joined_between
from stuifmail.model.records import EventRecord, Realisation
from stuifmail.newsroom.house import House
from stuifmail.newsroom.our_events.records import days_of, get_record

#: Steps after which nobody waits for a prospect any more.
_SETTLED = ("signed", "withdrew")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProspectRow:
    """How far an organisation is that may join.

    Args:
        step: its last one; since: its day.
        waiting_days: since then; None when nobody waits for it any more.
        is_member: the ledger has it as a member.
    """

    prospect: Prospect
    step: str
    since: date
    waiting_days: int | None
    is_member: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOutcome:
    """Who was announced and who joined at an event; before it has begun, nobody is missing yet."""

    realisation: Realisation
    has_begun: bool


def joined_at(house: House, record: EventRecord) -> tuple[Member, ...]:
    """Answer who joined at an event: from its first day to its last and its days of grace.

    Returns:
        The earliest first; nobody while the event has no date.
    """
    days = days_of(record.facts)
    if days is None:
        return ()
    end = days[1] + timedelta(days=record.join_grace_days + 1)
    return joined_between(house.config.members, days[0], end)


def list_new_members(house: House, record: EventRecord) -> tuple[NewMember, ...]:
    """Answer what notices say of those who joined at an event, the earliest first."""
    return describe_new_members(joined_at(house, record), house.config.vocabularies)


def realise(house: House, record: EventRecord) -> Realisation:
    """Answer who was announced to join at an event, and who did."""
    days = days_of(record.facts)
    joined = joined_at(house, record)
    return compare_announced(record.id, house.config.prospects, joined, days[0] if days else None)


def report_ledger(
    house: House, *, on: date | None = None, since: date | None = None
) -> tuple[LedgerCount, Movement | None]:
    """Answer the membership on a day, and who came and went since another.

    Args:
        on: the day, in the newsroom's zone; None for today.
        since: first day of the period that ends with `on`; None for no period.
    """
    day = on or today_of(house)
    config = house.config
    count = count_ledger(config.members, config.vocabularies, day)
    return count, find_movement(config.members, since, day) if since else None


def list_prospects(house: House, event_id: str = "") -> tuple[list[ProspectRow], list[EventOutcome]]:
    """Answer the prospects, those waiting longest first, and per event who was announced and joined.

    Args:
        event_id: only those of this event.

    Raises:
        UnknownEvent: there is no such event of ours.
    """
    today = today_of(house)
    with house.store.begin() as connection:
        wanted = {prospect.event for prospect in house.config.prospects if prospect.event}
        ids = [event_id] if event_id else [event.id for event in house.config.events if event.id in wanted]
        records = [get_record(house, connection, each) for each in ids]
    found = [p for p in house.config.prospects if event_id in ("", p.event)]
    rows = [_row(house, prospect, today) for prospect in found]
    rows.sort(key=lambda row: (row.waiting_days is None, -(row.waiting_days or 0), row.prospect.name))
    return rows, [_outcome(house, record, today) for record in records]


def _outcome(house: House, record: EventRecord, today: date) -> EventOutcome:
    days = days_of(record.facts)
    return EventOutcome(realisation=realise(house, record), has_begun=bool(days and days[0] <= today))


def _row(house: House, prospect: Prospect, today: date) -> ProspectRow:
    past = [step for step in prospect.steps if step.on <= today] or list(prospect.steps[:1])
    last = past[-1]
    return ProspectRow(
        prospect=prospect,
        step=last.step,
        since=last.on,
        waiting_days=None if last.step in _SETTLED else max((today - last.on).days, 0),
        is_member=house.config.member(prospect.id) is not None,
    )


def today_of(house: House) -> date:
    """Answer the day in the newsroom's zone."""
    return house.clock().astimezone(ZoneInfo(house.config.organisation.time_zone)).date()
