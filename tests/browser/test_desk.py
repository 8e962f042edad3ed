"""The desk as it is now: every publication with its proof, on this machine only."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from stuifmail.desk.app import make_app
from stuifmail.newsroom import Newsroom
from tests.browser.conftest import OpenPage
from tests.newsrooms import copy_sample


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = copy_sample(tmp_path_factory.mktemp("desk"))
    with Newsroom.open(folder, environment={}) as newsroom:
        newsroom.harvest()
        newsroom.proof(newsroom.draft().publication_id)
        server = uvicorn.Server(uvicorn.Config(make_app(newsroom), port=0, log_level="error"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            thread.join(0.05)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_desk_lists_the_draft_and_leads_to_its_proof(
    desk: str, open_page: OpenPage, width: int, dark: bool, tmp_path: Path
) -> None:
    seen = open_page(desk, width=width, dark=dark)
    assert seen.overflow_px() <= 0
    assert seen.page.locator("html").get_attribute("lang") == "nl"
    seen.page.screenshot(path=tmp_path / "desk.png")
    seen.page.get_by_role("link", name="Proef").click()
    seen.page.wait_for_load_state()
    assert "nieuwsbrief-2026-05" in seen.page.url
    assert seen.page.get_by_role("heading", name="Nieuwsbrief nr. 47").is_visible()
    # The proof's one convenience script is not run here, by policy; the page works without it.
    assert [told for told in seen.complaints if "inline script" not in told] == []


def test_no_page_may_run_scripts_or_load_from_elsewhere(desk: str) -> None:
    policy = httpx.get(desk).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_a_path_out_of_the_proofs_is_not_served(desk: str) -> None:
    assert httpx.get(f"{desk}/proofs/../state/stuifmail.db").status_code == 404
    assert httpx.get(f"{desk}/proofs/..%2fstate%2fstuifmail.db").status_code == 404


def test_moments_are_told_in_the_newsrooms_zone_and_language(desk: str) -> None:
    assert "woensdag 6 mei 2026, 10.00" in httpx.get(desk).text


def test_a_page_elsewhere_cannot_read_drafts_under_a_name_of_its_own(desk: str) -> None:
    assert httpx.get(desk, headers={"Host": "evil.example"}).status_code == 400
