"""From an event's record, figures, ledger and news to the material of one message around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast
from zoneinfo import ZoneInfo

from stuifmail.compose.mailings.material import MailingMaterial, enumerate_names
from stuifmail.compose.mailings.pairs import match_pairs
from stuifmail.config.events import Group, MomentOfYear
from stuifmail.config.mailing_kinds import MailingKind
from stuifmail.config.timeline import is_date_sure
from stuifmail.figures.countries import resolve_country
from stuifmail.model.blocks import ChangeLine
from stuifmail.model.figures import Figure
from stuifmail.model.publications import CalendarPart, Purpose
from stuifmail.model.records import EventFacts, EventRecord
from stuifmail.model.texts import LocalText
from stuifmail.newsroom.house import House
from stuifmail.newsroom.mailings.mailing_news import NewsForEvent, choose_news
from stuifmail.newsroom.mailings.mailing_words import (
    Around,
    Speaker,
    make_event_values,
    make_speakers,
    read_mailing_texts,
    say_changes,
)
from stuifmail.newsroom.numbers.figures import list_breakdowns, list_figures_on
from stuifmail.newsroom.our_events.facts_told import Told, find_told
from stuifmail.newsroom.our_events.ledger import joined_at, realise
from stuifmail.newsroom.our_events.records import find_previous_report, list_records
from stuifmail.render.filters import format_day
from stuifmail.render.places import country_in_text
from stuifmail.store.database import Connection

#: Which figures tell most of an event, by its kind; so many are shown at most.
_METRICS = {
    "signing": ("new_members", "member_countries", "presentations"),
    "conference": ("new_members", "member_countries", "presentations"),
}
_OTHER_METRICS = ("participants", "municipalities", "organisations", "presentations")
_SHOWN_LIMIT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which message is to be drafted, under which id, and when it is to leave."""

    kind: MailingKind
    publication_id: str
    send_at: datetime


def gather_event(house: House, connection: Connection, record: EventRecord, plan: Plan) -> MailingMaterial:
    """Answer the material of a message around an event, as records say now."""
    texts = read_mailing_texts(house)
    speakers = make_speakers(house, texts)
    now, config = house.clock(), house.config
    told = find_told(connection, record.id)
    facts = told.number(record.facts)
    figures = _open_figures(list_figures_on(house, connection, now))
    group = next((group for group in config.groups if record.id in group.events), None)
    audience_id = group.audience if group and plan.kind.of_group else record.audience_id
    news = _find_news(house, connection, record, plan.kind, group, audience_id)
    records = list_records(house, connection)
    around = Around(told=told.facts, previous_title=_previous_title(house, records, record), figures=figures)
    return MailingMaterial(
        kind=plan.kind,
        publication_id=plan.publication_id,
        send_at=plan.send_at,
        made_at=now,
        audience_id=audience_id,
        languages=config.organisation.languages,
        texts=texts,
        values={code: make_event_values(record, around, speaker) for code, speaker in speakers.items()},
        record=record,
        facts=facts,
        figures=figures,
        breakdowns=list_breakdowns(house, connection),
        shown=_choose_figures(record, figures),
        changes=_say_changes(told, facts, speakers),
        asks=news.asks,
        reading=news.reading,
        pairs=match_pairs(group) if group else (),
        names={member.id: member.name for member in config.members},
        contacts={member.id: member.contact for member in config.members if member.contact},
        themes={theme.id: dict(theme.name) for theme in config.vocabularies.themes},
        **_name_newcomers(house, record, speakers),
        previous_report=find_previous_report(house, records, record),
        submit_url=next((each.submit_url for each in config.newsletters if each.submit_url), "") or "",
        calendar=_make_calendar(house, record, facts, plan.kind, told),
        purposes=cast("tuple[Purpose, ...]", record.purposes) if plan.kind.id == "invitation" else (),
    )


def gather_moment(house: House, connection: Connection, moment: MomentOfYear, plan: Plan) -> MailingMaterial:
    """Answer the material of the brief before a moment of the year."""
    texts, now, config = read_mailing_texts(house), house.clock(), house.config
    figures = _open_figures(list_figures_on(house, connection, now))
    values = {
        code: {
            "us": config.organisation.name.get(code, ""),
            "moment": moment.name.get(code, ""),
            "day": format_day(moment.on, "EEEE d MMMM", code),
            "short_day": format_day(moment.on, "d MMMM", code),
            "lines": moment.lines.get(code, ""),
            "contacts": enumerate_names(moment.contacts, texts[code].parts.conjunction),
        }
        for code in config.organisation.languages
    }
    return MailingMaterial(
        kind=plan.kind,
        publication_id=plan.publication_id,
        send_at=plan.send_at,
        made_at=now,
        audience_id=moment.audience,
        languages=config.organisation.languages,
        texts=texts,
        values=values,
        figures=figures,
        shown=tuple(name for name in moment.figures if name in figures),
    )


def find_lack(material: MailingMaterial) -> tuple[str, str]:
    """Answer what a message cannot do without and has not, and what to do; twice "" for nothing."""
    record = material.record
    registration = record.facts.registration if record else None
    lacks = {
        "report": (record is None or not record.report_url, "there is no report yet", "add its report_url"),
        "figures": (not material.shown, "nothing is counted yet", "harvest its participants sheet"),
        "programme": (record is None or not record.programme, "there is no programme yet", "add programme"),
        "registration": (
            registration is None or not registration.url,
            "nobody can sign up anywhere",
            "add registration.url",
        ),
        "reading": (not material.reading, "there is no recent news on its themes", "wait for some"),
        "lines": (
            not any(each.get("lines") for each in material.values.values()),
            "it has no lines to take",
            "add lines",
        ),
    }
    if "registration" in material.kind.needs and (closed := _find_closing(material)):
        return closed
    found = (lacks[need] for need in material.kind.needs)
    return next(((why, remedy) for is_missing, why, remedy in found if is_missing), ("", ""))


def _find_closing(material: MailingMaterial) -> tuple[str, str] | None:
    """Why nobody can sign up any more when the message leaves; None while they can."""
    facts = material.record.facts if material.record else None
    closes_on = facts.registration.closes_on if facts else None
    if facts is None or closes_on is None:
        return None
    leaves_on = material.send_at.astimezone(ZoneInfo(facts.time_zone)).date()
    if leaves_on <= closes_on:
        return None
    why = f"registration closes on {closes_on.isoformat()}, and it would leave on {leaves_on.isoformat()}"
    return why, "give registration.closes_on a later day, or skip this message"


def _open_figures(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    return {name: figure for name, figure in figures.items() if not figure.internal}


def _choose_figures(record: EventRecord, figures: Mapping[str, Figure]) -> tuple[str, ...]:
    metrics = _METRICS.get(record.facts.kind, _OTHER_METRICS)
    names = [f"{record.id}.{metric}" for metric in metrics]
    return tuple(name for name in names if name in figures and figures[name].value)[:_SHOWN_LIMIT]


def _find_news(
    house: House,
    connection: Connection,
    record: EventRecord,
    kind: MailingKind,
    group: Group | None,
    audience_id: str,
) -> NewsForEvent:
    if not {"asks", "reading"}.intersection(kind.parts):
        return NewsForEvent()
    holds = group.holds if group else ("help_request",)
    return choose_news(house, connection, record, holds=holds, audience_id=audience_id)


def _previous_title(house: House, records: Mapping[str, EventRecord], record: EventRecord) -> LocalText:
    """Answer the title of the meeting whose report is linked, by language."""
    report = find_previous_report(house, records, record)
    found = (each for each in records.values() if report and each.report_url == report)
    return next((dict(each.facts.title) for each in found), {})


def _say_changes(told: Told, facts: EventFacts, speakers: Mapping[str, Speaker]) -> tuple[ChangeLine, ...]:
    return say_changes(told.changes(facts), told.facts, facts, speakers) if told.facts else ()


def _name_newcomers(
    house: House, record: EventRecord, speakers: Mapping[str, Speaker]
) -> dict[str, LocalText]:
    joined = [member.name for member in joined_at(house, record)]
    missing = realise(house, record).missing
    return {
        "joined": _enumerate(joined, speakers),
        "missing": _enumerate(missing, speakers),
    }


def _enumerate(names: Sequence[str], speakers: Mapping[str, Speaker]) -> LocalText:
    return {
        code: enumerate_names([_name_in(name, speaker) for name in names], speaker.texts.parts.conjunction)
        for code, speaker in speakers.items()
        if names
    }


def _name_in(name: str, speaker: Speaker) -> str:
    """Answer a member's name; only those of countries differ by language."""
    code = resolve_country(name) if len(name) > len("USA") else None
    if code is None:
        return name
    return speaker.texts.parts.in_sentence.get(code) or country_in_text(code, speaker.language)


def _make_calendar(
    house: House, record: EventRecord, facts: EventFacts, kind: MailingKind, told: Told
) -> CalendarPart | None:
    """Answer the calendar part; nobody is asked to answer while the date is not sure."""
    if not kind.calendar or facts.starts_at is None:
        return None
    method: Literal["PUBLISH", "REQUEST", "CANCEL"] = "PUBLISH"
    if kind.calendar == "CANCEL" or facts.status in ("cancelled", "postponed"):
        method = "CANCEL"
    elif kind.calendar == "as set" and is_date_sure(facts):
        # Who was asked to answer hears of a change in the same way.
        asks = told.is_asked if kind.id == "change" else house.config.mailings.calendar_method == "REQUEST"
        method = "REQUEST" if asks else "PUBLISH"
    return CalendarPart(
        method=method,
        facts=facts,
        organiser=facts.registration.contact or house.config.organisation.email,
        description={**record.lead, **record.description},
    )
