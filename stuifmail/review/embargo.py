"""When an embargo ends, and what it locks until then. Pure."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from stuifmail.errors import EmbargoRefused
from stuifmail.model.blocks import NoticeBlock, figure_ids_in, figure_ids_of, texts_of
from stuifmail.model.publications import Embargo, Publication
from stuifmail.model.reviews import EmbargoRecord, Finding

#: Our clock may be fast, a desk's may be slow: nothing leaves before this much after the end.
MARGIN = timedelta(minutes=2)

#: What takes something back goes to those who had it, at any time.
_TAKES_BACK = ("correction", "kill")


def read_civil(text: str, zone: str, *, place: str) -> datetime:
    """Answer the moment at which clocks of a zone show "2026-06-10 00:01".

    An hour that the clock strikes twice is the later one: too late harms nobody.

    Args:
        zone: IANA name.
        place: for the message: what the embargo is of.

    Raises:
        EmbargoRefused: there is no such zone, no such moment, or the clock skips it.
    """
    naive = _read_naive(text, place)
    local = naive.replace(tzinfo=_read_zone(zone, place), fold=1)
    if local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) != naive:
        raise EmbargoRefused(
            f"the clock of {zone} never shows {text}: it is put forward then",
            place=place,
            remedy="name an hour that exists, such as one later",
        )
    return local


def _read_naive(text: str, place: str) -> datetime:
    remedy = "write day and time, such as '2026-06-10 00:01', and the zone apart"
    try:
        naive = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise EmbargoRefused(f'"{text}" is no moment', place=place, remedy=remedy) from error
    if naive.tzinfo is not None:
        raise EmbargoRefused(f'"{text}" names a zone of its own', place=place, remedy=remedy)
    if len(text.strip()) < len("2026-06-10 00:01"):
        raise EmbargoRefused(f'"{text}" names no hour', place=place, remedy=remedy)
    return naive


def _read_zone(zone: str, place: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise EmbargoRefused(
            f'there is no time zone "{zone}"',
            place=place,
            remedy="write a name of the IANA time zone database, such as Europe/Amsterdam",
        ) from error


def check_embargo(embargo: Embargo, languages: Iterable[str], *, at: datetime, place: str) -> None:
    """Do nothing when an embargo is whole and still to come.

    Args:
        languages: in which its reason has to be given.
        at: now, aware.

    Raises:
        EmbargoRefused: its end has passed, its zone is none, or a reason is missing.
    """
    _read_zone(embargo.time_zone, place)
    if missing := [code for code in languages if not embargo.reason.get(code, "").strip()]:
        raise EmbargoRefused(
            f"the embargo has no reason in {', '.join(missing)}",
            place=place,
            remedy="say why in each language; without a reason there is no embargo",
        )
    if embargo.until <= at:
        raise EmbargoRefused(
            "the end of the embargo has passed", place=place, remedy="name a later moment, or set none"
        )


def end_of(record: EmbargoRecord) -> datetime:
    """Answer from when on nothing is locked any more, UTC."""
    return record.lifted_at or record.until_at + MARGIN


def is_over(record: EmbargoRecord, at: datetime) -> bool:
    """Answer whether an embargo locks nothing any more; one withdrawn locks until its end."""
    return at >= end_of(record)


def find_locking(
    records: Iterable[EmbargoRecord],
    publication: Publication,
    at: datetime,
    secrets: Mapping[str, AbstractSet[tuple[str, int]]] | None = None,
    names: Mapping[str, AbstractSet[str]] | None = None,
) -> EmbargoRecord | None:
    """Answer the embargo that locks a publication at a moment, the one that ends last; None when free.

    Args:
        secrets: by facts_id, figures of related events (name and value) that give the facts away.
        names: by facts_id, who joins at the event: a welcome to one of them gives them away, too.
    """
    shown = {(figure.id, figure.value) for figure in publication.figures}
    welcomed = _welcomes_of(publication)
    locking = [
        record
        for record in records
        if not is_over(record, at)
        and (
            touches(record, publication)
            or shown & (secrets or {}).get(record.facts_id, frozenset())
            or any(name in welcomed for name in (names or {}).get(record.facts_id, frozenset()))
        )
    ]
    return max(locking, key=end_of, default=None)


def touches(record: EmbargoRecord, publication: Publication) -> bool:
    """Answer whether a publication tells the facts of an embargo: the same ones, event or figures."""
    if publication.facts_id and publication.facts_id == record.facts_id:
        return True
    if not record.event_id:
        return False
    return publication.event_id == record.event_id or any(
        name.startswith(f"{record.event_id}.") for name in _numbers_of(publication)
    )


def _welcomes_of(publication: Publication) -> str:
    """Answer all words with which new members are welcomed."""
    welcomes = [
        block for block in publication.blocks() if isinstance(block, NoticeBlock) and block.tone == "welcome"
    ]
    return "\n".join(text for block in welcomes for _, texts in texts_of(block) for text in texts.values())


def _numbers_of(publication: Publication) -> Iterable[str]:
    yield from (figure.id for figure in publication.figures)
    yield from (breakdown.id for breakdown in publication.breakdowns)
    for block in publication.blocks():
        yield from figure_ids_of(block)
    for text in (publication.subject, publication.preheader, publication.intro, publication.closing):
        yield from (name for words in text.values() for name in figure_ids_in(words))


def is_sealed(publication: Publication, record: EmbargoRecord) -> bool:
    """Answer whether a publication is the release under this very embargo: trusted desks get it now."""
    return publication.embargo is not None and (publication.facts_id, publication.embargo.until) == (
        record.facts_id,
        record.until_at,
    )


def is_refused(publication: Publication, record: EmbargoRecord | None) -> bool:
    """Answer whether a publication may not go out at all while this embargo lasts."""
    if record is None or publication.kind in _TAKES_BACK:
        return False
    return not is_sealed(publication, record)


def find_embargo_trouble(
    publication: Publication, lock: EmbargoRecord | None, own: EmbargoRecord | None
) -> list[Finding]:
    """Answer the findings on embargoes.

    Args:
        lock: the embargo that locks it when it is to be sent.
        own: the record of its own facts, over or not.
    """
    if publication.embargo is not None and not _is_recorded(publication.embargo, own):
        return [
            Finding(
                code="embargo-unrecorded",
                severity="blocking",
                message="its embargo is not the one that locks the web page and the other publications",
                remedy=f"set it for all versions: stuifmail embargo {publication.id} --until … --as ROLE",
            )
        ]
    if lock is None or not is_refused(publication, lock):
        return []
    return [
        Finding(
            code="embargo-locked",
            severity="blocking",
            place=lock.event_id or lock.facts_id,
            message=f"the facts are under embargo {say_end(lock)}",
            remedy=f"let it go out later, or take them out; lifting: stuifmail embargo {lock.facts_id}",
        )
    ]


def _is_recorded(embargo: Embargo, own: EmbargoRecord | None) -> bool:
    return own is not None and (own.until_at, own.time_zone) == (embargo.until, embargo.time_zone)


def say_end(record: EmbargoRecord) -> str:
    """Answer until when, in the zone in which it was announced: "until 10 June 2026 00:01 …"."""
    local = record.until_at.astimezone(ZoneInfo(record.time_zone))
    return f"until {local.day} {local:%B %Y %H:%M} ({record.time_zone})"


def say_embargo(record: EmbargoRecord, at: datetime) -> str:
    """Answer an embargo on one line: until when, and what became of it."""
    if record.withdrawn_at:
        ended = f"withdrawn by {record.withdrawn_by}: {record.withdraw_reason}"
    elif record.lifted_at:
        ended = f"lifted by {record.lifted_by}: {record.lift_reason}"
    else:
        ended = "over" if is_over(record, at) else "in force"
    return f"{say_end(record)}, {ended}"
