"""What the blanks of a press release are filled in with: records, names and dates in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from stuifmail.compose.releases import ReleaseTexts, enumerate_names
from stuifmail.compose.releases.wording import capitalise
from stuifmail.config.models import NewsroomConfig, Press
from stuifmail.figures.countries import EUROPEAN_UNION, resolve_country
from stuifmail.model.figures import Figure
from stuifmail.model.records import EventRecord, Party, Realisation
from stuifmail.model.texts import LocalText, pick_text
from stuifmail.render.filters import clock, locale_of, long_date, short_date

#: So many presentations fit a sentence.
_TALKS_LIMIT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSources:
    """What fields are made of, in one language.

    Args:
        record: the event; None for an update.
        above: the event that it is a part of.
        parts: its own parts.
        realisation: who was announced and who joined.
        number_words: from nought on.
        dated_on: day of the release.
    """

    config: NewsroomConfig
    press: Press
    texts: ReleaseTexts
    language: str
    number_words: Sequence[str]
    dated_on: date
    record: EventRecord | None = None
    above: EventRecord | None = None
    parts: Sequence[EventRecord] = ()
    realisation: Realisation | None = None
    figures: Mapping[str, Figure]


def make_fields(given: FieldSources) -> dict[str, str]:
    """Answer the value of each blank; "" for what is not known."""
    fields = _house_fields(given)
    if given.record is not None:
        fields |= _event_fields(given, given.record)
        fields |= _growth_fields(given, given.record)
    if given.realisation is not None:
        fields |= _name_fields(given, given.realisation)
    return fields


def _house_fields(given: FieldSources) -> dict[str, str]:
    organisation, press, language = given.config.organisation, given.press, given.language
    return {
        "organisation": pick_text(organisation.name, language),
        "short_name": organisation.short_name,
        "dated": _date(given.dated_on, language),
        "city": pick_text(press.place, language),
        "contact": press.contact,
        "phone": press.phone,
        "reachable": press.reachable.get(language, ""),
        "images": press.images.get(language, ""),
    }


def _event_fields(given: FieldSources, record: EventRecord) -> dict[str, str]:
    facts, language, kinds = record.facts, given.language, given.texts.kinds
    kind = kinds.get(facts.kind, "")
    sessions = [part for part in given.parts if part.facts.kind == "work_session"]
    above = given.above
    title = _short_title(record, language)
    above_kind = kinds.get(above.facts.kind, "") if above else ""
    fields = {
        "event": title,
        "called": call_event(title, kind),
        "super_called": call_event(_short_title(above, language), above_kind) if above else "",
        "label": record.label,
        "kind": kind,
        "kind_capital": capitalise(kind),
        "super_event": pick_text(above.facts.title, language) if above else "",
        "super_kind": above_kind,
        "work_session": kinds.get("work_session", "") if sessions else "",
        "place": facts.venue.line,
        "summary": _flow(record.summary, language),
        "lead": _flow(record.lead, language),
        "description": _flow(record.description, language),
        "report_url": record.report_url,
        "on_site": _on_site(record.parties, language),
        "talks": _talks(record, given),
        **_time_fields(given, record),
    }
    return fields | ({"city": facts.venue.city} if facts.venue.city else {})


def call_event(title: str, kind: str) -> str:
    """Answer an event as it is called in a sentence: "the congress ‘Green in town’".

    A title that says what it is needs no marks: "the workshop for beginners".

    Args:
        kind: what it is, with its article.
    """
    article, _, noun = kind.partition(" ")
    if noun and title.casefold().split(" ")[0] == noun.casefold():
        return f"{article} {title[:1].lower()}{title[1:]}"
    return f"{kind} ‘{title}’".strip()


def _short_title(record: EventRecord, language: str) -> str:
    return pick_text(record.facts.title, language).split(":", 1)[0].strip()


def _time_fields(given: FieldSources, record: EventRecord) -> dict[str, str]:
    starts, ends, zone = record.facts.starts_at, record.facts.ends_at, ZoneInfo(record.facts.time_zone)
    fields = {"starts": "", "ends": "", "day": "", "short_date": ""}
    if starts is None:
        return fields
    day = starts.astimezone(zone).date() if isinstance(starts, datetime) else starts
    fields["day"], fields["short_date"] = long_date(day, given.language), short_date(day, given.language)
    for name, moment in (("starts", starts), ("ends", ends)):
        if isinstance(moment, datetime):
            told = clock(moment.astimezone(zone), given.language)
            fields[name] = given.texts.clock.replace("{time}", told)
    return fields


def _growth_fields(given: FieldSources, record: EventRecord) -> dict[str, str]:
    """Only numbers that were counted alike may be told beside each other."""
    now = given.figures.get(f"{record.id}.participants")
    before = now.previous if now else None
    grew = now is not None and before is not None and now.value > before
    return {
        "grew": "yes" if grew else "",
        "shrank": "yes" if before is not None and not grew else "",
        "first": "yes" if before is None else "",
        "previous_label": now.previous_label if now and before is not None else "",
    }


def _name_fields(given: FieldSources, realisation: Realisation) -> dict[str, str]:
    joined = [name_in(name, given) for name in realisation.realised]
    announced = [name_in(name, given) for name in realisation.announced]
    union = [told for name, told in zip(realisation.realised, joined, strict=True) if _is_union(name)]
    missing = [name_in(name, given)[0] for name in realisation.missing]
    return {
        **_several(joined, "names", "name", given),
        **_several(announced, "announced", "announced_one", given),
        "count": _word(len(joined), given) if joined else "",
        "announced_count": _word(len(announced), given) if announced else "",
        "missing": enumerate_names(missing, given.texts.conjunction),
        "union": union[0][0] if union else "",
    }


def _several(names: Sequence[tuple[str, str]], many: str, one: str, given: FieldSources) -> dict[str, str]:
    """The names in a field for one, or in a field for several: a verb goes with either."""
    field, other = (one, many) if len(names) == 1 else (many, one)
    conjunction = given.texts.conjunction
    return {
        field: enumerate_names([long for long, _ in names], conjunction),
        f"{field}_short": enumerate_names([short for _, short in names], conjunction),
        other: "",
        f"{other}_short": "",
    }


def name_members(given: FieldSources, member_ids: Sequence[str], since: datetime) -> dict[str, str]:
    """Answer the fields of an update: whose news it is, and from when."""
    found = [given.config.member(member_id) for member_id in member_ids]
    names = [name_in(member.name, given) for member in found if member]
    zone = ZoneInfo(given.config.organisation.time_zone)
    return {
        "members": enumerate_names([long for long, _ in names], given.texts.conjunction),
        "members_short": enumerate_names([short for _, short in names], given.texts.conjunction),
        "since": _date(since.astimezone(zone).date(), given.language),
    }


def name_in(name: str, given: FieldSources) -> tuple[str, str]:
    """Answer a member's name in the release's language: for running text, and for a headline.

    Only names of countries differ by language.
    """
    code = resolve_country(name) if len(name) > len("USA") else None
    if code is None:
        return name, name
    short = str(locale_of(given.language).territories.get(code, name))
    return given.texts.in_sentence.get(code, short), short


def _is_union(name: str) -> bool:
    return resolve_country(name) == EUROPEAN_UNION


def _talks(record: EventRecord, given: FieldSources) -> str:
    """The presentations that took place, or are planned, each with who gives it."""
    rows = [row for row in record.programme if row.kind == "presentation" and row.delivered is not False]
    quote = "‘{}’"
    told = [
        quote.format(title) + (f" ({row.organisation})" if row.organisation else "")
        for row in rows[:_TALKS_LIMIT]
        if (title := row.title.get(given.language, ""))
    ]
    return enumerate_names(told, given.texts.conjunction) if len(told) == len(rows[:_TALKS_LIMIT]) else ""


def _on_site(parties: Iterable[Party], language: str) -> str:
    for party in parties:
        if party.on_site and (who := pick_text(party.function, language) or party.name):
            return f"{who}, {party.phone}" if party.phone else who
    return ""


def _word(count: int, given: FieldSources) -> str:
    return given.number_words[count] if count < len(given.number_words) else str(count)


def _flow(text: LocalText, language: str) -> str:
    return " ".join(text.get(language, "").split())


def _date(day: date, language: str) -> str:
    return f"{short_date(day, language)} {day.year}"
