"""Parsed entries to items of the newsroom."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from stuifmail.config.models import Member, NewsroomConfig, Source
from stuifmail.harvest.cleaning.languages import explain_contradictions, pick_language
from stuifmail.harvest.cleaning.links import strip_tracking
from stuifmail.harvest.identity.entry_identity import item_ids
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.items import Entry, Item, Provenance


class MemberNames:
    """Finds members by what sheets call them.

    Args:
        members: their ids, names and aliases count; capitals and white space do not.
    """

    def __init__(self, members: Sequence[Member]) -> None:
        self._members = members

    def find(self, name: str) -> str | None:
        """Answer the id of the member, None when no member is called so."""
        return self._ids.get(_fold(name))

    @cached_property
    def _ids(self) -> dict[str, str]:
        """Made when the first name is looked up: most documents name nobody."""
        return {
            _fold(name): member.id
            for member in self._members
            for name in (*member.aliases, member.name, member.id)
        }


def make_items(
    document: ParsedDocument, source: Source, config: NewsroomConfig, provenance: Provenance
) -> tuple[list[Item], list[str]]:
    """Answer the document's entries as items, and what is wrong with their members and languages.

    Args:
        document: what was parsed.
        source: where it came from; its member holds unless a sheet's row names another.
        provenance: of the document; items not yet known are first seen when it was fetched.

    Returns:
        Items in document order, without tracking in their links; and problems.
    """
    names, problems = MemberNames(config.members), []
    found = []
    ids = item_ids(source.id, document.entries)
    languages = [pick_language(entry, document, source, config) for entry in document.entries]
    for item_id, entry, language in zip(ids, document.entries, languages, strict=True):
        member_id = find_member(entry.member, source, names)
        if member_id is None:
            problems.append(report_unknown_member(entry.member, entry.title))
        found.append(
            Item(
                id=item_id,
                source_id=source.id,
                member_id=member_id or "",
                entry=_without_tracking(entry),
                language=language.code,
                language_origin=language.origin,
                provenance=provenance,
                first_seen_at=provenance.fetched_at,
            )
        )
    return found, [*problems, *explain_contradictions(languages)]


def _without_tracking(entry: Entry) -> Entry:
    link = strip_tracking(entry.link) if entry.link else entry.link
    return entry if link == entry.link else replace(entry, link=link)


def find_member(name: str, source: Source, names: MemberNames) -> str | None:
    """Answer the id of the member whose it is, "" for the secretariat's own; None when nobody is called so.

    Args:
        name: as a sheet's row gives it; "" where it gives none, then the source's member holds.
    """
    return names.find(name) if name else source.member or ""


def report_unknown_member(name: str, title: str) -> str:
    """Answer the sentence that tells that nobody is called so."""
    return f'"{title}": no member is called {name!r}; add the name as an alias in sources.yaml'


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()
