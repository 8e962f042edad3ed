"""One publication or one of our own events, in a form for other programs."""

from dataclasses import dataclass

from stuifmail.compose.social import compose_post
from stuifmail.errors import StuifmailError, UnknownEvent, UnknownPublication
from stuifmail.model.publications import CalendarPart, Rendering
from stuifmail.model.records import EventRecord
from stuifmail.model.reviews import Dossier
from stuifmail.model.texts import pick_text
from stuifmail.newsroom.house import House
from stuifmail.newsroom.our_events.facts_told import Told, find_told
from stuifmail.newsroom.our_events.records import list_records
from stuifmail.newsroom.outgoing.embargoes import find_lock
from stuifmail.newsroom.outgoing.machine_forms import describe_piece, write_json
from stuifmail.newsroom.outgoing.publishing import list_marks
from stuifmail.render.ics import make_calendar
from stuifmail.render.jsonld import make_event_jsonld, make_jsonld
from stuifmail.render.machine import PieceContext, page_url
from stuifmail.render.ninjs import make_event_ninjs, make_ninjs
from stuifmail.render.publications import PublicationRenderer
from stuifmail.review.embargo import say_end
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

FORMS = ("ninjs", "jsonld", "ics", "text", "html", "post")


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What was exported.

    Args:
        content: the bytes, as they belong into a file.
        language: in which it is.
        locked: until when its facts are under embargo; "" when they are not.
    """

    form: str
    language: str
    content: bytes
    locked: str = ""


def export(house: House, name: str, *, form: str, language: str = "") -> Export:
    """Answer a publication, or one of our own events, in another form; nothing is published by it.

    Args:
        name: a publication's id, or an event's in sources.yaml.
        form: one of `FORMS`; an event has the first three.
        language: "" for the publication's first, or the newsroom's.

    Raises:
        UnknownPublication: there is neither a publication nor an event with this id.
        StuifmailError: it has no such form or language.
        InvalidTemplate: it cannot be rendered.
    """
    lock = None
    with house.store.begin() as connection:
        dossier = publication_table.find_dossier(connection, name)
        if dossier is not None:
            chosen = _choose(name, language, dossier.revision.publication.languages)
            text = _write_publication(house, connection, dossier, form, chosen)
            lock = find_lock(house, connection, dossier.revision.publication, house.clock())
        else:
            chosen = _choose(name, language, house.config.organisation.languages)
            text = _write_event(house, connection, name, form, chosen)
    return Export(form=form, language=chosen, content=text, locked=say_end(lock) if lock else "")


def _choose(name: str, language: str, known: tuple[str, ...]) -> str:
    if language and language not in known:
        raise StuifmailError(f"it is not in {language!r}", place=name, remedy=f"it is in {', '.join(known)}")
    return language or known[0]


def _write_publication(
    house: House, connection: Connection, dossier: Dossier, form: str, language: str
) -> bytes:
    publication = dossier.revision.publication
    if form == "post":
        link = page_url(house.config.delivery.public_url, publication.id, language)
        return f"{compose_post(publication, language, link)}\n".encode()
    if form not in ("ninjs", "jsonld"):
        return _write_rendering(_render(house, connection, dossier, language), form, dossier.id)
    mark = list_marks(house, connection, dossier).get(language)
    context, say = describe_piece(house, connection, dossier, language, mark=mark)
    make = make_ninjs if form == "ninjs" else make_jsonld
    return write_json(make(publication, language, say, context))


def _render(house: House, connection: Connection, dossier: Dossier, language: str) -> Rendering:
    """Answer the edition as it is sent, or as it would be."""
    frozen = publication_table.get_renderings(connection, dossier.id)
    if language in frozen:
        return frozen[language]
    return PublicationRenderer(house.config, house.root).render(dossier.revision.publication, language)


def _write_rendering(rendering: Rendering, form: str, name: str) -> bytes:
    text = {"html": rendering.html, "text": rendering.text, "ics": rendering.calendar}[form]
    if not text:
        raise StuifmailError(
            "it has no calendar part",
            place=name,
            remedy="export the event itself: its id is that in sources.yaml",
        )
    return text.encode()


def _write_event(house: House, connection: Connection, name: str, form: str, language: str) -> bytes:
    records = list_records(house, connection)
    record = records.get(name)
    if record is None:
        raise UnknownPublication(
            "there is no such publication, nor such an event of ours",
            place=name,
            remedy="see: stuifmail drafts, stuifmail events --ours",
        )
    told = find_told(connection, name)
    if form == "ics":
        return _write_calendar(house, records, record, told, language)
    if form not in ("ninjs", "jsonld"):
        raise StuifmailError(
            f"an event has no form {form}", place=name, remedy="its forms are ics, jsonld and ninjs"
        )
    return _write_facts(house, records, record, told, form, language)


def _write_calendar(
    house: House, records: dict[str, EventRecord], record: EventRecord, told: Told, language: str
) -> bytes:
    whole = records.get(record.part_of)
    part = CalendarPart(
        facts=told.number(record.facts),
        organiser=house.config.organisation.email,
        description=record.description,
    )
    text = make_calendar(
        part,
        language,
        stamped_at=house.clock(),
        organiser_name=pick_text(house.config.organisation.name, language),
        parent_uid=whole.facts.uid if whole else "",
    )
    if not text:
        raise UnknownEvent(
            "its date is still open, so it goes into no calendar",
            place=record.id,
            remedy="give it its day and time in sources.yaml",
        )
    return text.encode()


def _write_facts(
    house: House,
    records: dict[str, EventRecord],
    record: EventRecord,
    told: Told,
    form: str,
    language: str,
) -> bytes:
    facts, description = told.number(record.facts), pick_text(record.description, language)
    context = PieceContext(
        public_url=house.config.delivery.public_url,
        organisation=house.config.organisation,
        press=house.config.press,
        created_at=house.clock(),
        changed_at=house.clock(),
    )
    if form == "ninjs":
        return write_json(make_event_ninjs(facts, language, context, description=description))
    whole = records.get(record.part_of)
    return write_json(
        make_event_jsonld(
            facts,
            language,
            context,
            description=description,
            audience=", ".join(pick_text(one, language) for one in record.priority_functions),
            before=told.facts,
            whole=whole.facts if whole else None,
            parts=[records[part].facts for part in record.parts if part in records],
        )
    )
