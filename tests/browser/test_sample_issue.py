"""The sample newsroom's May issue as readers got it: out of the mailbox, into a browser."""

import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from stuifmail import Newsroom
from tests.browser.album import Print, lay_out
from tests.browser.reading import faint_texts, luminance, visible_texts
from tests.browser.shots import serve_pictures, shoot
from tests.newsrooms import copy_sample

ISSUE = "nieuwsbrief-2026-05"
PUBLIC = "https://nieuws.coalition.example.org"

#: Windows of a desk, of a tablet and of two phones, by day and by night.
VIEWS = [(width, dark) for width in (760, 600, 375, 320) for dark in (False, True)]
#: What an editor of each language recognises the lead by.
LEADS = {"nl": "Zes leden zaaien", "en": "Six members sow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The issue after sending: the newsroom's folder, each edition's file, and its text twin."""

    folder: Path
    html: dict[str, Path]
    text: dict[str, str]

    @property
    def pictures(self) -> dict[str, Path]:
        """The published file behind each public address."""
        images = self.folder / "outputs" / "site" / "images"
        return {f"{PUBLIC}/images/{file.name}": file for file in images.iterdir()}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """Harvest, draft, translate, approve and send, as an office would in a week."""
    folder = copy_sample(tmp_path_factory.mktemp("newsroom") / "sample")
    translations = folder / "samples" / "translations" / f"{ISSUE}.yaml"
    with Newsroom.open(folder) as newsroom:
        newsroom.harvest()
        newsroom.draft()
        newsroom.translate(
            ISSUE, translations.read_text(encoding="utf-8"), role="eindredactie", file=translations.name
        )
        newsroom.proof(ISSUE, role="eindredactie")
        newsroom.approve(ISSUE, role="hoofdredactie")
        planned = newsroom.queue(ISSUE, role="hoofdredactie")
    with Newsroom.open(folder, now=planned) as newsroom:
        newsroom.dispatch()
    copies = {code: _first_copy(folder, code) for code in LEADS}
    pages = {code: folder / f"{code}.html" for code in LEADS}
    for code, copy in copies.items():
        pages[code].write_text(_part(copy, "html"), encoding="utf-8")
    return Sent(folder=folder, html=pages, text={code: _part(copy, "plain") for code, copy in copies.items()})


def _first_copy(folder: Path, language: str) -> EmailMessage:
    for file in sorted((folder / "outputs" / "mail" / "new").iterdir()):
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        if LEADS[language] in str(message["Subject"]):
            return message
    raise AssertionError(f"nobody got the {language} edition")


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


Show = Callable[..., Page]


@pytest.fixture
def show(browser: Browser, sent: Sent) -> Iterator[Show]:
    """Open an edition as a reader with these habits sees it."""
    contexts = []

    def show_one(language: str, width: int = 760, *, dark: bool = False, images: bool = True) -> Page:
        scheme = "dark" if dark else "light"
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        serve_pictures(page, sent.pictures, images=images)
        page.goto(sent.html[language].as_uri(), wait_until="load")
        return page

    yield show_one
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("width", "dark"), VIEWS)
def test_it_fits_the_window_and_every_text_can_be_read(
    show: Show, language: str, width: int, dark: bool
) -> None:
    page = show(language, width, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(visible_texts(page)) > 80
    assert faint_texts(page) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_at_night_it_is_dark(show: Show, language: str) -> None:
    lead = next(t for t in visible_texts(show(language, dark=True)) if t[0].startswith(LEADS[language][:6]))
    assert luminance(lead[1]) > 0.5
    assert luminance(lead[2]) < 0.05


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [760, 375])
def test_all_pictures_load_and_are_sharp_on_good_screens(show: Show, language: str, width: int) -> None:
    sizes = show(language, width).evaluate(
        "[...document.images].map(i => [i.naturalWidth, i.getBoundingClientRect().width])"
    )
    assert len(sizes) >= 2
    assert all(natural >= 2 * shown > 0 for natural, shown in sizes)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [760, 375])
def test_without_pictures_it_fits_and_says_what_they_show(show: Show, language: str, width: int) -> None:
    page = show(language, width, images=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    alts = page.evaluate("[...document.images].map(i => [i.alt, i.getBoundingClientRect().height])")
    assert alts[0][0] == ""
    assert all(len(alt) > 20 and height < 160 for alt, height in alts[1:])
    assert faint_texts(page) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_headings_step_down_in_order(show: Show, language: str) -> None:
    levels = show(language).evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))"
    )
    assert levels[:2] == [1, 2]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_column_of_text_is_too_narrow_and_no_line_too_long(show: Show, language: str) -> None:
    widths = {
        width: show(language, width)
        .locator(".prose")
        .evaluate_all("all => all.map(p => p.getBoundingClientRect().width)")
        for width in (760, 375)
    }
    assert all(230 <= width <= 560 for width in widths[760])
    assert all(280 <= width <= 340 for width in widths[375])


def test_the_text_twin_has_the_same_headings_in_the_same_order(show: Show, sent: Sent) -> None:
    for language in LEADS:
        told = " ".join(sent.text[language].split())
        headings = show(language).locator("h2, h3").all_inner_texts()
        places = [told.find(" ".join(heading.split())) for heading in headings]
        assert len(places) > 15
        assert -1 not in places
        assert sorted(places[:8]) == places[:8]


def test_the_picture_of_the_readme_can_be_made(
    browser: Browser, sent: Sent, show: Show, root: Path, tmp_path: Path
) -> None:
    def take(language: str, width: int, *, dark: bool = False) -> Path:
        file = tmp_path / f"{language}-{width}.png"
        page = sent.html[language]
        return shoot(browser, page, file, width, dark=dark, pictures=sent.pictures, scale=2)

    phone = show("en", 360)
    figures = phone.locator(".soft").first.bounding_box()
    assert figures
    start = (figures["y"] + 4) / phone.evaluate("document.documentElement.scrollHeight")
    prints = (
        Print(file=take("nl", 660), left=44, top=56, size=(752, 1148)),
        Print(file=take("nl", 360, dark=True), left=852, top=66, size=(324, 720), radius=34, bezel=10),
        Print(file=take("en", 360), left=1232, top=474, size=(324, 720), radius=34, bezel=10, start=start),
    )
    taken = lay_out(prints, (1600, 1260), _album(root, tmp_path) / "issue-may.png")
    assert 100_000 < taken.stat().st_size <= 400_000


def test_the_picture_of_the_proof_can_be_made(
    browser: Browser, sent: Sent, root: Path, tmp_path: Path
) -> None:
    page = sent.folder / "outputs" / "proofs" / ISSUE / "index.html"
    seen = shoot(browser, page, tmp_path / "page.png", 1400, scale=2)
    prints = (Print(file=seen, left=60, top=50, size=(1480, 1400)),)
    taken = lay_out(prints, (1600, 1510), _album(root, tmp_path) / "proof.png")
    assert 60_000 < taken.stat().st_size <= 400_000


def _album(root: Path, otherwise: Path) -> Path:
    """The folder of the documentation's pictures where they are wanted anew, else a passing one."""
    return root / "docs" / "images" if os.environ.get("STUIFMAIL_WRITE_SCREENSHOT") else otherwise
