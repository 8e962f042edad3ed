"""Who of the contacts is a candidate for a publication, and who gets mail."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from stuifmail.config.models import Audience, Member
from stuifmail.model.people import Contact, Reader

#: Read by more people than any other language that a reader did not ask for.
_SECOND_BEST = "en"


def select_readers(
    contacts: Sequence[Contact],
    audience: Audience,
    *,
    languages: Sequence[str],
    suppressions: Mapping[str, str],
) -> tuple[Reader, ...]:
    """Answer every candidate of an audience, those who get nothing too, with the reason.

    Args:
        contacts: each address once.
        audience: a candidate matches every rule that it gives.
        languages: the editions, the newsroom's first language first.
        suppressions: reason by address, addresses in lower case.

    Returns:
        Readers in the order of the contacts.
    """
    return tuple(
        Reader(
            contact_id=contact.id,
            address=contact.address,
            name=contact.name,
            edition=choose_edition(contact.language, languages),
            suppressed=why_suppressed(contact, audience, suppressions),
        )
        for contact in contacts
        if is_candidate(contact, audience)
    )


def is_candidate(contact: Contact, audience: Audience) -> bool:
    """Answer whether the contact matches every rule that the audience gives."""
    return (
        _meets(audience.lists, contact.lists)
        and _meets(audience.tiers, (contact.tier,))
        and _meets(audience.functions, contact.functions)
        and _meets(audience.member_kinds, (contact.member_kind,))
        and _meets(audience.members, (contact.member_id,))
        and _meets(audience.languages, (contact.language,))
    )


def complete_contact(contact: Contact, members: Mapping[str, Member], on: date) -> Contact:
    """Answer the contact with what the ledger says on a day: its member's kind, and a tier it lacks.

    A member that left, or is yet to join, gives nobody a kind or a tier.
    """
    member = members.get(contact.member_id)
    if member is None:
        return contact
    tier = _tier_on(member, on)
    if not tier:
        return contact
    return replace(contact, tier=contact.tier or tier, member_kind=member.kind)


def _tier_on(member: Member, on: date) -> str:
    if member.joined <= on and (member.left is None or on < member.left):
        return member.tier
    return next((each.tier for each in member.earlier if each.joined <= on < each.left), "")


def choose_edition(language: str, languages: Sequence[str]) -> str:
    """Answer the reader's own language, else English, else the first of the editions."""
    if language in languages:
        return language
    return _SECOND_BEST if _SECOND_BEST in languages else languages[0]


def why_suppressed(contact: Contact, audience: Audience, suppressions: Mapping[str, str]) -> str:
    """Answer why the contact gets nothing, in words; "" for one who gets mail.

    The reader's own will is named before anything that happened to the address.
    """
    if refused := find_will(contact, suppressions):
        return refused
    if contact.consent == "unknown":
        return "consent is unknown"
    if contact.consent == "service" and audience.purpose == "newsletter":
        return "consented to service mail only, and this is a newsletter"
    return ""


def find_will(contact: Contact, suppressions: Mapping[str, str]) -> str:
    """Answer why the contact gets no mail of any kind, in words; "" for one who may get some."""
    if contact.consent == "withdrawn":
        return "consent was withdrawn"
    if listed := find_listed(contact.address, suppressions):
        return listed
    return "the address bounced: mail does not arrive there" if contact.bounced else ""


def find_listed(address: str, suppressions: Mapping[str, str]) -> str:
    """Answer that, and why, the address is on the suppression list; "" when it is not."""
    key = address.lower()
    return f"on the suppression list: {suppressions[key]}".rstrip(": ") if key in suppressions else ""


def _meets(wanted: Sequence[str], has: Sequence[str]) -> bool:
    return not wanted or not {word.casefold() for word in wanted}.isdisjoint(word.casefold() for word in has)
