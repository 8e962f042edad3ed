"""Where what was sent came from, and what became of what was fetched."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from stuifmail.model.events import CalendarEntry
from stuifmail.model.figures import Figure
from stuifmail.model.items import Change, Provenance

#: Whether a document's bytes are at hand: kept and true to their hash; kept, but not what was
#: fetched; not kept, or not any more; never kept, because the sheet names people.
Keeping: TypeAlias = Literal["kept", "damaged", "gone", "private"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventVersion:
    """An event as it was at one time.

    Args:
        number: 1 for the first.
        entry: as the source said it.
        provenance: of the document in which it stood so.
        since: when we learnt of it, UTC.
        changes: against the version before, empty for the first.
    """

    number: int
    entry: CalendarEntry
    provenance: Provenance
    since: datetime
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTrace:
    """A fetched document.

    Args:
        source_id: the source in sources.yaml.
        url: the address it came from; a path for local files, "" where that was not noted.
        fetched_at: when it was fetched, or counted (UTC); None where that was not noted.
        sha256: hash of its bytes, hexadecimal.
        keeping: whether the bytes are at hand.
        bytes_count: how many they are; None where they are not at hand.
    """

    source_id: str
    url: str
    fetched_at: datetime | None
    sha256: str
    keeping: Keeping
    bytes_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTrace:
    """A figure that a block shows or names, with the sheet it was counted in."""

    figure: Figure
    document: DocumentTrace


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTrace:
    """Where one block of a publication came from.

    Args:
        section_id, block_id: which block.
        title: in the publication's first language that it has.
        record_id: the item or event, "" when an editor wrote it.
        original_title: how the source called it.
        link: the original's address.
        version: the one of the item or event that the block was made from; None where unknown.
        newest_version: the one of today; None when the record is gone.
        members: ids of the members credited, the origin first.
        also: ids of the other items that tell the same news.
        author: who wrote the block: "stuifmail" for a harvested one, else a role.
        edited_by: roles that changed its words since, in order, each once.
        document: in which that version stood; None when an editor wrote the block.
        figures: what it shows or names in numbers.
    """

    section_id: str
    block_id: str
    title: str
    record_id: str = ""
    original_title: str = ""
    link: str | None = None
    version: int | None = None
    newest_version: int | None = None
    members: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    author: str = ""
    edited_by: tuple[str, ...] = ()
    document: DocumentTrace | None = None
    figures: tuple[FigureTrace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTrace:
    """Where each block of a publication came from.

    Args:
        state: of the publication.
        sent_at: UTC; None until every copy was tried.
        from_archive: the origins are those kept with the letter, not only the newsroom's own.
        accepted: by edition, how many copies the next server accepted.
    """

    publication_id: str
    kind: Literal["issue"] = "issue"
    state: str
    revision: int
    sent_at: datetime | None = None
    from_archive: bool = False
    accepted: dict[str, int] = field(default_factory=dict)
    blocks: tuple[BlockTrace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A block of a publication that was made from an item or event.

    Args:
        sent_at: UTC; None until every copy was tried.
        version: the one that was used; None where unknown, or where another item of the same story
            was used.
        through: the id of that other item, "" where the block was made from the record itself.
        accepted: by edition, how many copies the next server accepted.
        members: ids of all members credited for the story, the origin first.
    """

    publication_id: str
    state: str
    sent_at: datetime | None
    section_id: str
    block_id: str
    title: str
    version: int | None
    through: str = ""
    accepted: dict[str, int] = field(default_factory=dict)
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTrace:
    """An item or event as it was at one time.

    Args:
        number: 1 for the first; numbers are missing where versions were not kept yet.
        document: in which it stood so first.
        changes: against the version before, empty for the first.
    """

    number: int
    document: DocumentTrace
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTrace:
    """What became of an item or event.

    Args:
        source_id: where it came from.
        member_id: whose it is, "" for the secretariat's own.
        removed_at: since when the source no longer has it, though it should.
        killed_at, killed_by, kill_reason: when, by whom and why it was struck out.
        versions: the first one first.
        appearances: by moment of sending, drafts last.
    """

    id: str
    kind: Literal["item", "event"]
    source_id: str
    member_id: str
    title: str
    link: str | None = None
    first_seen_at: datetime
    removed_at: datetime | None = None
    killed_at: datetime | None = None
    killed_by: str = ""
    kill_reason: str = ""
    versions: tuple[VersionTrace, ...] = ()
    appearances: tuple[Appearance, ...] = ()


Trace: TypeAlias = IssueTrace | RecordTrace


def documents_of(trace: Trace) -> tuple[DocumentTrace, ...]:
    """Answer the documents of a trace in its order, each once."""
    if isinstance(trace, RecordTrace):
        found = [version.document for version in trace.versions]
    else:
        found = []
        for block in trace.blocks:
            found += [block.document] if block.document else []
            found += [figure.document for figure in block.figures]
    return tuple({document.sha256: document for document in reversed(found)}.values())[::-1]
