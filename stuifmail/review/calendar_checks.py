"""The quality gate on calendar parts: whether they can be made as they were asked for. Pure."""

from collections.abc import Iterator

from stuifmail.model.calendars import find_obstacle
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Finding


def check_calendar(publication: Publication, sender: str) -> Iterator[Finding]:
    """Yield the findings on a publication's calendar part; none where it has none.

    Args:
        sender: mailbox that the publication comes from: mail programs show buttons only where
            it is the one that invites.
    """
    part = publication.calendar
    if part is None:
        return
    obstacle, place = find_obstacle(part), part.facts.event_id
    if obstacle and obstacle.code == "calendar-open-date":
        yield Finding(
            code="calendar-open-date",
            severity="warning",
            place=place,
            message=obstacle.message,
            remedy=obstacle.remedy,
        )
    elif obstacle:
        yield Finding(
            code="calendar-tentative",
            severity="warning",
            place=place,
            message=obstacle.message,
            remedy=obstacle.remedy,
        )
    if part.method == "REQUEST" and part.organiser.casefold() != sender.casefold():
        yield Finding(
            code="calendar-organiser",
            severity="warning",
            place=place,
            message=f"{part.organiser} invites, but the mail comes from {sender}: no buttons will be shown",
            remedy="let both be the same mailbox, one whose answers somebody reads",
        )
