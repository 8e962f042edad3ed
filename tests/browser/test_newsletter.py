"""The May issue, looked at: wide and narrow, by day and by night, with and without pictures."""

import os

import pytest

from stuifmail.render.newsletter import NewsletterRenderer
from tests.browser.shots import serve_pictures, shoot
from tests.builders_publication import build_config, build_publication, project_root

#: The visible texts with their colour and the nearest painted background, walked up the tree.
_TEXT_PAIRS = """() => {
  const channels = text => text.match(/[\\d.]+/g).map(Number);
  const behind = node => {
    for (let n = node; n; n = n.parentElement) {
      const c = channels(getComputedStyle(n).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const seen = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), node = walker.currentNode.parentElement;
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    if (!text || !box.width || parseFloat(style.fontSize) < 2 || style.opacity === '0') continue;
    seen.push([text.slice(0, 40), channels(style.color).slice(0, 3), behind(node)]);
  }
  return seen;
}"""

VIEWS = [(800, False), (800, True), (375, False), (375, True), (320, False)]


@pytest.fixture(scope="module", params=["nl", "en"])
def letter(request, tmp_path_factory):
    """One edition on disk, and the file behind each picture's address."""
    rendering = NewsletterRenderer(build_config(), project_root()).render(build_publication(), request.param)
    path = tmp_path_factory.mktemp("letter") / f"{request.param}.html"
    path.write_text(rendering.html, encoding="utf-8")
    return path, {address: project_root() / file for address, file in rendering.pictures.items()}


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


def luminance(rgb):
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("width", "dark"), VIEWS)
def test_the_letter_fits_its_window_and_every_text_can_be_read(show, letter, width, dark):
    page = show(letter, width, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    pairs = page.evaluate(_TEXT_PAIRS)
    assert len(pairs) > 60
    assert [(text, colour, back) for text, colour, back in pairs if contrast(colour, back) < 4.5] == []


def test_a_dark_screen_gets_a_dark_letter(show, letter):
    for dark in (False, True):
        pairs = show(letter, 800, dark=dark).evaluate(_TEXT_PAIRS)
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


def test_stories_stand_beside_each_other_on_a_desk_and_below_each_other_on_a_phone(show, letter):
    def tops(width):
        headings = show(letter, width).locator("h3")
        return [headings.nth(n).bounding_box() for n in (0, 1)]

    first, second = tops(800)
    assert second["x"] > first["x"] + 200
    assert abs(second["y"] - first["y"]) < 40
    first, second = tops(375)
    assert second["x"] == first["x"]
    assert second["y"] > first["y"] + 100


def test_text_on_a_phone_is_large_enough_and_links_can_be_hit(show, letter):
    page = show(letter, 375)
    size_of = "all => all.map(p => parseFloat(getComputedStyle(p).fontSize))"
    assert min(page.locator(".prose p").evaluate_all(size_of)) >= 16
    button = page.locator(".button a").bounding_box()
    assert button["height"] >= 44


def test_a_picture_of_the_letter_can_be_taken(browser, letter, tmp_path):
    wanted = os.environ.get("STUIFMAIL_WRITE_SCREENSHOT") and letter[0].stem == "nl"
    folder = project_root() / "docs" / "images" if wanted else tmp_path
    taken = shoot(browser, letter[0], folder / "issue-may.png", 760, pictures=letter[1])
    assert taken.stat().st_size > 50_000
