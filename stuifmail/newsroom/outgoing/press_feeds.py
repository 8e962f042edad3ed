"""The public press page and its feeds: made anew from what is public at this moment."""

from pathlib import Path

from stuifmail.model.feeds import FeedEntry, PressFeed
from stuifmail.model.reviews import Dossier, PublicationState
from stuifmail.model.texts import pick_text
from stuifmail.newsroom.house import House
from stuifmail.newsroom.outgoing.machine_forms import describe_piece
from stuifmail.newsroom.outgoing.publishing import is_public, list_marks, site_of
from stuifmail.publish.feeds import FOLDER, JSON_NAME, RSS_NAME, write_feeds
from stuifmail.render.machine import page_url
from stuifmail.render.press_pages import PressPages
from stuifmail.render.reading import first_of, headline_of, html_of, read_out, text_of
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

#: As many as a feed reader wants to see.
_LIMIT = 50


def publish_feeds(house: House, connection: Connection) -> tuple[Path, ...]:
    """Write the press page and its feeds; they list what is public, and nothing under embargo.

    A release that was taken back is in them no more; one that was corrected keeps its place and
    its id, and says what was wrong.

    Returns:
        The files; none for a newsroom that makes no press releases.

    Raises:
        StorageError: the site cannot be written.
        InvalidTemplate: a template of the press page is missing or wrong.
    """
    if house.config.press is None:
        return ()
    releases = [
        one for one in publication_table.list_dossiers(connection) if _is_listed(house, connection, one)
    ]
    entries = [entry for one in releases for entry in _describe(house, connection, one)]
    entries.sort(key=lambda entry: (entry.published_at, entry.id), reverse=True)
    feed = _frame(house, tuple(entries[:_LIMIT]))
    pages = PressPages(house.config, house.root)
    return write_feeds(site_of(house), feed, pages=pages.render_pages(feed), rss=pages.render_rss(feed))


def _is_listed(house: House, connection: Connection, dossier: Dossier) -> bool:
    if dossier.revision.publication.kind != "release" or dossier.killed_at:
        return False
    begun = dossier.state == PublicationState.SENT or publication_table.get_renderings(connection, dossier.id)
    return bool(begun) and is_public(house, connection, dossier)


def _describe(house: House, connection: Connection, dossier: Dossier) -> list[FeedEntry]:
    publication, found = dossier.revision.publication, []
    marks = list_marks(house, connection, dossier)
    for language in publication.languages:
        context, say = describe_piece(house, connection, dossier, language, mark=marks.get(language))
        has_page = (site_of(house) / publication.id / language / "index.html").is_file()
        if context.status == "canceled" or not has_page:
            continue
        url = page_url(context.public_url, publication.id, language)
        body = [one for one in read_out(publication, say, language) if one.part in ("lead", "body", "about")]
        found.append(
            FeedEntry(
                id=url,
                url=url,
                language=language,
                title=headline_of(publication, say),
                summary=first_of(publication, say, language),
                text=text_of(body),
                html=html_of(body),
                published_at=context.created_at,
                changed_at=context.changed_at,
                categories=tuple(theme.name for theme in context.themes),
                correction=context.correction,
                ninjs_url=f"{url}ninjs.json",
            )
        )
    return found


def _frame(house: House, entries: tuple[FeedEntry, ...]) -> PressFeed:
    config = house.config
    language = config.organisation.languages[0]
    name = pick_text(config.organisation.name, language)
    home = f"{config.delivery.public_url.rstrip('/')}/{FOLDER}/"
    return PressFeed(
        language=language,
        title=f"{name}: {'pers' if language == 'nl' else 'press'}",
        description=name,
        author=name,
        home_url=home,
        json_url=home + JSON_NAME,
        rss_url=home + RSS_NAME,
        contact=config.press.contact if config.press else "",
        entries=entries,
    )
