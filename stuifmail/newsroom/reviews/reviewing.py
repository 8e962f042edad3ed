"""Proof, edit, approve, queue: the acts between a draft and its sending."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stuifmail.errors import WrongState
from stuifmail.model.reviews import Approval, CheckReport, Dossier, PublicationState
from stuifmail.newsroom.house import House
from stuifmail.newsroom.numbers.figures import list_known_figures
from stuifmail.newsroom.our_events.facts_told import bind_facts
from stuifmail.newsroom.reviews.examining import examine, hold_to_approval
from stuifmail.newsroom.reviews.proofs import describe_proof
from stuifmail.render.proof import write_proof
from stuifmail.review import acts
from stuifmail.review.approval import decide_approval
from stuifmail.review.editing import draft_to_yaml, yaml_to_draft
from stuifmail.review.moves import move, require_role
from stuifmail.review.translations import add_translations
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection


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

    Once sending has begun, the proof shows what is being sent, whatever changed since.

    Args:
        role: who asks; the automaton may, too.
        language: language of the proof page; else the newsroom's first.

    Raises:
        UnknownPublication, UnknownRole, InvalidTemplate, StoreUnwritable: as they say.
    """
    if role != acts.AUTOMATON:
        require_role(house.config.review, role, "edit")
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id, lock=True)
        renderings = publication_table.get_renderings(connection, publication_id)
        if not renderings:
            examined = examine(house, connection, dossier)
            renderings = dict(examined.renderings)
            acts.record_proof(connection, dossier, examined.report, role=role, at=house.clock())
            dossier = publication_table.get_dossier(connection, publication_id)
        proof = describe_proof(house, connection, dossier, renderings, language)
        # Before the commit: what nobody can look at was not proofed.
        page = write_proof(house.outputs / "proofs" / publication_id, proof)
    return ProofReport(publication_id=publication_id, state=dossier.state, page=page, report=proof.report)


def open_draft(house: House, publication_id: str) -> tuple[str, int]:
    """Answer the draft as YAML for an editor, and the revision it is.

    Raises:
        UnknownPublication: there is none with this id.
        WrongState: it has been sent, or sending has begun.
    """
    with house.store.begin() as connection:
        dossier = _get_editable(connection, publication_id)
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
        dossier = _get_editable(connection, publication_id)
        current = dossier.revision
        edited = yaml_to_draft(
            text,
            base=current.publication,
            figures=list_known_figures(house, connection, current.publication),
            file=file or f"{publication_id}.yaml",
        )
        edited = bind_facts(house, connection, edited)
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
        dossier = _get_editable(connection, publication_id)
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


def _get_editable(connection: Connection, publication_id: str) -> Dossier:
    dossier = publication_table.get_dossier(connection, publication_id, lock=True)
    _refuse_once_sending(connection, dossier)
    move(dossier.state, "edit", publication_id)
    return dossier


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
        dossier = publication_table.get_dossier(connection, publication_id, lock=True)
        move(dossier.state, "approve", publication_id)
        examined = examine(house, connection, dossier)
        approval = decide_approval(
            dossier,
            examined.report,
            role=role,
            single_eye_allowed=review.single_eye,
            single_eye_reason=single_eye_reason,
            at=house.clock(),
        )
        acts.record_approval(connection, dossier, approval, examined.readers)
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
        dossier = publication_table.get_dossier(connection, publication_id, lock=True)
        move(dossier.state, "queue", publication_id)
        _refuse_once_sending(connection, dossier)
        due_at = at or dossier.revision.publication.send_at
        _, refusal = hold_to_approval(house, connection, dossier)
        if refusal is None:
            acts.record_queue(connection, dossier, role=role, due_at=due_at, at=house.clock())
    if refusal is not None:
        raise refusal
    return due_at
