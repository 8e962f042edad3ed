"""One record of the sample newsroom as readers and desks see it: results mailing and press release."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from stuifmail import Newsroom
from tests.browser.album import Print, lay_out
from tests.browser.shots import shoot
from tests.newsrooms import copy_sample

MAILING, RELEASE = "congres-2026-resultaten", "congres-2026-pers-2-nl"
PUBLIC = "https://nieuws.coalition.example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The two after sending: the site's folder, and the published file behind each address."""

    site: Path
    pictures: dict[str, Path]

    def page(self, publication_id: str) -> Path:
        return self.site / publication_id / "nl" / "index.html"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """Harvest, draft both from the same record, approve and send them."""
    folder = copy_sample(tmp_path_factory.mktemp("newsroom") / "sample")
    with Newsroom.open(folder) as newsroom:
        newsroom.harvest()
        newsroom.draft_mailing("congres-2026", "results")
        newsroom.press("congres-2026", "results")
        for publication_id in (MAILING, RELEASE):
            newsroom.proof(publication_id, role="eindredactie")
            newsroom.approve(publication_id, role="hoofdredactie")
            newsroom.queue(publication_id, role="hoofdredactie", at=newsroom.now())
        newsroom.dispatch()
    site = folder / "outputs" / "site"
    return Sent(
        site=site, pictures={f"{PUBLIC}/images/{one.name}": one for one in (site / "images").iterdir()}
    )


def test_mailing_and_release_show_the_same_figures_from_one_record(
    sent: Sent, browser: Browser, root: Path, tmp_path: Path
) -> None:
    shots = [
        shoot(browser, sent.page(name), tmp_path / f"{name}.png", 640, pictures=sent.pictures, scale=1.5)
        for name in (MAILING, RELEASE)
    ]
    prints = [
        Print(file=shot, left=left, top=48, size=(560, 800))
        for shot, left in zip(shots, (60, 660), strict=True)
    ]
    folder = root / "docs" / "images" if os.environ.get("STUIFMAIL_WRITE_SCREENSHOT") else tmp_path
    picture = lay_out(prints, (1280, 896), folder / "results-congress.png")
    assert picture.stat().st_size < 500_000
    for name in (MAILING, RELEASE):
        page = sent.page(name).read_text(encoding="utf-8")
        assert "84" in page
        assert "31" in page
    assert "niet voor publicatie" not in sent.page(RELEASE).read_text(encoding="utf-8")
