"""Publications with their revisions, reports, approvals and history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, select, update

from stuifmail.config.codec import from_data, sha256_of, to_data
from stuifmail.errors import StaleRevision, UnknownPublication
from stuifmail.model.people import Reader
from stuifmail.model.publications import Publication, Rendering
from stuifmail.model.reviews import Act, Approval, CheckReport, Dossier, PublicationState, Revision
from stuifmail.store.schema import acts, approvals, publications, renderings, reports, revisions

#: What a dossier says of the time after sending, and of being held.
_AFTERWARDS = ("held_from", "corrected_by", "killed_at", "kill_reason")


def add_publication(connection: Connection, publication: Publication, *, author: str, at: datetime) -> None:
    """Store a new publication as a draft with revision 1."""
    connection.execute(
        insert(publications).values(
            id=publication.id,
            kind=publication.kind,
            series_id=publication.series_id,
            state=PublicationState.DRAFT,
            revision=1,
            created_at=at,
            event_id=publication.event_id,
            facts_id=publication.facts_id,
            corrects=publication.corrects,
        )
    )
    _insert_revision(connection, publication, 1, author, "", at)


def add_revision(
    connection: Connection, publication: Publication, *, base: int, author: str, note: str, at: datetime
) -> int:
    """Store the next revision and answer its number.

    Args:
        base: the revision that was edited.

    Raises:
        StaleRevision: the publication has a newer revision than `base`.
    """
    number = base + 1
    changed = connection.execute(
        update(publications)
        .where(publications.c.id == publication.id, publications.c.revision == base)
        .values(revision=number, state=PublicationState.DRAFT)
    )
    if not changed.rowcount:
        raise StaleRevision(
            f"somebody saved a newer revision than {base}",
            place=publication.id,
            remedy="look at the newest one and enter your changes again",
        )
    _insert_revision(connection, publication, number, author, note, at)
    return number


def _insert_revision(
    connection: Connection, publication: Publication, number: int, author: str, note: str, at: datetime
) -> None:
    connection.execute(
        insert(revisions).values(
            publication_id=publication.id,
            number=number,
            content=to_data(publication),
            content_sha256=sha256_of(publication),
            author=author,
            note=note,
            saved_at=at,
        )
    )


def get_dossier(connection: Connection, publication_id: str, *, lock: bool = False) -> Dossier:
    """Answer the publication with its newest revision and where it stands.

    Args:
        lock: nobody else changes it until this transaction ends; for whoever decides on what is read.

    Raises:
        UnknownPublication: there is none with this id.
    """
    if lock:  # a statement of its own, so that the next one sees what was waited for
        own = select(publications.c.id).where(publications.c.id == publication_id)
        connection.execute(own.with_for_update())
    found = _dossiers(connection, publications.c.id == publication_id)
    if not found:
        known = connection.execute(
            select(publications.c.id).order_by(publications.c.created_at.desc()).limit(5)
        )
        names = ", ".join(known.scalars()) or "none yet"
        raise UnknownPublication(
            "there is no publication with this id", place=publication_id, remedy=f"the newest are: {names}"
        )
    return found[0]


def find_dossier(connection: Connection, publication_id: str) -> Dossier | None:
    """Answer the publication, None when there is none with this id."""
    return next(iter(_dossiers(connection, publications.c.id == publication_id)), None)


def may_go_out(connection: Connection, publication_id: str) -> bool:
    """Answer whether copies may still leave: it is queued, and nobody took it back."""
    query = select(publications.c.id).where(
        publications.c.id == publication_id,
        publications.c.state == PublicationState.QUEUED,
        publications.c.killed_at.is_(None),
    )
    return connection.execute(query).first() is not None


def list_revisions(connection: Connection, publication_id: str) -> list[Revision]:
    """Answer the publication's revisions, the first one first."""
    query = select(revisions).where(revisions.c.publication_id == publication_id).order_by(revisions.c.number)
    return [_to_revision(row._mapping) for row in connection.execute(query)]


def list_dossiers(
    connection: Connection,
    *,
    states: Iterable[PublicationState] = (),
    series_id: str | None = None,
    event_id: str | None = None,
    facts_id: str | None = None,
    corrects: str | None = None,
) -> list[Dossier]:
    """Answer all publications, newest first; only those in these states, or with these ids, where given."""
    conditions: list[ColumnElement[bool]] = []
    if wanted := list(states):
        conditions.append(publications.c.state.in_(wanted))
    wanted_ids = {"series_id": series_id, "event_id": event_id, "facts_id": facts_id, "corrects": corrects}
    conditions += [publications.c[name] == value for name, value in wanted_ids.items() if value is not None]
    found = _dossiers(connection, and_(True, *conditions))
    return sorted(found, key=lambda dossier: dossier.revision.publication.send_at, reverse=True)


def _dossiers(connection: Connection, condition: Any) -> list[Dossier]:
    standing = approvals.c.voided_at.is_(None)
    query = (
        select(publications, revisions, reports.c.report, approvals)
        .join(
            revisions,
            and_(
                revisions.c.publication_id == publications.c.id, revisions.c.number == publications.c.revision
            ),
        )
        .outerjoin(
            reports,
            and_(
                reports.c.publication_id == publications.c.id, reports.c.revision == publications.c.revision
            ),
        )
        .outerjoin(approvals, and_(approvals.c.publication_id == publications.c.id, standing))
        .where(condition)
    )
    return [_to_dossier(row) for row in connection.execute(query)]


def _to_dossier(row: Row[Any]) -> Dossier:
    values = row._mapping
    revision = _to_revision(values)
    report = values[reports.c.report]
    return Dossier(
        id=values[publications.c.id],
        state=PublicationState(values[publications.c.state]),
        revision=revision,
        report=from_data(CheckReport, report) if report else None,
        approval=_to_approval(values) if values[approvals.c.id] else None,
        due_at=values[publications.c.due_at],
        sent_at=values[publications.c.sent_at],
        **{name: values[publications.c[name]] for name in _AFTERWARDS},
    )


def _to_revision(values: Any) -> Revision:
    return Revision(
        publication=from_data(Publication, values[revisions.c.content]),
        number=values[revisions.c.number],
        author=values[revisions.c.author],
        saved_at=values[revisions.c.saved_at],
        content_sha256=values[revisions.c.content_sha256],
        note=values[revisions.c.note],
    )


def _to_approval(values: Any) -> Approval:
    names = (
        "publication_id revision role approved_at content_sha256 audience_sha256 findings_sha256 "
        "single_eye_reason voided_at void_reason"
    ).split()
    return Approval(**{name: values[approvals.c[name]] for name in names})


def put_report(
    connection: Connection, publication_id: str, revision: int, report: CheckReport, *, at: datetime
) -> None:
    """Keep the report of this revision's last check in the place of an older one."""
    key = {"publication_id": publication_id, "revision": revision}
    values = {"report": to_data(report), "report_sha256": sha256_of(report), "checked_at": at}
    where = (reports.c.publication_id == publication_id) & (reports.c.revision == revision)
    if not connection.execute(update(reports).where(where).values(**values)).rowcount:
        connection.execute(insert(reports).values(**key, **values))


def add_approval(connection: Connection, approval: Approval, readers: Sequence[Reader]) -> None:
    """Store an approval together with the audience that was approved."""
    connection.execute(
        insert(approvals).values(
            publication_id=approval.publication_id,
            revision=approval.revision,
            role=approval.role,
            approved_at=approval.approved_at,
            content_sha256=approval.content_sha256,
            audience_sha256=approval.audience_sha256,
            findings_sha256=approval.findings_sha256,
            single_eye_reason=approval.single_eye_reason,
            readers=[to_data(reader) for reader in readers],
        )
    )


def get_approved_readers(connection: Connection, publication_id: str) -> tuple[Reader, ...]:
    """Answer the audience of the standing approval; empty when there is none."""
    query = select(approvals.c.readers).where(
        approvals.c.publication_id == publication_id, approvals.c.voided_at.is_(None)
    )
    return tuple(from_data(Reader, reader) for reader in connection.execute(query).scalar() or ())


def void_approvals(connection: Connection, publication_id: str, *, reason: str, at: datetime) -> int:
    """Void the standing approval and answer how many there were (0 or 1)."""
    return connection.execute(
        update(approvals)
        .where(approvals.c.publication_id == publication_id, approvals.c.voided_at.is_(None))
        .values(voided_at=at, void_reason=reason)
    ).rowcount


def set_state(
    connection: Connection, publication_id: str, state: PublicationState, **values: datetime | None
) -> None:
    """Set the state, and `due_at` or `sent_at` where given."""
    connection.execute(
        update(publications).where(publications.c.id == publication_id).values(state=state, **values)
    )


def set_afterwards(connection: Connection, publication_id: str, **values: datetime | str | None) -> None:
    """Set what is known of the time after sending, or of being held: fields of `Dossier`, by name."""
    if unknown := set(values) - set(_AFTERWARDS):
        raise ValueError(f"not of the time after sending: {sorted(unknown)}")
    connection.execute(update(publications).where(publications.c.id == publication_id).values(**values))


def add_act(connection: Connection, act: Act) -> None:
    """Append a line to the publication's history."""
    connection.execute(insert(acts).values(**to_data(act) | {"done_at": act.done_at}))


def list_acts(connection: Connection, publication_id: str) -> list[Act]:
    """Answer the publication's history, oldest first."""
    query = select(acts).where(acts.c.publication_id == publication_id).order_by(acts.c.id)
    names = [column.name for column in acts.columns if column.name != "id"]
    return [Act(**{name: row._mapping[name] for name in names}) for row in connection.execute(query)]


def freeze_renderings(
    connection: Connection,
    publication_id: str,
    editions: Iterable[Rendering],
    letterhead: Mapping[str, Any] | None = None,
) -> None:
    """Keep the renderings that are being sent; to be done once, before the first copy leaves.

    Args:
        letterhead: what the headers say of sender and list, as JSON values.
    """
    rows = [
        {"publication_id": publication_id, "language": edition.language, "rendering": to_data(edition)}
        for edition in editions
    ]
    connection.execute(insert(renderings), rows)
    connection.execute(
        update(publications).where(publications.c.id == publication_id).values(letterhead=letterhead)
    )


def get_renderings(connection: Connection, publication_id: str) -> dict[str, Rendering]:
    """Answer the frozen renderings by language; empty when sending has not begun."""
    query = select(renderings.c.rendering).where(renderings.c.publication_id == publication_id)
    found = (from_data(Rendering, data) for data in connection.execute(query).scalars())
    return {rendering.language: rendering for rendering in found}


def get_letterhead(connection: Connection, publication_id: str) -> dict[str, Any] | None:
    """Answer the frozen letterhead; None when sending has not begun."""
    query = select(publications.c.letterhead).where(publications.c.id == publication_id)
    found: dict[str, Any] | None = connection.execute(query).scalar()
    return found
