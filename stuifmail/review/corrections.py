"""Whether a correction is called one, and says at once what was wrong. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence

from stuifmail.model.publications import Publication, TextBlock
from stuifmail.model.reviews import Finding


def check_correction(
    publication: Publication, labels: Mapping[str, str], euphemisms: Mapping[str, Sequence[str]]
) -> list[Finding]:
    """Answer the findings on a correction or kill notice.

    Args:
        labels: what it is called, by language ("Correctie").
        euphemisms: by language, words that gloss over an error.
    """
    return [*_check_subjects(publication, labels, euphemisms), *_check_first_block(publication)]


def _check_subjects(
    publication: Publication, labels: Mapping[str, str], euphemisms: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    for language in publication.languages:
        subject, label = publication.subject.get(language, ""), labels[language]
        if not subject.startswith(f"{label}:"):
            yield Finding(
                code="correction-label",
                severity="blocking",
                language=language,
                message=f'the subject does not begin with "{label}:"',
                remedy="call it what it is: readers have to see at once that something was wrong",
            )
        for word in euphemisms[language]:
            if re.search(rf"\b{re.escape(word)}\b", subject, re.IGNORECASE):
                yield Finding(
                    code="correction-euphemism",
                    severity="warning",
                    language=language,
                    message=f'the subject calls an error "{word}"',
                    remedy="leave the word out, unless the subject of the first message had it",
                )


def _check_first_block(publication: Publication) -> Iterator[Finding]:
    first = next(publication.blocks(), None)
    stands_first = isinstance(first, TextBlock) and first.role == "correction"
    for language in publication.languages:
        if not (stands_first and isinstance(first, TextBlock) and first.text.get(language, "").strip()):
            yield Finding(
                code="correction-first",
                severity="blocking",
                language=language,
                message="it does not begin with what was wrong and what is right",
                remedy="let the first block be the one with role correction, and write it in each language",
            )
