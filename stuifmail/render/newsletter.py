"""Renders one edition of a newsletter: HTML and a text twin written for reading."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from stuifmail.config.codec import sha256_of
from stuifmail.config.models import Audience, Newsletter, NewsroomConfig
from stuifmail.config.models import Picture as ConfiguredPicture
from stuifmail.errors import InvalidTemplate
from stuifmail.model.publications import UNSUBSCRIBE_MARK, Picture, Publication, Rendering
from stuifmail.model.texts import pick_text
from stuifmail.render.filters import month_year
from stuifmail.render.labels import Labels, read_labels
from stuifmail.render.letter_blocks import LetterBlocks
from stuifmail.render.letter_words import LetterWords
from stuifmail.render.mjml import compile_mjml
from stuifmail.render.palette import dark_palette, light_palette
from stuifmail.render.pictures import PictureShelf
from stuifmail.render.templates import TemplateFolder
from stuifmail.render.views import (
    LetterView,
    LinkView,
    PictureView,
    SectionView,
    SenderView,
    Words,
)

#: Tells mail programs that the letter brings its own dark colours (the older name is Apple's).
#: The lint lets no template write meta tags, so they are added here.
_SCHEMES = (
    '<meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark">'
)
_ISSUE_MONTH = re.compile(r"-(\d{4})-(0[1-9]|1[0-2])$")


class NewsletterRenderer:
    """Renders the newsletters of one newsroom.

    Args:
        config: the newsroom's configuration.
        root: the newsroom's folder, to which pictures and templates are relative.
    """

    def __init__(self, config: NewsroomConfig, root: Path) -> None:
        self._config = config
        self._root = root
        self._folder = root / config.templates
        self._templates = TemplateFolder(self._folder, config.templates)

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
        shelf = PictureShelf(self._root, self._config.delivery.public_url)
        letter = self._view(publication, newsletter, language, shelf)
        context = {"letter": letter, "labels": letter.labels, "light": letter.light, "dark": letter.dark}
        name = f"{newsletter.template}.mjml"
        source = self._templates.render(name, context)
        html = compile_mjml(source, file=f"{self._config.templates}/{name}")
        html = html.replace("</title>", f"</title>{_SCHEMES}", 1)
        text = _tidy(self._templates.render(f"{newsletter.template}.txt", context))
        return Rendering(
            language=language,
            subject=letter.subject,
            preheader=letter.preheader.text.replace("\u00a0", " "),
            html=html,
            text=text,
            pictures=shelf.files,
            sha256=sha256_of({"subject": letter.subject, "html": html, "text": text}),
        )

    def _view(
        self, publication: Publication, newsletter: Newsletter, language: str, shelf: PictureShelf
    ) -> LetterView:
        labels = self._labels(language)
        words = LetterWords(language, labels, publication.figures)
        month = issue_month(publication)
        blocks = LetterBlocks(self._config, words, shelf, publication.send_at.year)
        sections = tuple(part for section in publication.sections for part in blocks.sections(section))
        return LetterView(
            language=language,
            labels=labels,
            light=light_palette(self._config.organisation.colours),
            dark=dark_palette(self._config.organisation.colours),
            sender=self._sender(words, blocks),
            subject=" ".join(words.words(publication.subject).text.split()),
            preheader=words.words(publication.preheader),
            issue=labels.issue.format(name=pick_text(newsletter.name, language), number=publication.number),
            month=month_year(month, language),
            web_url=self._web_url(publication, language),
            editions=self._editions(publication, language),
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

    def _sender(self, words: LetterWords, blocks: LetterBlocks) -> SenderView:
        organisation = self._config.organisation
        return SenderView(
            name=words.words(organisation.name).text,
            website=organisation.website,
            email=organisation.email,
            postal_address=organisation.postal_address,
            registration=organisation.registration,
            logo=self._logo(organisation.logo, blocks),
        )

    def _logo(self, logo: ConfiguredPicture | None, blocks: LetterBlocks) -> PictureView | None:
        if logo is None:
            return None
        return blocks.picture(Picture(file=logo.file, alt=logo.alt), "sources.yaml: organisation.logo")

    def _editions(self, publication: Publication, language: str) -> tuple[LinkView, ...]:
        """Answer links to the other languages, each in its own words."""
        return tuple(
            LinkView(
                href=self._web_url(publication, other),
                label=Words(text=self._labels(other).read_in_this_language, language=other, is_foreign=True),
            )
            for other in publication.languages
            if other != language
        )

    def _web_url(self, publication: Publication, language: str) -> str:
        return f"{self._config.delivery.public_url.rstrip('/')}/{publication.id}/{language}/"

    def _labels(self, language: str) -> Labels:
        return read_labels(self._folder, language, self._config.templates)

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


def _tidy(text: str) -> str:
    """Answer the text with plain spaces, none at line ends, and blank lines where they help.

    There is one at most; two before the heading of a section, which is underlined twice.
    """
    lines = "\n".join(line.rstrip() for line in text.replace("\u00a0", " ").splitlines())
    return re.sub(r"\n\n+(?=.+\n==+\n)", "\n\n\n", re.sub(r"\n{3,}", "\n\n", lines)).strip() + "\n"
