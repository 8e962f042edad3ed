"""Who of the contacts is a candidate for a publication, and who gets mail."""

from collections.abc import Mapping, Sequence

from stuifmail.config.models import Audience
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
    )


def choose_edition(language: str, languages: Sequence[str]) -> str:
    """Answer the reader's own language, else English, else the first of the editions."""
    if language in languages:
        return language
    return _SECOND_BEST if _SECOND_BEST in languages else languages[0]


def why_suppressed(contact: Contact, audience: Audience, suppressions: Mapping[str, str]) -> str:
    """Answer why the contact gets nothing, in words; "" for one who gets mail.

    The reader's own will is named before anything that happened to the address.
    """
    address = contact.address.lower()
    if contact.consent == "withdrawn":
        return "consent was withdrawn"
    if address in suppressions:
        return f"on the suppression list: {suppressions[address]}".rstrip(": ")
    if contact.bounced:
        return "the address bounced: mail does not arrive there"
    if contact.consent == "unknown":
        return "consent is unknown"
    if contact.consent == "service" and audience.purpose == "newsletter":
        return "consented to service mail only, and this is a newsletter"
    return ""


def _meets(wanted: Sequence[str], has: Sequence[str]) -> bool:
    return not wanted or not {word.casefold() for word in wanted}.isdisjoint(word.casefold() for word in has)
