"""Proof, edit, approve, queue: the acts between a draft and its sending."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from stuifmail.config.models import Audience
from stuifmail.errors import ApprovalRefused, StuifmailError, WrongState
from stuifmail.model.people import Reader
from stuifmail.model.problems import Problem
from stuifmail.model.publications import Publication, Rendering
from stuifmail.model.reviews import Approval, CheckReport, Dossier, PublicationState
from stuifmail.newsroom.figures import list_known_figures
from stuifmail.newsroom.house import House
from stuifmail.newsroom.proofs import describe_proof
from stuifmail.people.audience import select_readers
from stuifmail.people.contacts import read_contacts
from stuifmail.render.checks import check_rendering
from stuifmail.render.newsletter import NewsletterRenderer
from stuifmail.render.proof import write_proof
from stuifmail.review import acts
from stuifmail.review.approval import decide_approval, find_changes, hash_audience
from stuifmail.review.checks import check_audience, check_content
from stuifmail.review.editing import draft_to_yaml, yaml_to_draft
from stuifmail.review.moves import move, require_role
from stuifmail.review.translations import add_translations
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import publications as publication_table
from stuifmail.store import suppressions as suppression_table
from stuifmail.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """A publication as it would be sent now, and what the checks say of it."""

    dossier: Dossier
    renderings: Mapping[str, Rendering]
    readers: tuple[Reader, ...]
    audience: Audience
    report: CheckReport


def examine(house: House, connection: Connection, publication_id: str) -> Examination:
    """Render every edition, gather the audience and run all checks. Stores nothing.

    Raises:
        UnknownPublication: there is none with this id.
        InvalidTemplate: an edition cannot be rendered.
    """
    dossier = publication_table.get_dossier(connection, publication_id)
    publication = dossier.revision.publication
    renderer = NewsletterRenderer(house.config, house.root)
    renderings = {language: renderer.render(publication, language) for language in publication.languages}
    audience, readers, problems = gather_readers(house, connection, publication)
    public_host = urlsplit(house.config.delivery.public_url).hostname or ""
    findings = [
        *check_content(publication, house.config, list_known_figures(house, connection, publication)),
        *check_audience(readers, problems, publication),
        *(
            finding
            for rendering in renderings.values()
            for finding in check_rendering(rendering, hosts=[public_host])
        ),
    ]
    report = CheckReport(
        content_sha256=dossier.revision.content_sha256,
        audience_sha256=hash_audience(audience, readers),
        renderings={language: rendering.sha256 for language, rendering in renderings.items()},
        findings=tuple(findings),
        readers_count=sum(not reader.suppressed for reader in readers),
        suppressed_count=sum(bool(reader.suppressed) for reader in readers),
    )
    return Examination(
        dossier=dossier, renderings=renderings, readers=readers, audience=audience, report=report
    )


def gather_readers(
    house: House, connection: Connection, publication: Publication
) -> tuple[Audience, tuple[Reader, ...], Sequence[Problem]]:
    """Answer the audience, its readers from the contacts sheet as it is now, and bad rows.

    Raises:
        StuifmailError: the audience or the contacts sheet is gone.
    """
    config = house.config
    audience = config.audience(publication.audience_id)
    if audience is None:
        raise StuifmailError(
            f"sources.yaml has no audience {publication.audience_id}",
            place=publication.id,
            remedy="put the audience back under audiences",
        )
    path = house.root / config.contacts.file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StuifmailError(
            f"the contacts sheet cannot be read ({error.strerror})",
            place=config.contacts.file,
            remedy="put it back, or correct contacts.file in sources.yaml",
        ) from error
    sheet = read_contacts(
        content,
        file=config.contacts.file,
        columns=config.contacts.columns,
        default_language=config.organisation.languages[0],
    )
    readers = select_readers(
        sheet.contacts,
        audience,
        languages=publication.languages,
        suppressions=suppression_table.all_suppressions(connection),
    )
    return audience, readers, sheet.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofReport:
    """Where the proof lies and what it found."""

    publication_id: str
    state: str
    page: Path
    report: CheckReport


def make_proof(
    house: House, publication_id: str, *, role: str = acts.AUTOMATON, language: str = ""
) -> ProofReport:
    """Check a publication and lay out its proof under outputs/proofs.

    Args:
        role: who asks; the automaton may, too.
        language: language of the proof page; else the newsroom's first.

    Raises:
        UnknownPublication, UnknownRole, InvalidTemplate, StoreUnwritable: as they say.
    """
    if role != acts.AUTOMATON:
        require_role(house.config.review, role, "edit")
    with house.store.begin() as connection:
        examined = examine(house, connection, publication_id)
        acts.record_proof(connection, examined.dossier, examined.report, role=role, at=house.clock())
        dossier = publication_table.get_dossier(connection, publication_id)
        proof = describe_proof(house, connection, dossier, examined.renderings, language)
    page = write_proof(house.outputs / "proofs" / publication_id, proof)
    return ProofReport(publication_id=publication_id, state=dossier.state, page=page, report=examined.report)


def open_draft(house: House, publication_id: str) -> tuple[str, int]:
    """Answer the draft as YAML for an editor, and the revision it is.

    Raises:
        UnknownPublication: there is none with this id.
        WrongState: it has been sent, or sending has begun.
    """
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id)
        _refuse_once_sending(connection, dossier)
        move(dossier.state, "edit", publication_id)
    revision = dossier.revision
    return draft_to_yaml(
        revision.publication, revision=revision.number, author=revision.author
    ), revision.number


def save_draft(
    house: House,
    publication_id: str,
    text: str,
    *,
    role: str,
    base: int | None = None,
    file: str = "",
    note: str = "",
) -> int | None:
    """Store an edited draft as the next revision and answer its number; None when nothing changed.

    Args:
        text: the YAML as the editor left it.
        role: who edited.
        base: the revision that was opened; else the newest.
        file: the file's name for messages.

    Raises:
        InvalidDraft: the text cannot be saved; every problem has its line.
        StaleRevision: somebody saved a newer revision in the meantime.
        UnknownRole: the role may not edit.
    """
    require_role(house.config.review, role, "edit")
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id)
        _refuse_once_sending(connection, dossier)
        current = dossier.revision
        edited = yaml_to_draft(
            text,
            base=current.publication,
            figures=list_known_figures(house, connection, current.publication),
            file=file or f"{publication_id}.yaml",
        )
        if edited == current.publication and base in (None, current.number):
            return None
        return acts.record_edit(
            connection,
            dossier,
            edited,
            base=current.number if base is None else base,
            role=role,
            note=note,
            at=house.clock(),
        )


def translate(house: House, publication_id: str, text: str, *, role: str, file: str) -> int | None:
    """Add translations to the newest revision; answer the new one's number, None when nothing changed.

    Args:
        text: YAML by block id, see `stuifmail.review.translations`.
        role: who hands them in.
        file: the file's name for messages.

    Raises:
        InvalidDraft: the text has problems; each is listed with its line.
        UnknownRole, WrongState: the role may not edit, or it has been sent.
    """
    require_role(house.config.review, role, "edit")
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id)
        _refuse_once_sending(connection, dossier)
        current = dossier.revision
        edited = add_translations(current.publication, text, file=file)
        if edited == current.publication:
            return None
        return acts.record_edit(
            connection,
            dossier,
            edited,
            base=current.number,
            role=role,
            note=f"translations from {Path(file).name}",
            at=house.clock(),
        )


def _refuse_once_sending(connection: Connection, dossier: Dossier) -> None:
    if dossier.state == PublicationState.QUEUED and delivery_table.count_deliveries(connection, dossier.id):
        raise WrongState(
            "sending has begun, so the content can no longer change",
            place=dossier.id,
            remedy="let it finish, then send a correction",
        )


def approve(house: House, publication_id: str, *, role: str, single_eye_reason: str = "") -> Approval:
    """Record a role's consent to the publication exactly as its proof shows it.

    Raises:
        UnknownRole: the role may not approve.
        WrongState: there is no proof yet, or it is approved already.
        ApprovalRefused: blocking findings, changes since the proof, or four eyes are needed.
    """
    review = house.config.review
    require_role(review, role, "approve")
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id)
        move(dossier.state, "approve", publication_id)
        examined = examine(house, connection, publication_id)
        approval = decide_approval(
            examined.dossier,
            examined.report,
            role=role,
            single_eye_allowed=review.single_eye,
            single_eye_reason=single_eye_reason,
            at=house.clock(),
        )
        acts.record_approval(connection, examined.dossier, approval, examined.readers)
    return approval


def queue(house: House, publication_id: str, *, role: str, at: datetime | None = None) -> datetime:
    """Let an approved publication go out at its planned moment, or at another.

    Args:
        role: who sends.
        at: another moment than the planned one, aware.

    Returns:
        The moment from which dispatch will send it.

    Raises:
        UnknownRole: the role may not send.
        WrongState: it is not approved.
        ApprovalRefused: something changed since the approval, which is void now.
    """
    require_role(house.config.review, role, "send")
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id)
        move(dossier.state, "queue", publication_id)
        _refuse_once_sending(connection, dossier)
    verify_approval(house, publication_id)
    due_at = at or dossier.revision.publication.send_at
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id)
        acts.record_queue(connection, dossier, role=role, due_at=due_at, at=house.clock())
    return due_at


def verify_approval(house: House, publication_id: str) -> Examination:
    """Answer the publication as it would be sent now, if that is what was approved.

    Raises:
        ApprovalRefused: something changed; the approval has been voided and says so.
    """
    with house.store.begin() as connection:
        examined = examine(house, connection, publication_id)
        approval = examined.dossier.approval
        if approval is None:
            raise WrongState("it has no approval", place=publication_id, remedy="approve it first")
        changes = find_changes(
            approval,
            examined.report,
            publication_table.get_approved_readers(connection, publication_id),
            examined.readers,
            examined.audience,
        )
        if changes:
            acts.record_void(connection, examined.dossier, reason="; ".join(changes), at=house.clock())
    if changes:
        raise ApprovalRefused(
            f"the approval no longer stands: {'; '.join(changes)}",
            place=publication_id,
            remedy=f"look at a new proof (stuifmail proof {publication_id}) and approve again",
        )
    return examined
