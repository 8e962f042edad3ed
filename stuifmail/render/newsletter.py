"""Renders one edition of a newsletter: HTML and a text twin written for reading."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from stuifmail.config.models import Audience, Newsletter, NewsroomConfig
from stuifmail.errors import InvalidTemplate
from stuifmail.model.publications import UNSUBSCRIBE_MARK, Publication, Rendering
from stuifmail.model.texts import pick_text
from stuifmail.render.filters import month_year
from stuifmail.render.house_style import HouseStyle
from stuifmail.render.letter_words import LetterWords
from stuifmail.render.pictures import PictureShelf
from stuifmail.render.views import LetterView, SectionView

_ISSUE_MONTH = re.compile(r"-(\d{4})-(0[1-9]|1[0-2])$")


class NewsletterRenderer:
    """Renders the newsletters of one newsroom.

    Args:
        config: the newsroom's configuration.
        root: the newsroom's folder, to which pictures and templates are relative.
    """

    def __init__(self, config: NewsroomConfig, root: Path) -> None:
        self._config = config
        self._style = HouseStyle(config, root)

    def render(self, publication: Publication, language: str) -> Rendering:
        """Answer one edition, with the mark where each reader's unsubscribe address goes.

        Args:
            publication: the content.
            language: one of its languages; what is not translated stands in another, marked so.

        Raises:
            InvalidTemplate: a template or picture is missing or wrong.
            InvalidDocument: a catalogue of labels has problems.
        """
        newsletter = self._newsletter(publication)
        shelf = self._style.shelf()
        return self._style.make(
            newsletter.template, self._view(publication, newsletter, language, shelf), shelf
        )

    def _view(
        self, publication: Publication, newsletter: Newsletter, language: str, shelf: PictureShelf
    ) -> LetterView:
        style, labels = self._style, self._style.labels(language)
        words = LetterWords(language, labels, publication.figures)
        month = issue_month(publication)
        blocks = style.blocks(publication, words, shelf)
        sections = tuple(part for section in publication.sections for part in blocks.sections(section))
        return LetterView(
            language=language,
            labels=labels,
            light=style.light,
            dark=style.dark,
            sender=style.sender(words, blocks),
            subject=" ".join(words.words(publication.subject).text.split()),
            preheader=words.words(publication.preheader),
            issue=labels.issue.format(name=pick_text(newsletter.name, language), number=publication.number),
            month=month_year(month, language),
            web_url=style.web_url(publication, language),
            editions=style.editions(publication, language),
            intro=words.words(publication.intro),
            sections=sections,
            closing=words.words(publication.closing),
            submit=words.link(newsletter.submit_url, {}, labels.submit_link),
            join=None
            if _leads_to(sections, newsletter.join_url)
            else words.link(newsletter.join_url, {}, labels.join_link),
            why=words.words(self._audience(publication).why),
            privacy_url=self._config.organisation.privacy_url or "",
            unsubscribe_url=UNSUBSCRIBE_MARK,
        )

    def _newsletter(self, publication: Publication) -> Newsletter:
        newsletter = self._config.newsletter(publication.series_id)
        if newsletter is None:
            raise _unknown(publication, f"newsletter {publication.series_id!r}")
        return newsletter

    def _audience(self, publication: Publication) -> Audience:
        audience = self._config.audience(publication.audience_id)
        if audience is None:
            raise _unknown(publication, f"audience {publication.audience_id!r}")
        return audience


def _leads_to(sections: Iterable[SectionView], address: str | None) -> bool:
    """Answer whether a notice, such as the welcome, links there already."""
    notices = (notice for section in sections for notice in section.notices)
    return any(notice.link and notice.link.href == address for notice in notices)


def issue_month(publication: Publication) -> date:
    """Answer the first day of the month that the issue is named after.

    A shift off a holiday may send the issue of May in June, so the id's month counts
    ("nieuwsbrief-2026-05"); the sending day's month where the id names none.
    """
    match = _ISSUE_MONTH.search(publication.id)
    if match:
        return date(int(match[1]), int(match[2]), 1)
    return publication.send_at.date().replace(day=1)


def _unknown(publication: Publication, what: str) -> InvalidTemplate:
    return InvalidTemplate(
        f"{what} is not in sources.yaml",
        place=publication.id,
        remedy="put it back, or make the draft again",
    )
