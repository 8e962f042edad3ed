"""Renders any publication: chooses the renderer by its kind, and adds the calendar part."""

from dataclasses import replace
from pathlib import Path

from stuifmail.config.codec import sha256_of
from stuifmail.config.models import NewsroomConfig
from stuifmail.model.publications import Publication, Rendering
from stuifmail.render.calendars import render_calendar
from stuifmail.render.messages import MessageRenderer
from stuifmail.render.newsletter import NewsletterRenderer
from stuifmail.render.saying import make_sayer


class PublicationRenderer:
    """Renders the publications of one newsroom.

    Args:
        config: the newsroom's configuration.
        root: the newsroom's folder, to which pictures and templates are relative.
    """

    def __init__(self, config: NewsroomConfig, root: Path) -> None:
        self._config = config
        self._root = root
        self._newsletters = NewsletterRenderer(config, root)
        self._messages = MessageRenderer(config, root)

    def render(self, publication: Publication, language: str) -> Rendering:
        """Answer one edition, with the marks where each reader's own fields go.

        Args:
            publication: the content.
            language: one of its languages; what is not translated stands in another, marked so.

        Raises:
            InvalidTemplate: a template or picture is missing or wrong.
            InvalidDocument: a catalogue of labels has problems.
        """
        renderer = self._newsletters if publication.kind == "newsletter" else self._messages
        rendering = renderer.render(publication, language)
        calendar, method = self._calendar(publication, language)
        return _with_calendar(rendering, calendar, method) if calendar else rendering

    def _calendar(self, publication: Publication, language: str) -> tuple[str, str]:
        """Answer the iCalendar text of the publication and its METHOD; twice "" for none."""
        if publication.calendar is None:
            return "", ""
        say = make_sayer(self._config, self._root, publication, language)
        return render_calendar(self._config, say, publication, language)


def _with_calendar(rendering: Rendering, calendar: str, method: str) -> Rendering:
    """Answer the rendering with a calendar part, which is approved with it."""
    parts = {
        "subject": rendering.subject,
        "html": rendering.html,
        "text": rendering.text,
        "calendar": calendar,
    }
    return replace(rendering, calendar=calendar, calendar_method=method, sha256=sha256_of(parts))
