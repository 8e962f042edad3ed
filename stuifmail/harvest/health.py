"""What is the matter with sources and members, since when, and what to do about it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from stuifmail.config.models import Member, NewsroomConfig, Source
from stuifmail.model.health import FirstItem, MemberActivity, Trouble, TroubleKind
from stuifmail.store.sources import SourceState

#: For so long after joining a member counts as new.
NEW_MEMBER_DAYS = 180

#: A server has its bad days: before this many it is no use to bother the member.
PATIENCE_DAYS = 2

_ASK = "send the member its note"
#: Troubles that already say why nothing new comes.
_SILENCING: frozenset[TroubleKind] = frozenset({"failing", "retired", "empty", "never"})


def find_source_troubles(
    source: Source, state: SourceState | None, *, now: datetime, quiet_days: int
) -> tuple[Trouble, ...]:
    """Answer what is the matter with a source, the gravest first; empty when nothing is.

    Args:
        state: what is remembered of it; None when it was never harvested.
        now: aware.
        quiet_days: nothing new for so many days is a trouble.
    """
    if state is None or state.checked_at is None:
        words = "it was never harvested"
        return (_trouble(source, "never", None, words, "stuifmail harvest", for_member=False),)
    found = [*_find_broken(source, state, now), *_find_odd(source, state)]
    if not any(trouble.kind in _SILENCING for trouble in found):
        found += _find_quiet(source, state, now, quiet_days)
    return tuple(found)


def find_member_troubles(
    config: NewsroomConfig,
    activities: Mapping[str, MemberActivity],
    troubles: Sequence[Trouble],
    *,
    now: datetime,
) -> tuple[Trouble, ...]:
    """Answer which members have no usable source, or are silent though their sources work.

    Silence with a broken source is no news about the member, so it is told of the source only.

    Args:
        activities: by member id, what is stored of each.
        troubles: of the sources.
        now: aware.
    """
    ours = [source for source in config.sources if source.holds != "participants"]
    told = {trouble.member_id for trouble in troubles if trouble.source_id}
    found = []
    for member in config.members:
        if member.left and member.left <= now.date():
            continue
        activity = activities.get(member.id)
        if not any(source.member == member.id for source in ours):
            if activity is None:  # neither a source of its own, nor a row in the sheet of submissions
                found.append(_no_source(member))
        elif member.id not in told and (silent := _find_silent(member, activity, config, now)):
            found.append(silent)
    return tuple(found)


def find_first_items(
    members: Sequence[Member], activities: Mapping[str, MemberActivity], *, now: datetime
) -> tuple[FirstItem, ...]:
    """Answer the first piece of news of each member that joined not long ago, the newest first.

    Args:
        members: all of them.
        activities: by member id.
        now: aware.
    """
    since = now.date() - timedelta(days=NEW_MEMBER_DAYS)
    firsts = [
        activity.first
        for member in members
        if since <= member.joined <= now.date()
        and (activity := activities.get(member.id)) is not None
        and activity.first is not None
    ]
    return tuple(sorted(firsts, key=lambda first: (first.first_seen_at, first.member_id), reverse=True))


def _trouble(
    source: Source,
    kind: TroubleKind,
    since: datetime | None,
    words: str,
    remedy: str,
    moved_to: str = "",
    *,
    for_member: bool = True,
) -> Trouble:
    return Trouble(
        kind=kind,
        member_id=source.member or "",
        source_id=source.id,
        place=source.url or source.file or "",
        since=since,
        words=words,
        remedy=remedy,
        moved_to=moved_to,
        for_member=for_member,
    )


def _find_broken(source: Source, state: SourceState, now: datetime) -> Iterator[Trouble]:
    if state.retired_at:
        words = "the server says that it was removed for good"
        yield _trouble(source, "retired", state.retired_at, words, f"ask for the new address; {_ASK}")
    elif state.failing_since:
        words, remedy = state.error or "it cannot be read", _mend_failing(source, state.failing_since, now)
        yield _trouble(source, "failing", state.failing_since, words, remedy, for_member=remedy == _ASK)
    if state.moved_to:
        words = f"it moved for good to {state.moved_to}"
        remedy = f"stuifmail sources move {source.id} {state.moved_to}"
        yield _trouble(source, "moved", state.moved_since, words, remedy, state.moved_to)


def _mend_failing(source: Source, since: datetime, now: datetime) -> str:
    """Answer what helps: our own files are no member's matter, and a bad day passes by itself."""
    if source.file:
        return f"look at it: stuifmail parse {source.file}; or correct file: of {source.id} in sources.yaml"
    if now - since < timedelta(days=PATIENCE_DAYS):
        return f"wait: it is tried again by itself; a note is ready when it fails for {PATIENCE_DAYS} days"
    return _ASK


def _find_odd(source: Source, state: SourceState) -> Iterator[Trouble]:
    facts = state.facts
    if source.holds in ("participants", "events") or state.failing_since or state.retired_at:
        return
    if facts.get("empty") and source.kind != "sheet":
        since = _since(state, "empty")
        yield _trouble(source, "empty", since, "it can be read, but nothing is in it", _ASK)
    if facts.get("one_guid"):
        words = "all its entries have the same id; we tell them apart by link and title"
        yield _trouble(source, "one_guid", _since(state, "one_guid"), words, _ASK)
    if count := int(facts.get("future_count", 0)):
        words = "1 entry is dated in the future" if count == 1 else f"{count} entries are dated in the future"
        yield _trouble(source, "future", _since(state, "future_count"), f"{words}; left out of issues", _ASK)
    if facts.get("undated") and source.holds == "news":
        words = "none of its entries says when it is from, so none counts as news"
        yield _trouble(source, "undated", _since(state, "undated"), words, _ASK)


def _find_quiet(source: Source, state: SourceState, now: datetime, quiet_days: int) -> Iterator[Trouble]:
    if source.kind == "calendar" or source.holds != "news":
        return
    newest = state.facts.get("newest_at")
    last = datetime.fromisoformat(newest) if newest else state.last_new_at
    if last and (days := (now - last).days) >= quiet_days:
        remedy = f"look whether the member publishes elsewhere now; {_ASK}"
        yield _trouble(source, "quiet", last, f"nothing new for {days} days", remedy)


def _find_silent(
    member: Member, activity: MemberActivity | None, config: NewsroomConfig, now: datetime
) -> Trouble | None:
    since = activity.newest_at if activity else None
    joined = datetime(member.joined.year, member.joined.month, member.joined.day, tzinfo=UTC)
    days = (now - (since or joined)).days
    if days < config.harvest.quiet_days:
        return None
    return Trouble(
        kind="silent",
        member_id=member.id,
        since=since or joined,
        words=f"nothing new from this member for {days} days" if since else "no news yet from this member",
        remedy=f"call them: perhaps they have news and no time; or {_ASK}",
    )


def _no_source(member: Member) -> Trouble:
    joined = datetime(member.joined.year, member.joined.month, member.joined.day, tzinfo=UTC)
    website = member.website or "ADDRESS"
    return Trouble(
        kind="no_source",
        member_id=member.id,
        place=member.website or "",
        since=joined,
        words="no source of this member, so its silence says nothing",
        remedy=f"stuifmail sources add {website} --member {member.id}",
    )


def _since(state: SourceState, name: str) -> datetime | None:
    moment = state.facts_since.get(name)
    return datetime.fromisoformat(moment) if moment else None
