"""The web version of an issue: what the links "read in the browser" and the pictures point to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from stuifmail.config.models import NewsroomConfig
from stuifmail.model.publications import UNSUBSCRIBE_MARK, Publication, Rendering
from stuifmail.publish.files import remove_file, write_whole
from stuifmail.publish.marks import Mark, leave_out_notes, mark_page
from stuifmail.publish.pictures import read_pictures

#: What may lie beside a page: once it is no longer so, it goes.
EXTRA_NAMES = ("ninjs.json", "event.ics")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageExtras:
    """What a page has for machines.

    Args:
        head: markup for the end of its head.
        files: what lies beside it, by name: some of `EXTRA_NAMES`.
    """

    head: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


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
    extras: Mapping[str, PageExtras] | None = None,
) -> tuple[Path, ...]:
    """Write each edition as a page, and its pictures; whoever visits belongs to no reader.

    Args:
        site: the folder that is published at delivery.public_url.
        publication: whose pages: ID/LANGUAGE/index.html.
        editions: renderings by language.
        root: the newsroom's folder, where the pictures lie.
        config: its organisation's website stands in for the unsubscribe address.
        marks: by language, what was said of the publication since it was sent.
        extras: by language, what its page has for machines.

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
        html = leave_out_notes(rendering.html).replace(UNSUBSCRIBE_MARK, website)
        mark = (marks or {}).get(language)
        extra = (extras or {}).get(language, PageExtras())
        html = html.replace("</head>", f"{extra.head}</head>", 1)
        write_whole(page, (mark_page(html, mark) if mark else html).encode())
        _write_beside(page.parent, extra.files)
        pages.append(page)
    return tuple(pages)


def _write_beside(folder: Path, files: Mapping[str, bytes]) -> None:
    for name in EXTRA_NAMES:
        if name in files:
            write_whole(folder / name, files[name])
        else:
            remove_file(folder / name)
