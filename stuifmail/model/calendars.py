"""Whether an event can be put into a calendar, and what readers may be asked to answer."""

from dataclasses import dataclass
from typing import Literal

from stuifmail.model.publications import CalendarPart


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarObstacle:
    """Why a calendar part cannot be made as it was asked for.

    Args:
        code: "calendar-open-date" or "calendar-tentative".
        message: what is wrong; remedy: what to do about it.
    """

    code: Literal["calendar-open-date", "calendar-tentative"]
    message: str
    remedy: str


def find_obstacle(part: CalendarPart) -> CalendarObstacle | None:
    """Answer why this event goes into no calendar, or not as it was asked for; None when it does.

    Without a day there is nothing to put in. A day that may still change can be noted down, but
    nobody is asked to accept it.
    """
    if part.facts.starts_at is None:
        return CalendarObstacle(
            code="calendar-open-date",
            message="the date is still open, so no calendar part goes with it",
            remedy="give the event its day and time, or leave the calendar part out",
        )
    if part.method == "REQUEST" and part.facts.status != "confirmed":
        return CalendarObstacle(
            code="calendar-tentative",
            message="the date is not certain, so readers are not asked to accept it",
            remedy="confirm the event first; until then its calendar part is one to save only",
        )
    return None
