"""Who may get mail."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Consent: TypeAlias = Literal["confirmed", "service", "unknown", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One row of the contacts sheet.

    Args:
        id: stable id; a row without one gets its address's.
        address: normalised e-mail address (lower case, punycode domain).
        name: a role, shown in the To header; may be "".
        language: two-letter code.
        lists: what the contact subscribed to or belongs to.
        consent: "confirmed" may get newsletters, "service" only service mail, the others none.
        consent_at: since when.
        consent_source: how it was given (form and version, meeting, import).
        bounced: the address is known dead.
        place: `file:line` of the row.
    """

    id: str
    address: str
    name: str = ""
    language: str
    member_id: str = ""
    tier: str = ""
    functions: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    consent: Consent = "unknown"
    consent_at: date | None = None
    consent_source: str = ""
    bounced: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One candidate of an audience.

    Args:
        edition: language of the edition this reader gets.
        suppressed: why this reader gets nothing, in words; "" for a reader who gets mail.
    """

    contact_id: str
    address: str
    name: str = ""
    edition: str
    suppressed: str = ""
