"""What machine forms say of a publication beyond its content: where it stands and who sends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from stuifmail.config.models import Organisation, Press
from stuifmail.model.publications import Publication
from stuifmail.model.texts import pick_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A theme or a member, by its name in one language."""

    id: str
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceContext:
    """Where one piece stands.

    Args:
        public_url: where the site is published.
        press: None for a newsroom that makes no releases.
        members: name and website by member id.
        themes: what it is about, in the piece's language.
        created_at, changed_at: aware; of the first version and of this one.
        version: 1, and one more for each correction.
        status: usable; withheld while it is checked; canceled once it is taken back.
        versions: page address by language of the other versions of the same release.
        correction: what was wrong and is right now, in the piece's language; "" for none.
        correction_url: page of the correction.
        corrects_url: page of the piece that this one corrects or takes back.
        event_url: page or address of the event it is about; event_name: its name.
    """

    public_url: str
    organisation: Organisation
    press: Press | None = None
    members: Mapping[str, Term] = field(default_factory=dict)
    themes: tuple[Term, ...] = ()
    created_at: datetime
    changed_at: datetime
    version: int = 1
    status: Literal["usable", "withheld", "canceled"] = "usable"
    versions: Mapping[str, str] = field(default_factory=dict)
    correction: str = ""
    correction_url: str = ""
    corrects_url: str = ""
    event_url: str = ""
    event_name: str = ""

    def name(self, language: str) -> str:
        """Answer the organisation's name in a language."""
        return pick_text(self.organisation.name, language)


def page_url(public_url: str, publication_id: str, language: str) -> str:
    """Answer the address of an edition's page: the same for all its versions."""
    return f"{public_url.rstrip('/')}/{publication_id}/{language}/"


def members_of(publication: Publication) -> tuple[str, ...]:
    """Answer the ids of the members that a publication credits or quotes, in reading order."""
    found: dict[str, None] = {}
    for block in publication.blocks():
        for member_id in (*getattr(block, "members", ()), getattr(block, "member_id", "")):
            found[member_id] = None
        for row in getattr(block, "rows", ()):
            found[row.member_id] = None
    return tuple(member_id for member_id in found if member_id)
