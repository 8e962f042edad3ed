"""What a harvest did, source by source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

#: "waiting": it was not time yet; "retired": gone for good (410), not asked any more.
Outcome: TypeAlias = Literal["fetched", "unchanged", "failed", "waiting", "retired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What became of one source in one harvest.

    Args:
        outcome: "unchanged" when the server said so or the bytes are the same as last time.
        entries_count: entries, events or rows in the document.
        new_count, changed_count: of these, stored for the first time or edited upstream.
        removed_count: stored before, and now missing though the source should have them.
        problems: what could be worked around, one sentence each.
        error: why it failed, "" otherwise.
        remedy: what to do about the failure.
        failing_since: UTC moment of the first failure in a row.
        duration_s: seconds spent on this source.
        answer: the last answer in words ("200", "304 not modified", "no server of this name").
        next_check_at: not before this moment will it be asked again, UTC; None: at each run.
        next_check_why: who or what set that moment.
        moved_to: the address that the server says to use from now on, "" otherwise.
    """

    source_id: str
    outcome: Outcome
    entries_count: int = 0
    new_count: int = 0
    changed_count: int = 0
    removed_count: int = 0
    problems: tuple[str, ...] = ()
    error: str = ""
    remedy: str = ""
    failing_since: datetime | None = None
    duration_s: float = 0.0
    answer: str = ""
    next_check_at: datetime | None = None
    next_check_why: str = ""
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCounts:
    """What storing the items or events of one document did.

    Args:
        new_count: stored for the first time.
        changed_count: edited upstream, or back after they were gone.
        removed_count: stored before, and now missing though the source should have them.
        problems: what an editor should know, one sentence each.
    """

    new_count: int = 0
    changed_count: int = 0
    removed_count: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCounts:
    """What counting a participants sheet came to.

    Args:
        rows_count: rows that were counted: people who came, each once.
        new_count, changed_count: figures stored for the first time, or with another value.
        problems: what was left out or could not be told, one sentence each.
    """

    rows_count: int = 0
    new_count: int = 0
    changed_count: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestReport:
    """What one harvest did, sources in the order of sources.yaml."""

    started_at: datetime
    finished_at: datetime
    sources: tuple[SourceReport, ...]

    @classmethod
    def join(cls, reports: Sequence["HarvestReport"], *, at: datetime) -> "HarvestReport":
        """Answer one report for several batches, in their order.

        Args:
            at: start and end where there is no batch at all.
        """
        return cls(
            started_at=min((report.started_at for report in reports), default=at),
            finished_at=max((report.finished_at for report in reports), default=at),
            sources=tuple(source for report in reports for source in report.sources),
        )

    def count(self, outcome: Outcome) -> int:
        """Answer how many sources had this outcome."""
        return sum(report.outcome == outcome for report in self.sources)

    @property
    def new_count(self) -> int:
        """Items, events and figures stored for the first time."""
        return sum(report.new_count for report in self.sources)
