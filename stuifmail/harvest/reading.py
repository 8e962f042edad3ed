"""Reading one document: all that needs a processor and no store, so that a worker can do it."""

import zlib
from dataclasses import dataclass, replace
from typing import Any

from stuifmail.config.models import NewsroomConfig, Source
from stuifmail.errors import HarvestError, UnreadableDocument
from stuifmail.harvest.calendars.event_making import make_events
from stuifmail.harvest.cleaning.clean import clean_line
from stuifmail.harvest.facts import describe_facts
from stuifmail.harvest.formats.documents import parse_document, shorten_problems
from stuifmail.harvest.identity.normalise import make_items
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.events import Event
from stuifmail.model.items import Item, Provenance

#: Goes up when the parsers give other values for the same bytes: all sources are read again.
PARSERS_VERSION = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A document to read.

    Args:
        source: where it came from, with its settings.
        content: the bytes, unpacked.
        content_type: the server's Content-Type, "" when unknown.
        provenance: of the bytes; its address is the one after redirects.
    """

    source: Source
    content: bytes
    content_type: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read in a document.

    Args:
        document: what the parsers say of it as a whole; its entries and events are `items` and
            `events` by now, and stand there only.
        items, events: in document order.
        problems: what could be worked around, one sentence each.
        packed: the bytes as they are kept (zlib).
        bytes_count: of the document, unpacked.
        facts: what health wants to know of it (facts.py).
    """

    document: ParsedDocument
    items: tuple[Item, ...]
    events: tuple[Event, ...]
    problems: tuple[str, ...]
    packed: bytes
    bytes_count: int
    facts: dict[str, Any]


def read_document(config: NewsroomConfig, task: Task) -> Reading:
    """Answer what is in a document; a pure function.

    Args:
        config: the newsroom; its sources are not needed.
        task: the document.

    Raises:
        HarvestError: the document cannot be read.
    """
    try:
        return _read(config, task)
    except HarvestError as error:
        if isinstance(error.__cause__, MemoryError):
            raise _explain_memory(task) from error
        raise
    except MemoryError as error:
        raise _explain_memory(task) from error
    except Exception as error:  # texts that nobody foresaw: one document, not the run
        raise UnreadableDocument(
            clean_line(f"it cannot be read ({type(error).__name__}: {str(error)[:120]})"),
            place=task.provenance.url,
            remedy="open the address in a browser and look what is there",
        ) from error


def strip_config(config: NewsroomConfig) -> NewsroomConfig:
    """Answer the newsroom without its sources: what a worker has to know."""
    return config.model_copy(update={"sources": ()})


def _read(config: NewsroomConfig, task: Task) -> Reading:
    source, provenance = task.source, task.provenance
    document = parse_document(
        task.content,
        url=provenance.url,
        content_type=task.content_type,
        base=source.base,
        kind=source.kind,
        holds=source.holds,
        columns=source.columns,
        page=source.page,
        zone=config.organisation.time_zone,
        now=provenance.fetched_at,
        max_entries=config.harvest.max_entries,
    )
    items, item_problems = make_items(document, source, config, provenance)
    events, event_problems = make_events(document, source, config, provenance)
    problems = (*_other_kind(source, document), *document.problems, *item_problems, *event_problems)
    return Reading(
        document=replace(document, entries=(), events=()),
        items=tuple(items),
        events=tuple(events),
        problems=shorten_problems(problems),
        packed=zlib.compress(task.content, 1),
        bytes_count=len(task.content),
        facts=describe_facts(items, events_count=len(events), now=provenance.fetched_at),
    )


def _other_kind(source: Source, document: ParsedDocument) -> list[str]:
    if source.kind == document.kind:
        return []
    return [f"sources.yaml says that this is a {source.kind}, but it is a {document.kind}; read as such"]


def _explain_memory(task: Task) -> UnreadableDocument:
    return UnreadableDocument(
        f"reading its {len(task.content) / 1_000_000:.1f} MB takes more memory than it may",
        place=task.provenance.url,
        remedy="ask the member for a shorter feed, or lower harvest.max_entries",
    )
