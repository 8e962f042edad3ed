"""A feedparser that does not give up: what it cannot read costs an element, never the feed.

It reads tag soup well, but some elements make it raise: one that closes without being open, a
character that does not exist (&#xD800;). It has no other doors to change this than its own methods.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

_Tag: TypeAlias = Callable[..., None]


def forgive(parser: Any) -> None:
    """Make this class of feedparser's, of which all its parsers are, forgive what it stumbles over."""
    parser._sync_author_detail = _leave_authors  # noqa: SLF001
    parser.handle_charref = _take_reference(parser.handle_charref)
    for kind in parser.__mro__:
        for name, read in list(vars(kind).items()):
            if name.startswith(("_start_", "_end_")) and callable(read):
                setattr(kind, name, _pass_over(read))


def _leave_authors(_: object, __: str = "author") -> None:
    """Take the place of the search for authors' addresses.

    We keep no authors, who are persons; and the search takes minutes for a long enough name.
    """


def _take_reference(read: Callable[[Any, str], None]) -> Callable[[Any, str], None]:
    """Take a character by its number; for a number that is none, the unknown character."""

    @wraps(read)
    def take(parser: Any, number: str) -> None:
        try:
            read(parser, number)
        except (ValueError, OverflowError):
            read(parser, "xfffd")

    return take


def _pass_over(read: _Tag) -> _Tag:
    """Read the tag of an element; where it belongs to none that is open, it is none."""

    @wraps(read)
    def take(*arguments: Any) -> None:
        try:
            read(*arguments)
        except (LookupError, TypeError, ValueError):
            return

    return take
