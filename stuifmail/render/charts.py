"""Draws numbers as horizontal bars.

The only place that imports matplotlib, and only when something is drawn: loading it takes longer
than drawing. Everything is set here and nothing is taken from its settings, so that the same
numbers give the same bytes everywhere; its own typeface lies in its package on every machine.
"""

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Counts changes of the drawing: pictures that were drawn otherwise get another name.
DRAWING = 1

#: All lengths in the letter's pixels; the picture has two for each.
WIDTH = 520
_MARGIN, _ROW, _LINE, _BAR = 20, 42, 22, 24
_CHAR, _GAP, _VALUE_WIDTH = 10.1, 12, 62
_FONT = 17.0
_LABEL_CHARS = 21
_SCALE = 2
_DPI = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar.

    Args:
        label: at its left; value: its length; shown: the value in words, at its end.
        is_quiet: what is left over, or earlier times: drawn in the quieter colour.
    """

    label: str
    value: int
    shown: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartColours:
    """Colours as "#rrggbb": of paper and text, and of the two kinds of bars."""

    paper: str
    text: str
    bar: str
    quiet_bar: str


def draw_bars(bars: Sequence[Bar], colours: ChartColours) -> bytes:
    """Answer a PNG with the bars below each other, on paper of its own.

    Args:
        bars: from the top; at least one.
        colours: the paper keeps it legible on a dark screen.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - loaded when needed
    from matplotlib.figure import Figure  # noqa: PLC0415 - loaded when needed

    labels = [textwrap.wrap(bar.label, _LABEL_CHARS) or [""] for bar in bars]
    heights = [_ROW + _LINE * (len(label) - 1) for label in labels]
    height = 2 * _MARGIN + sum(heights)
    size = (WIDTH * _SCALE / _DPI, height * _SCALE / _DPI)
    figure = Figure(figsize=size, dpi=_DPI, facecolor=colours.paper)
    canvas = FigureCanvasAgg(figure)
    left = _MARGIN + _CHAR * max(len(line) for label in labels for line in label) + _GAP
    longest = max(1, *(bar.value for bar in bars))
    top = height - _MARGIN
    for bar, label, row in zip(bars, labels, heights, strict=True):
        _draw_row(figure, bar, "\n".join(label), (left, top - row / 2), bar.value / longest, colours)
        top -= row
    buffer = io.BytesIO()
    print_png: Any = canvas.print_png
    print_png(buffer, metadata={"Software": None})
    return buffer.getvalue()


def _draw_row(
    figure: "Figure", bar: Bar, label: str, at: tuple[float, float], share: float, colours: ChartColours
) -> None:
    """Draw one bar with its label and value, `share` of the longest one, from this point to the right."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - loaded when needed

    left, middle = at
    length = max(2.0, (WIDTH - _MARGIN - left - _VALUE_WIDTH) * share) if bar.value else 0.0
    patch = Rectangle(
        (left * _SCALE, (middle - _BAR / 2) * _SCALE),
        length * _SCALE,
        _BAR * _SCALE,
        facecolor=colours.quiet_bar if bar.is_quiet else colours.bar,
        edgecolor="none",
        linewidth=0,
        antialiased=True,
        transform=None,
    )
    figure.add_artist(patch)
    _write(figure, left - _GAP, middle, label, colours.text, align="right")
    _write(figure, left + length + 8, middle, bar.shown, colours.text, align="left", is_bold=True)


def _write(
    figure: "Figure",
    x: float,
    y: float,
    text: str,
    colour: str,
    *,
    align: Literal["left", "right"],
    is_bold: bool = False,
) -> None:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - loaded when needed
    from matplotlib.text import Text  # noqa: PLC0415 - loaded when needed

    points = _FONT * _SCALE * 72 / _DPI
    artist: Any = Text(
        x=x * _SCALE,
        y=y * _SCALE,
        text=text,
        color=colour,
        fontproperties=FontProperties(fname=str(_font_file(is_bold=is_bold)), size=points),
        horizontalalignment=align,
        verticalalignment="center",
        multialignment=align,
        linespacing=1.15,
        transform=None,
        parse_math=False,
        usetex=False,
    )
    figure.add_artist(artist)


def _font_file(*, is_bold: bool) -> Path:
    """Answer the typeface that comes with matplotlib."""
    from matplotlib import get_data_path  # noqa: PLC0415 - loaded when needed

    return Path(get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{'-Bold' if is_bold else ''}.ttf"
