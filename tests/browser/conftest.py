"""A real browser for tests that look at pages."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

_ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as installed on this machine; tests that need it skip without it.

    For one file at a time: while it is open, playwright keeps an event loop running in this
    thread, and tests of other files want to start their own.
    """
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium here; install the package chromium to run the browser tests")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        yield started
        started.close()


@dataclass(slots=True)
class Seen:
    """One opened page and what the browser complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def overflow_px(self) -> int:
        """Answer by how many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def broken_images(self) -> list[str]:
        """Answer the addresses of pictures that should have loaded and did not, in all frames."""
        script = "[...document.images].filter(i => i.src && !i.naturalWidth).map(i => i.src)"
        return [str(src) for frame in self.page.frames for src in frame.evaluate(script)]


OpenPage = Callable[..., Seen]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a file or address: `open_page(path, width=1400, height=900, dark=False)`."""
    contexts = []

    def open_one(
        where: Path | str, *, width: int = 1400, height: int = 900, dark: bool = False, scripts: bool = True
    ) -> Seen:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        seen = Seen(context.new_page())
        seen.page.on("console", lambda message: seen.complaints.append(f"{message.type}: {message.text}"))
        seen.page.on("requestfailed", lambda request: seen.complaints.append(f"failed: {request.url}"))
        seen.page.on("pageerror", lambda error: seen.complaints.append(f"error: {error}"))
        seen.page.goto(where.as_uri() if isinstance(where, Path) else where, wait_until="load")
        return seen

    yield open_one
    for context in contexts:
        context.close()
