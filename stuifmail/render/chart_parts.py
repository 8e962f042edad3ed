"""Charts of a publication: the picture, what it says to who does not see it, and its table."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from stuifmail.config.codec import sha256_of, to_data
from stuifmail.config.models import NewsroomConfig
from stuifmail.errors import StoreUnwritable
from stuifmail.model.blocks import ChartBlock
from stuifmail.model.figures import Breakdown, Figure
from stuifmail.model.publications import Publication
from stuifmail.render.charts import DRAWING, Bar, ChartColours, draw_bars
from stuifmail.render.filters import number
from stuifmail.render.letter_words import LetterWords
from stuifmail.render.palette import light_palette, readable
from stuifmail.render.part_views import ChartRowView, ChartView
from stuifmail.render.pictures import PictureShelf
from stuifmail.render.word_views import PictureView

#: Under the newsroom's outputs. What is drawn is kept: a letter that is sent months later, or
#: published again, finds its own chart.
FOLDER = Path("state", "charts")

_OTHER = "other"


class ChartMaker:
    """Makes the charts of one edition.

    Args:
        root: the newsroom's folder.
        words: speaks the edition's language.
        shelf: gives pictures their public address.
        publication: whose numbers they show.
    """

    def __init__(
        self,
        config: NewsroomConfig,
        root: Path,
        words: LetterWords,
        shelf: PictureShelf,
        publication: Publication,
    ) -> None:
        self._config = config
        self._root = root
        self._words = words
        self._shelf = shelf
        self._breakdowns = {breakdown.id: breakdown for breakdown in publication.breakdowns}

    def chart(self, block: ChartBlock) -> ChartView | None:
        """Answer the chart; None for one whose numbers the publication does not have.

        Raises:
            StoreUnwritable: the picture cannot be kept.
        """
        breakdown = self._breakdowns.get(block.breakdown)
        figure = self._words.known(block.figure)
        if breakdown is not None:
            return self._of_breakdown(block, breakdown) if breakdown.rows else None
        return self._of_editions(block, figure) if figure is not None else None

    def _of_breakdown(self, block: ChartBlock, breakdown: Breakdown) -> ChartView:
        words, language = self._words, self._words.language
        bars = [
            Bar(
                label=words.words(row.label).text.replace("\u00a0", " "),
                value=row.value,
                shown=number(row.value, language),
                is_quiet=row.key == _OTHER,
            )
            for row in breakdown.rows
        ]
        title = words.words(block.title) or words.words(breakdown.title)
        name = words.words(breakdown.title).text or title.text
        alt = words.labels.chart.bars.format(title=_lower_first(name), rows=self._rows(bars))
        total = number(sum(row.value for row in breakdown.rows), language)
        unit = words.words(breakdown.unit)
        return ChartView(
            id=block.id,
            title=title,
            picture=self._picture(bars, alt, block.id),
            unit=unit,
            rows=self._table(bars),
            total=words.labels.chart.total.format(value=total, unit=unit.text),
        )

    def _of_editions(self, block: ChartBlock, figure: Figure) -> ChartView:
        """Answer one bar for each edition counted by the same rule, this one last and strongest."""
        words, language = self._words, self._words.language
        earlier = figure.earlier or (
            ((figure.previous_label, figure.previous),) if figure.previous is not None else ()
        )
        editions = (*earlier, (self._edition(figure), figure.value))
        bars = [
            Bar(
                label=label,
                value=value,
                shown=number(value, language),
                is_quiet=position < len(editions) - 1,
            )
            for position, (label, value) in enumerate(editions)
        ]
        unit = words.words(figure.unit)
        alt = words.labels.chart.editions.format(unit=unit.text, rows=self._rows(bars))
        return ChartView(
            id=block.id,
            title=words.words(block.title),
            picture=self._picture(bars, alt, block.id),
            unit=unit,
            rows=self._table(bars),
        )

    def _edition(self, figure: Figure) -> str:
        """Answer what the edition is called that the figure counts: "2026"."""
        event = self._config.event(figure.id.rpartition(".")[0])
        return (event.label if event else "") or self._words.labels.chart.now

    def _rows(self, bars: Sequence[Bar]) -> str:
        row = self._words.labels.chart.row
        return ", ".join(row.format(label=bar.label, value=bar.shown) for bar in bars)

    def _table(self, bars: Sequence[Bar]) -> tuple[ChartRowView, ...]:
        language = self._words.language
        return tuple(
            ChartRowView(label=self._words.words({language: bar.label}), value=bar.shown) for bar in bars
        )

    def _picture(self, bars: Sequence[Bar], alt: str, place: str) -> PictureView:
        file = keep_chart(self._root, self._config, bars)
        return PictureView(src=self._shelf.address(file, place), alt=self._words.label(alt))


def keep_chart(root: Path, config: NewsroomConfig, bars: Sequence[Bar]) -> str:
    """Draw a chart, unless it was drawn before; answer its file from the newsroom's folder.

    Its name is the hash of all that it shows, so that it never changes.

    Raises:
        StoreUnwritable: the folder is read-only or the disk is full.
    """
    colours = _colours(config)
    name = sha256_of(
        {"drawing": DRAWING, "bars": [to_data(bar) for bar in bars], "colours": to_data(colours)}
    )
    file = Path(config.outputs) / FOLDER / f"{name[:24]}.png"
    path = root / file
    if not path.is_file():
        _write(path, draw_bars(bars, colours))
    return file.as_posix()


def _colours(config: NewsroomConfig) -> ChartColours:
    light = light_palette(config.organisation.colours)
    return ChartColours(
        paper=light.soft,
        text=light.text,
        bar=readable(light.button, light.soft, least=3.0),
        quiet_bar=readable(light.accent, light.soft, least=3.0),
    )


def _write(path: Path, content: bytes) -> None:
    """Write the file as a whole: whoever else looks for it sees all of it or nothing."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
            part.write(content)
        Path(part.name).chmod(0o644)
        Path(part.name).replace(path)
    except OSError as error:
        raise StoreUnwritable(
            f"a chart cannot be kept ({error.strerror or error})",
            place=str(path.parent),
            remedy="make the folder writable, or free some disk space",
        ) from error


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
