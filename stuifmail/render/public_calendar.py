"""The calendar part as everybody may save it from the web page."""

import re

from stuifmail.model.publications import ATTENDEE_MARK, Publication, Rendering
from stuifmail.render.machine import page_url

_ATTENDEE = re.compile(rf"\r\nATTENDEE[^\r]*\r\n {re.escape(ATTENDEE_MARK)}(?=\r\n)")

FILE_NAME = "event.ics"


def publish_calendar(rendering: Rendering) -> str:
    """Answer an edition's calendar with nobody invited; "" when it has none.

    What is taken out of calendars stays in this file as cancelled: a file that one saves has
    nothing to take out.
    """
    text = _ATTENDEE.sub("", rendering.calendar)
    return re.sub(r"\r\nMETHOD:[A-Z]+(?=\r\n)", "\r\nMETHOD:PUBLISH", text, count=1)


def calendar_url(public_url: str, publication: Publication, language: str) -> str:
    """Answer the address of that file; "" for a publication without a calendar part."""
    if publication.calendar is None or publication.calendar.facts.starts_at is None:
        return ""
    return page_url(public_url, publication.id, language) + FILE_NAME
