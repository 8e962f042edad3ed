"""Lays pictures of pages side by side, for the documentation."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

#: The table on which they lie, and the shadow they throw.
_TABLE, _SHADOW = (226, 218, 196), (60, 52, 30)
#: Edges are drawn this many times larger and scaled down, as Pillow draws them jagged.
_FINE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """One picture on the table.

    Args:
        file: what to show, as far as it goes.
        start: where in the file to begin, as a share of its height.
        left, top: of its place, in pixels.
        size: width and height of its place, in pixels; the picture is scaled to the width.
        radius: of its corners.
        bezel: width of a dark edge around it, as a phone has; 0 for none.
    """

    file: Path
    left: int
    top: int
    size: tuple[int, int]
    start: float = 0
    radius: int = 12
    bezel: int = 0


def lay_out(prints: Sequence[Print], size: tuple[int, int], target: Path) -> Path:
    """Write one picture of several, in as many colours as a small file holds, and answer its path."""
    table = Image.new("RGB", size, _TABLE)
    for each in prints:
        _throw_shadow(table, each)
        if each.bezel:
            _paste(table, Image.new("RGB", _outer(each), (24, 26, 24)), each, each.bezel)
        _paste(table, _scaled(each), each, 0)
    target.parent.mkdir(parents=True, exist_ok=True)
    reduced = table.quantize(256, Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE)
    reduced.save(target, optimize=True)
    return target


def _outer(each: Print) -> tuple[int, int]:
    return each.size[0] + 2 * each.bezel, each.size[1] + 2 * each.bezel


def _scaled(each: Print) -> Image.Image:
    with Image.open(each.file) as opened:
        picture = opened.convert("RGB")
    width, height = each.size
    start = round(each.start * picture.height)
    end = min(picture.height, start + height * picture.width // width)
    shown = picture.crop((0, start, picture.width, end))
    return shown.resize((width, shown.height * width // shown.width), Image.Resampling.LANCZOS)


def _mask(size: tuple[int, int], radius: int) -> Image.Image:
    large = Image.new("L", (size[0] * _FINE, size[1] * _FINE), 0)
    ImageDraw.Draw(large).rounded_rectangle((0, 0, *(n - 1 for n in large.size)), radius * _FINE, fill=255)
    return large.resize(size, Image.Resampling.LANCZOS)


def _paste(table: Image.Image, picture: Image.Image, each: Print, edge: int) -> None:
    place = (each.left - edge, each.top - edge)
    table.paste(picture, place, _mask(picture.size, each.radius + edge))


def _throw_shadow(table: Image.Image, each: Print) -> None:
    shade = Image.new("L", table.size, 0)
    outer = _mask(_outer(each), each.radius + each.bezel).point(lambda value: value * 3 // 10)
    shade.paste(outer, (each.left - each.bezel, each.top - each.bezel + 10))
    table.paste(Image.new("RGB", table.size, _SHADOW), mask=shade.filter(ImageFilter.GaussianBlur(18)))
