"""Blocks of a publication as the templates see them."""

import itertools
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
from stuifmail.render.part_views import PartView, TextView
from stuifmail.render.parts import LetterParts
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

#: The kinds of section that show a kind of block; notices are shown by all, what is not here by text.
_HOMES = {"story": ("stories", "lead"), "event": ("agenda",), "figures": ("results",)}
#: Sections of running text: what stands in them keeps its place among the text.
_RUNNING = ("text", "notes")


class LetterBlocks:
    """Builds the views of one edition's sections.

    Args:
        words: speaks the edition's language.
        shelf: gives pictures their public address.
        parts: builds running text and what goes with it.
        year: the year that goes without saying in dates.
    """

    def __init__(
        self,
        config: NewsroomConfig,
        words: LetterWords,
        shelf: PictureShelf,
        parts: LetterParts,
        year: int,
    ) -> None:
        self._config = config
        self._words = words
        self._shelf = shelf
        self._parts = parts
        self._year = year

    def sections(self, section: Section) -> tuple[SectionView, ...]:
        """Answer the section; what an editor moved into it from another kind follows in its own layout.

        Returns:
            Nothing for a section without blocks.
        """
        kinds = _runs(section) if section.kind in _RUNNING else _by_kind(section)
        headings = [section.heading, *({} for _ in kinds)]
        return tuple(
            self._section(section.id, kind, heading, blocks)
            for (kind, blocks), heading in zip(kinds, headings, strict=False)
        )

    def plain_section(self, section: Section) -> SectionView:
        """Answer the section as running text, whatever its blocks are: for a press release."""
        parts = (self._parts.part(block) or self._in_words(block) for block in section.blocks)
        return SectionView(
            id=section.id,
            kind=section.kind,
            heading=self._words.words(section.heading),
            parts=tuple(part for part in parts if part),
        )

    def _in_words(self, block: Block) -> TextView | None:
        """Answer a piece of a newsletter as running text; None for what shows nothing."""
        words = self._words
        if isinstance(block, StoryBlock | NoticeBlock):
            return TextView(
                id=block.id, role="body", title=words.words(block.title), text=words.words(block.text)
            )
        if isinstance(block, EventBlock):
            said = " · ".join(part for part in (self._when(block), curl_quotes(block.place)) if part)
            return TextView(id=block.id, role="body", title=words.words(block.title), text=words.label(said))
        return None

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
            parts=tuple(part for block in blocks if (part := self._part(block))),
        )

    def _part(self, block: Block) -> PartView | None:
        """Answer running text and what goes with it; figures are shown large, not among it."""
        return None if isinstance(block, FiguresBlock) else self._parts.part(block)

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


def _by_kind(section: Section) -> list[tuple[str, list[Block]]]:
    """Answer the blocks by the layout they get, the section's own first."""
    found: dict[str, list[Block]] = {}
    for block in section.blocks:
        found.setdefault(_home(block, section.kind), []).append(block)
    return sorted(found.items(), key=lambda pair: pair[0] != section.kind)


def _runs(section: Section) -> list[tuple[str, list[Block]]]:
    """Answer the blocks in their order, those of one layout that stand together as one run."""
    grouped = itertools.groupby(section.blocks, key=lambda block: _home(block, section.kind))
    return [(kind, list(blocks)) for kind, blocks in grouped]


def _home(block: Block, section_kind: str) -> str:
    """Answer the layout that a block gets in a section of this kind."""
    if isinstance(block, NoticeBlock):
        in_text = "welcome" if block.tone == "welcome" else "asks"
        return in_text if section_kind in _RUNNING else section_kind
    homes = _HOMES.get(block.kind, _RUNNING)
    return section_kind if section_kind in homes else homes[0]


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
