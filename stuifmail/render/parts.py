"""Running text, quotes, facts, programmes and the like, as the templates see them."""

import re
from collections.abc import Callable
from typing import Any

from stuifmail.config.models import NewsroomConfig
from stuifmail.model.blocks import (
    ActionBlock,
    Block,
    ChangesBlock,
    ChartBlock,
    DetailsBlock,
    FiguresBlock,
    ProgrammeBlock,
    QuoteBlock,
    TextBlock,
)
from stuifmail.model.records import ProgrammeRow
from stuifmail.model.texts import LocalText, pick_language, pick_text
from stuifmail.render.chart_parts import ChartMaker
from stuifmail.render.dates import city_of, describe_clocks
from stuifmail.render.event_facts import EventFactsTeller
from stuifmail.render.filters import in_zone
from stuifmail.render.letter_words import LetterWords
from stuifmail.render.part_views import (
    ActionView,
    ChangesView,
    ChangeView,
    DetailsView,
    NumbersView,
    PartView,
    ProgrammeRowView,
    ProgrammeView,
    QuoteView,
    TextView,
)
from stuifmail.render.word_views import Words

#: Quotation marks that an editor typed around a quote; the labels bring the language's own.
_OPENING = ('"', "“", "„", "«", "\N{LEFT SINGLE QUOTATION MARK}", "'")
_CLOSING = ('"', "”", "“", "»", "\N{RIGHT SINGLE QUOTATION MARK}", "'")
_DOUBLE = re.compile('["“”„«»]')


class LetterParts:
    """Builds the views of running text and what goes with it, in one edition's language.

    Args:
        words: speaks that language.
        charts: draws.
        calendar_url: of the file that puts the event into a calendar, "" for none.
    """

    def __init__(
        self, config: NewsroomConfig, words: LetterWords, charts: ChartMaker, calendar_url: str = ""
    ) -> None:
        self._home = config.organisation.time_zone
        self._members = {member.id: member.name for member in config.members}
        self._words = words
        self._charts = charts
        self._events = EventFactsTeller(words, self._home, config.organisation.country, calendar_url)

    def part(self, block: Block) -> PartView | None:
        """Answer the view of a block; None for one that shows nothing, or is of another kind."""
        builders: dict[type[Any], Callable[[Any], PartView | None]] = {
            TextBlock: self._text,
            QuoteBlock: self._quote,
            DetailsBlock: self._details,
            ProgrammeBlock: self._programme,
            ChangesBlock: self._changes,
            ChartBlock: self._charts.chart,
            ActionBlock: self._action,
            FiguresBlock: self._numbers,
        }
        build = builders.get(type(block))
        return build(block) if build else None

    def _text(self, block: TextBlock) -> TextView:
        words = self._words
        return TextView(
            id=block.id, role=block.role, title=words.words(block.title), text=words.words(block.text)
        )

    def _quote(self, block: QuoteBlock) -> QuoteView:
        said = {code: _bare(text) for code, text in block.text.items()}
        text = self._words.words(said)
        return QuoteView(
            id=block.id,
            text=Words(
                text=self._words.labels.quote.format(text=text.text),
                language=text.language,
                is_foreign=text.is_foreign,
            ),
            speaker=self._speaker(block.speaker, block.organisation, block.member_id),
        )

    def _speaker(self, function: LocalText, organisation: str, member_id: str) -> Words:
        """Answer function and organisation; one of the two where the other is not known."""
        whose = organisation or self._members.get(member_id, "")
        language = pick_language(function, self._words.language) if function else self._words.language
        said = pick_text(function, self._words.language)
        both = self._words.labels.speaker.format(function=said, organisation=whose)
        return self._words.words({language: both if said and whose else said or whose})

    def _details(self, block: DetailsBlock) -> DetailsView | None:
        facts = self._events.facts(block)
        return DetailsView(id=block.id, facts=facts) if facts else None

    def _programme(self, block: ProgrammeBlock) -> ProgrammeView:
        time = self._words.labels.facts.time
        if any(self._is_elsewhere(row, block.time_zone) for row in block.rows):
            city = city_of(block.time_zone, self._words.language)
            time = self._words.labels.facts.clock_in.format(clock=time, place=city)
        return ProgrammeView(
            id=block.id,
            title=self._words.words(block.title),
            time=time,
            rows=tuple(self._row(row, block.time_zone) for row in block.rows),
        )

    def _is_elsewhere(self, row: ProgrammeRow, zone: str) -> bool:
        starts_at = row.starts_at
        if starts_at is None:
            return False
        return in_zone(starts_at, zone).utcoffset() != in_zone(starts_at, self._home).utcoffset()

    def _row(self, row: ProgrammeRow, zone: str) -> ProgrammeRowView:
        time = ""
        if row.starts_at is not None:
            time = describe_clocks(row.starts_at, row.ends_at, zone, self._words.language)
        return ProgrammeRowView(
            time=time,
            title=self._words.words(row.title),
            by=self._speaker(row.speaker, row.organisation, row.member_id),
            is_break=row.kind == "break",
        )

    def _changes(self, block: ChangesBlock) -> ChangesView:
        words = self._words
        return ChangesView(
            id=block.id,
            title=words.words(block.title),
            lines=tuple(
                ChangeView(
                    label=words.words(line.label),
                    before=words.words(line.before),
                    after=words.words(line.after),
                )
                for line in block.lines
            ),
        )

    def _action(self, block: ActionBlock) -> ActionView:
        words = self._words
        return ActionView(
            id=block.id, href=block.link, label=words.words(block.label), note=words.words(block.note)
        )

    def _numbers(self, block: FiguresBlock) -> NumbersView:
        words = self._words
        return NumbersView(
            id=block.id,
            title=words.words(block.title),
            lines=tuple((view.value, view.unit, view.growth) for view in words.figures(block.figures)),
            text=words.words(block.text),
            link=words.link(block.link, block.link_label, words.labels.figures_link),
        )


def _bare(text: str) -> str:
    """Answer a quote without the marks around the whole of it; those within it stay."""
    stripped = text.strip()
    inner = stripped[1:-1]
    is_marked = len(stripped) > 2 and stripped.startswith(_OPENING) and stripped.endswith(_CLOSING)
    return inner if is_marked and not _DOUBLE.search(inner) else stripped
