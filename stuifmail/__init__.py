"""stuifmail: from members' news to an approved newsletter in every reader's mailbox, once.

The names below are public; flows and other programs use nothing else. They are loaded when
first used, so that importing one module of the library does not load all of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stuifmail.errors import Busy as Busy
    from stuifmail.errors import NothingHarvested as NothingHarvested
    from stuifmail.errors import StuifmailError as StuifmailError
    from stuifmail.errors import TryLater as TryLater
    from stuifmail.harvest.harvest import raise_if_nothing as raise_if_nothing
    from stuifmail.model.harvests import HarvestReport as HarvestReport
    from stuifmail.model.harvests import SourceReport as SourceReport
    from stuifmail.model.health import HealthReport as HealthReport
    from stuifmail.newsroom import DraftReport as DraftReport
    from stuifmail.newsroom import Newsroom as Newsroom
    from stuifmail.newsroom import ProofReport as ProofReport
    from stuifmail.newsroom import SendReport as SendReport
    from stuifmail.newsroom.mailings.messages import MailingReport as MailingReport
    from stuifmail.newsroom.mailings.timelines import TimelineRow as TimelineRow
    from stuifmail.newsroom.press.releases import ReleaseReport as ReleaseReport

_HOMES = {
    "Busy": "stuifmail.errors",
    "DraftReport": "stuifmail.newsroom",
    "HarvestReport": "stuifmail.model.harvests",
    "HealthReport": "stuifmail.model.health",
    "MailingReport": "stuifmail.newsroom.mailings.messages",
    "Newsroom": "stuifmail.newsroom",
    "NothingHarvested": "stuifmail.errors",
    "ProofReport": "stuifmail.newsroom",
    "ReleaseReport": "stuifmail.newsroom.press.releases",
    "SendReport": "stuifmail.newsroom",
    "SourceReport": "stuifmail.model.harvests",
    "StuifmailError": "stuifmail.errors",
    "TimelineRow": "stuifmail.newsroom.mailings.timelines",
    "TryLater": "stuifmail.errors",
    "raise_if_nothing": "stuifmail.harvest.harvest",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - one list of names is enough


def __getattr__(name: str) -> Any:
    """Load a public name from where it lives (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'stuifmail' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
