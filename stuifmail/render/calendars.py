"""The calendar part of a publication's edition."""

from dataclasses import replace

from stuifmail.config.models import NewsroomConfig
from stuifmail.model.publications import Publication
from stuifmail.model.texts import pick_text
from stuifmail.render.ics import make_calendar, method_of
from stuifmail.render.saying import Say


def render_calendar(
    config: NewsroomConfig, say: Say, publication: Publication, language: str
) -> tuple[str, str]:
    """Answer the iCalendar text of an edition and its METHOD; twice "" for none.

    It is stamped with the moment of drafting, so that rendering again gives the same bytes.

    Args:
        config: its organisation is who invites; `mailings.calendar_method` tells whether what is
            cancelled had been an invitation to answer.
        say: says the publication's texts.
        publication: the content.
        language: one of its languages.
    """
    part = publication.calendar
    if part is None:
        return "", ""
    text = make_calendar(
        replace(part, description={language: say(part.description)}),
        language,
        stamped_at=publication.period_ends_at,
        organiser_name=pick_text(config.organisation.name, language),
        with_attendee=_has_attendee(config, part.method),
    )
    return (text, method_of(part)) if text else ("", "")


def _has_attendee(config: NewsroomConfig, method: str) -> bool | None:
    return config.mailings.calendar_method == "REQUEST" if method == "CANCEL" else None
