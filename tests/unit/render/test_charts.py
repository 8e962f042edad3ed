"""Charts: the same numbers give the same picture, and what is drawn is kept."""

import dataclasses
import hashlib
import shutil
import struct
import subprocess
import sys

import pytest

from stuifmail.errors import StoreUnwritable
from stuifmail.render.chart_parts import keep_chart
from stuifmail.render.charts import WIDTH, Bar, ChartColours, draw_bars
from stuifmail.render.messages import MessageRenderer
from stuifmail.render.palette import contrast, light_palette
from tests.builders_messages import build_press_config, build_results
from tests.builders_publication import build_config, project_root

COLOURS = ChartColours(paper="#f5eed9", text="#33352f", bar="#1f3a2a", quiet_bar="#a97a10")
BARS = (
    Bar(label="gemeenten", value=41, shown="41"),
    Bar(label="maatschappelijke organisaties en stichtingen", value=18, shown="18"),
    Bar(label="overig, $x_1$ & <b>", value=0, shown="0", is_quiet=True),
)


def size_of(png):
    return struct.unpack(">II", png[16:24])


def chunks_of(png):
    at, names = 8, []
    while at < len(png):
        length = struct.unpack(">I", png[at : at + 4])[0]
        names.append(png[at + 4 : at + 8].decode())
        at += 12 + length
    return names


def test_the_same_numbers_give_the_same_bytes_and_others_do_not():
    first = draw_bars(BARS, COLOURS)
    assert first == draw_bars(BARS, COLOURS)
    assert first != draw_bars((dataclasses.replace(BARS[0], value=42), *BARS[1:]), COLOURS)


def test_a_chart_says_nothing_of_when_or_with_what_it_was_made():
    assert set(chunks_of(draw_bars(BARS, COLOURS))) <= {"IHDR", "pHYs", "IDAT", "IEND"}


def test_a_chart_is_sharp_on_good_screens_and_as_high_as_its_rows():
    (width, height), (_, more) = (
        size_of(draw_bars(BARS, COLOURS)),
        size_of(draw_bars((*BARS, BARS[0]), COLOURS)),
    )
    assert width == 2 * WIDTH
    assert 200 < height < more < 700


def test_nothing_but_zeros_can_be_drawn():
    zeros = tuple(dataclasses.replace(bar, value=0, shown="0") for bar in BARS)
    assert size_of(draw_bars(zeros, COLOURS)) == size_of(draw_bars(BARS, COLOURS))


def test_what_is_drawn_is_kept_under_a_name_that_never_changes(tmp_path):
    config = build_config()
    file = keep_chart(tmp_path, config, BARS)
    before = (tmp_path / file).read_bytes()
    assert file.startswith("outputs/state/charts/")
    assert keep_chart(tmp_path, config, BARS) == file
    (tmp_path / file).unlink()
    assert keep_chart(tmp_path, config, BARS) == file
    assert (tmp_path / file).read_bytes() == before
    assert keep_chart(tmp_path, config, BARS[:2]) != file
    assert [path.suffix for path in (tmp_path / file).parent.iterdir()] == [".png", ".png"]


def test_other_house_colours_give_another_picture(tmp_path):
    other = build_config(colours={"ink": "#102a4a"})
    assert keep_chart(tmp_path, other, BARS) != keep_chart(tmp_path, build_config(), BARS)


@pytest.mark.parametrize("accent", ["#e5a31b", "#ffe680", "#222222"])
def test_bars_stand_out_from_their_paper_whatever_the_house_colours(tmp_path, accent, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "stuifmail.render.chart_parts.draw_bars",
        lambda bars, colours: drawn.append(colours) or draw_bars(bars, colours),
    )
    config = build_config(colours={"accent": accent})
    keep_chart(tmp_path, config, BARS)
    (colours,) = drawn
    assert colours.paper == light_palette(config.organisation.colours).soft
    assert contrast(colours.bar, colours.paper) >= 3
    assert contrast(colours.quiet_bar, colours.paper) >= 3
    assert contrast(colours.text, colours.paper) >= 4.5


def test_a_chart_that_cannot_be_kept_names_the_folder(tmp_path):
    (tmp_path / "outputs").write_text("a file where the folder should be")
    with pytest.raises(StoreUnwritable, match="charts"):
        keep_chart(tmp_path, build_config(), BARS)


def test_a_chart_s_public_address_holds_the_hash_of_its_bytes(tmp_path):
    shutil.copytree(project_root() / "templates", tmp_path / "templates")
    rendering = MessageRenderer(build_press_config(), tmp_path).render(build_results(), "nl")
    charts = {address: file for address, file in rendering.pictures.items() if "charts" in file}
    assert len(charts) == 2
    for address, file in charts.items():
        assert hashlib.sha256((tmp_path / file).read_bytes()).hexdigest()[:12] in address


def test_nothing_is_loaded_for_charts_until_one_is_drawn():
    code = "import sys, stuifmail.render.publications; print('matplotlib' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
