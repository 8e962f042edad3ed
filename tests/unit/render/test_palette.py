"""Colours that stay readable."""

import dataclasses
import itertools

import pytest

from stuifmail.config.models import Colours
from stuifmail.render.palette import contrast, dark_palette, light_palette, mix, readable

HOUSES = [
    Colours(),
    Colours(ink="#0b3d91", accent="#e4002b", accent_text="#e4002b"),
    Colours(ink="#7a7a7a", accent="#ffee00", accent_text="#ffee00", text="#888888", paper="#ffffff"),
]


def test_contrast_is_what_the_guideline_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#e5a31b", "#e5a31b") == 1


def test_mixing_goes_from_one_colour_to_the_other():
    assert [mix("#000000", "#ffffff", share) for share in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]


def test_a_readable_colour_is_left_alone_and_a_faint_one_moves_no_further_than_needed():
    assert readable("#1f3a2a", "#fffdf7") == "#1f3a2a"
    moved = readable("#e5a31b", "#fffdf7")
    assert moved != "#e5a31b"
    assert 4.5 <= contrast(moved, "#fffdf7") < 5.5


@pytest.mark.parametrize("colours", HOUSES)
@pytest.mark.parametrize("palette", [light_palette, dark_palette])
def test_every_pair_of_text_and_background_reads(colours, palette):
    look = palette(colours)
    papers = (look.ground, look.paper, look.soft)
    pairs = [
        *itertools.product((look.ink, look.text, look.quiet, look.accent_text), papers),
        (look.button_text, look.button),
        (look.band_text, look.band),
        (look.band_accent, look.band),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def test_the_sample_colours_are_used_as_they_are():
    given, look = Colours(), light_palette(Colours())
    same = ("ink", "text", "accent", "accent_text", "paper", "ground", "soft")
    assert {name: getattr(look, name) for name in same} == {name: getattr(given, name) for name in same}
    assert len(set(dataclasses.asdict(dark_palette(given)).values())) > 8
