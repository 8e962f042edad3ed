"""When a source is asked again: what it asks for itself, what we bound, and a little chance.

`plan_next_check` sets the moment after each answer; `is_due` tells a later run whether it came.
A source is due a little before its moment (a tenth of the wait, two hours at most), so that a
daily run finds whatever was set to "24 hours" by yesterday's run, whichever of the two was the
quicker. Retry-After is set so far ahead that this never makes us come earlier than it says.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from stuifmail.config.network import Harvest

_GONE = 410
_LONGEST_RETRY = timedelta(days=7)
_RETIRED_FOR = timedelta(days=30)
_GRACE_SHARE, _LONGEST_GRACE = 0.1, timedelta(hours=2)
_JITTER_SHARE, _LONGEST_JITTER = 0.05, timedelta(minutes=30)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NO_CACHE = re.compile(r"(?:^|[\s,])no-(?:cache|store)(?:$|[\s,;])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What an answer says about the next one.

    Args:
        status: HTTP status code; 0 without an answer.
        max_age_s: seconds for which the document stays as it is, by Cache-Control or Expires;
            0 when the server wants us to look each time, None when it does not say.
        retry_after_s: seconds to wait before asking again.
        retry_at: the same as a moment, UTC.
    """

    status: int = 0
    max_age_s: int | None = None
    retry_after_s: int | None = None
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCheck:
    """When to ask a source again.

    Args:
        at: not before this moment, UTC.
        why: who or what set it, in one sentence without a full stop.
        retired: the server says that the source is gone for good; ask only to make sure.
    """

    at: datetime
    why: str
    retired: bool = False


def read_hints(status: int, headers: Mapping[str, str]) -> Hints:
    """Answer what an answer says about the next one; what cannot be read is left out.

    Expires counts from the server's own Date, so that its clock may be wrong.

    Args:
        status: HTTP status code.
        headers: of the answer, names in lower case.

    Source: RFC 9110, 10.2.3; RFC 9111, 4.2.1, 5.2.2 and 5.3.
    """
    retry = headers.get("retry-after", "").strip()
    is_seconds = retry.isascii() and retry.isdigit()
    return Hints(
        status=status,
        max_age_s=_read_max_age(headers),
        retry_after_s=min(int(retry[:10]), 10**9) if is_seconds else None,
        retry_at=None if is_seconds else _read_date(retry),
    )


def hints_of(error: Exception) -> Hints:
    """Answer what a failed answer said about the next one; nothing when there was no answer."""
    hints = getattr(error, "hints", None)
    return hints if isinstance(hints, Hints) else Hints(status=getattr(error, "status", 0))


def plan_next_check(
    *,
    source_id: str,
    hints: Hints,
    document_after_s: int | None,
    every_hours: float | None,
    failures_count: int,
    settings: Harvest,
    now: datetime,
) -> NextCheck:
    """Answer when to ask a source again, and why then.

    `every_hours` of sources.yaml wins; else the longest of what the server and the document ask
    for, within harvest.min_hours and max_hours. Failures in a row double the wait, and a
    Retry-After is never cut short, but for a week at most.

    Args:
        source_id: shifts the moment a little, always the same on one day, never to earlier.
        hints: of the answer just got.
        document_after_s: what the document itself asks (ttl, sy:updatePeriod), in seconds.
        every_hours: of the source in sources.yaml.
        failures_count: failures in a row, this one included; 0 after a good answer.
        settings: harvest of sources.yaml.
        now: aware.
    """
    now = now.astimezone(UTC)
    if hints.status == _GONE:
        why = "the server says that it is gone for good (410)"
        return NextCheck(at=now + _RETIRED_FOR, why=why, retired=True)
    wait, why = (
        _back_off(failures_count, every_hours, settings)
        if failures_count
        else _choose_wait(hints, document_after_s, every_hours, settings)
    )
    wait += _jitter(source_id, wait, now)
    asked = _read_retry(hints, now)
    # So far ahead that the grace of is_due does not make us come too early.
    if asked and (strict := asked + min(asked / 9, _LONGEST_GRACE)) > wait:
        return NextCheck(at=now + strict, why=_explain_retry(hints, asked, now))
    return NextCheck(at=now + wait, why=why)


def is_due(*, next_check_at: datetime | None, checked_at: datetime | None, now: datetime) -> bool:
    """Answer whether a source is to be asked in the run that begins now.

    Args:
        next_check_at: as planned after the last answer; None: at each run.
        checked_at: when that answer came; None: never.
        now: aware.
    """
    if next_check_at is None or checked_at is None:
        return True
    wait = max(next_check_at - checked_at, timedelta())
    return now >= next_check_at - min(wait * _GRACE_SHARE, _LONGEST_GRACE)


def _choose_wait(
    hints: Hints, document_after_s: int | None, every_hours: float | None, settings: Harvest
) -> tuple[timedelta, str]:
    if every_hours is not None:
        wait = timedelta(hours=every_hours)
        return wait, f"sources.yaml says every {_in_words(wait)}"
    asked = [
        (timedelta(seconds=min(seconds, 10**9)), who)
        for who, seconds in (("feed", document_after_s), ("server", hints.max_age_s))
        if seconds is not None and seconds > 0
    ]
    least, most = timedelta(hours=settings.min_hours), timedelta(hours=settings.max_hours)
    if not asked:
        return least, f"nobody asks for more than harvest.min_hours: {_in_words(least)}"
    wait, who = max(asked)
    why = f"the {who} asks for {_in_words(wait)}"
    if wait < least:
        return least, f"{why}, harvest.min_hours for {_in_words(least)}"
    if wait > most:
        return most, f"{why}, harvest.max_hours for {_in_words(most)} at most"
    return wait, why


def _back_off(failures_count: int, every_hours: float | None, settings: Harvest) -> tuple[timedelta, str]:
    """Answer a wait that doubles with each failure: soon at first, in the end as usual or less."""
    first = min(every_hours or settings.min_hours, settings.min_hours)
    most = max(every_hours or 0.0, settings.max_hours)
    wait = timedelta(hours=min(max(first, 1 / 60) * 2 ** min(failures_count - 1, 20), most))
    times = "once" if failures_count == 1 else f"{failures_count} times in a row"
    return wait, f"failed {times}, so again after {_in_words(wait)}"


def _read_retry(hints: Hints, now: datetime) -> timedelta:
    asked = timedelta()
    if hints.retry_after_s is not None:
        asked = timedelta(seconds=hints.retry_after_s)
    elif hints.retry_at is not None:
        asked = hints.retry_at - now
    return min(max(asked, timedelta()), _LONGEST_RETRY)


def _explain_retry(hints: Hints, asked: timedelta, now: datetime) -> str:
    is_cut = (hints.retry_at and hints.retry_at - now > asked) or (
        hints.retry_after_s or 0
    ) > asked.total_seconds()
    if is_cut:
        return f"the server asks to wait for longer than {_in_words(asked)}, which is the most we wait"
    return f"the server asks to wait for {_in_words(asked)}"


def _jitter(source_id: str, wait: timedelta, now: datetime) -> timedelta:
    """Answer a small delay, so that hundreds of sources do not fall due in the same minute."""
    digest = hashlib.sha256(f"{source_id} {now:%Y-%m-%d}".encode()).digest()
    share = int.from_bytes(digest[:4], "big") / 2**32
    return min(wait * _JITTER_SHARE, _LONGEST_JITTER) * share


def _read_max_age(headers: Mapping[str, str]) -> int | None:
    control = headers.get("cache-control", "")
    if _NO_CACHE.search(control):
        return 0
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "").strip()
        return max(0, int(found[1]) - (int(age[:10]) if age.isascii() and age.isdigit() else 0))
    expires, date = headers.get("expires", "").strip(), _read_date(headers.get("date", ""))
    if not expires or date is None:
        return None
    expires_at = _read_date(expires)
    # "0" and "-1" are no dates, and mean that it is stale at once (RFC 9111, 5.3).
    return max(0, int((expires_at - date).total_seconds())) if expires_at else 0


def _read_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _in_words(wait: timedelta) -> str:
    minutes = round(wait.total_seconds() / 60)
    if minutes < 120 and minutes % 60:
        return f"{minutes} minutes" if minutes != 1 else "1 minute"
    hours = minutes / 60
    if hours > 48 and hours % 24 == 0:
        return f"{hours / 24:g} days"
    return "1 hour" if hours == 1 else f"{hours:.3g} hours"
