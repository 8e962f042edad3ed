"""Which sources are asked in this run, which are not and why, and what for. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from stuifmail.config.codec import sha256_of
from stuifmail.config.models import NewsroomConfig, Source
from stuifmail.harvest.calendars.occurrences import window_around
from stuifmail.harvest.fetching.fetch import FetchRequest
from stuifmail.harvest.fetching.politeness import is_due
from stuifmail.harvest.reading import PARSERS_VERSION
from stuifmail.model.harvests import Outcome, SourceReport
from stuifmail.store.sources import SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One source in one harvest.

    Args:
        state: what is remembered of it; of another address or other settings no validators.
        is_known: there is such a state in the store.
        request: what to ask for.
        last_sha256: hash of the document that was read last, with whatever settings; None for none.
        skipped: "waiting" or "retired" when it is not asked; None when it is.
    """

    source: Source
    state: SourceState
    is_known: bool
    request: FetchRequest
    last_sha256: str | None = None
    skipped: Outcome | None = None


def plan_job(
    source: Source,
    state: SourceState | None,
    *,
    config: NewsroomConfig,
    root: Path,
    now: datetime,
    ask_all: bool = False,
) -> Job:
    """Answer whether to ask a source, and what for.

    It is asked conditionally only if the answer "unchanged" would be true: the same address,
    read with the same settings. A file is always looked at, it is ours.

    Args:
        state: what is remembered of it; None: it was never harvested.
        now: aware.
        ask_all: ask also when it is not time yet, or the source is gone for good.
    """
    address = source.url or source.file or ""
    known = state or SourceState(id=source.id)
    settings = hash_settings(source, config, now)
    is_same = known.url == address and known.settings_sha256 == settings
    skipped = None if ask_all or source.file else _why_not(known, address, is_same=is_same, now=now)
    job_state = known if is_same else _forget_document(known, address, settings)
    return Job(
        source=source,
        state=job_state,
        is_known=state is not None,
        request=FetchRequest(
            source_id=source.id,
            address=address,
            path=root / source.file if source.file else None,
            etag=job_state.etag,
            last_modified=job_state.last_modified,
        ),
        last_sha256=known.sha256,
        skipped=skipped,
    )


def report_skipped(job: Job) -> SourceReport:
    """Answer the report of a source that is not asked in this run."""
    state = job.state
    return SourceReport(
        source_id=job.source.id,
        outcome=job.skipped or "waiting",
        entries_count=state.entries_count,
        error=state.error,
        failing_since=state.failing_since,
        answer=state.answer,
        next_check_at=state.next_check_at,
        next_check_why=state.next_check_why,
        moved_to=state.moved_to,
    )


def hash_settings(source: Source, config: NewsroomConfig, now: datetime) -> str:
    """Answer the hash of all that decides, besides the bytes, what is read in a source.

    Args:
        now: aware; what repeats, and dates without a year, go on with time.
    """
    has_events = source.kind == "calendar" or source.holds == "events"
    members = [(m.id, m.name, *m.aliases) for m in config.members] if source.kind == "sheet" else []
    return sha256_of(
        {
            "parsers": PARSERS_VERSION,
            "source": source.model_dump(mode="json", exclude={"note", "every_hours", "aggregator"}),
            "members": members,
            "event": _event_settings(source, config),
            "language": config.organisation.languages[0],
            "zone": config.organisation.time_zone,
            "entries": config.harvest.max_entries,
            "window": [day.isoformat() for day in window_around(now)] if has_events else [],
        }
    )


def _event_settings(source: Source, config: NewsroomConfig) -> list[object]:
    """Answer, for a participants sheet, what decides who counts as a member: the event's days, the ledger."""
    event = config.event(source.about or "") if source.holds == "participants" else None
    if event is None:
        return []
    fields = {"id", "joined", "left", "earlier"}
    ledger = [member.model_dump(mode="json", include=fields) for member in config.members]
    return [str(event.starts), str(event.ends), ledger]


def _why_not(state: SourceState, address: str, *, is_same: bool, now: datetime) -> Outcome | None:
    if state.retired_at is not None and state.url == address:
        return "retired"
    if is_same and not is_due(next_check_at=state.next_check_at, checked_at=state.checked_at, now=now):
        return "waiting"
    return None


def _forget_document(state: SourceState, address: str, settings_sha256: str) -> SourceState:
    """Answer the state without what belongs to another address, or to other settings."""
    is_moved = state.url is not None and state.url != address
    return replace(
        state,
        etag=None,
        last_modified=None,
        sha256=None,
        url=address,
        settings_sha256=settings_sha256,
        check_after_s=None,
        moved_to="" if is_moved else state.moved_to,
        moved_since=None if is_moved else state.moved_since,
        retired_at=None if is_moved else state.retired_at,
    )
