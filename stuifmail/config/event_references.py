"""What sources.yaml says of our own events against what it says elsewhere.

Like `references` it looks at the plain document: a typing error in one place does not hide what
is wrong in another. Times that only a calendar knows are looked at when a record is made.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from stuifmail.config.events import is_gap
from stuifmail.config.places import find, find_texts, text_at
from stuifmail.config.wording import suggest
from stuifmail.config.yaml_reading import Path, YamlDocument
from stuifmail.model.figures import EVENT_METRIC_NAMES
from stuifmail.model.items import ITEM_KINDS
from stuifmail.model.problems import Problem

Problems: TypeAlias = Iterator[Problem]

#: Keys by which one event names another, and what a circle of them would mean.
_RELATIONS = {
    "part_of": "be a part of itself",
    "follows": "follow itself",
    "previous": "be its own previous edition",
}
_ZONE = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """What the document says of one event, as far as it can be read."""

    id: str
    path: Path
    data: dict[str, Any]

    def says(self, key: str) -> str:
        value = self.data.get(key)
        return value if isinstance(value, str) else ""


def find_event_contradictions(document: YamlDocument) -> Problems:
    """Yield what cannot be meant so, of our own events and of memberships that ended."""
    events = _read_events(document)
    yield from _find_circles(document, events)
    yield from _find_outside(document, events)
    yield from _find_gaps(document, events)
    yield from _find_wrong_calendars(document, events)
    yield from _find_unknown_subjects(document, events)
    yield from _find_unknown_metrics(document)
    yield from _find_unknown_figures(document, events)
    yield from _find_unknown_kinds(document)
    yield from _find_overlaps(document)


def _find_unknown_metrics(document: YamlDocument) -> Problems:
    """Yield what nobody counts: it would be missing from what is sent, without a word."""
    places = [
        *find_texts(document.data, "events", "*", "figures", "*", "metric"),
        *find_texts(document.data, "newsletters", "*", "sections", "*", "metrics", "*"),
    ]
    for path, value in places:
        if value and value not in EVENT_METRIC_NAMES:
            remedy = suggest(value, EVENT_METRIC_NAMES)
            message = f'nothing is counted that is called "{value}"'
            yield document.problem(path, message, remedy, of_value=True)


def _find_unknown_figures(document: YamlDocument, events: dict[str, _Event]) -> Problems:
    """Yield figures of moments that nothing counts."""
    tiers = [tier for _, tier in find_texts(document.data, "vocabularies", "tiers", "*", "id")]
    of_members = [*(tier if tier.endswith("s") else f"{tier}s" for tier in tiers), "total", "countries"]
    known = [f"members.{name}" for name in of_members]
    known += [f"{event}.{metric}" for event in events for metric in EVENT_METRIC_NAMES]
    for path, value in find_texts(document.data, "moments", "*", "figures", "*"):
        if value not in known:
            near = [name for name in known if name.startswith(f"{value.split('.')[0]}.")]
            remedy = suggest(value, near or known[: len(of_members)], "there are")
            yield document.problem(path, f'there is no figure "{value}"', remedy, of_value=True)


def _find_unknown_kinds(document: YamlDocument) -> Problems:
    """Yield kinds of items that no source brings: nothing of them would ever be found."""
    places = [
        *find_texts(document.data, "groups", "*", "holds", "*"),
        *find_texts(document.data, "newsletters", "*", "sections", "*", "holds", "*"),
    ]
    for path, value in places:
        if value not in ITEM_KINDS:
            remedy = suggest(value, ITEM_KINDS, "there are")
            yield document.problem(path, f'there is no kind of item "{value}"', remedy, of_value=True)


def find_event_doubts(document: YamlDocument) -> Problems:
    """Yield what is probably forgotten: prospects that signed, and are no members of that day."""
    members = {value: path[:-1] for path, value in find_texts(document.data, "members", "*", "id") if value}
    for path, step in find(document.data, ("prospects", "*", "steps", "*")):
        if not isinstance(step, dict) or step.get("step") != "signed":
            continue
        prospect, day = text_at(document.data, *path[:2], "id"), str(step.get("on", ""))
        if prospect not in members:
            message = f'"{prospect}" signed on {day}, but is no member'
            remedy = f"add it to members: under this id, with joined: {day}"
            yield document.problem((*path, "on"), message, remedy, of_value=True)
        elif day not in _days_of_joining(document, members[prospect]):
            line, _ = document.locate((*members[prospect], "joined"))
            message = f'"{prospect}" signed on {day}, but did not join that day'
            remedy = f"correct one of the two; its membership is in line {line}"
            yield document.problem((*path, "on"), message, remedy, of_value=True)


def _days_of_joining(document: YamlDocument, member: Path) -> list[str]:
    earlier = [value for _, value in find_texts(document.data, *member, "earlier", "*", "joined")]
    return [text_at(document.data, *member, "joined"), *earlier]


def _read_events(document: YamlDocument) -> dict[str, _Event]:
    return {
        data["id"]: _Event(id=data["id"], path=path, data=data)
        for path, data in reversed(list(find(document.data, ("events", "*"))))
        if isinstance(data, dict) and isinstance(data.get("id"), str)
    }


def _find_circles(document: YamlDocument, events: dict[str, _Event]) -> Problems:
    """Yield one problem for each circle, at the event of it that stands first."""
    for key, words in _RELATIONS.items():
        told: set[str] = set()
        for event in sorted(events.values(), key=lambda each: each.path[-1]):
            circle = _circle_from(event.id, key, events)
            if circle and told.isdisjoint(circle):
                told.update(circle)
                way = " -> ".join((*circle, event.id))
                message = f'"{event.id}" would {words}: {way}'
                yield document.problem((*event.path, key), message, "correct one of them", of_value=True)


def _circle_from(start: str, key: str, events: dict[str, _Event]) -> tuple[str, ...]:
    """Answer the events from this one back to itself, none when the chain ends elsewhere."""
    chain, at = [start], events[start].says(key)
    while at in events and at not in chain:
        chain.append(at)
        at = events[at].says(key)
    return tuple(chain) if at == start else ()


def _find_outside(document: YamlDocument, events: dict[str, _Event]) -> Problems:
    """Yield events that are not within the time of the event that they are a part of."""
    for event in events.values():
        above = events.get(event.says("part_of"))
        if above is None or above is event:
            continue
        inner, outer = _times_of(event, events, document), _times_of(above, events, document)
        if inner is None or outer is None or (outer[0] <= inner[0] and inner[1] <= outer[1]):
            continue
        line, _ = document.locate(above.path)
        message = f'"{event.id}" is not within the time of "{above.id}", which it is a part of'
        remedy = f"correct the time of one of them; {above.id} is in line {line}"
        yield document.problem((*event.path, "part_of"), message, remedy, of_value=True)


def _find_gaps(document: YamlDocument, events: dict[str, _Event]) -> Problems:
    """Yield hours that do not exist in a zone that the event does not name itself."""
    for event in events.values():
        if event.says("time_zone") or "calendar" in event.data:
            continue  # checked with the event itself, or known only with the calendar
        zone = _zone_of(event, events, document)
        for key in ("starts", "ends"):
            when = _read_time(event.says(key))
            if isinstance(when, datetime) and is_gap(when, zone):
                message = f"{when:%Y-%m-%d %H:%M} does not exist in {zone}: the clock goes forward there"
                yield document.problem((*event.path, key), message, "correct the time", of_value=True)


def _find_wrong_calendars(document: YamlDocument, events: dict[str, _Event]) -> Problems:
    sources = {value: path[:-1] for path, value in find_texts(document.data, "sources", "*", "id")}
    seen: dict[tuple[str, str], str] = {}
    for event in sorted(events.values(), key=lambda each: each.path[-1]):
        place = (*event.path, "calendar")
        source = text_at(document.data, *place, "source")
        if source in sources and not _holds_events(document, sources[source]):
            message, remedy = f'the source "{source}" holds no events', "name a calendar"
            yield document.problem((*place, "source"), message, remedy, of_value=True)
        entry = (source, text_at(document.data, *place, "uid"))
        if all(entry) and seen.setdefault(entry, event.id) != event.id:
            message = f'"{seen[entry]}" is known by the same calendar entry'
            yield document.problem((*place, "uid"), message, "correct one of the two", of_value=True)


def _holds_events(document: YamlDocument, source: Path) -> bool:
    kind, holds = (text_at(document.data, *source, key) for key in ("kind", "holds"))
    return kind == "calendar" or holds == "events"


def _find_unknown_subjects(document: YamlDocument, events: dict[str, _Event]) -> Problems:
    """Yield participants sheets about an event that is not there, once events are."""
    for path, about in find_texts(document.data, "sources", "*", "about"):
        if events and about not in events:
            remedy = suggest(about, list(events), "there are")
            yield document.problem(path, f'there is no event "{about}"', remedy, of_value=True)


def _find_overlaps(document: YamlDocument) -> Problems:
    """Yield memberships that begin before the one before them ended."""
    for path, member in find(document.data, ("members", "*")):
        if not isinstance(member, dict) or not isinstance(member.get("earlier"), list):
            continue
        earlier = [each for each in member["earlier"] if isinstance(each, dict)]
        starts = [each.get("joined") for each in (*earlier[1:], member)]
        for index, (one, start) in enumerate(zip(earlier, starts, strict=False)):
            left = one.get("left")
            if isinstance(left, str) and isinstance(start, str) and start < left:
                message = f"it ended on {left}, after the next one began ({start})"
                remedy = "oldest first; the day it ended is the first on which it was no longer so"
                yield document.problem((*path, "earlier", index, "left"), message, remedy, of_value=True)


def _times_of(
    event: _Event, events: dict[str, _Event], document: YamlDocument
) -> tuple[datetime, datetime] | None:
    """Answer from when to when an event lasts; None where that is not in sources.yaml."""
    zone, start = _zone_of(event, events, document), _read_time(event.says("starts"))
    end = _read_time(event.says("ends")) or start
    if start is None or end is None:
        return None
    first = start if isinstance(start, datetime) else datetime.combine(start, time())
    last = end if isinstance(end, datetime) else datetime.combine(end + timedelta(days=1), time())
    return _aware(first, zone), _aware(last, zone)


def _aware(moment: datetime, zone: str) -> datetime:
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _zone_of(event: _Event, events: dict[str, _Event], document: YamlDocument) -> str:
    seen: set[str] = set()
    at: _Event | None = event
    while at is not None and at.id not in seen:
        if _is_zone(at.says("time_zone")):
            return at.says("time_zone")
        seen.add(at.id)
        at = events.get(at.says("part_of"))
    ours = text_at(document.data, "organisation", "time_zone")
    return ours if _is_zone(ours) else _ZONE


def _is_zone(name: str) -> bool:
    with suppress(KeyError, ValueError, OSError):
        return bool(name) and bool(ZoneInfo(name).key)
    return False


def _read_time(text: str) -> datetime | date | None:
    with suppress(ValueError):
        found = datetime.fromisoformat(text)
        return None if found.tzinfo else found.date() if len(text) <= 10 else found
    return None
