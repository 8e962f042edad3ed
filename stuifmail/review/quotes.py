"""Whether speakers agreed to the very words that a publication quotes. Pure."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stuifmail.model.publications import Publication, QuoteBlock
from stuifmail.model.reviews import QuoteApproval


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteStatus:
    """A quote in one language, and the consent to it.

    Args:
        approval: the newest consent to exactly these words, None when there is none.
        is_outdated: there is a consent, but to other words.
    """

    block: QuoteBlock
    language: str
    approval: QuoteApproval | None
    is_outdated: bool = False


def hash_words(text: str) -> str:
    """Answer the hash of a quote's words; line breaks and double spaces make no other words."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def list_quotes(publication: Publication, approvals: Iterable[QuoteApproval]) -> list[QuoteStatus]:
    """Answer every quote in every language it has, with its consent, in reading order."""
    known = list(approvals)
    return list(_each(publication, known))


def _each(publication: Publication, known: list[QuoteApproval]) -> Iterator[QuoteStatus]:
    for block in publication.blocks():
        if not isinstance(block, QuoteBlock):
            continue
        for language, text in block.text.items():
            of_block = [one for one in known if (one.block_id, one.language) == (block.id, language)]
            agreed = [one for one in of_block if one.text_sha256 == hash_words(text)]
            yield QuoteStatus(
                block=block,
                language=language,
                approval=agreed[-1] if agreed else None,
                is_outdated=bool(of_block) and not agreed,
            )
