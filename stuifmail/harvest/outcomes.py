"""What an answer means for a source: its next state, and what is reported. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from stuifmail.config.models import Harvest
from stuifmail.errors import FetchFailed, HarvestError, StuifmailError
from stuifmail.harvest.facts import note_since
from stuifmail.harvest.fetching.fetch import Fetched
from stuifmail.harvest.fetching.politeness import Hints, hints_of, plan_next_check
from stuifmail.harvest.planning import Job
from stuifmail.model.harvests import SourceReport, StoredCounts
from stuifmail.store.sources import SourceState

_RETIRED = "gone for good (410): asked again when its address in sources.yaml changes, or by harvest --now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a source's answer came to.

    Args:
        state: to remember of it.
        report: to tell.
    """

    state: SourceState
    report: SourceReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What is remembered of a document that was read.

    Args:
        sha256: hash of its bytes.
        entries_count: entries, events or rows in it.
        check_after_s: how long it asks to wait, in seconds.
        facts: for health.
    """

    sha256: str
    entries_count: int = 0
    check_after_s: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def take_unchanged(job: Job, fetched: Fetched, *, now: datetime, settings: Harvest) -> Settled:
    """Answer the outcome for a document that is the one we have."""
    answer = "not read again: as before" if job.source.file else f"{fetched.status}, as before"
    state = replace(
        job.state,
        **_after_success(job, fetched, now),
        answer="304 not modified" if fetched.content is None else answer,
        **_next_check(job, fetched.hints, job.state.check_after_s, 0, now, settings),
    )
    report = SourceReport(
        source_id=job.source.id,
        outcome="unchanged",
        entries_count=state.entries_count,
        problems=(*_say_moved(job, state), *fetched.problems),
        duration_s=fetched.duration_s,
        **_of_state(state),
    )
    return Settled(state=state, report=report)


def take_document(
    job: Job, fetched: Fetched, gist: Gist, counts: StoredCounts, *, now: datetime, settings: Harvest
) -> Settled:
    """Answer the outcome for a document that was read and stored.

    Args:
        gist: of what was read.
        counts: what storing it did, with all problems of reading it.
    """
    state = replace(
        job.state,
        **_after_success(job, fetched, now),
        answer="read" if job.source.file else str(fetched.status or 200),
        sha256=gist.sha256,
        fetched_at=now,
        entries_count=gist.entries_count,
        check_after_s=gist.check_after_s,
        first_fetched_at=job.state.first_fetched_at or job.state.fetched_at or now,
        facts=gist.facts,
        facts_since=note_since(gist.facts, job.state.facts_since, now),
        last_new_at=now if counts.new_count else job.state.last_new_at,
        **_next_check(job, fetched.hints, gist.check_after_s, 0, now, settings),
    )
    report = SourceReport(
        source_id=job.source.id,
        outcome="fetched",
        entries_count=gist.entries_count,
        new_count=counts.new_count,
        changed_count=counts.changed_count,
        removed_count=counts.removed_count,
        problems=(*_say_moved(job, state), *fetched.problems, *counts.problems),
        duration_s=fetched.duration_s,
        **_of_state(state),
    )
    return Settled(state=state, report=report)


def take_failure(
    job: Job, error: StuifmailError, fetched: Fetched | None, *, now: datetime, settings: Harvest
) -> Settled:
    """Answer the outcome for a source that gave nothing usable.

    The validators stay those of the document that is stored: the next answer is compared with it.

    Args:
        fetched: the answer, when there was one that could not be read.
    """
    before = job.state
    count = before.failures_count + 1
    is_gone = isinstance(error, FetchFailed) and error.status == 410
    hints = fetched.hints if fetched else hints_of(error)
    planned = _next_check(job, hints, before.check_after_s, count, now, settings)
    state = replace(
        before,
        checked_at=now,
        failing_since=before.failing_since or now,
        failures_count=count,
        error=error.message,
        answer=f"{fetched.status}, but {error.message}" if fetched and fetched.status else error.message,
        retired_at=(before.retired_at or now) if is_gone else None,
        **({"next_check_at": None, "next_check_why": _RETIRED} if is_gone else planned),
    )
    report = SourceReport(
        source_id=job.source.id,
        outcome="failed",
        entries_count=before.entries_count,
        error=error.message if isinstance(error, HarvestError) else str(error),
        remedy=error.remedy,
        failing_since=state.failing_since,
        duration_s=fetched.duration_s if fetched else 0.0,
        **_of_state(state),
    )
    return Settled(state=state, report=report)


def _after_success(job: Job, fetched: Fetched, now: datetime) -> dict[str, Any]:
    """Answer the fields of the state that any usable answer sets."""
    before, moved_to = job.state, fetched.moved_to or ""
    moved_since = before.moved_since if before.moved_to == moved_to else None
    return {
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
        "checked_at": now,
        "failing_since": None,
        "failures_count": 0,
        "error": "",
        "moved_to": moved_to,
        "moved_since": (moved_since or now) if moved_to else None,
        "retired_at": None,
    }


def _next_check(
    job: Job,
    hints: Hints,
    check_after_s: int | None,
    failures_count: int,
    now: datetime,
    settings: Harvest,
) -> dict[str, Any]:
    """Answer the two fields of the state; our own files are looked at in each run."""
    if job.source.file:
        return {"next_check_at": None, "next_check_why": ""}
    planned = plan_next_check(
        source_id=job.source.id,
        hints=hints,
        document_after_s=check_after_s,
        every_hours=job.source.every_hours,
        failures_count=failures_count,
        settings=settings,
        now=now,
    )
    return {"next_check_at": planned.at, "next_check_why": planned.why}


def _of_state(state: SourceState) -> dict[str, Any]:
    """Answer the fields of the report that the state tells."""
    return {
        "answer": state.answer,
        "next_check_at": state.next_check_at,
        "next_check_why": state.next_check_why,
        "moved_to": state.moved_to,
    }


def _say_moved(job: Job, state: SourceState) -> list[str]:
    if not state.moved_to:
        return []
    line = f"write url: {state.moved_to} instead of url: {job.source.url}"
    command = f"stuifmail sources move {job.source.id}"
    return [f"the source moved for good; in sources.yaml, at id: {job.source.id}, {line}: {command}"]
