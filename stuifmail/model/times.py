"""Moments and days."""

from datetime import date, datetime
from typing import TypeAlias

from pydantic import AwareDatetime

#: An aware `datetime`; read from text, one without a zone is refused. The one name that the
#: model borrows from pydantic: no annotation of the standard library can say "aware".
Moment: TypeAlias = AwareDatetime

#: An aware moment, or a day for what lasts all day. In this order a bare day stays a day.
MomentOrDay: TypeAlias = Moment | date


def is_usable(when: MomentOrDay) -> bool:
    """Answer whether the clocks of all zones can show it: not at the edge of time, where years end."""
    return date.min.year < when.year < date.max.year


def is_moment(when: datetime | date | None) -> bool:
    """Answer whether `when` is a moment; False for a day and for None."""
    return isinstance(when, datetime)


def is_backward(start: MomentOrDay | None, end: MomentOrDay | None) -> bool:
    """Answer whether both are moments and the end is before the start; a day as end is the first after."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end < start
    if start is None or end is None or isinstance(start, datetime) or isinstance(end, datetime):
        return False
    return end <= start
