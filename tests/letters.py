"""Builders of the values that dispatch and archive work with."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from stuifmail.config.codec import sha256_of
from stuifmail.dispatch.messages import Letterhead, MessageBuilder
from stuifmail.dispatch.plan import plan_deliveries
from stuifmail.model.deliveries import Delivery
from stuifmail.model.people import Reader
from stuifmail.model.publications import UNSUBSCRIBE_MARK, Publication, Rendering
from stuifmail.model.reviews import Approval, CheckReport, Dossier, PublicationState, Revision
from stuifmail.publish.archive import ArchiveRecord
from stuifmail.store.database import Store
from stuifmail.store.deliveries import insert_deliveries
from stuifmail.store.publications import add_publication

NOW = datetime(2026, 5, 6, 8, 0, tzinfo=UTC)
ISSUE = "nieuwsbrief-2026-05"
SECRET = b"0123456789abcdef0123456789abcdef"


def make_rendering(language: str = "nl", **changes: object) -> Rendering:
    """A small edition with everything that makes encoding hard."""
    values: dict[str, object] = {
        "language": language,
        "subject": "Nieuwsbrief mei: bijeenkomst over bermen" if language == "nl" else "May newsletter",
        "preheader": "Wat onze leden deden",
        "html": (
            f'<html lang="{language}"><body><p>Café &amp; één bij = 100% blij…</p>\n.\n'
            f'<p>From here to there</p><a href="{UNSUBSCRIBE_MARK}">Afmelden</a></body></html>\n'
        ),
        "text": f"Café & één bij = 100% blij…\n\n.\n..\nFrom here\nAfmelden: {UNSUBSCRIBE_MARK} \n",
        "sha256": "ab" * 32,
    }
    return Rendering(**(values | changes))


def make_letterhead(**changes: object) -> Letterhead:
    """The sender of the sample newsletter."""
    values: dict[str, object] = {
        "from_address": "nieuws@example.org",
        "from_name": {"nl": "Coalitie Bloeiend Land", "en": "Flowering Land Coalition"},
        "list_id": "nieuwsbrief.coalition.example.org",
        "list_name": {"nl": "Nieuwsbrief", "en": "Newsletter"},
        "unsubscribe_url": "https://news.example.org/unsubscribe",
        "help_url": "mailto:nieuws@example.org",
        "archive_url": "https://news.example.org/",
        "sent_at": NOW,
    }
    return Letterhead(**(values | changes))


def make_builder(**changes: object) -> MessageBuilder:
    """A builder of the Dutch and the English edition."""
    editions = {language: make_rendering(language) for language in ("nl", "en")}
    return MessageBuilder(make_letterhead(**changes), editions, SECRET)


def make_readers(count: int) -> list[Reader]:
    """Readers of both languages."""
    return [
        Reader(
            contact_id=f"c{number}",
            address=f"reader-{number}@example.org",
            name=f"Redactie {number}",
            edition="nl" if number % 2 else "en",
        )
        for number in range(count)
    ]


def make_deliveries(readers: Sequence[Reader] | int = 1) -> tuple[Delivery, ...]:
    """Planned rows, for so many readers or for these."""
    chosen = make_readers(readers) if isinstance(readers, int) else readers
    return plan_deliveries(ISSUE, chosen, domain="coalition.example.org")


def fill_outbox(store: Store, readers: Sequence[Reader] | int) -> tuple[Delivery, ...]:
    """Put planned rows into a store's outbox."""
    planned = make_deliveries(readers)
    with store.begin() as connection:
        add_publication(connection, make_publication(), author="stuifmail", at=NOW)
        insert_deliveries(connection, planned, at=NOW)
    return planned


def make_publication() -> Publication:
    """An issue without sections."""
    return Publication(
        id=ISSUE,
        series_id="nieuwsbrief",
        number=5,
        period_starts_at=datetime(2026, 4, 1, tzinfo=UTC),
        period_ends_at=datetime(2026, 5, 1, tzinfo=UTC),
        send_at=NOW,
        audience_id="leden",
        languages=("nl", "en"),
        subject={"nl": "Nieuws", "en": "News"},
        preheader={"nl": "Voorproef", "en": "Foretaste"},
    )


def make_record(root: Path, **changes: object) -> ArchiveRecord:
    """What is archived of one issue; its picture is written into `root`."""
    picture = root / "samples" / "bee.png"
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(b"a picture")
    address = "https://news.example.org/images/bee.png"
    publication = make_publication()
    revision = Revision(
        publication=publication,
        number=2,
        author="redactie",
        saved_at=NOW,
        content_sha256=sha256_of(publication),
    )
    values: dict[str, object] = {
        "dossier": Dossier(
            id=ISSUE,
            state=PublicationState.QUEUED,
            revision=revision,
            report=CheckReport(
                content_sha256="1" * 64, audience_sha256="2" * 64, renderings={}, findings=(), readers_count=3
            ),
            approval=Approval(
                publication_id=ISSUE,
                revision=2,
                role="eindredactie",
                approved_at=NOW,
                content_sha256="1" * 64,
                audience_sha256="2" * 64,
                findings_sha256="3" * 64,
            ),
        ),
        "renderings": {
            language: make_rendering(language, pictures={address: "samples/bee.png"})
            for language in ("nl", "en")
        },
        "deliveries": {"accepted": 3},
        "provenance": {"block-1": {"source_id": "feed", "sha256": "4" * 64}},
        "sent_at": NOW,
        "stuifmail_version": "0.1.0",
        "root": root,
    }
    return ArchiveRecord(**(values | changes))
