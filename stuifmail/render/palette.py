"""The colours of a letter, by day and by night, each pair readable.

Source: WCAG 2.1, 1.4.3: text and its background differ at least 4.5 to 1.
"""

from dataclasses import dataclass

from stuifmail.config.models import Colours

#: The least contrast between text and background.
LEAST_CONTRAST = 4.5

_BLACK, _WHITE = "#000000", "#ffffff"
#: By night the letter lies on the ink, darkened with a warm black.
_NIGHT = "#100f0c"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by what they are for, as #rrggbb.

    Args:
        ground, paper, soft: around the letter, under it, under its quiet bands.
        line, shade: hairlines and bars, which nobody reads.
        ink: headlines. text: running text. quiet: asides.
        accent: marks. accent_text: the accent where it is text.
        button, button_text: the one button.
        band, band_text, band_accent: the dark band of the welcome.
    """

    ground: str
    paper: str
    soft: str
    line: str
    shade: str
    ink: str
    text: str
    quiet: str
    accent: str
    accent_text: str
    button: str
    button_text: str
    band: str
    band_text: str
    band_accent: str


def light_palette(colours: Colours) -> Palette:
    """Answer the newsroom's colours, with those between them."""
    papers = (colours.paper, colours.soft, colours.ground)
    return Palette(
        ground=colours.ground,
        paper=colours.paper,
        soft=colours.soft,
        line=mix(colours.ground, colours.text, 0.08),
        shade=mix(colours.ground, colours.text, 0.28),
        ink=readable(colours.ink, *papers),
        text=readable(colours.text, *papers),
        quiet=readable(mix(colours.text, colours.paper, 0.25), *papers),
        accent=colours.accent,
        accent_text=readable(colours.accent_text, *papers),
        button=colours.ink,
        button_text=readable(colours.paper, colours.ink),
        band=colours.ink,
        band_text=readable(colours.soft, colours.ink),
        band_accent=readable(mix(colours.accent, colours.soft, 0.2), colours.ink),
    )


def dark_palette(colours: Colours) -> Palette:
    """Answer the colours for readers whose screen is dark, derived from the newsroom's own."""
    ground, paper, soft = (mix(colours.ink, _NIGHT, share) for share in (0.86, 0.66, 0.4))
    papers = (ground, paper, soft)
    return Palette(
        ground=ground,
        paper=paper,
        soft=soft,
        line=mix(paper, colours.soft, 0.2),
        shade=mix(paper, colours.soft, 0.4),
        ink=readable(colours.soft, *papers),
        text=readable(mix(colours.soft, paper, 0.12), *papers),
        quiet=readable(mix(colours.soft, paper, 0.32), *papers),
        accent=colours.accent,
        accent_text=readable(mix(colours.accent, colours.soft, 0.4), *papers),
        button=colours.accent,
        button_text=readable(mix(colours.ink, _NIGHT, 0.5), colours.accent),
        band=colours.ink,
        band_text=readable(colours.soft, colours.ink),
        band_accent=readable(mix(colours.accent, colours.soft, 0.2), colours.ink),
    )


def readable(colour: str, *backgrounds: str, least: float = LEAST_CONTRAST) -> str:
    """Answer the colour, moved towards black or white until it reads on every background.

    The nearest of both ways is taken; where neither reaches it, the better end.

    Args:
        least: the contrast to reach: 3 does for what is no text (WCAG 2.1, 1.4.11).
    """
    candidates = [(step, end) for step in range(0, 101, 5) for end in (_BLACK, _WHITE)]
    for step, end in candidates:
        moved = mix(colour, end, step / 100)
        if least_contrast(moved, *backgrounds) >= least:
            return moved
    return max(_BLACK, _WHITE, key=lambda end: least_contrast(end, *backgrounds))


def least_contrast(colour: str, *backgrounds: str) -> float:
    """Answer the contrast with the background it differs least from."""
    return min(contrast(colour, background) for background in backgrounds)


def contrast(one: str, other: str) -> float:
    """Answer how much two colours differ, from 1 to 21 (WCAG 2.1, contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """Answer the colour with a share (0 to 1) of another in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
