"""Sheets and ledgers to figures that carry unit, definition and source."""

from stuifmail.figures.compare import growth_percent, with_previous
from stuifmail.figures.membership import active_members, count_members, joined_between, left_between
from stuifmail.figures.participants import ParticipantsResult, count_participants

__all__ = [
    "ParticipantsResult",
    "active_members",
    "count_members",
    "count_participants",
    "growth_percent",
    "joined_between",
    "left_between",
    "with_previous",
]
