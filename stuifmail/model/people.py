"""Who may get mail."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Consent: TypeAlias = Literal["confirmed", "service", "unknown", "withdrawn"]
Medium: TypeAlias = Literal["daily", "trade", "regional", "agency", "broadcast", "online", "other"]


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
        member_kind: what its member is, by the ledger; "" without one.
        place: `file:line` of the row.
    """

    id: str
    address: str
    name: str = ""
    language: str
    member_id: str = ""
    member_kind: str = ""
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
        is_trusted: a press desk that may read before an embargo ends.
        basis: why we may write to this reader, in words, where that is not a contact's own consent.
    """

    contact_id: str
    address: str
    name: str = ""
    edition: str
    suppressed: str = ""
    is_trusted: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressDesk:
    """One row of the press list: a desk of an outlet, never a person.

    Args:
        outlet: the medium; desk: its desk by role ("natuurredactie").
        country: ISO 3166 code.
        language: in which it gets releases: one, never both.
        themes: ids of themes it wants; empty: all.
        is_trusted: it keeps embargoes.
        is_opted_out: it wants no releases.
        basis: why we may write to it (where the address was published).
        last_contact: day of the last contact; None when unknown.
        place: `file:line` of the row.
    """

    id: str
    address: str
    outlet: str
    desk: str = ""
    country: str
    language: str
    themes: tuple[str, ...] = ()
    kind: Medium = "other"
    is_trusted: bool = False
    is_opted_out: bool = False
    basis: str = ""
    last_contact: date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """One person of a participants sheet, as far as mail needs it; never stored.

    Args:
        address: normalised; rows without one are left out.
        status: registered, attended, no_show or cancelled; of several rows the weightiest.
        role: member, prospect, partner, speaker, press or staff.
    """

    address: str
    status: Literal["registered", "attended", "no_show", "cancelled"]
    role: str = ""
    organisation: str = ""
    language: str = ""
    place: str = ""
