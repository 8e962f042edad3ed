"""What everybody can see of a publication: its web pages, and its place in the archive.

Each function may be called again at any time: it brings what lies there up to date.
"""

from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from stuifmail.compose.corrections import BLANKS, CorrectionPhrases
from stuifmail.config.phrases import read_phrases
from stuifmail.model.publications import Publication, Rendering, TextBlock
from stuifmail.model.reviews import Dossier
from stuifmail.newsroom.harvests.provenance import trace_blocks
from stuifmail.newsroom.house import House
from stuifmail.newsroom.outgoing.machine_forms import make_extras
from stuifmail.publish.archive import ArchiveRecord, archive_publication
from stuifmail.publish.marks import Mark
from stuifmail.publish.site import pictures_of, write_web_version
from stuifmail.publish.storage import open_storage
from stuifmail.render.saying import make_sayer
from stuifmail.review.embargo import end_of, is_over, is_sealed
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import embargoes as embargo_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection


def site_of(house: House) -> Path:
    """Answer the folder of the public site."""
    return house.outputs / "site"


def publish_pages(
    house: House,
    connection: Connection,
    dossier: Dossier,
    editions: Mapping[str, Rendering],
    notice: Dossier | None = None,
) -> None:
    """Write the web version of a publication; the caller has seen that no embargo locks it.

    Args:
        editions: as they are sent.
        notice: a correction or kill notice of it that is about to be closed as sent.
    """
    publication = dossier.revision.publication
    marks = list_marks(house, connection, dossier, notice)
    extras = make_extras(house, connection, dossier, editions, marks, notice)
    write_web_version(site_of(house), publication, editions, house.root, house.config, marks, extras)


def publish_after_embargo(
    house: House, connection: Connection, dossier: Dossier, editions: Mapping[str, Rendering]
) -> None:
    """Write the pages that waited for the end of an embargo: the release's, and its corrections'."""
    publish_pages(house, connection, dossier, editions)
    for notice in publication_table.list_dossiers(connection, corrects=dossier.id):
        sent = publication_table.get_renderings(connection, notice.id)
        if sent and notice.revision.publication.kind == "correction":
            publish_pages(house, connection, notice, sent)


def is_public(house: House, connection: Connection, dossier: Dossier) -> bool:
    """Answer whether a publication that is being sent, or was, has its place on the public site.

    A release has none before its embargo ends, nor ever when embargo or release was withdrawn
    before; a notice has one where that which it is about has one.
    """
    publication = dossier.revision.publication
    if publication.corrects:
        return is_public(house, connection, publication_table.get_dossier(connection, publication.corrects))
    own = embargo_table.find_embargo(connection, publication.facts_id)
    if own is None or not is_sealed(publication, own):
        return True
    if own.withdrawn_at or (dossier.killed_at is not None and dossier.killed_at < end_of(own)):
        return False
    return is_over(own, house.clock())


def mark_corrected(house: House, notice: Dossier) -> None:
    """Bring pages and archive of what a notice is about up to date; a broken-off run does so again.

    What a corrected correction corrected says the newest, too.
    """
    with house.store.begin() as connection:
        original = publication_table.get_dossier(connection, notice.revision.publication.corrects)
        editions = publication_table.get_renderings(connection, original.id)
        if is_public(house, connection, original):
            publish_pages(house, connection, original, editions, notice)
            is_newer = notice.revision.publication.kind == "correction"
            mark_origins(house, connection, original, notice if is_newer else None)
    keep_archive(house, original, editions)


def mark_origins(
    house: House, connection: Connection, correction: Dossier, notice: Dossier | None = None
) -> None:
    """Bring the public pages of what a correction corrects up to date, and of what that corrects."""
    while correction.revision.publication.corrects:
        correction = publication_table.get_dossier(connection, correction.revision.publication.corrects)
        editions = publication_table.get_renderings(connection, correction.id)
        if editions:
            publish_pages(house, connection, correction, editions, notice)


def list_marks(
    house: House, connection: Connection, dossier: Dossier, notice: Dossier | None = None
) -> dict[str, Mark]:
    """Answer by language what the pages of a publication say of it since it was sent; mostly nothing."""
    languages = dossier.revision.publication.languages
    found = notice or _newest_correction(connection, dossier)
    if dossier.killed_at or (found and found.revision.publication.kind == "kill"):
        return {code: _mark_kill(read_correction_phrases(house, code)) for code in languages}
    if found is None:
        return {}
    correction = found.revision.publication
    return {code: _mark_correction(house, correction, code) for code in languages}


def _newest_correction(connection: Connection, dossier: Dossier) -> Dossier | None:
    """Answer the correction that holds: the last that was sent and not taken back, corrected or not."""
    if not dossier.corrected_by:
        return None
    sent = [
        each
        for each in publication_table.list_dossiers(connection, corrects=dossier.id)
        if each.revision.publication.kind == "correction" and each.sent_at and each.killed_at is None
    ]
    if not sent:
        return None
    newest = max(sent, key=lambda each: (each.sent_at, each.id == dossier.corrected_by, each.id))
    return _newest_correction(connection, newest) or newest


def _mark_kill(phrases: CorrectionPhrases) -> Mark:
    return Mark(label=phrases.kill.label, text=phrases.kill.page, replaces=True)


def _mark_correction(house: House, correction: Publication, language: str) -> Mark:
    words = read_correction_phrases(house, language).correction
    say = make_sayer(house.config, house.root, correction, language)
    first = next((block for block in correction.blocks() if isinstance(block, TextBlock)), None)
    public_url = house.config.delivery.public_url.rstrip("/")
    return Mark(
        label=words.label,
        text=say(first.text) if first else "",
        link=f"{public_url}/{correction.id}/{language}/",
        link_label=words.read,
    )


def read_correction_phrases(house: House, language: str) -> CorrectionPhrases:
    """Answer the words of corrections in one language, from the editors' files.

    Raises:
        InvalidTemplate, InvalidDocument: the file is not there, or has problems.
    """
    folder = house.root / house.config.templates
    return read_phrases(
        CorrectionPhrases,
        folder,
        "mailings/corrections",
        language,
        blanks=BLANKS,
        shown_as=house.config.templates,
    )


def keep_archive(house: House, dossier: Dossier, editions: Mapping[str, Rendering]) -> str:
    """Archive what was sent, and answer where; doing so again adds what grew since."""
    storage = open_storage(house.config.archive, house.root, house.environment)
    with house.store.begin() as connection:
        record = _describe(house, connection, dossier, editions, dossier.due_at or house.clock())
    return archive_publication(storage, record)


def _describe(
    house: House,
    connection: Connection,
    dossier: Dossier,
    editions: Mapping[str, Rendering],
    sent_at: datetime,
) -> ArchiveRecord:
    counts = delivery_table.count_deliveries(connection, dossier.id)
    return ArchiveRecord(
        dossier=dossier,
        renderings=dict(editions),
        deliveries={str(state): count for state, count in counts.items()},
        history=tuple(publication_table.list_acts(connection, dossier.id)),
        provenance=trace_blocks(connection, dossier.revision.publication),
        corrections=_list_notices(connection, dossier),
        sent_at=sent_at,
        stuifmail_version=version("stuifmail"),
        root=house.root,
        published=pictures_of(site_of(house)),
    )


def _list_notices(connection: Connection, dossier: Dossier) -> tuple[dict[str, Any], ...]:
    """The corrections and kill notices of a publication that are being sent or were, oldest first."""
    found = publication_table.list_dossiers(connection, corrects=dossier.id)
    return tuple(
        {
            "id": notice.id,
            "kind": notice.revision.publication.kind,
            "subject": dict(notice.revision.publication.subject),
            "content_sha256": notice.revision.content_sha256,
        }
        for notice in sorted(found, key=lambda one: (one.revision.publication.send_at, one.id))
        if publication_table.get_renderings(connection, notice.id)
    )
