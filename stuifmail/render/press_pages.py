"""The press page and its RSS feed, through the editors' templates."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from stuifmail.config.models import NewsroomConfig
from stuifmail.model.feeds import FeedEntry, PressFeed
from stuifmail.render.filters import in_zone, long_date
from stuifmail.render.palette import dark_palette, light_palette
from stuifmail.render.templates import TemplateFolder

PAGE, RSS = "site/press", "site/press.xml"
#: What XML 1.0 cannot hold at all.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class PressPages:
    """Renders the press page of one newsroom.

    Args:
        config: the newsroom's configuration.
        root: the newsroom's folder, to which the templates are relative.
    """

    def __init__(self, config: NewsroomConfig, root: Path) -> None:
        self._config = config
        self._templates = TemplateFolder(root / config.templates, config.templates)

    def render_pages(self, feed: PressFeed) -> dict[str, str]:
        """Answer the page by language, the newsroom's first language first; those that have a template.

        Raises:
            InvalidTemplate: a template is wrong.
        """
        return {
            language: self._templates.render(f"{PAGE}.{language}.html", self._context(feed, language))
            for language in self._config.organisation.languages
            if self._templates.has(f"{PAGE}.{language}.html")
        }

    def render_rss(self, feed: PressFeed) -> str:
        """Answer the feed as RSS 2.0.

        Raises:
            InvalidTemplate: the template is missing or wrong.
        """
        text = self._templates.render(RSS, self._context(feed, feed.language))
        return _NOT_IN_XML.sub("", text)

    def _context(self, feed: PressFeed, language: str) -> Mapping[str, Any]:
        entries = [self._describe(entry, language) for entry in feed.entries]
        return {
            "feed": {**asdict(feed), "changed": _rfc(feed.changed_at), "entries": entries},
            "language": language,
            "own": [entry for entry in entries if entry["language"] == language],
            "others": [entry for entry in entries if entry["language"] != language],
            "light": light_palette(self._config.organisation.colours),
            "dark": dark_palette(self._config.organisation.colours),
            "website": self._config.organisation.website,
        }

    def _describe(self, entry: FeedEntry, language: str) -> dict[str, Any]:
        day = in_zone(entry.published_at, self._config.organisation.time_zone).date()
        return {
            **asdict(entry),
            "day": long_date(day, language),
            "iso_day": day.isoformat(),
            "published": _rfc(entry.published_at),
            "changed": _rfc(entry.changed_at),
            "changed_iso": entry.changed_at.isoformat(timespec="seconds"),
            "is_changed": entry.changed_at != entry.published_at,
        }


def _rfc(moment: datetime | None) -> str:
    return format_datetime(moment) if moment else ""
