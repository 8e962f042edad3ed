"""Moments and days."""

from datetime import date, datetime
from typing import TypeAlias

from pydantic import AwareDatetime

#: An aware `datetime`; read from text, one without a zone is refused. The one name that the
#: model borrows from pydantic: no annotation of the standard library can say "aware".
Moment: TypeAlias = AwareDatetime

#: An aware moment, or a day for what lasts all day. In this order a bare day stays a day.
MomentOrDay: TypeAlias = Moment | date


def is_moment(when: datetime | date | None) -> bool:
    """Answer whether `when` is a moment; False for a day and for None."""
    return isinstance(when, datetime)
