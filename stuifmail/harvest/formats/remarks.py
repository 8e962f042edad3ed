"""What is wrong with single entries and events, told in one sentence for each kind of trouble."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stuifmail.model.events import CalendarEntry
from stuifmail.model.items import Entry

#: So many entries are named for each kind of trouble.
MOST_NAMED = 3
_LONGEST = 40  # characters of a title or value that are shown


def sum_up(trouble: str, named: Sequence[str], remedy: str = "") -> str:
    """Answer one sentence: the trouble, the first few that have it, how many more there are.

    Args:
        trouble: such as "the date cannot be read".
        named: those that have it, as people find them back.
        remedy: what to do about it.
    """
    more = len(named) - MOST_NAMED
    tail = f", and {more} more" if more > 0 else ""
    return f"{trouble}: {', '.join(named[:MOST_NAMED])}{tail}" + (f"; {remedy}" if remedy else "")


def name_entry(number: int, title: str, kind: str = "entry") -> str:
    """Answer how an entry is called in a remark: its position from 1, and its title, shortened."""
    return f'{kind} {number} "{shorten(title)}"' if title else f"{kind} {number}"


def shorten(text: str) -> str:
    """Answer the beginning of the text, on one line."""
    text = " ".join(text.split())
    return f"{text[:_LONGEST].rstrip()}…" if len(text) > _LONGEST else text


def remark_entries(
    entries: Sequence[Entry], *, refused_links: Mapping[int, str], unreadable_dates: Mapping[int, str]
) -> Iterator[str]:
    """Yield a sentence for each kind of trouble of a feed's entries.

    Args:
        entries: in document order.
        refused_links, unreadable_dates: by place in `entries` (from 0) what the feed says there.
    """
    untitled = [place for place, entry in enumerate(entries) if not entry.title]
    unlinked = [place for place, entry in enumerate(entries) if not entry.link and place not in refused_links]
    undated = [
        place
        for place, entry in enumerate(entries)
        if not (entry.published_at or entry.updated_at) and place not in unreadable_dates
    ]
    yield from remark_repeated(entries)
    yield from _remark_missing("no title", untitled, entries, "")
    yield from _remark_values("a link that is no web address", refused_links, entries)
    yield from _remark_missing("no link", unlinked, entries, "")
    yield from _remark_values("a date that cannot be read", unreadable_dates, entries)
    yield from _remark_missing("no date", undated, entries, "without a date they are no news")


def remark_repeated(entries: Sequence[Entry], called: str = "guid") -> Iterator[str]:
    """Yield a sentence when entries that differ have the same guid, which may be `called` otherwise."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        if entry.guid:
            places[entry.guid].append(place)
    repeated = [
        place
        for group in places.values()
        if len({(entries[place].title, entries[place].link) for place in group}) > 1
        for place in group
    ]
    if repeated:
        named = [f"{_name(entries, place)} ({shorten(entries[place].guid or '')!r})" for place in repeated]
        yield sum_up(f"different entries have the same {called}", named, "each needs its own")


def remark_events(
    events: Sequence[CalendarEntry], lines: Sequence[int], early: Iterable[int]
) -> Iterator[str]:
    """Yield a sentence for each kind of trouble of a calendar's events.

    Args:
        events: in document order.
        lines: of each event the line on which it begins.
        early: places in `events` (from 0) of those that end before they start.
    """
    troubles = {
        "events without a UID": [place for place, event in enumerate(events) if not event.uid],
        "events end before they start (DTEND before DTSTART)": list(early),
    }
    for trouble, places in troubles.items():
        if places:
            named = [
                f"{name_entry(place + 1, events[place].summary, 'event')} (line {lines[place]})"
                for place in places
            ]
            yield sum_up(trouble, named)


def _name(entries: Sequence[Entry], place: int) -> str:
    return name_entry(place + 1, entries[place].title)


def _remark_missing(what: str, places: list[int], entries: Sequence[Entry], remedy: str) -> Iterator[str]:
    if len(places) > 1 and len(places) == len(entries):
        yield f"none of the {len(entries)} entries has {what.replace('no ', 'a ')}" + (
            f"; {remedy}" if remedy else ""
        )
    elif places:
        yield sum_up(f"entries with {what}", [_name(entries, place) for place in places], remedy)


def _remark_values(what: str, values: Mapping[int, str], entries: Sequence[Entry]) -> Iterator[str]:
    if values:
        named = [f"{_name(entries, place)} ({shorten(text)!r})" for place, text in sorted(values.items())]
        yield sum_up(f"entries with {what}", named)
