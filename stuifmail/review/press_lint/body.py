"""Body and quotes of a press release. Pure."""

from collections.abc import Iterator

from stuifmail.model.blocks import QuoteBlock, TextBlock
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Finding
from stuifmail.review.press_lint.material import (
    LintMaterial,
    finding,
    passages_of,
    read_words,
    text_blocks,
    words_in,
)
from stuifmail.review.quotes import list_quotes

_PARAGRAPHS = (2, 5)
_QUOTES_LIMIT = 2


def check_body(publication: Publication, material: LintMaterial) -> Iterator[Finding]:  # noqa: ARG001 - all alike
    """Yield what is wrong with the body: its paragraphs, and words that a desk strikes out."""
    blocks = [b for b in text_blocks(publication) if isinstance(b, TextBlock) and b.role != "lead"]
    for language in publication.languages:
        texts = [block.text[language] for block in blocks if block.text.get(language)]
        count = len([part for text in texts for part in text.split("\n\n") if part.strip()])
        if not _PARAGRAPHS[0] <= count <= _PARAGRAPHS[1]:
            message = f"the body has {count} paragraph(s)"
            remedy = f"make it {_PARAGRAPHS[0]} to {_PARAGRAPHS[1]}: desks cut from the bottom"
            yield finding("press-paragraphs", "warning", "body", language, message, remedy)
    for passage in passages_of(publication):
        if not passage.is_quote:
            words = read_words().get(passage.language, {})
            yield from _check_words(passage.place, passage.language, passage.text, words)


def _check_words(place: str, language: str, text: str, words: dict[str, list[str]]) -> Iterator[Finding]:
    if found := words_in(text, words.get("ourselves", ())):
        message = f"the text speaks of ourselves: {', '.join(found)}"
        yield finding(
            "press-ourselves", "warning", place, language, message, "write about us by name, or in a quote"
        )
    if found := words_in(text, words.get("advertising", ())):
        message = f"this reads as advertising: {', '.join(found)}"
        yield finding(
            "press-advertising", "warning", place, language, message, "leave it out, or say it in a quote"
        )
    if found := words_in(text, words.get("superlatives", ())):
        message = f"a superlative needs proof: {', '.join(found)}"
        yield finding(
            "press-superlative", "advice", place, language, message, "give the number, or leave it out"
        )


def check_quotes(publication: Publication, material: LintMaterial) -> Iterator[Finding]:
    """Yield what is wrong with quotes: how many, where, by whom, and whether the speaker agreed."""
    blocks = list(text_blocks(publication))
    quotes = [block for block in blocks if isinstance(block, QuoteBlock)]
    head = publication.head
    if not quotes and head is not None and head.stage == "results":
        message = "nobody is quoted"
        yield finding(
            "press-quotes", "advice", "body", "", message, "ask somebody for a sentence, with their consent"
        )
    if len(quotes) > _QUOTES_LIMIT:
        message = f"{len(quotes)} quotes make it an interview"
        yield finding("press-quotes", "warning", quotes[-1].id, "", message, f"keep {_QUOTES_LIMIT} at most")
    body = [block for block in blocks if not (isinstance(block, TextBlock) and block.role == "lead")]
    for where, block in (("first", body[:1]), ("last", body[-1:])):
        if block and isinstance(block[0], QuoteBlock):
            message = f"a quote stands {where} in the body"
            yield finding(
                "press-quote-place", "warning", block[0].id, "", message, "put facts before and after it"
            )
    yield from _check_consents(publication, material)


def _check_consents(publication: Publication, material: LintMaterial) -> Iterator[Finding]:
    for status in list_quotes(publication, material.approvals):
        place, language = status.block.id, status.language
        if not status.block.speaker.get(language, "").strip():
            message = "the quote does not say in which function it was said"
            remedy = f"add speaker.{language}: a function, never a name"
            yield finding("press-quote-speaker", "blocking", place, language, message, remedy)
        if status.approval is None:
            message = "the speaker has not agreed to these words"
            if status.is_outdated:
                message = "the words changed since the speaker agreed"
            remedy = (
                f"ask, then: stuifmail quotes {publication.id} --approve {place} --speaker … --how … --as …"
            )
            yield finding("press-quote-unapproved", "blocking", place, language, message, remedy)
