"""Sheets and ledgers to figures that carry unit, definition and source."""

from stuifmail.figures.compare import growth_percent, say_growth, with_editions
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
    "say_growth",
    "with_editions",
]
