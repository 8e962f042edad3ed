"""A press release held against its event, the ledger, its speakers and its other language versions."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from stuifmail.config.models import NewsroomConfig, Press
from stuifmail.errors import UnknownEvent
from stuifmail.figures.countries import resolve_country
from stuifmail.model.publications import Publication, Rendering
from stuifmail.model.records import EventRecord, Realisation
from stuifmail.model.reviews import Finding
from stuifmail.model.texts import pick_text
from stuifmail.newsroom.house import House
from stuifmail.newsroom.our_events.ledger import realise
from stuifmail.newsroom.our_events.records import get_record, list_records
from stuifmail.newsroom.press.release_moments import find_hours, is_quiet_day
from stuifmail.render.filters import locale_of, short_date
from stuifmail.render.labels import read_labels
from stuifmail.review.press_lint import KnownName, LintMaterial, lint_release
from stuifmail.store import publications as publication_table
from stuifmail.store import quotes as quote_table
from stuifmail.store.database import Connection


def check_release(
    house: House, connection: Connection, publication: Publication, renderings: Mapping[str, Rendering]
) -> list[Finding]:
    """Answer the findings on a press release; none for anything else."""
    press = house.config.press
    if publication.kind != "release" or press is None:
        return []
    language = publication.languages[0]
    record = _find_record(house, connection, publication)
    found = realise(house, record) if record else None
    stage = publication.head.stage if publication.head else ""
    labels = {
        code: read_labels(house.root / house.config.templates, code, house.config.templates).press
        for code in publication.languages
    }
    sisters = publication_table.list_dossiers(connection, facts_id=publication.facts_id)
    material = LintMaterial(
        config=house.config,
        record=record,
        titles=_titles(house, connection, record, language),
        places=_places(record, press, language),
        day_words=_day_words(record, language),
        release_day=_release_day(house, press, publication, language),
        is_quiet_day=is_quiet_day(publication.send_at, find_hours(house.config, press, language)),
        names={code: list_names(house.config, code) for code in house.config.organisation.languages},
        allowed_ids=_allowed(house.config, found, stage),
        missing=found.missing if found and stage == "results" else (),
        approvals=quote_table.list_approvals(connection, publication.id),
        sisters=tuple(
            one.revision.publication for one in sisters if one.revision.publication.kind == "release"
        ),
        rendered={code: rendering.text for code, rendering in renderings.items()},
        label={code: found_labels.label for code, found_labels in labels.items()},
        end={code: _end_mark(publication, found_labels.end) for code, found_labels in labels.items()},
    )
    return lint_release(publication, material)


def _end_mark(publication: Publication, ours: str) -> str:
    """What stands below the text: abroad it is always the same three signs."""
    is_abroad = publication.head is not None and publication.head.form == "international"
    return "###" if is_abroad else ours


def _find_record(house: House, connection: Connection, publication: Publication) -> EventRecord | None:
    """The event; None when it is about none, or when sources.yaml lost it since."""
    if not publication.event_id:
        return None
    try:
        return get_record(house, connection, publication.event_id)
    except UnknownEvent:
        return None


def _titles(
    house: House, connection: Connection, record: EventRecord | None, language: str
) -> tuple[str, ...]:
    if record is None:
        return ()
    above = list_records(house, connection).get(record.part_of)
    whole = [pick_text(one.facts.title, language) for one in (record, above) if one]
    return tuple(dict.fromkeys([title.split(":", 1)[0].strip() for title in whole] + whole))


def _places(record: EventRecord | None, press: Press, language: str) -> tuple[str, ...]:
    sender = pick_text(press.place, language)
    city = record.facts.venue.city if record else ""
    return (city, sender) if city else (sender,)


def _day_words(record: EventRecord | None, language: str) -> tuple[str, ...]:
    """How the day may be written: "18 November", and the American way in English."""
    starts_at = record.facts.starts_at if record else None
    if record is None or starts_at is None:
        return ()
    if isinstance(starts_at, datetime):
        starts_at = starts_at.astimezone(ZoneInfo(record.facts.time_zone)).date()
    told = short_date(starts_at, language)
    return (told, " ".join(reversed(told.split()))) if language == "en" else (told,)


def _release_day(house: House, press: Press, publication: Publication, language: str) -> date:
    """The day on which it is public: that on which its embargo ends, else that of sending."""
    embargo = publication.embargo
    if embargo is not None:
        return embargo.until.astimezone(ZoneInfo(embargo.time_zone)).date()
    zone = find_hours(house.config, press, language).time_zone
    return publication.send_at.astimezone(ZoneInfo(zone)).date()


def _allowed(config: NewsroomConfig, found: Realisation | None, stage: str) -> frozenset[str] | None:
    """Ids of those who may be told to be new; None where nobody joins."""
    if found is None or stage == "update":
        return None
    told = found.announced if stage == "announcement" else found.realised
    if not (found.announced or found.realised):
        return None
    ids = {name: one_id for one_id, name, _ in _known(config)}
    return frozenset(ids.get(name, name) for name in told)


def list_names(config: NewsroomConfig, language: str) -> tuple[KnownName, ...]:
    """Answer members, prospects and all countries, with how each may be written in a language."""
    territories = _territories(language)
    ours = [_spell(one_id, name, aliases, territories) for one_id, name, aliases in _known(config)]
    taken = {spelling for known in ours for spelling in known.spellings}
    others = [
        KnownName(id=code, spellings=(name,)) for code, name in territories.items() if name not in taken
    ]
    return (*ours, *others)


def _known(config: NewsroomConfig) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Ids, names and aliases of members, and of prospects that are no members yet."""
    members = {member.id for member in config.members}
    yield from ((member.id, member.name, tuple(member.aliases)) for member in config.members)
    yield from ((one.id, one.name, ()) for one in config.prospects if one.id not in members)


def _spell(one_id: str, name: str, aliases: tuple[str, ...], territories: Mapping[str, str]) -> KnownName:
    code = resolve_country(name) if len(name) > len("USA") else None
    local = territories.get(code, "") if code else ""
    return KnownName(id=one_id, spellings=tuple(dict.fromkeys(filter(None, (local, name, *aliases)))))


@cache
def _territories(language: str) -> dict[str, str]:
    """Names of countries by code, as the language writes them; EU for the European Union."""
    found = locale_of(language).territories.items()
    return {code: str(name) for code, name in found if len(code) == 2 and code.isalpha() and code != "ZZ"}
