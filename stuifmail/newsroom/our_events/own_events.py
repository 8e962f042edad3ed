"""What an editor sees of our own events, of the ledger and of prospects: rows of plain values."""

from dataclasses import asdict
from datetime import date, datetime

from stuifmail.config.codec import to_data
from stuifmail.config.models import Member
from stuifmail.figures.ledger import Movement
from stuifmail.model.records import EventRecord
from stuifmail.model.reviews import Finding
from stuifmail.newsroom.house import House
from stuifmail.newsroom.listing import Row
from stuifmail.newsroom.numbers.figures import list_figures_on
from stuifmail.newsroom.our_events.ledger import (
    EventOutcome,
    ProspectRow,
    list_prospects,
    realise,
    report_ledger,
    today_of,
)
from stuifmail.newsroom.our_events.records import days_of, find_previous_report, get_record, list_records
from stuifmail.review.completeness import check_completeness


def list_own_rows(house: House) -> list[Row]:
    """Answer our own events, the earliest first, each with how many findings it has."""
    with house.store.begin() as connection:
        records = list_records(house, connection)
    today = today_of(house)
    return [
        {
            "id": record.id,
            "kind": record.facts.kind,
            "title": dict(record.facts.title),
            "starts_at": _plain(record.facts.starts_at),
            "ends_at": _plain(record.facts.ends_at),
            "time_zone": record.facts.time_zone,
            "status": record.facts.status,
            "place": record.facts.venue.line,
            "part_of": record.part_of,
            "follows": record.follows,
            "previous": record.previous,
            "findings": len(_find_gaps(record, find_previous_report(house, records, record), today)),
        }
        for record in records.values()
    ]


def describe_own_event(house: House, event_id: str) -> Row:
    """Answer one of our own events whole: its record, parts, figures, who joined, and what it lacks.

    Raises:
        UnknownEvent: there is no such event of ours.
    """
    with house.store.begin() as connection:
        record = get_record(house, connection, event_id)
        records = list_records(house, connection)
        figures = list_figures_on(house, connection, house.clock())
    report, days = find_previous_report(house, records, record), days_of(record.facts)
    realisation = realise(house, record)
    return {
        "id": record.id,
        "record": to_data(record),
        "is_over": bool(days and days[1] < today_of(house)),
        "parts": [_part_row(records, part) for part in record.parts],
        "previous_report_url": report,
        "figures": [to_data(figure) for figure in figures.values() if figure.id.startswith(f"{record.id}.")],
        "announced": list(realisation.announced),
        "joined": list(realisation.realised),
        "findings": [to_data(finding) for finding in _find_gaps(record, report, today_of(house))],
    }


def _find_gaps(record: EventRecord, previous_report_url: str, today: date) -> list[Finding]:
    """Answer what an event lacks before an invitation; nobody is invited to what is over."""
    days = days_of(record.facts)
    return [] if days and days[1] < today else check_completeness(record, previous_report_url)


def _part_row(records: dict[str, EventRecord], event_id: str) -> Row:
    record = records[event_id]
    return {
        "id": record.id,
        "title": dict(record.facts.title),
        "starts_at": _plain(record.facts.starts_at),
        "parts": [_part_row(records, part) for part in record.parts],
    }


def describe_ledger(house: House, *, on: date | None = None, since: date | None = None) -> Row:
    """Answer the membership on a day, and who came and went since another one.

    Args:
        on: the day; None for today.
        since: first day of the period that ends with `on`; None for no period.
    """
    count, movement = report_ledger(house, on=on, since=since)
    return {
        "on": count.on.isoformat(),
        "total": count.total,
        "by_tier": dict(count.by_tier),
        "by_kind": dict(count.by_kind),
        "countries": list(count.countries),
        "signed": count.signed_count,
        "period": _movement_row(movement) if movement else None,
    }


def _movement_row(movement: Movement) -> Row:
    return {
        "since": movement.since.isoformat(),
        "until": movement.until.isoformat(),
        "joined": [_member_row(member) for member in movement.joined],
        "left": [_member_row(member) for member in movement.left],
        "moved": [{**asdict(move), "on": move.on.isoformat()} for move in movement.moved],
        "net": movement.net,
    }


def _member_row(member: Member) -> Row:
    return {
        "id": member.id,
        "name": member.name,
        "kind": member.kind,
        "country": member.country,
        "tier": member.tier,
    }


def describe_prospects(house: House, event_id: str = "") -> Row:
    """Answer the prospects, those waiting longest first, and per event who was announced and joined.

    Args:
        event_id: only those of this event; "" for all.

    Raises:
        UnknownEvent: there is no such event of ours.
    """
    rows, outcomes = list_prospects(house, event_id)
    return {
        "prospects": [_prospect_row(row) for row in rows],
        "events": [_outcome_row(each) for each in outcomes],
    }


def _prospect_row(row: ProspectRow) -> Row:
    return {
        "id": row.prospect.id,
        "name": row.prospect.name,
        "kind": row.prospect.kind,
        "country": row.prospect.country,
        "event": row.prospect.event or "",
        "step": row.step,
        "since": row.since.isoformat(),
        "waiting_days": row.waiting_days,
        "is_member": row.is_member,
        "note": next((step.note for step in reversed(row.prospect.steps) if step.note), ""),
    }


def _outcome_row(outcome: EventOutcome) -> Row:
    realisation = outcome.realisation
    return {
        "event": realisation.event_id,
        "has_begun": outcome.has_begun,
        "announced": list(realisation.announced),
        "joined": list(realisation.realised),
        "missing": list(realisation.missing) if outcome.has_begun else [],
        "unannounced": list(realisation.unannounced),
    }


def _plain(when: datetime | date | None) -> str | None:
    return when.isoformat() if when is not None else None
