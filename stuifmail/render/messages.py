"""Renders one edition of an event mailing, a press release, a correction or a kill notice."""

import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from stuifmail.config.models import NewsroomConfig
from stuifmail.model.blocks import DetailsBlock
from stuifmail.model.publications import (
    UNSUBSCRIBE_MARK,
    Embargo,
    Publication,
    ReleaseHead,
    Rendering,
)
from stuifmail.model.texts import LocalText, pick_text
from stuifmail.render.dates import describe_both_clocks
from stuifmail.render.filters import medium_date
from stuifmail.render.house_style import HouseStyle
from stuifmail.render.labels import Labels
from stuifmail.render.letter_blocks import LetterBlocks
from stuifmail.render.letter_words import LetterWords
from stuifmail.render.part_views import TextView
from stuifmail.render.pictures import PictureShelf
from stuifmail.render.places import country_in_text
from stuifmail.render.views import LetterView, ReleaseView, SectionView, Words
from stuifmail.render.word_views import NO_WORDS

#: Those who are reached because they signed up, not because they are of an audience.
_SIGNED_UP = {"registered", "attended", "no_show", "cancelled"}
_RELEASE_TEMPLATE = "releases/release"
#: What ends an international release, in every language.
_HASHES = "###"


class MessageRenderer:
    """Renders all publications of one newsroom that are not newsletters.

    Args:
        config: the newsroom's configuration.
        root: the newsroom's folder, to which pictures and templates are relative.
    """

    def __init__(self, config: NewsroomConfig, root: Path) -> None:
        self._config = config
        self._style = HouseStyle(config, root)

    def render(self, publication: Publication, language: str) -> Rendering:
        """Answer one edition, with the mark where each reader's unsubscribe address goes.

        Args:
            publication: the content; a mailing, release, correction or kill notice.
            language: one of its languages.

        Raises:
            InvalidTemplate: a template or picture is missing or wrong.
            InvalidDocument: a catalogue of labels has problems.
            StoreUnwritable: a chart cannot be kept.
        """
        shelf = self._style.shelf()
        return self._style.make(self._template(publication), self._view(publication, language, shelf), shelf)

    def _template(self, publication: Publication) -> str:
        if publication.head is None or publication.kind != "release":
            return self._config.mailings.template
        return self._config.press.template if self._config.press else _RELEASE_TEMPLATE

    def _view(self, publication: Publication, language: str, shelf: PictureShelf) -> LetterView:
        style, labels = self._style, self._style.labels(language)
        words = LetterWords(language, labels, publication.figures)
        blocks = style.blocks(publication, words, shelf)
        subject = words.words(publication.subject)
        label = self._label(publication, labels, language)
        sender = style.sender(words, blocks)
        sections = _sections(publication, blocks)
        headline, sections = _take_headline(publication, sections, _without_label(subject, label))
        return LetterView(
            language=language,
            labels=labels,
            light=style.light,
            dark=style.dark,
            sender=sender,
            subject=" ".join(subject.text.split()),
            preheader=words.words(publication.preheader),
            issue="" if publication.kind in ("correction", "kill") else label,
            month=medium_date(publication.send_at, language),
            web_url="" if publication.kind == "kill" else style.web_url(publication, language),
            editions=() if publication.kind == "kill" else style.editions(publication, language),
            intro=words.words(publication.intro),
            sections=sections,
            closing=words.words(publication.closing),
            submit=None,
            join=None,
            why=self._why(publication, words),
            privacy_url=self._config.organisation.privacy_url or "",
            unsubscribe_url=UNSUBSCRIBE_MARK,
            kind=publication.kind,
            label=label,
            headline=headline,
            release=self._release(publication, words, sender.name),
        )

    def _label(self, publication: Publication, labels: Labels, language: str) -> str:
        """Answer what kind of message it is, in words."""
        if publication.kind == "release":
            return labels.press.label
        if publication.kind in ("correction", "kill"):
            return labels.messages.of(publication.kind)
        return labels.messages.of(publication.mailing) or pick_text(self._config.mailings.name, language)

    def _why(self, publication: Publication, words: LetterWords) -> Words:
        """Answer why the reader gets this: what they signed up for, else whom they belong to."""
        labels, event = words.labels, _event_title(publication, self._config)
        if publication.kind in ("correction", "kill"):
            return words.label(labels.why_correction)
        if event and publication.responses and _SIGNED_UP.issuperset(publication.responses):
            title = words.words(event).text
            is_after = {"attended", "no_show"}.intersection(publication.responses)
            return words.label(
                (labels.why_attended if is_after else labels.why_registered).format(title=title)
            )
        audience = self._config.audience(publication.audience_id)
        return words.words(audience.why if audience else {})

    def _release(self, publication: Publication, words: LetterWords, sender: str) -> ReleaseView | None:
        head = publication.head
        if publication.kind != "release" or head is None:
            return None
        labels, language = words.labels.press, words.language
        embargo = publication.embargo
        day = publication.send_at.astimezone(ZoneInfo(self._config.organisation.time_zone))
        return ReleaseView(
            form=head.form,
            label=labels.label,
            release=labels.embargo.format(when=self._until(embargo, words)) if embargo else labels.immediate,
            is_embargoed=embargo is not None,
            reason=labels.reason.format(reason=words.words(embargo.reason).text) if embargo else "",
            sent_by=labels.sent_by.format(name=sender, date=medium_date(day, language)),
            subhead=words.words(head.subhead),
            dateline=_dateline(head, words),
            end=_HASHES if head.form == "international" else labels.end,
            notes=labels.notes,
        )

    def _until(self, embargo: Embargo, words: LetterWords) -> str:
        organisation = self._config.organisation
        return describe_both_clocks(
            embargo.until,
            None,
            embargo.time_zone,
            language=words.language,
            labels=words.labels,
            home=organisation.time_zone,
            home_place=country_in_text(organisation.country, words.language),
            is_place_named=True,
        )


def _sections(publication: Publication, blocks: LetterBlocks) -> tuple[SectionView, ...]:
    """Answer the sections; in a press release all is running text."""
    if publication.kind == "release":
        return tuple(blocks.plain_section(section) for section in publication.sections)
    return tuple(part for section in publication.sections for part in blocks.sections(section))


def _take_headline(
    publication: Publication, sections: tuple[SectionView, ...], subject: Words
) -> tuple[Words, tuple[SectionView, ...]]:
    """Answer the headline, and the sections without it: a mailing's is the first title in it.

    The subject has to tell the message from others in an inbox, the headline has not. It is the
    headline where there is no other, where it says the same and more, and of a press release.
    """
    if publication.kind == "release" or not sections:
        return subject, sections
    first, *others = sections
    if first.heading:
        return first.heading, (replace(first, heading=NO_WORDS), *others)
    part = first.parts[0] if first.parts else None
    if not isinstance(part, TextView) or not part.title:
        return subject, sections
    is_said = part.title.text.casefold() in subject.text.casefold()
    untitled = replace(first, parts=(replace(part, title=NO_WORDS), *first.parts[1:]))
    return subject if is_said else part.title, (untitled, *others)


def _dateline(head: ReleaseHead, words: LetterWords) -> str:
    """Answer place and date as they stand before the lead; international ones shout the place."""
    place = words.words(head.place).text
    return words.labels.press.dateline.format(
        place=place.upper() if head.form == "international" else place,
        date=medium_date(head.dated_on, words.language),
    )


def _event_title(publication: Publication, config: NewsroomConfig) -> LocalText:
    """Answer what the event is called that a message is about; {} when it is about none."""
    details = (block for block in publication.blocks() if isinstance(block, DetailsBlock))
    facts = next((block.facts for block in details), None)
    if facts is not None:
        return facts.title
    event = config.event(publication.event_id)
    return dict(event.title) if event else {}


def _without_label(subject: Words, label: str) -> Words:
    """Answer the subject as a headline: what kind of message it is stands above it already."""
    match = re.match(rf"{re.escape(label)}\s*:\s+(?=\S)", subject.text, re.IGNORECASE) if label else None
    text = subject.text[match.end() :] if match else subject.text
    return Words(text=text[:1].upper() + text[1:], language=subject.language, is_foreign=subject.is_foreign)
