"""What an event still lacks before people are asked to come. Pure.

An invitation that says no time, no place or no way to sign up costs more mails than it saves.
Only what makes an invitation impossible is blocking; the rest is for an editor to weigh.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from stuifmail.model.records import EventFacts, EventRecord
from stuifmail.model.reviews import Finding, Severity
from stuifmail.model.texts import LocalText

#: Clock labels of Central Europe, with the hours that they are ahead of UTC.
_LABELS = {"CET": 1, "MET": 1, "MEZ": 1, "CEST": 2, "MEST": 2, "MESZ": 2, "GMT": 0, "UTC": 0, "EAT": 3}
_LABEL = re.compile(rf"\b({'|'.join(_LABELS)})\b")


def check_completeness(record: EventRecord, previous_report_url: str) -> list[Finding]:
    """Answer what an event lacks before an invitation, in the order in which it would be read.

    Args:
        record: the event.
        previous_report_url: the report of the meeting before it, "" when there is none yet.
    """
    found = (
        *_check_status(record),
        *_check_time(record.facts),
        *_check_labels(record),
        *_check_place(record.facts),
        *_check_registration(record.facts),
        *_check_texts(record),
        *_check_relations(record, previous_report_url),
        *_check_sources(record),
    )
    return [replace(each, place=record.id) for each in found]


def _finding(code: str, severity: Severity, message: str, remedy: str) -> Finding:
    return Finding(code=code, severity=severity, message=message, remedy=remedy)


def _check_status(record: EventRecord) -> Iterator[Finding]:
    status = record.facts.status
    if status in ("cancelled", "postponed"):
        message = f"the event is {status}"
        yield _finding("event-off", "blocking", message, "invite nobody; tell those who know of it")
    elif status == "tentative":
        yield _finding(
            "event-tentative",
            "warning",
            "the date may still change",
            "invite once it is sure, and until then say so; set status: confirmed in sources.yaml",
        )


def _check_time(facts: EventFacts) -> Iterator[Finding]:
    span = facts.span
    if facts.starts_at is None and span is None:
        yield _finding(
            "event-no-start",
            "blocking",
            "it has no date",
            "add starts: in sources.yaml, or to the calendar",
        )
    elif facts.starts_at is None:
        yield _finding(
            "event-no-start",
            "warning",
            f"its date is open{_say_days(span.alternatives if span else ())}",
            "choose a day: add starts: in sources.yaml",
        )
    if span is not None and span.year_inferred:
        message = f'the year was not said ("{span.text}"); it is our reading'
        yield _finding("event-year-inferred", "warning", message, "ask which year is meant, and add starts:")
    if facts.starts_at is not None and facts.ends_at is None:
        yield _finding(
            "event-no-end", "warning", "it has no end", "add ends: in sources.yaml, or to the calendar"
        )


def _say_days(days: Iterable[date]) -> str:
    said = " or ".join(f"{day.day} {day:%B %Y}" for day in days)
    return f": {said}" if said else ""


def _check_labels(record: EventRecord) -> Iterator[Finding]:
    """Yield clock labels in its texts that its zone does not have on that day ("CET" in June)."""
    starts_at, zone = record.facts.starts_at, record.facts.time_zone
    if not isinstance(starts_at, datetime):
        return
    local = starts_at.astimezone(ZoneInfo(zone))
    offset = local.utcoffset()
    hours = offset.total_seconds() / 3600 if offset is not None else 0
    texts = [record.facts.title, record.lead, record.description, record.summary]
    texts += [row.title for row in record.programme]
    said = {label for text in _spoken(texts) for label in _LABEL.findall(text)}
    for label in sorted(said):
        if _LABELS[label] != hours:
            yield _finding(
                "event-zone-label",
                "warning",
                f"a text says {label}; on {local.day} {local:%B %Y} {zone} has {local.tzname()}",
                "leave the label out: times are shown in the event's own zone",
            )


def _spoken(texts: Iterable[LocalText]) -> Iterator[str]:
    for text in texts:
        yield from text.values()


def _check_place(facts: EventFacts) -> Iterator[Finding]:
    if facts.attendance != "online" and not facts.venue.line:
        yield _finding(
            "event-no-place",
            "blocking",
            "it has no place",
            "add venue: in sources.yaml, or to the calendar",
        )
    elif facts.attendance == "onsite" and facts.venue.name and not (facts.venue.city or facts.venue.street):
        yield _finding(
            "event-address",
            "advice",
            f'its place is one line of text: "{facts.venue.name}"',
            "give street, number and city under venue: in sources.yaml",
        )
    if facts.attendance != "onsite" and not facts.venue.online_url:
        remedy = "add venue.online_url: in sources.yaml, or say that the link follows"
        yield _finding("event-no-link", "warning", "nobody can tell where it can be followed online", remedy)


def _check_registration(facts: EventFacts) -> Iterator[Finding]:
    entry = facts.registration
    gaps = (
        (not entry.url, _finding("event-no-registration", "warning", "there is no form to sign up", "url")),
        (
            entry.closes_on is None,
            _finding("event-no-deadline", "warning", "no last day to sign up", "closes_on"),
        ),
        (not entry.contact, _finding("event-no-contact", "warning", "nobody to ask", "contact")),
        (
            entry.capacity is None,
            _finding("event-no-capacity", "advice", "no number of places", "capacity"),
        ),
        (
            not any(entry.price.values()),
            _finding("event-no-price", "advice", "it does not say what it costs", "price"),
        ),
    )
    for is_missing, found in gaps:
        if is_missing:
            yield replace(found, remedy=f"add registration.{found.remedy}: in sources.yaml")
    if not facts.language:
        remedy = "add language: in sources.yaml"
        yield _finding("event-no-language", "advice", "it does not say in which language it is held", remedy)
    yield from _check_numbers(facts)


def _check_numbers(facts: EventFacts) -> Iterator[Finding]:
    entry, last = facts.registration, _first_day(facts)
    if entry.closes_on is not None and last is not None and entry.closes_on > last:
        message = f"signing up closes on {entry.closes_on}, after the event began ({last})"
        yield _finding("event-closes-late", "warning", message, "correct registration.closes_on:")
    if entry.capacity is not None and (entry.registered_count or 0) > entry.capacity:
        message = f"{entry.registered_count} people signed up for {entry.capacity} places"
        yield _finding("event-full", "warning", message, "invite nobody more, or find a larger room")


def _first_day(facts: EventFacts) -> date | None:
    start = facts.starts_at
    return start.astimezone(ZoneInfo(facts.time_zone)).date() if isinstance(start, datetime) else start


def _check_texts(record: EventRecord) -> Iterator[Finding]:
    languages = list(record.facts.title)
    texts = (
        (record.lead, _finding("event-no-lead", "warning", "no opening question or promise", "lead")),
        (record.description, _finding("event-no-description", "warning", "no description", "description")),
    )
    for text, found in texts:
        missing = [language for language in languages if not text.get(language)]
        if missing:
            message = f"{found.message} in {' and '.join(missing)}"
            yield replace(found, message=message, remedy=f"write {found.remedy}: in sources.yaml")
    if not record.programme:
        yield _finding(
            "event-no-programme",
            "advice",
            "there is no programme yet",
            "add programme.file: in sources.yaml",
        )
    if not record.audience_id:
        remedy = "add audience: in sources.yaml"
        yield _finding("event-no-audience", "blocking", "it does not say who is invited", remedy)


def _check_relations(record: EventRecord, previous_report_url: str) -> Iterator[Finding]:
    before = record.follows or (record.previous if record.facts.kind == "community_of_practice" else "")
    if before and not previous_report_url:
        yield _finding(
            "event-no-previous-report",
            "warning",
            f"there is no report yet of {before}, which it follows",
            f"add report_url: to {before} in sources.yaml; the invitation then links to it",
        )


def _check_sources(record: EventRecord) -> Iterator[Finding]:
    for field, said in record.differences.items():
        yield _finding(
            "event-differs",
            "warning",
            f"the calendar says otherwise of {field}: {said}",
            f"correct one of the two; leave {field} out of sources.yaml to follow the calendar",
        )
    for problem in record.problems:
        where = ": ".join(part for part in (_say_place(problem.file, problem.line), problem.key) if part)
        yield _finding("event-unreadable", "warning", f"{where}: {problem.message}", problem.remedy)


def _say_place(file: str, line: int) -> str:
    return f"{file}:{line}" if line else file
