"""One language version of a press release, in the order in which editors cut it from the bottom."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import get_args

from stuifmail.compose.releases.material import ReleaseMaterial
from stuifmail.compose.releases.texts import StagePhrases
from stuifmail.compose.releases.wording import say, say_first
from stuifmail.config.models import Press
from stuifmail.model.blocks import Block, QuoteBlock, TextBlock, figure_ids_in, texts_of
from stuifmail.model.figures import Figure
from stuifmail.model.publications import Publication, Purpose, ReleaseHead, Section
from stuifmail.model.records import Quote

#: The series of all press releases.
SERIES = "press"
#: Between these a headline fits the subject line of every mail program, and still says something.
HEADLINE_LENGTHS = (40, 90)
SUBHEAD_LIMIT = 160
#: A release with more quotes is an interview.
QUOTES_LIMIT = 2


def compose_release(material: ReleaseMaterial, press: Press) -> Publication:
    """Answer the draft of one language version; what is not known is left out of it."""
    language = material.language
    kind = material.record.facts.kind if material.record else "default"
    phrases = material.texts.phrases_of(material.stage, kind)
    headline = say_first(phrases.headline, material.facts, _fits_headline)
    head = ReleaseHead(
        form=material.form,
        stage=material.stage,
        subhead=_local(language, say_first(phrases.subhead, material.facts, _fits_subhead)),
        place={language: material.place.get(language, next(iter(material.place.values())))},
        dated_on=material.dated_on,
        boilerplate_version=press.boilerplate.version,
    )
    sections = tuple(_sections(material, phrases, press))
    return Publication(
        id=f"{material.facts_id}-{language}",
        kind="release",
        series_id=SERIES,
        number=material.number,
        period_starts_at=material.period[0],
        period_ends_at=material.period[1],
        send_at=material.send_at,
        audience_id=press.audiences[language],
        languages=(language,),
        subject={language: headline},
        preheader=_local(language, say(material.texts.preheader, material.facts)),
        sections=sections,
        figures=_bind([headline, *head.subhead.values()], sections, material),
        purposes=_purposes(material),
        event_id=material.record.id if material.record else "",
        facts_id=material.facts_id,
        head=head,
        embargo=material.embargo,
    )


def _fits_headline(text: str) -> bool:
    return HEADLINE_LENGTHS[0] <= len(text) <= HEADLINE_LENGTHS[1] and "?" not in text


def _fits_subhead(text: str) -> bool:
    return len(text) <= SUBHEAD_LIMIT


def _purposes(material: ReleaseMaterial) -> tuple[Purpose, ...]:
    """A release shows the coalition to the outside; news of members shows them off, too."""
    known = get_args(Purpose)
    wanted = ["profile"] if material.stage == "announcement" else ["profile", "show"]
    return tuple(purpose for purpose in known if purpose in wanted)


def _sections(material: ReleaseMaterial, phrases: StagePhrases, press: Press) -> Iterator[Section]:
    language, notes = material.language, material.texts.notes
    lead = TextBlock(
        id="lead",
        role="lead",
        text=_local(language, say(phrases.lead, material.facts)),
        why=material.difference,
    )
    yield Section(id="lead", kind="text", blocks=(lead,))
    body = tuple(_body(material, phrases))
    if body:
        yield Section(id="body", kind="text", blocks=body)
    told = [text for block in (lead, *body) for _, by_code in texts_of(block) for text in by_code.values()]
    yield Section(
        id="notes",
        kind="notes",
        heading=_local(language, notes.heading),
        blocks=tuple(_notes(material, told)),
    )
    about = TextBlock(
        id="about",
        role="about",
        title=_local(language, say(notes.about_title, material.facts)),
        text=_local(language, press.boilerplate.text.get(language, "")),
        why=press.boilerplate.version,
    )
    yield Section(id="about", kind="notes", blocks=(about,))


def _body(material: ReleaseMaterial, phrases: StagePhrases) -> Iterator[Block]:
    """Paragraphs with the quotes between them: never the first word, never the last."""
    paragraphs = [*_stories(material), *_paragraphs(material, phrases)]
    quotes = _quotes(material)[: max(len(paragraphs) - 1, 0)]
    for paragraph, quote in zip_longest(paragraphs, quotes):
        yield paragraph
        if quote:
            yield quote


def _stories(material: ReleaseMaterial) -> Iterator[TextBlock]:
    for number, story in enumerate(material.stories, start=1):
        text = f"{story.text} ({story.origin})" if story.origin else story.text
        yield TextBlock(
            id=f"story-{number}",
            title=_local(material.language, story.title),
            text=_local(material.language, text),
            why=story.why,
        )


def _paragraphs(material: ReleaseMaterial, phrases: StagePhrases) -> Iterator[TextBlock]:
    number = 0
    for paragraph in phrases.body:
        if paragraph.needs and not material.values.get(paragraph.needs):
            continue
        if text := say(paragraph.text, material.facts):
            number += 1
            title = say(paragraph.title, material.facts)
            yield TextBlock(
                id=f"body-{number}",
                title=_local(material.language, title),
                text=_local(material.language, text),
            )


def _quotes(material: ReleaseMaterial) -> list[QuoteBlock]:
    """What was said at an event is told after it, in the languages in which it was agreed to."""
    if material.record is None or material.stage != "results":
        return []
    spoken = [quote for quote in material.record.quotes if quote.text.get(material.language)]
    return [_quote(quote, material.language) for quote in spoken[:QUOTES_LIMIT]]


def _quote(quote: Quote, language: str) -> QuoteBlock:
    return QuoteBlock(
        id=f"quote-{quote.id}",
        text=_local(language, " ".join(quote.text[language].split())),
        speaker=_local(language, quote.speaker.get(language, "")),
        organisation=quote.organisation,
        member_id=quote.member_id,
    )


def _notes(material: ReleaseMaterial, told: Sequence[str]) -> Iterator[TextBlock]:
    notes, language = material.texts.notes, material.language
    yield TextBlock(
        id="contact",
        role="contact",
        title=_local(language, notes.contact_title),
        text=_local(language, say(notes.contact, material.facts)),
    )
    for number, part in enumerate(notes.parts, start=1):
        if text := say(part.text, material.facts):
            title = _local(language, say(part.title, material.facts))
            yield TextBlock(id=f"note-{number}", role="note", title=title, text=_local(language, text))
    if definitions := _definitions(material, told):
        title = _local(language, notes.figures_title)
        yield TextBlock(id="note-figures", role="note", title=title, text=_local(language, definitions))


def _definitions(material: ReleaseMaterial, told: Sequence[str]) -> str:
    """What was counted, for the figures of the text, in their order."""
    named = dict.fromkeys(name for text in told for name in figure_ids_in(text))
    # Of the ledger's figures the whole id counts: its countries are others than an event's.
    keys = dict.fromkeys(n if n.startswith("members.") else n.rsplit(".", 1)[-1] for n in named)
    known = material.texts.notes.definitions
    return " ".join(known[key] for key in keys if key in known)


def _bind(lines: Sequence[str], sections: Sequence[Section], material: ReleaseMaterial) -> tuple[Figure, ...]:
    """Answer the figures that the release names, by id."""
    texts = [
        text
        for section in sections
        for block in section.blocks
        for _, by_code in texts_of(block)
        for text in by_code.values()
    ]
    used = {name for text in (*lines, *texts) for name in figure_ids_in(text)}
    figures = material.facts.figures
    return tuple(figures[name] for name in sorted(used & figures.keys()))


def _local(language: str, text: str) -> dict[str, str]:
    return {language: text} if text else {}
