"""An event as iCalendar text: what readers put into their calendars.

The text is the same for all readers of an edition but for the one attendee of a REQUEST, whose
address goes where `ATTENDEE_MARK` stands. The mark has a line of its own, so that lines are
folded here once for all readers, and only that line once more for each.

Source: RFC 5545 (form), 5546 (methods), 6047 (mail).
"""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vRecur,
    vText,
)

from stuifmail.errors import InvalidTemplate
from stuifmail.model.calendars import find_obstacle
from stuifmail.model.publications import ATTENDEE_MARK, CalendarPart
from stuifmail.model.records import EventFacts
from stuifmail.model.texts import LocalText, pick_text
from stuifmail.render.ics_zones import Observance, list_observances

_PRODUCER = "-//stuifmail//stuifmail 1//EN"
_STATUSES = {
    "confirmed": "CONFIRMED",
    "tentative": "TENTATIVE",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
}
#: Controls, and whatever some reader takes for the end of a line; tab and line feed are text.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_ATTENDEE = f"ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:\r\n {ATTENDEE_MARK}"


class _Text(vText):
    """A text that arrives as it was: icalendar itself takes a backslash before an N for a new line."""

    def to_ical(self) -> bytes:
        """Answer the text escaped (RFC 5545, 3.3.11)."""
        text = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\n", "\\n").encode()


def make_calendar(
    part: CalendarPart,
    language: str,
    *,
    stamped_at: datetime,
    organiser_name: str = "",
    parent_uid: str = "",
    with_attendee: bool | None = None,
) -> str:
    """Answer the event as iCalendar text with CRLF line ends of at most 75 octets.

    Args:
        part: the event; `part.description` is plain text without marks.
        language: of title and description; what is not translated stands in another.
        stamped_at: the moment the text was made, aware: of the publication, not of the clock, so
            that the same publication has the same bytes.
        organiser_name: the sender's name.
        parent_uid: UID of the event that this one is a part of.
        with_attendee: one attendee, the reader; by default of a REQUEST only. A CANCEL has one
            where the invitation was a REQUEST.

    Returns:
        "" when the event has no day yet (see `find_obstacle`). Of a REQUEST for a day that
        may still change: a PUBLISH.

    Raises:
        InvalidTemplate: a title or address that no calendar can hold.
    """
    if part.facts.starts_at is None:
        return ""
    method = method_of(part)
    asks = method == "REQUEST" if with_attendee is None else with_attendee and method != "PUBLISH"
    calendar = Calendar()
    calendar.add("prodid", _PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    event = _event(part, language, method, stamped_at, organiser_name)
    if parent_uid:
        event.add("related-to", _line(parent_uid), parameters={"RELTYPE": "PARENT"})
    if (zone := _zone_of(part.facts)) is not None:
        calendar.add_component(_timezone(zone, part.facts))
    calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return _add_attendee(text) if asks else text


def _add_attendee(text: str) -> str:
    """Answer the text with the one attendee last in the event: only a whole line ends it."""
    before, end, after = text.rpartition("\r\nEND:VEVENT\r\n")
    return f"{before}\r\n{_ATTENDEE}{end}{after}"


def method_of(part: CalendarPart) -> str:
    """Answer the METHOD the part will have: nobody is asked to accept a day that may change."""
    obstacle = find_obstacle(part)
    return "PUBLISH" if obstacle and obstacle.code == "calendar-tentative" else part.method


def _event(
    part: CalendarPart, language: str, method: str, stamped_at: datetime, organiser_name: str
) -> Event:
    facts, event, stamp = part.facts, Event(), stamped_at.astimezone(UTC).replace(microsecond=0)
    event.add("uid", _line(facts.uid))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", facts.sequence)
    event.add("status", "CANCELLED" if method == "CANCEL" else _STATUSES[facts.status])
    event.add("summary", _Text(_line(pick_text(facts.title, language))))
    for name, moment in (("dtstart", facts.starts_at), ("dtend", facts.ends_at)):
        if moment is not None:
            event.add(name, _local(moment, facts))
    if location := place_of(facts):
        event.add("location", _Text(location))
    if description := _describe(facts, part.description, language):
        event.add("description", _Text(description))
    if facts.link:
        event.add("url", _line(facts.link))
    event.add("categories", [facts.kind.replace("_", " ").upper()])
    event.add("organizer", _mailbox(part.organiser, organiser_name))
    if not isinstance(facts.starts_at, datetime):
        event.add("transp", "TRANSPARENT")
    return event


def place_of(facts: EventFacts) -> str:
    """Answer where it is on one line, the address to follow it online where that is all there is."""
    return _line(facts.venue.line or facts.venue.online_url)


def _describe(facts: EventFacts, description: LocalText, language: str) -> str:
    """Answer the description with the links that calendars without a field for them would hide."""
    text = _UNPRINTABLE.sub("", _unify(pick_text(description, language))).strip()
    online = facts.venue.online_url if facts.venue.line else ""
    links = [link for link in (online, facts.link) if link and link not in text]
    return "\n\n".join(part for part in (text, *map(_line, links)) if part)


def _unify(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line(text: str) -> str:
    """Answer a text on one line, without what could end a line."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _mailbox(address: str, name: str) -> vCalAddress:
    mailbox = vCalAddress(f"mailto:{_line(address)}")
    if name := _line(name).replace('"', "'"):  # RFC 5545 knows no way to quote a quote here
        mailbox.params["CN"] = vText(name)
    return mailbox


def _local(moment: datetime | date, facts: EventFacts) -> datetime | date:
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(_zone_of(facts) or UTC)


def _zone_of(facts: EventFacts) -> ZoneInfo | None:
    """Answer the zone that is written into the calendar; None for whole days and for UTC."""
    if not isinstance(facts.starts_at, datetime) or facts.time_zone in ("UTC", "Etc/UTC"):
        return None
    try:
        return ZoneInfo(facts.time_zone)
    except (KeyError, ValueError) as error:
        raise InvalidTemplate(
            f"there is no time zone {facts.time_zone!r}",
            place=facts.event_id,
            remedy="write it as Europe/Amsterdam",
        ) from error


def _timezone(zone: ZoneInfo, facts: EventFacts) -> Timezone:
    begin, end = (
        moment.astimezone(zone).date() if isinstance(moment, datetime) else date.min
        for moment in (facts.starts_at, facts.ends_at or facts.starts_at)
    )
    component = Timezone()
    component.add("tzid", zone.key)
    for observance in list_observances(zone, begin, end):
        component.add_component(_observance(observance))
    return component


def _observance(observance: Observance) -> TimezoneStandard | TimezoneDaylight:
    component = TimezoneDaylight() if observance.is_forward else TimezoneStandard()
    component.add("dtstart", observance.starts_at)
    if observance.weekday:
        rule = {"freq": "yearly", "bymonth": observance.month, "byday": observance.weekday}
        component.add("rrule", vRecur(rule))
    component.add("tzoffsetfrom", _whole_minutes(observance.offset_from))
    component.add("tzoffsetto", _whole_minutes(observance.offset_to))
    component.add("tzname", observance.name)
    return component


def _whole_minutes(offset: timedelta) -> timedelta:
    return timedelta(minutes=round(offset.total_seconds() / 60))
