"""A publication as it would be sent at this moment, and whether that is what was approved."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from stuifmail.config.codec import sha256_of
from stuifmail.config.models import Audience
from stuifmail.errors import ApprovalRefused, WrongState
from stuifmail.model.people import Reader
from stuifmail.model.publications import Publication, Rendering
from stuifmail.model.reviews import CheckReport, Dossier, Finding, PublicationState
from stuifmail.newsroom.harvests.addresses import find_unconfirmed
from stuifmail.newsroom.house import House
from stuifmail.newsroom.numbers.figure_checks import check_figures
from stuifmail.newsroom.numbers.figures import list_known_figures
from stuifmail.newsroom.our_events.facts_told import check_mailing
from stuifmail.newsroom.outgoing.correcting import check_notice
from stuifmail.newsroom.outgoing.embargoes import check_locks
from stuifmail.newsroom.outgoing.letterhead import describe_letterhead
from stuifmail.newsroom.people.audiences import gather_readers
from stuifmail.newsroom.press.press_checks import check_release
from stuifmail.render.checks import MAX_HEADLINE_CHARS, MAX_SUBJECT_CHARS, check_rendering
from stuifmail.render.publications import PublicationRenderer
from stuifmail.review import acts
from stuifmail.review.approval import find_changes, hash_audience
from stuifmail.review.calendar_checks import check_calendar
from stuifmail.review.checks import (
    check_addresses,
    check_audience,
    check_content,
    check_parted,
    check_repeats,
)
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """A publication as it would be sent now, and what the checks say of it.

    Args:
        silenced: addresses (and ids) of everybody who may get no such mail, in whatever audience.
        answered: addresses of those whose answer to an event decides whether they get it.
    """

    dossier: Dossier
    renderings: Mapping[str, Rendering]
    readers: tuple[Reader, ...]
    audience: Audience
    report: CheckReport
    silenced: frozenset[str]
    answered: frozenset[str] = frozenset()


def examine(house: House, connection: Connection, dossier: Dossier) -> Examination:
    """Render every edition, gather the audience and run all checks. Stores nothing.

    Raises:
        InvalidTemplate: an edition cannot be rendered.
        StuifmailError: the audience or the contacts sheet is gone.
    """
    publication = dossier.revision.publication
    renderer = PublicationRenderer(house.config, house.root)
    renderings = {language: renderer.render(publication, language) for language in publication.languages}
    readership = gather_readers(house, connection, publication)
    readers = readership.readers
    report = CheckReport(
        content_sha256=dossier.revision.content_sha256,
        audience_sha256=hash_audience(readership.audience, readers),
        renderings={language: rendering.sha256 for language, rendering in renderings.items()},
        letterhead_sha256=sha256_of(describe_letterhead(house, publication)),
        findings=(
            *_check_letter(house, connection, publication, renderings),
            *check_audience(readers, readership.problems, publication),
            *check_parted(readership.parted_count, publication),
        ),
        readers_count=sum(not reader.suppressed for reader in readers),
        suppressed_count=sum(bool(reader.suppressed) for reader in readers),
    )
    return Examination(
        dossier=dossier,
        renderings=renderings,
        readers=readers,
        audience=readership.audience,
        report=report,
        silenced=frozenset(readership.silenced),
        answered=readership.answered,
    )


def _check_letter(
    house: House, connection: Connection, publication: Publication, renderings: Mapping[str, Rendering]
) -> list[Finding]:
    others = publication_table.list_dossiers(connection, series_id=publication.series_id)
    longest = MAX_HEADLINE_CHARS if publication.kind == "release" else MAX_SUBJECT_CHARS
    public_host = urlsplit(house.config.delivery.public_url).hostname or ""
    return [
        *check_content(publication, house.config, list_known_figures(house, connection, publication)),
        *check_repeats(publication, others),
        *check_addresses(find_unconfirmed(connection, publication)),
        *check_release(house, connection, publication, renderings),
        *check_locks(house, connection, publication),
        *check_notice(house, publication),
        *check_mailing(house, connection, publication),
        *check_calendar(publication, house.config.delivery.from_address or house.config.organisation.email),
        *check_figures(house, connection, publication),
        *(
            finding
            for rendering in renderings.values()
            for finding in check_rendering(rendering, hosts=[public_host], subject_chars=longest)
        ),
    ]


def _still_approves(house: House, role_id: str) -> bool:
    return any(role.id == role_id and "approve" in role.may for role in house.config.review.roles)


def hold_to_approval(
    house: House, connection: Connection, dossier: Dossier
) -> tuple[Examination, ApprovalRefused | None]:
    """Hold a publication against its approval; void the approval where something changed.

    Args:
        connection: the transaction in which the caller acts; it has to commit also after a refusal,
            which is answered and not raised for that reason.
        dossier: read with its lock in this transaction.

    Returns:
        The publication as it would be sent now, and the refusal to raise once this
        transaction is committed; None while the approval stands.

    Raises:
        WrongState: it has no approval at all.
    """
    if dossier.approval is None or dossier.state not in (PublicationState.APPROVED, PublicationState.QUEUED):
        raise WrongState("it is no longer approved", place=dossier.id, remedy="approve it first")
    examined = examine(house, connection, dossier)
    changes = find_changes(
        dossier.approval,
        examined.report,
        publication_table.get_approved_readers(connection, dossier.id),
        examined.readers,
        examined.audience,
        examined.silenced | examined.answered,
    )
    if not _still_approves(house, dossier.approval.role):
        changes.append(f"{dossier.approval.role} may no longer approve")
    if not changes:
        return examined, None
    acts.record_void(connection, dossier, reason="; ".join(changes), at=house.clock())
    return examined, ApprovalRefused(
        f"the approval no longer stands: {'; '.join(changes)}",
        place=dossier.id,
        remedy=f"look at a new proof (stuifmail proof {dossier.id}) and approve again",
    )
