"""What was chosen for an issue, and why."""

from dataclasses import dataclass

from stuifmail.model.events import Event
from stuifmail.model.items import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One story for one section.

    Args:
        credits: ids of the members who bring it, the origin first.
        theme: id of the theme it fits best, None for none.
        why: why it was chosen, one sentence for the editor.
    """

    item: Item
    credits: tuple[str, ...] = ()
    theme: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPick:
    """One event for the agenda."""

    event: Event
    why: str = ""
