"""The content lines of an iCalendar document, sifted before a parser sees them.

Calendars from the world hold lines that make a strict parser refuse the whole file. Only
what an agenda needs is passed on, so that a broken alarm or free/busy block costs nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: What an agenda needs of an event (RFC 5545, 3.8).
WANTED = frozenset(
    {
        "UID", "RECURRENCE-ID", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "DTSTART", "DTEND", "DURATION",
        "STATUS", "SEQUENCE", "RRULE", "RDATE", "EXDATE", "DTSTAMP", "LAST-MODIFIED",
    }
)  # fmt: skip
# Possessive, so that a line made to take long takes no longer than others.
_LINE = re.compile(r'([A-Za-z0-9-]++)((?:;(?:[^":]|"[^"]*+")*+)?):(.*)', re.DOTALL)
#: How clocks are changed: once a year. icalendar follows other rules too, for as long as it takes.
_ZONE_RULE = re.compile(
    r"FREQ=YEARLY(?:;(?:BYMONTH=\d{1,2}|BYDAY=[+-]?\d?[A-Z]{2}|BYMONTHDAY=-?\d{1,2}(?:,-?\d{1,2}){0,6}"
    r"|BYYEARDAY=-?\d{1,3}|INTERVAL=\d{1,2}|COUNT=\d{1,4}|UNTIL=\d{8}(?:T\d{6}Z?)?|WKST=[A-Z]{2}"
    r"|BYHOUR=\d{1,2}|BYMINUTE=\d{1,2}|BYSECOND=\d{1,2}))*;?",
    re.IGNORECASE,
)
_DEEPEST = 10  # components within components; real calendars have three
_BARE_DATE = re.compile(r"^\d{8}$")
_DATES = frozenset({"DTSTART", "DTEND", "RECURRENCE-ID"})
_LISTS = frozenset({"EXDATE", "RDATE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """The useful lines of a calendar document.

    Args:
        zones: each VTIMEZONE, whole, as unfolded lines.
        events: line number of BEGIN:VEVENT (from 1) and the event's wanted lines, in order.
        cancelled: places in `events` that stand in a calendar with METHOD:CANCEL.
        title: the calendar's own name, raw.
        zone: the zone that the calendar says it is in (X-WR-TIMEZONE), raw; "" for none.
        is_whole: it is no part of a calendar: not cut off, no message about single events.
        problems: what was wrong, one sentence each.
    """

    zones: tuple[tuple[str, ...], ...]
    events: tuple[tuple[int, tuple[str, ...]], ...]
    cancelled: frozenset[int]
    title: str
    zone: str
    is_whole: bool
    problems: tuple[str, ...]


def decode_calendar(content: bytes) -> tuple[str, str]:
    """Answer the text and, when it is not UTF-8 as it must be, a problem ("" otherwise)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "the calendar is in UTF-16 instead of UTF-8"
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return content.decode("windows-1252", "replace"), "the calendar is not in UTF-8; read as windows-1252"


def sift_lines(text: str) -> Sifted:
    """Answer the useful lines of one or more VCALENDARs in one text."""
    sifter = _Sifter()
    for number, line in _unfold(text):
        sifter.take(number, line)
    return sifter.finish()


def _unfold(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each content line (RFC 5545, 3.1)."""
    number, parts = 0, [""]
    for count, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if line[:1] in (" ", "\t"):
            parts.append(line[1:])
            continue
        if not line:  # some writers put empty lines between a line and its continuation
            continue
        if joined := "".join(parts):
            yield number, joined
        number, parts = count, [line]
    if joined := "".join(parts):
        yield number, joined


class _Sifter:
    """Walks over content lines and remembers in which components it is."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.block: list[str] = []
        self.begun = 0
        self.method = self.title = self.zone = ""
        self.is_whole = True
        self.zones: list[tuple[str, ...]] = []
        self.events: list[tuple[int, tuple[str, ...]]] = []
        self.cancelled: set[int] = set()
        self.problems: list[str] = []

    def take(self, number: int, line: str) -> None:
        found = _LINE.fullmatch(line)
        if found is None:
            if line.strip():
                self.problems.append(f"line {number} is no calendar line ({_shorten(line)}); left out")
            return
        name = found[1].upper()
        if name == "BEGIN":
            self._begin(number, found[3].strip().upper())
        elif name == "END":
            self._end(number, found[3].strip().upper())
        elif "VTIMEZONE" in self.open:
            self._take_zone(number, line, name, found[3])
        elif (
            self.open[-1:] == ["VEVENT"]
            and name in WANTED
            and not (name in _LISTS and not found[3].strip(", "))
        ):
            self.block.append(_mend(name, found[2], found[3]))
        elif self.open[-1:] == ["VCALENDAR"]:
            self._take_head(name, found[3])

    def finish(self) -> Sifted:
        if self.open:
            self.problems.append(f"the calendar stops in the middle: END:{self.open[-1]} is missing")
            self.is_whole = False
        if "VEVENT" in self.open:
            self._keep_event()
        return Sifted(
            zones=tuple(self.zones),
            events=tuple(self.events),
            cancelled=frozenset(self.cancelled),
            title=self.title,
            zone=self.zone,
            is_whole=self.is_whole,
            problems=tuple(self.problems),
        )

    def _begin(self, number: int, component: str) -> None:
        if component == "VEVENT" and "VEVENT" in self.open:
            self.problems.append(f"line {number}: the event before it has no END:VEVENT")
            self._keep_event()
            del self.open[self.open.index("VEVENT") :]
        if component == "VCALENDAR":
            self.method = ""
        if len(self.open) >= _DEEPEST:
            self.problems.append(f"line {number}: BEGIN:{component} is nested too deep; left out")
            return
        self.open.append(component)
        if component in ("VEVENT", "VTIMEZONE"):
            self.block, self.begun = [], number
        elif "VTIMEZONE" in self.open:
            self.block.append(f"BEGIN:{component}")

    def _end(self, number: int, component: str) -> None:
        if component not in self.open:
            self.problems.append(f"line {number}: END:{component} without its BEGIN; left out")
            return
        if component == "VEVENT":
            self._keep_event()
        elif component == "VTIMEZONE":
            self.zones.append(("BEGIN:VTIMEZONE", *self.block, "END:VTIMEZONE"))
        elif "VTIMEZONE" in self.open:
            self.block.append(f"END:{component}")
        last = len(self.open) - 1 - self.open[::-1].index(component)
        del self.open[last:]

    def _keep_event(self) -> None:
        if self.method == "CANCEL":
            self.cancelled.add(len(self.events))
        self.events.append((self.begun, ("BEGIN:VEVENT", *self.block, "END:VEVENT")))
        self.block = []

    def _take_zone(self, number: int, line: str, name: str, value: str) -> None:
        if name == "RRULE" and not _ZONE_RULE.fullmatch(value.strip()):
            self.problems.append(f"line {number}: no clocks change like this ({_shorten(line)}); left out")
            return
        self.block.append(line)

    def _take_head(self, name: str, value: str) -> None:
        if name == "METHOD":
            self.method = value.strip().upper()
            self.is_whole = self.is_whole and self.method in ("", "PUBLISH")
        elif name == "X-WR-CALNAME" and not self.title:
            self.title = value
        elif name == "X-WR-TIMEZONE" and not self.zone:
            self.zone = value.strip()


def _mend(name: str, parameters: str, value: str) -> str:
    """Answer the line as it was meant: nothing empty in it; a bare date is a date."""
    if name in _DATES and _BARE_DATE.match(value.strip()):
        return f"{name};VALUE=DATE:{value.strip()}"
    if name in _LISTS:  # an empty date among others would spoil them all
        value = ",".join(part for part in value.split(",") if part.strip())
    kept = re.sub(r";{2,}", ";", parameters).rstrip(";")
    return f"{name}{kept}:{value}"


def _shorten(line: str) -> str:
    return line if len(line) <= 40 else line[:39] + "…"
