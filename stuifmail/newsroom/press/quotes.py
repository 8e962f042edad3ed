"""Quotes in a publication, and the speakers' consent to their words."""

from datetime import date
from zoneinfo import ZoneInfo

from stuifmail.errors import StuifmailError, WrongState
from stuifmail.model.publications import Publication, QuoteBlock
from stuifmail.model.records import EventRecord, Quote
from stuifmail.model.reviews import Dossier, PublicationState, QuoteApproval
from stuifmail.newsroom.house import House
from stuifmail.newsroom.listing import Row
from stuifmail.review.acts import AUTOMATON
from stuifmail.review.moves import require_role
from stuifmail.review.quotes import QuoteStatus, hash_words, list_quotes
from stuifmail.store import publications as publication_table
from stuifmail.store import quotes as quote_table
from stuifmail.store.database import Connection


def record_given_approvals(
    house: House, connection: Connection, publication: Publication, record: EventRecord | None
) -> None:
    """Take over the consents that sources.yaml has, to exactly the words that were drafted."""
    given = {f"quote-{quote.id}": quote for quote in record.quotes} if record else {}
    for status in list_quotes(publication, ()):
        quote = given.get(status.block.id)
        if quote is None or quote.approved_on is None:
            continue
        if hash_words(quote.text.get(status.language, "")) == hash_words(status.block.text[status.language]):
            quote_table.add_approval(connection, _taken_over(house, publication, status, quote))


def _taken_over(house: House, publication: Publication, status: QuoteStatus, quote: Quote) -> QuoteApproval:
    assert quote.approved_on is not None  # noqa: S101 - the caller looked
    return QuoteApproval(
        publication_id=publication.id,
        block_id=status.block.id,
        language=status.language,
        text_sha256=hash_words(status.block.text[status.language]),
        speaker=quote.speaker.get(status.language) or next(iter(quote.speaker.values()), ""),
        approved_on=quote.approved_on,
        how=quote.approved_how,
        actor=AUTOMATON,
        recorded_at=house.clock(),
    )


def list_quote_rows(house: House, publication_id: str) -> list[Row]:
    """Answer the quotes of a publication with their consents, in reading order.

    Raises:
        UnknownPublication: there is none with this id.
    """
    with house.store.begin() as connection:
        publication = publication_table.get_dossier(connection, publication_id).revision.publication
        statuses = list_quotes(publication, quote_table.list_approvals(connection, publication_id))
    return [_row(status) for status in statuses]


def approve_quote(
    house: House,
    publication_id: str,
    block_id: str,
    *,
    speaker: str,
    how: str,
    role: str,
    on: date | None = None,
    language: str = "",
) -> list[Row]:
    """Note that a speaker agreed to the words of a quote as they stand now.

    Args:
        speaker: who agreed, by function; never a name.
        how: how we know.
        on: the day; else today.
        language: only in this language; else in all that the quote has here.

    Raises:
        StuifmailError: there is no such quote, no speaker, or the day is still to come.
        UnknownRole: the role may not edit.
        WrongState: it was sent already.
    """
    require_role(house.config.review, role, "edit")
    today = house.clock().astimezone(ZoneInfo(house.config.organisation.time_zone)).date()
    day = on or today
    _require_said(block_id, speaker, how, day, today)
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id, lock=True)
        block = _find_quote(dossier, block_id, language)
        for code in [language] if language else list(block.text):
            approval = QuoteApproval(
                publication_id=publication_id,
                block_id=block_id,
                language=code,
                text_sha256=hash_words(block.text[code]),
                speaker=speaker.strip(),
                approved_on=day,
                how=how.strip(),
                actor=role,
                recorded_at=house.clock(),
            )
            quote_table.add_approval(connection, approval)
    return list_quote_rows(house, publication_id)


def _require_said(block_id: str, speaker: str, how: str, day: date, today: date) -> None:
    if not speaker.strip() or not how.strip():
        raise StuifmailError(
            "who agreed, and how do we know?",
            place=block_id,
            remedy='give both: --speaker "directeur" --how "mail van 17 november"',
        )
    if day > today:
        raise StuifmailError(
            f"{day} is still to come", place=block_id, remedy="give the day on which the speaker agreed"
        )


def _find_quote(dossier: Dossier, block_id: str, language: str) -> QuoteBlock:
    if dossier.state in (PublicationState.SENT, PublicationState.KILLED):
        raise WrongState(
            f"it is {dossier.state}: a consent comes before sending",
            place=dossier.id,
            remedy="send a correction where a quote was wrong",
        )
    quotes = [block for block in dossier.revision.publication.blocks() if isinstance(block, QuoteBlock)]
    found = next((block for block in quotes if block.id == block_id), None)
    if found is None:
        names = ", ".join(block.id for block in quotes) or "none"
        raise StuifmailError(
            "there is no such quote in this publication", place=block_id, remedy=f"its quotes are: {names}"
        )
    if language and language not in found.text:
        raise StuifmailError(
            f"the quote has no {language} text", place=block_id, remedy=f"it has {', '.join(found.text)}"
        )
    return found


def _row(status: QuoteStatus) -> Row:
    approval = status.approval
    return {
        "id": status.block.id,
        "language": status.language,
        "text": status.block.text[status.language],
        "speaker": status.block.speaker.get(status.language, ""),
        "organisation": status.block.organisation,
        "member": status.block.member_id,
        "state": "approved" if approval else "changed" if status.is_outdated else "open",
        "approved_on": approval.approved_on.isoformat() if approval else None,
        "approved_by": approval.speaker if approval else "",
        "how": approval.how if approval else "",
        "noted_by": approval.actor if approval else "",
    }
