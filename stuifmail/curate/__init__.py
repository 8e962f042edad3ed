"""Which items matter for an issue, and why."""

from stuifmail.curate.agenda import select_events
from stuifmail.curate.select import LeftOut, Selection, select_stories

__all__ = ["LeftOut", "Selection", "select_events", "select_stories"]
