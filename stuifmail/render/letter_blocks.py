"""Blocks of a publication as the templates see them."""

from collections.abc import Sequence

from stuifmail.config.models import NewsroomConfig
from stuifmail.model.publications import (
    Block,
    EventBlock,
    FiguresBlock,
    NoticeBlock,
    Picture,
    Section,
    StoryBlock,
)
from stuifmail.model.texts import LocalText
from stuifmail.render.credits import build_credit, short_name
from stuifmail.render.dates import describe_when, local_days, tile_days, tile_month
from stuifmail.render.letter_words import LetterWords
from stuifmail.render.pictures import PictureShelf
from stuifmail.render.spans import describe_span, tile_of_span
from stuifmail.render.typography import curl_quotes
from stuifmail.render.views import (
    CreditView,
    EventView,
    NoticeView,
    PictureView,
    ResultsView,
    SectionView,
    StoryView,
)

#: The kinds of section that show a kind of block; notices are shown by all.
_HOMES = {"story": ("stories", "lead"), "event": ("agenda",), "figures": ("results",)}


class LetterBlocks:
    """Builds the views of one edition's sections.

    Args:
        words: speaks the edition's language.
        shelf: gives pictures their public address.
        year: the year that goes without saying in dates.
    """

    def __init__(self, config: NewsroomConfig, words: LetterWords, shelf: PictureShelf, year: int) -> None:
        self._config = config
        self._words = words
        self._shelf = shelf
        self._year = year

    def sections(self, section: Section) -> tuple[SectionView, ...]:
        """Answer the section; what an editor moved into it from another kind follows in its own layout.

        Returns:
            Nothing for a section without blocks.
        """
        parts: dict[str, list[Block]] = {}
        for block in section.blocks:
            homes = _HOMES.get(block.kind, (section.kind,))
            kind = section.kind if section.kind in homes else homes[0]
            parts.setdefault(kind, []).append(block)
        kinds = sorted(parts, key=lambda kind: kind != section.kind)
        headings = [section.heading, *({} for _ in kinds)]
        return tuple(
            self._section(section.id, kind, heading, parts[kind])
            for kind, heading in zip(kinds, headings, strict=False)
        )

    def _section(self, name: str, kind: str, heading: LocalText, blocks: Sequence[Block]) -> SectionView:
        stories = tuple(self._story(block, kind) for block in blocks if isinstance(block, StoryBlock))
        return SectionView(
            id=name,
            kind=kind,
            heading=self._words.words(heading),
            stories=stories,
            rows=_in_rows(stories),
            events=tuple(self._event(block) for block in blocks if isinstance(block, EventBlock)),
            results=tuple(self._results(block) for block in blocks if isinstance(block, FiguresBlock)),
            notices=tuple(self._notice(block) for block in blocks if isinstance(block, NoticeBlock)),
        )

    def picture(self, picture: Picture, place: str) -> PictureView:
        """Answer a picture with its public address.

        Raises:
            InvalidTemplate: the file is missing.
        """
        credit = self._words.labels.picture_credit.format(credit=picture.credit) if picture.credit else ""
        return PictureView(
            src=self._shelf.address(picture.file, place), alt=self._words.words(picture.alt), credit=credit
        )

    def _story(self, block: StoryBlock, kind: str) -> StoryView:
        words = self._words
        fallback = words.labels.lead_link if kind == "lead" else words.labels.story_link
        return StoryView(
            id=block.id,
            credit=self._credit(block.members, block.language if block.link else ""),
            title=words.words(block.title),
            text=words.words(block.text),
            link=words.link(block.link, block.link_label, fallback),
            picture=self.picture(block.picture, block.id) if block.picture else None,
        )

    def _credit(self, members: Sequence[str], original: str = "") -> CreditView:
        words = self._words
        return build_credit(self._config, members, original, words.language, words.labels)

    def _event(self, block: EventBlock) -> EventView:
        words = self._words
        first, last = local_days(block.starts_at, block.ends_at, block.time_zone)
        month, days = tile_month(first, words.language), tile_days(first, last)
        if block.span is not None:
            month, days = tile_of_span(block.span, words.language)
        return EventView(
            id=block.id,
            month=month,
            days=days,
            when=self._when(block),
            title=words.words(block.title),
            place=curl_quotes(block.place),
            href=block.link or "",
            host=self._host(block),
            tentative=self._doubt(block),
            remark=words.words(block.note),
        )

    def _doubt(self, block: EventBlock) -> str:
        """Answer in words what is not sure about the date, "" when it is firm."""
        if block.span is not None and block.span.year_inferred:
            return self._words.labels.year_open
        return self._words.labels.tentative if block.tentative else ""

    def _when(self, block: EventBlock) -> str:
        """Answer day and time in words; of an open date what is known of it."""
        words = self._words
        when = describe_when(
            block.starts_at,
            block.ends_at,
            block.time_zone,
            language=words.language,
            labels=words.labels,
            home=self._config.organisation.time_zone,
            year=0 if block.span else self._year,
        )
        if block.span is None:
            return when
        return describe_span(block.span, when, language=words.language, labels=words.labels)

    def _host(self, block: EventBlock) -> str:
        """Answer whose event it is, unless the place names that member already."""
        member = self._config.member(block.members[0]) if block.members else None
        if member is None or short_name(self._config, member) in curl_quotes(block.place):
            return ""
        return curl_quotes(member.name)

    def _results(self, block: FiguresBlock) -> ResultsView:
        words = self._words
        return ResultsView(
            id=block.id,
            title=words.words(block.title),
            figures=words.figures(block.figures),
            text=words.words(block.text),
            link=words.link(block.link, block.link_label, words.labels.figures_link),
        )

    def _notice(self, block: NoticeBlock) -> NoticeView:
        words = self._words
        fallbacks = {"ask": words.labels.ask_link, "welcome": words.labels.welcome_link}
        fallback = fallbacks.get(block.tone, words.labels.notice_link)
        return NoticeView(
            id=block.id,
            tone=block.tone,
            credit=self._credit(block.members),
            title=words.words(block.title),
            text=words.words(block.text),
            link=words.link(block.link, block.link_label, fallback),
            figure=words.figure(block.figure),
        )


def _in_rows(stories: tuple[StoryView, ...]) -> tuple[tuple[StoryView, ...], ...]:
    """Put two beside each other where both have a picture, or where there are just two.

    Any other story gets the whole width: columns of text alone end at uneven heights.
    """
    rows: list[tuple[StoryView, ...]] = []
    waiting = list(stories)
    while waiting:
        pair = len(stories) == 2 or (len(waiting) > 1 and all(story.picture for story in waiting[:2]))
        rows.append(tuple(waiting[: 2 if pair else 1]))
        del waiting[: len(rows[-1])]
    return tuple(rows)
