"""Pictures of letters, as a browser shows them."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, Page, Route


def shoot(
    browser: Browser,
    html_path: Path,
    png_path: Path,
    width: int,
    *,
    dark: bool = False,
    full_page: bool = True,
    images: bool = True,
    pictures: Mapping[str, Path] | None = None,
    scale: float = 1,
) -> Path:
    """Write a picture of an HTML file and answer its path.

    Args:
        width: of the window in CSS pixels.
        images: False shows the letter as a mail program that loads no pictures does.
        pictures: the file behind each public address; other addresses are not fetched.
        scale: device pixels per CSS pixel.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        device_scale_factor=scale,
        java_script_enabled=False,
    )
    try:
        page = context.new_page()
        serve_pictures(page, pictures or {}, images=images)
        page.goto(html_path.as_uri(), wait_until="load")
        png_path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(png_path), full_page=full_page)
    finally:
        context.close()
    return png_path


def serve_pictures(page: Page, pictures: Mapping[str, Path], *, images: bool = True) -> None:
    """Let the page find its pictures on disk, and nothing else on the network."""

    def answer(route: Route) -> None:
        file = pictures.get(route.request.url) if images else None
        if file is None:
            route.abort()
        else:
            kind = mimetypes.guess_type(file.name)[0] or "image/png"
            route.fulfill(body=file.read_bytes(), content_type=kind)

    page.route(lambda address: not address.startswith("file:"), answer)
