"""What a harvest did, source by source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal["fetched", "unchanged", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What became of one source in one harvest.

    Args:
        outcome: "unchanged" when the server said so or the bytes are the same as last time.
        entries_count: entries, events or rows in the document.
        new_count, changed_count: of these, stored for the first time or edited upstream.
        problems: what could be worked around, one sentence each.
        error: why it failed, "" otherwise.
        remedy: what to do about the failure.
        failing_since: UTC moment of the first failure in a row.
        duration_s: seconds spent on this source.
    """

    source_id: str
    outcome: Outcome
    entries_count: int = 0
    new_count: int = 0
    changed_count: int = 0
    problems: tuple[str, ...] = ()
    error: str = ""
    remedy: str = ""
    failing_since: datetime | None = None
    duration_s: float = 0.0


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
