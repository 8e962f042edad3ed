"""What all letters of a newsroom have in common: words, colours, sender, addresses, and how they are made."""

import re
from pathlib import Path

from stuifmail.config.codec import sha256_of
from stuifmail.config.models import NewsroomConfig
from stuifmail.config.models import Picture as ConfiguredPicture
from stuifmail.model.publications import Picture, Publication, Rendering
from stuifmail.render.chart_parts import ChartMaker
from stuifmail.render.labels import Labels, read_labels
from stuifmail.render.letter_blocks import LetterBlocks
from stuifmail.render.letter_words import LetterWords
from stuifmail.render.mjml import compile_mjml
from stuifmail.render.palette import Palette, dark_palette, light_palette
from stuifmail.render.parts import LetterParts
from stuifmail.render.pictures import PictureShelf
from stuifmail.render.public_calendar import calendar_url
from stuifmail.render.templates import TemplateFolder
from stuifmail.render.views import LetterView, LinkView, PictureView, SenderView, Words

#: Tells mail programs that the letter brings its own dark colours (the older name is Apple's).
#: The lint lets no template write meta tags, so they are added here.
_SCHEMES = (
    '<meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark">'
)


class HouseStyle:
    """Makes letters of one newsroom.

    Args:
        config: the newsroom's configuration.
        root: the newsroom's folder, to which pictures and templates are relative.
    """

    def __init__(self, config: NewsroomConfig, root: Path) -> None:
        self.config = config
        self.root = root
        self._folder = root / config.templates
        self._templates = TemplateFolder(self._folder, config.templates)

    @property
    def light(self) -> Palette:
        """The colours by day."""
        return light_palette(self.config.organisation.colours)

    @property
    def dark(self) -> Palette:
        """The colours for readers whose screen is dark."""
        return dark_palette(self.config.organisation.colours)

    def shelf(self) -> PictureShelf:
        """Answer an empty shelf for the pictures of one letter."""
        return PictureShelf(self.root, self.config.delivery.public_url)

    def blocks(self, publication: Publication, words: LetterWords, shelf: PictureShelf) -> LetterBlocks:
        """Answer what builds the views of a publication's blocks."""
        charts = ChartMaker(self.config, self.root, words, shelf, publication)
        calendar = calendar_url(self.config.delivery.public_url, publication, words.language)
        parts = LetterParts(self.config, words, charts, calendar)
        return LetterBlocks(self.config, words, shelf, parts, publication.send_at.year)

    def labels(self, language: str) -> Labels:
        """Answer the words of the templates.

        Raises:
            InvalidTemplate: there is no catalogue for this language.
            InvalidDocument: the catalogue has problems.
        """
        return read_labels(self._folder, language, self.config.templates)

    def sender(self, words: LetterWords, blocks: LetterBlocks) -> SenderView:
        """Answer who sends."""
        organisation = self.config.organisation
        return SenderView(
            name=words.words(organisation.name).text,
            website=organisation.website,
            email=organisation.email,
            postal_address=organisation.postal_address,
            registration=organisation.registration,
            logo=_logo(organisation.logo, blocks),
        )

    def web_url(self, publication: Publication, language: str) -> str:
        """Answer where the web version is, or will be."""
        return f"{self.config.delivery.public_url.rstrip('/')}/{publication.id}/{language}/"

    def editions(self, publication: Publication, language: str) -> tuple[LinkView, ...]:
        """Answer links to the other languages, each in its own words."""
        return tuple(
            LinkView(
                href=self.web_url(publication, other),
                label=Words(text=self.labels(other).read_in_this_language, language=other, is_foreign=True),
            )
            for other in publication.languages
            if other != language
        )

    def make(self, template: str, letter: LetterView, shelf: PictureShelf) -> Rendering:
        """Answer the rendering of a letter.

        Args:
            template: its name, without ending.
            shelf: with the pictures that it shows.

        Raises:
            InvalidTemplate: a template is missing or wrong.
        """
        context = {"letter": letter, "labels": letter.labels, "light": letter.light, "dark": letter.dark}
        name = f"{template}.mjml"
        source = self._templates.render(name, context)
        html = compile_mjml(source, file=f"{self.config.templates}/{name}")
        html = html.replace("</title>", f"</title>{_SCHEMES}", 1)
        text = _tidy(self._templates.render(f"{template}.txt", context))
        return Rendering(
            language=letter.language,
            subject=letter.subject,
            preheader=letter.preheader.text.replace("\u00a0", " "),
            html=html,
            text=text,
            pictures=shelf.files,
            sha256=sha256_of({"subject": letter.subject, "html": html, "text": text}),
        )


def _logo(logo: ConfiguredPicture | None, blocks: LetterBlocks) -> PictureView | None:
    if logo is None:
        return None
    return blocks.picture(Picture(file=logo.file, alt=logo.alt), "sources.yaml: organisation.logo")


def _tidy(text: str) -> str:
    """Answer the text with plain spaces, none at line ends, and blank lines where they help.

    There is one at most; two before the heading of a section, which is underlined twice.
    """
    lines = "\n".join(line.rstrip() for line in text.replace("\u00a0", " ").splitlines())
    return re.sub(r"\n\n+(?=.+\n==+\n)", "\n\n\n", re.sub(r"\n{3,}", "\n\n", lines)).strip() + "\n"
