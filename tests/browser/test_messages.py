"""Event mailings and press releases, looked at: wide and narrow, by day and by night."""

import statistics
from datetime import UTC, datetime

import pytest

from stuifmail.model.feeds import FeedEntry, PressFeed
from stuifmail.publish.marks import Mark, mark_page
from stuifmail.render.press_pages import PressPages
from stuifmail.render.publications import PublicationRenderer
from tests.browser.reading import faint_texts, luminance, visible_texts
from tests.browser.shots import serve_pictures
from tests.builders_messages import (
    build_change,
    build_mailing,
    build_press_config,
    build_results,
)
from tests.builders_publication import project_root
from tests.builders_releases import build_correction, build_embargo, build_release

PUBLICATIONS = {
    "invitation": (build_mailing(), "nl"),
    "results": (build_results(), "nl"),
    "change": (build_change(), "en"),
    "release": (build_release(embargo=build_embargo()), "nl"),
    "english": (build_release("international"), "en"),
    "correction": (build_correction(), "nl"),
}
SENT_AT = datetime(2026, 2, 13, 8, 30, tzinfo=UTC)
FEED = PressFeed(
    language="nl",
    title="Coalitie: pers",
    description="Coalitie",
    author="Coalitie",
    home_url="https://news.example.org/press/",
    json_url="https://news.example.org/press/feed.json",
    rss_url="https://news.example.org/press/feed.xml",
    contact="persvoorlichting@coalitie.example.org",
    entries=(
        FeedEntry(
            id="https://news.example.org/x/nl/",
            url="https://news.example.org/x/nl/",
            language="nl",
            title="Congres trekt 84 deelnemers uit 31 gemeenten",
            summary="Op donderdag waren er 84 mensen.",
            text="Lang gezegd.",
            html="<p>Lang gezegd.</p>",
            published_at=SENT_AT,
            changed_at=SENT_AT,
            categories=("Leefgebieden",),
            correction="Er stond 83; juist is 84.",
        ),
    ),
)
VIEWS = [(1280, False), (1280, True), (390, False), (390, True), (320, False)]


@pytest.fixture(scope="module")
def letters(tmp_path_factory):
    """Each message on disk, and the file behind each picture's address."""
    renderer = PublicationRenderer(build_press_config(), project_root())
    folder, found = tmp_path_factory.mktemp("messages"), {}
    for name, (publication, language) in PUBLICATIONS.items():
        rendering = renderer.render(publication, language)
        path = folder / f"{name}.html"
        path.write_text(rendering.html, encoding="utf-8")
        found[name] = path, {a: project_root() / file for a, file in rendering.pictures.items()}
    return found


@pytest.fixture
def show(browser, letters):
    """Open a message as a reader with this window and these colours sees it."""
    contexts = []

    def show_one(name, width, *, dark=False):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        path, pictures = letters[name]
        serve_pictures(page, pictures)
        page.goto(path.as_uri(), wait_until="load")
        return page

    yield show_one
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PUBLICATIONS)
@pytest.mark.parametrize(("width", "dark"), VIEWS)
def test_a_message_fits_its_window_and_every_text_can_be_read(show, name, width, dark):
    page = show(name, width, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(visible_texts(page)) > 10
    assert faint_texts(page) == []


@pytest.mark.parametrize("dark", [False, True])
def test_what_a_page_says_of_itself_can_be_read_by_day_and_by_night(show, letters, dark):
    path, pictures = letters["results"]
    mark = Mark(
        label="Correctie", text="Juist is 84.", link="https://x.example.org", link_label="Lees verder"
    )
    marked = path.with_name("marked.html")
    marked.write_text(mark_page(path.read_text(encoding="utf-8"), mark), encoding="utf-8")
    letters["marked"] = marked, pictures
    page = show("marked", 320, dark=dark)
    assert [text for text, _, _ in visible_texts(page)][:3] == ["Correctie", "Juist is 84.", "Lees verder"]
    assert faint_texts(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(("width", "dark"), VIEWS)
def test_the_press_page_can_be_read_on_every_screen(show, letters, tmp_path, width, dark):
    path = tmp_path / "press.html"
    pages = PressPages(build_press_config(), project_root()).render_pages(FEED)
    path.write_text(pages["nl"], encoding="utf-8")
    letters["press"] = path, {}
    page = show("press", width, dark=dark)
    assert faint_texts(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PUBLICATIONS)
def test_a_dark_screen_gets_a_dark_message(show, name):
    for dark in (False, True):
        backs = [luminance(back) for _, _, back in visible_texts(show(name, 800, dark=dark))]
        assert (statistics.median(backs) < 0.05) is dark


def test_the_button_can_be_hit_with_a_thumb(show):
    box = show("invitation", 390).locator(".button a").bounding_box()
    assert box["height"] >= 44
    assert box["width"] >= 44


def test_facts_stand_beside_what_they_are_called_on_a_desk_and_below_it_on_a_phone(show):
    def boxes(width):
        page = show("invitation", width)
        return [page.locator(part).first.bounding_box() for part in (".fact", ".fact-is")]

    label, fact = boxes(1280)
    assert fact["x"] > label["x"] + 100
    label, fact = boxes(390)
    assert fact["x"] == label["x"]
    assert fact["y"] > label["y"]


def test_a_programme_keeps_its_times_on_one_line_on_a_phone(show):
    page = show("invitation", 320)
    heights = page.locator(".hour").evaluate_all(
        "all => all.map(cell => { const r = document.createRange(); r.selectNodeContents(cell);"
        " return r.getBoundingClientRect().height })"
    )
    assert len(heights) == 4
    assert max(heights) < 30


def test_charts_load_are_sharp_and_have_paper_of_their_own_by_night(show):
    page = show("results", 1280, dark=True)
    sizes = page.locator(".chart img").evaluate_all(
        "all => all.map(i => [i.naturalWidth, i.getBoundingClientRect().width])"
    )
    assert len(sizes) == 2
    assert all(natural >= 2 * shown > 900 for natural, shown in sizes)
    assert page.locator(".numbers").first.is_visible()


def test_the_embargo_is_seen_before_the_headline(show):
    page = show("release", 390)
    embargo, headline = (page.locator(part).first.bounding_box() for part in (".embargo", "h1"))
    assert embargo["y"] + embargo["height"] < headline["y"]
    assert embargo["y"] < 400
