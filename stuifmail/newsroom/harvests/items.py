"""What an editor does with single items: look at one whole, strike it out, and take that back."""

from dataclasses import dataclass

from stuifmail.config.codec import to_data
from stuifmail.errors import StuifmailError
from stuifmail.model.reviews import PublicationState
from stuifmail.newsroom.harvests.tracing import find_item, trace_item
from stuifmail.newsroom.harvests.versions import list_item_versions, records_of
from stuifmail.newsroom.house import House
from stuifmail.newsroom.listing import Row, state_of
from stuifmail.review.moves import require_role
from stuifmail.store import items as item_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class KillReport:
    """What striking out an item did.

    Args:
        killed: False when that was taken back.
        drafts: ids of publications not sent yet that it stands in; there, an editor takes it out.
    """

    item_id: str
    title: str
    killed: bool
    drafts: tuple[str, ...] = ()


def describe_item(house: House, name: str) -> Row:
    """Answer one item whole: its fields, versions, and the publications it stands in.

    Args:
        name: enough of the beginning of its id.

    Raises:
        StuifmailError: there is none, or more than one.
    """
    with house.store.begin() as connection:
        item = find_item(connection, name)
        trace = trace_item(connection, item)
        (versions,) = list_item_versions(connection, [item]).values()
    texts = {
        version.number: {"title": version.entry.title, "text": version.entry.text} for version in versions
    }
    row = to_data(trace)
    row["versions"] = [{**version, **texts[version["number"]]} for version in row["versions"]]
    fields = {"language": item.language, "language_origin": item.language_origin, "version": item.version}
    return {**row, "state": state_of(item), **fields, "entry": to_data(item.entry)}


def kill_item(house: House, name: str, *, role: str, reason: str) -> KillReport:
    """Strike an item out for good: it comes into no draft, however often its source brings it.

    Args:
        name: enough of the beginning of its id.
        role: who decides.
        reason: why; kept with it.

    Raises:
        UnknownRole: the role may not edit.
        StuifmailError: there is no such item, or no reason.
    """
    require_role(house.config.review, role, "edit")
    if not reason.strip():
        raise StuifmailError("a reason is missing", place=name, remedy='say why: --reason "…"')
    with house.store.begin() as connection:
        item = find_item(connection, name)
        item_table.mark_killed(connection, item.id, at=house.clock(), by=role, reason=reason.strip())
        drafts = _open_drafts(connection, item.id)
    return KillReport(item_id=item.id, title=item.entry.title, killed=True, drafts=drafts)


def revive_item(house: House, name: str, *, role: str) -> KillReport:
    """Take back that an item was struck out.

    Raises:
        UnknownRole: the role may not edit.
        StuifmailError: there is no such item, or it was not struck out.
    """
    require_role(house.config.review, role, "edit")
    with house.store.begin() as connection:
        item = find_item(connection, name)
        if item.killed_at is None:
            raise StuifmailError(
                "this item was not struck out", place=item.id, remedy="nothing is to be done"
            )
        item_table.mark_killed(connection, item.id, at=None)
    return KillReport(item_id=item.id, title=item.entry.title, killed=False)


def _open_drafts(connection: Connection, item_id: str) -> tuple[str, ...]:
    return tuple(
        dossier.id
        for dossier in publication_table.list_dossiers(connection)
        if dossier.state != PublicationState.SENT
        and any(item_id in records_of(block) for block in dossier.revision.publication.blocks())
    )
