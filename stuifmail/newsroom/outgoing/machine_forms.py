"""What a publication's pages have for machines: JSON-LD, ninjs, and a calendar file to save."""

import json
from collections.abc import Mapping, Sequence
from typing import Literal

from stuifmail.curate.themes import Vocabulary
from stuifmail.model.publications import Publication, Rendering
from stuifmail.model.reviews import Dossier, PublicationState
from stuifmail.model.texts import pick_text
from stuifmail.newsroom.house import House
from stuifmail.newsroom.outgoing.embargoes import find_versions
from stuifmail.publish.marks import Mark
from stuifmail.publish.site import PageExtras
from stuifmail.render.jsonld import make_jsonld, write_script
from stuifmail.render.machine import PieceContext, Term, page_url
from stuifmail.render.ninjs import make_ninjs
from stuifmail.render.public_calendar import FILE_NAME, publish_calendar
from stuifmail.render.reading import headline_of, read_out, text_of
from stuifmail.render.saying import Say, make_sayer
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

#: So many themes tell what a piece is about; more tell nothing.
_THEMES = 3
#: Versions that are, or are about to be, on the site.
_CERTAIN = (PublicationState.APPROVED, PublicationState.QUEUED, PublicationState.SENT)


def make_extras(
    house: House,
    connection: Connection,
    dossier: Dossier,
    editions: Mapping[str, Rendering],
    marks: Mapping[str, Mark],
    notice: Dossier | None = None,
) -> dict[str, PageExtras]:
    """Answer by language what the pages of a publication have for machines.

    Args:
        editions: as they are sent.
        marks: what the pages say of it since it was sent.
        notice: a correction or kill notice of it that is about to be closed as sent.
    """
    found = {}
    for language, rendering in editions.items():
        mark = marks.get(language)
        context, say = describe_piece(house, connection, dossier, language, mark=mark, notice=notice)
        publication = dossier.revision.publication
        files = {"ninjs.json": write_json(make_ninjs(publication, language, say, context))}
        calendar = "" if mark and mark.replaces else publish_calendar(rendering)
        if calendar:
            files[FILE_NAME] = calendar.encode()
        head = write_script(make_jsonld(publication, language, say, context))
        found[language] = PageExtras(head=head, files=files)
    return found


def write_json(data: Mapping[str, object]) -> bytes:
    """Answer an object as a JSON file that people can read, too."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def describe_piece(
    house: House,
    connection: Connection,
    dossier: Dossier,
    language: str,
    *,
    mark: Mark | None = None,
    notice: Dossier | None = None,
) -> tuple[PieceContext, Say]:
    """Answer where a publication stands, as one of its editions tells machines, and what says its texts."""
    publication, config = dossier.revision.publication, house.config
    public_url = config.delivery.public_url.rstrip("/")
    say = make_sayer(config, house.root, publication, language)
    notices = _list_notices(connection, dossier, notice)
    created_at = dossier.due_at or publication.send_at
    event_name, event_url = _event(house, publication, language)
    context = PieceContext(
        public_url=public_url,
        organisation=config.organisation,
        press=config.press,
        members={one.id: Term(id=one.id, name=one.name, url=one.website or "") for one in config.members},
        themes=_find_themes(house, publication, say, language),
        created_at=created_at,
        changed_at=max(filter(None, (created_at, dossier.killed_at, *(one.due_at for one in notices)))),
        version=1 + len(notices) + _is_silently_killed(dossier, notices),
        status=_status(dossier, mark),
        versions=_versions(connection, publication, language, public_url),
        correction=mark.text if mark and not mark.replaces else "",
        correction_url=mark.link if mark else "",
        corrects_url=page_url(public_url, publication.corrects, language) if publication.corrects else "",
        event_name=event_name,
        event_url=event_url,
    )
    return context, say


def _is_silently_killed(dossier: Dossier, notices: Sequence[Dossier]) -> bool:
    """Answer whether it was taken back, and no notice of that is out: that is a version, too."""
    told = any(one.revision.publication.kind == "kill" for one in notices)
    return dossier.killed_at is not None and not told


def _status(dossier: Dossier, mark: Mark | None) -> Literal["usable", "withheld", "canceled"]:
    if dossier.killed_at or (mark and mark.replaces):
        return "canceled"
    return "withheld" if dossier.state == PublicationState.HELD else "usable"


def _list_notices(connection: Connection, dossier: Dossier, notice: Dossier | None) -> Sequence[Dossier]:
    """Answer the corrections and kill notices that were sent, or are about to be closed as sent."""
    found = publication_table.list_dossiers(connection, corrects=dossier.id)
    return [
        one
        for one in found
        if one.state == PublicationState.SENT or (notice is not None and one.id == notice.id)
    ]


def _find_themes(house: House, publication: Publication, say: Say, language: str) -> tuple[Term, ...]:
    themes = {theme.id: theme for theme in house.config.vocabularies.themes}
    told = [one for one in read_out(publication, say, language) if one.part in ("lead", "body")]
    found = Vocabulary(tuple(themes.values())).find(headline_of(publication, say), text_of(told), language)
    return tuple(
        Term(id=match.id, name=pick_text(themes[match.id].name, language)) for match in found[:_THEMES]
    )


def _versions(
    connection: Connection, publication: Publication, language: str, public_url: str
) -> dict[str, str]:
    """Answer the pages in other languages, of a release those of its other versions."""
    found = {
        code: page_url(public_url, publication.id, code) for code in publication.languages if code != language
    }
    if publication.kind == "release":
        for one in find_versions(connection, publication):
            if one.id != publication.id and one.state in _CERTAIN:
                other = one.revision.publication.languages[0]
                found[other] = page_url(public_url, one.id, other)
    return found


def _event(house: House, publication: Publication, language: str) -> tuple[str, str]:
    event = house.config.event(publication.event_id)
    return (pick_text(event.title, language), event.link or "") if event else ("", "")
