"""Editorial acts: each one transaction, each with a line in the history."""

from collections.abc import Sequence
from datetime import datetime

from stuifmail.model.people import Reader
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Act, Approval, CheckReport, Dossier, PublicationState
from stuifmail.review.moves import move, resume_state
from stuifmail.store import publications as table
from stuifmail.store.database import Connection

#: The author of what no person wrote.
AUTOMATON = "stuifmail"


def record_draft(
    connection: Connection, publication: Publication, *, at: datetime, role: str = AUTOMATON, reason: str = ""
) -> None:
    """Store a draft; an automatic one, unless a role had it made."""
    table.add_publication(connection, publication, author=role, at=at)
    _note(connection, publication.id, role, "draft", "", PublicationState.DRAFT, at, reason)


def record_edit(
    connection: Connection,
    dossier: Dossier,
    edited: Publication,
    *,
    base: int,
    role: str,
    note: str,
    at: datetime,
) -> int:
    """Store an edit as the next revision, void any approval, and answer the revision's number."""
    state = move(dossier.state, "edit", dossier.id)
    number = table.add_revision(connection, edited, base=base, author=role, note=note, at=at)
    _void(connection, dossier, f"{role} saved revision {number}", at)
    table.set_state(connection, dossier.id, state, due_at=None)
    _note(connection, dossier.id, role, "edit", dossier.state, state, at, note)
    return number


def record_proof(
    connection: Connection, dossier: Dossier, report: CheckReport, *, role: str, at: datetime
) -> None:
    """Store what the checks found; a draft becomes proofed, an approval stays as it is."""
    table.put_report(connection, dossier.id, dossier.revision.number, report, at=at)
    if dossier.state in (PublicationState.DRAFT, PublicationState.PROOFED):
        state = move(dossier.state, "proof", dossier.id)
        table.set_state(connection, dossier.id, state)
        _note(connection, dossier.id, role, "proof", dossier.state, state, at)


def record_approval(
    connection: Connection, dossier: Dossier, approval: Approval, readers: Sequence[Reader]
) -> None:
    """Store an approval with the audience it is for."""
    state = move(dossier.state, "approve", dossier.id)
    table.add_approval(connection, approval, readers)
    table.set_state(connection, dossier.id, state)
    reason = f"alone: {approval.single_eye_reason}" if approval.single_eye_reason else ""
    _note(
        connection, dossier.id, approval.role, "approve", dossier.state, state, approval.approved_at, reason
    )


def record_void(connection: Connection, dossier: Dossier, *, reason: str, at: datetime) -> None:
    """Take an approval back because what it was for has changed."""
    state = move(dossier.state, "void", dossier.id)
    _void(connection, dossier, reason, at)
    table.set_state(connection, dossier.id, state, due_at=None)
    _note(connection, dossier.id, AUTOMATON, "void", dossier.state, state, at, reason)


def record_queue(
    connection: Connection, dossier: Dossier, *, role: str, due_at: datetime, at: datetime
) -> None:
    """Let an approved publication go out at `due_at`."""
    state = move(dossier.state, "queue", dossier.id)
    table.set_state(connection, dossier.id, state, due_at=due_at)
    _note(connection, dossier.id, role, "queue", dossier.state, state, at, f"for {due_at.isoformat()}")


def record_sent(connection: Connection, dossier: Dossier, *, at: datetime, reason: str) -> None:
    """Close a publication all of whose deliveries are settled."""
    state = move(dossier.state, "finish", dossier.id)
    table.set_state(connection, dossier.id, state, sent_at=dossier.sent_at or at)
    _note(connection, dossier.id, AUTOMATON, "finish", dossier.state, state, at, reason)


def record_reopen(connection: Connection, dossier: Dossier, *, role: str, reason: str, at: datetime) -> None:
    """Let dispatch close a publication anew: a person decided on one of its copies."""
    state = move(dossier.state, "reopen", dossier.id)
    table.set_state(connection, dossier.id, state)
    _note(connection, dossier.id, role, "reopen", dossier.state, state, at, reason)


def record_hold(connection: Connection, dossier: Dossier, *, role: str, reason: str, at: datetime) -> None:
    """Let nothing more go out until somebody resumes it; nothing else of it changes."""
    state = move(dossier.state, "hold", dossier.id)
    table.set_state(connection, dossier.id, state)
    table.set_afterwards(connection, dossier.id, held_from=str(dossier.state))
    _note(connection, dossier.id, role, "hold", dossier.state, state, at, reason)


def record_resume(connection: Connection, dossier: Dossier, *, role: str, reason: str, at: datetime) -> None:
    """Let a held publication go on in the state in which it was held."""
    state = resume_state(dossier)
    table.set_state(connection, dossier.id, state)
    table.set_afterwards(connection, dossier.id, held_from="")
    _note(connection, dossier.id, role, "resume", dossier.state, state, at, reason)


def record_withdrawal(
    connection: Connection, dossier: Dossier, *, role: str, reason: str, is_read: bool, at: datetime
) -> None:
    """Take a publication back: for good where nobody has it, else until its kill notice is out.

    Args:
        is_read: somebody has it, or may have it. It then keeps the state sent; one that was still
            being sent goes back into the queue, where dispatch closes it without sending more.
    """
    move(dossier.state, "kill", dossier.id)
    state = dossier.state if is_read else PublicationState.KILLED
    if is_read and state != PublicationState.SENT:
        state = PublicationState.QUEUED
    table.set_state(connection, dossier.id, state)
    table.set_afterwards(connection, dossier.id, held_from="", killed_at=at, kill_reason=reason)
    _note(connection, dossier.id, role, "kill", dossier.state, state, at, reason)


def record_taken_back(connection: Connection, dossier: Dossier, *, notice_id: str, at: datetime) -> None:
    """Close a publication whose kill notice is out."""
    state = move(dossier.state, "kill", dossier.id)
    table.set_state(connection, dossier.id, state)
    _note(connection, dossier.id, AUTOMATON, "kill", dossier.state, state, at, f"told in {notice_id}")


def record_correction(connection: Connection, dossier: Dossier, *, by: str, at: datetime) -> None:
    """Note at a publication that a correction of it was sent."""
    table.set_afterwards(connection, dossier.id, corrected_by=by)
    record_note(connection, dossier, actor=AUTOMATON, verb="correct", reason=f"by {by}", at=at)


def record_note(
    connection: Connection, dossier: Dossier, *, actor: str, verb: str, reason: str, at: datetime
) -> None:
    """Add a line to the history of a publication that stays in its state."""
    _note(connection, dossier.id, actor, verb, dossier.state, dossier.state, at, reason)


def _void(connection: Connection, dossier: Dossier, reason: str, at: datetime) -> None:
    table.void_approvals(connection, dossier.id, reason=reason, at=at)


def _note(
    connection: Connection,
    publication_id: str,
    actor: str,
    verb: str,
    before: str,
    after: str,
    at: datetime,
    reason: str = "",
) -> None:
    act = Act(
        publication_id=publication_id,
        actor=actor,
        verb=verb,
        from_state=before,
        to_state=after,
        done_at=at,
        reason=reason,
    )
    table.add_act(connection, act)
