"""The May issue, looked at: wide and narrow, by day and by night, with and without pictures."""

import dataclasses

import pytest

from stuifmail.render.newsletter import NewsletterRenderer
from tests.browser.reading import faint_texts, luminance, visible_texts
from tests.browser.shots import serve_pictures
from tests.builders_publication import LEAD, STORIES, build_config, build_publication, project_root

VIEWS = [(800, False), (800, True), (375, False), (375, True), (320, False)]


@pytest.fixture(scope="module", params=["nl", "en"])
def letter(request, tmp_path_factory):
    """One edition on disk, and the file behind each picture's address."""
    rendering = NewsletterRenderer(build_config(), project_root()).render(build_publication(), request.param)
    path = tmp_path_factory.mktemp("letter") / f"{request.param}.html"
    path.write_text(rendering.html, encoding="utf-8")
    return path, {address: project_root() / file for address, file in rendering.pictures.items()}


@pytest.fixture
def letter_of():
    """Write the Dutch edition of one section to disk."""

    def write(section, folder):
        publication = build_publication(sections=(section,))
        rendering = NewsletterRenderer(build_config(), project_root()).render(publication, "nl")
        path = folder / "letter.html"
        path.write_text(rendering.html, encoding="utf-8")
        return path, {address: project_root() / file for address, file in rendering.pictures.items()}

    return write


@pytest.fixture
def show(browser):
    """Open a letter as a reader with these habits sees it."""
    contexts = []

    def show_one(letter, width, *, dark=False, images=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        serve_pictures(page, letter[1], images=images)
        page.goto(letter[0].as_uri(), wait_until="load")
        return page

    yield show_one
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "dark"), VIEWS)
def test_the_letter_fits_its_window_and_every_text_can_be_read(show, letter, width, dark):
    page = show(letter, width, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(visible_texts(page)) > 60
    assert faint_texts(page) == []


def test_a_dark_screen_gets_a_dark_letter(show, letter):
    for dark in (False, True):
        pairs = visible_texts(show(letter, 800, dark=dark))
        headline = next(back for text, _, back in pairs if text.startswith(("Zeven", "Seven")))
        assert (luminance(headline) < 0.05) is dark


def test_all_pictures_load_and_are_wide_enough_for_sharp_screens(show, letter):
    page = show(letter, 800)
    sizes = page.evaluate("[...document.images].map(i => [i.naturalWidth, i.getBoundingClientRect().width])")
    assert len(sizes) == 2
    assert all(natural >= 2 * shown > 0 for natural, shown in sizes)


def test_without_pictures_everything_is_still_said(show, letter):
    page = show(letter, 800, images=False)
    lead = page.locator("img").nth(1)
    assert len(lead.get_attribute("alt")) > 30
    assert lead.bounding_box()["height"] < 120
    assert page.locator("h2").first.is_visible()


def test_whose_news_it_is_stands_beside_the_story_on_a_desk_and_above_it_on_a_phone(show, letter):
    def boxes(width):
        page = show(letter, width)
        return [page.locator(part).first.bounding_box() for part in (".whose .credit", ".what h3")]

    credit, title = boxes(800)
    assert title["x"] > credit["x"] + 120
    assert abs(title["y"] - credit["y"]) < 12
    credit, title = boxes(375)
    assert title["x"] == credit["x"]
    assert title["y"] > credit["y"] + 10


def test_two_stories_with_pictures_stand_beside_each_other_on_a_desk_and_below_on_a_phone(
    show, letter_of, tmp_path
):
    picture = LEAD.blocks[0].picture
    pair = [dataclasses.replace(block, picture=picture) for block in STORIES.blocks[:2]]
    letter = letter_of(dataclasses.replace(STORIES, blocks=tuple(pair)), tmp_path)
    page = show(letter, 800)
    first, second = (page.locator("h3").nth(n).bounding_box() for n in (0, 1))
    assert second["x"] > first["x"] + 200
    assert abs(second["y"] - first["y"]) < 40
    page = show(letter, 375)
    first, second = (page.locator("h3").nth(n).bounding_box() for n in (0, 1))
    assert second["x"] == first["x"]
    assert second["y"] > first["y"] + 100
    assert page.locator("img").nth(1).bounding_box()["width"] > 300


def test_text_on_a_phone_is_large_enough_and_links_can_be_hit(show, letter):
    page = show(letter, 375)
    size_of = "all => all.map(p => parseFloat(getComputedStyle(p).fontSize))"
    assert min(page.locator(".prose p").evaluate_all(size_of)) >= 16
    button = page.locator(".button a").bounding_box()
    assert button["height"] >= 44
