"""The web version of an issue: what the links "read in the browser" and the pictures point to."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from stuifmail.config.models import NewsroomConfig
from stuifmail.model.publications import UNSUBSCRIBE_MARK, Publication, Rendering
from stuifmail.publish.files import write_whole
from stuifmail.publish.marks import Mark, mark_page
from stuifmail.publish.pictures import read_pictures


def pictures_of(site: Path) -> Path:
    """Answer the folder in which a site keeps its pictures."""
    return site / "images"


def write_web_version(
    site: Path,
    publication: Publication,
    editions: Mapping[str, Rendering],
    root: Path,
    config: NewsroomConfig,
    marks: Mapping[str, Mark] | None = None,
) -> tuple[Path, ...]:
    """Write each edition as a page, and its pictures; whoever visits belongs to no reader.

    Args:
        site: the folder that is published at delivery.public_url.
        publication: whose pages: ID/LANGUAGE/index.html.
        editions: renderings by language.
        root: the newsroom's folder, where the pictures lie.
        config: its organisation's website stands in for the unsubscribe address.
        marks: by language, what was said of the publication since it was sent.

    Returns:
        The pages, in the order of `editions`.

    Raises:
        StorageError: the folder is read-only or full, or a picture is gone.
    """
    for name, content in read_pictures(editions.values(), root).items():
        write_whole(pictures_of(site) / name, content)
    website = escape(config.organisation.website)
    pages = []
    for language, rendering in editions.items():
        page = site / publication.id / language / "index.html"
        html = rendering.html.replace(UNSUBSCRIBE_MARK, website)
        mark = (marks or {}).get(language)
        write_whole(page, (mark_page(html, mark) if mark else html).encode())
        pages.append(page)
    return tuple(pages)
