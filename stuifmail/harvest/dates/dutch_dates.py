"""Dates as Dutch and English texts say them: moments, days, or what is known of them. Pure.

What a text leaves open stays open: a span with its precision, never a guess that looks sure, and
never silently today.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from stuifmail.harvest.calendars.icsvalues import CENTRAL_EUROPE, belie_label
from stuifmail.harvest.dates import date_words as words
from stuifmail.harvest.dates.vague_dates import infer_year, read_vague
from stuifmail.model.events import DaySpan
from stuifmail.model.times import MomentOrDay, is_usable

_LONGEST = 300  # characters; no date needs more
_AMSTERDAM = "Europe/Amsterdam"
_DASHES = re.compile("[\u2010-\u2015\u2212]")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReading:
    """When something is, as far as a text says.

    Args:
        starts_at: aware UTC, or a day; None when only the span is known.
        ends_at: as `starts_at`; for days the first day after.
        span: what is known where the text leaves something open: the day, or the year.
        is_tentative: the text leaves it open, or says that it is not sure.
        warnings: what in the text was not believed, one sentence each.
    """

    starts_at: MomentOrDay | None = None
    ends_at: MomentOrDay | None = None
    span: DaySpan | None = None
    is_tentative: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clocks:
    start: time
    end: time | None
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Atom:
    """One date of a text, what it does not say filled in from those after it."""

    day: int
    month: int | None
    year: int | None
    weekday: int | None
    place: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    days: tuple[date, ...]
    is_choice: bool
    year_inferred: bool
    warnings: tuple[str, ...]


def read_date_text(text: str, *, today: date | None, zone: str = _AMSTERDAM) -> DateReading | None:
    """Answer when something is according to a text; None when it says no date.

    A day without a year is the next one to come, or the last one where the text says so ("jl.");
    the span then says that its year was inferred. Something that repeats has an open span.

    Args:
        text: such as "5 juni 2026, 14.00-17.00 uur", "29 mei", "14 of 15 november", "begin 2027".
        today: the day from which years are inferred; None: a date without a year is open.
        zone: IANA name of the zone in which times are, whatever label stands behind them.

    Source: domain.md, 1.6, D8, G3 and G4.
    """
    shown = " ".join(text[:_LONGEST].split())
    plain = _DASHES.sub("-", shown.lower())
    if words.EVERY.search(plain):
        return DateReading(span=_unknown(shown), is_tentative=True)
    clocks, rest = _take_clocks(plain)
    is_unsure = bool(words.UNSURE.search(rest))
    rest = words.UNSURE.sub(" ", rest)
    days = _read_days(rest, today) if _opens(rest) is None else None
    if days is not None:
        return _settle(days, clocks, shown, zone, is_unsure=is_unsure)
    if words.TODAY.search(rest):
        return None
    if _opens(rest) is None and any(atom.month for atom in _atoms(rest)):
        is_yearless = today is None and not any(atom.year for atom in _atoms(rest))
        return DateReading(span=_unknown(shown), is_tentative=True) if is_yearless else None
    span = read_vague(rest, today, lambda part: _only_day(part, today))
    return DateReading(span=replace(span, text=shown), is_tentative=True) if span else None


def _unknown(shown: str) -> DaySpan:
    return DaySpan(first=None, last=None, precision="open", text=shown)


def _opens(text: str) -> re.Match[str] | None:
    """Answer the word that leaves one end of a single date open ("uiterlijk 3 maart")."""
    found = words.OPEN.search(text)
    if found is None:
        return None
    atoms = list(_atoms(text))
    return found if not atoms or all(atom.place[0] >= found.start() for atom in atoms) else None


def _only_day(text: str, today: date | None) -> tuple[date, bool] | None:
    days = _read_days(text, today)
    return (days.days[0], days.year_inferred) if days else None


def _settle(days: _Days, clocks: _Clocks | None, shown: str, zone: str, *, is_unsure: bool) -> DateReading:
    first, last = days.days[0], days.days[-1]
    is_open = days.is_choice or days.year_inferred
    span = DaySpan(
        first=first,
        last=last,
        precision="day" if first == last else "days",
        alternatives=days.days if days.is_choice else (),
        year_inferred=days.year_inferred,
        text=shown,
    )
    firm = _firm(first, last, clocks, zone)
    if days.is_choice or (days.year_inferred and clocks is None):
        firm = replace(firm, starts_at=None, ends_at=None)
    return replace(
        firm,
        span=span if is_open else None,
        is_tentative=is_open or is_unsure,
        warnings=(*days.warnings, *firm.warnings),
    )


def _firm(first: date, last: date, clocks: _Clocks | None, zone: str) -> DateReading:
    if clocks is None:
        return DateReading(starts_at=first, ends_at=last + timedelta(days=1))
    own_zone, warnings = _believe(clocks.label, first, clocks.start, zone)
    start = _in_utc(first, clocks.start, own_zone)
    end = _in_utc(last, clocks.end, own_zone) if clocks.end else None
    if end and end <= start:  # over midnight
        end = _in_utc(last + timedelta(days=1), clocks.end or time(), own_zone)
    return DateReading(starts_at=start, ends_at=end, warnings=warnings)


def _believe(label: str, day: date, clock: time, zone: str) -> tuple[str, tuple[str, ...]]:
    """Answer the zone that counts, and what is wrong with the label behind the time."""
    if not label:
        return zone, ()
    if label in CENTRAL_EUROPE:
        warning = belie_label(label, _in_utc(day, clock, _AMSTERDAM))
        return _AMSTERDAM, (warning,) if warning else ()
    if label in ("UTC", "GMT"):
        return "UTC", ()
    return zone, (f"the zone {label} is not known here; the time is taken in {zone}",)


def _in_utc(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def _take_clocks(text: str) -> tuple[_Clocks | None, str]:
    """Answer the times that the text says, and the text without them."""
    found: list[_Clocks] = []
    rest = text
    for match in words.CLOCKS.finditer(text):
        if _has_clock(match, 1) or _has_clock(match, 2):
            is_range = bool(match["hour2"]) and (_has_clock(match, 2) or not match["minute1"])
            end = _clock(match, 2, None) if is_range else None
            label = (match["zone"] or "").upper()
            found.append(_Clocks(start=_clock(match, 1, match["half2"]), end=end, label=label))
            rest = rest.replace(match[0] if is_range or not match["hour2"] else _first_clock(match), " ", 1)
    if len(found) > 1 and found[0].end is None:  # "5 juni 14:00 - 7 juni 12:00"
        label = found[0].label or found[1].label
        return _Clocks(start=found[0].start, end=found[1].start, label=label), rest
    return (found[0] if found else None), rest


def _first_clock(match: re.Match[str]) -> str:
    """Answer the first of two times, where the second is none but a day."""
    end = max(match.end(name) for name in ("hour1", "minute1", "past1", "unit1"))
    return match.string[match.start() : end]


def _has_clock(match: re.Match[str], number: int) -> bool:
    """Answer whether it is a time at all: a mere number needs minutes or a word behind it."""
    return any(match[f"{name}{number}"] for name in ("minute", "past", "unit"))


def _clock(match: re.Match[str], number: int, half: str | None) -> time:
    hour, minute = int(match[f"hour{number}"]), int(match[f"minute{number}"] or match[f"past{number}"] or 0)
    half = match[f"half{number}"] or half
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour % 24, minute)


def _read_days(text: str, today: date | None) -> _Days | None:
    """Answer the days that a text names, with what joins them; None when they cannot be told."""
    atoms = list(_atoms(text))
    if not atoms:
        return None
    joined = _join(text, atoms)
    filled = _fill(joined)
    years = [atom.year for atom in filled if atom.year]
    if any(atom.month is None for atom in filled) or (not years and today is None):
        return None
    is_past, warnings = bool(words.PAST.search(text)), list[str]()
    found: list[date] = []
    for atom in filled:
        after = found[-1] if found else None
        day = _date_of(atom, today, after, is_past=is_past)
        if day is None:
            return None
        found.append(day)
        if atom.weekday is not None and day.weekday() != atom.weekday:
            warnings.append(f"{day.isoformat()} falls on another day of the week than the text says")
    return _group(text, filled, tuple(found), year_inferred=not years, warnings=tuple(warnings))


def _group(
    text: str, atoms: list[_Atom], days: tuple[date, ...], *, year_inferred: bool, warnings: tuple[str, ...]
) -> _Days:
    gaps = [text[one.place[1] : two.place[0]] for one, two in pairwise(atoms)]
    is_choice = any(words.CHOICE.fullmatch(gap) for gap in gaps)
    is_list = not is_choice and any(words.LIST.fullmatch(gap) for gap in gaps)
    follow = all(two - one == timedelta(days=1) for one, two in pairwise(days))
    ordered = tuple(sorted(set(days)))
    return _Days(
        days=ordered,
        is_choice=len(ordered) > 1 and (is_choice or (is_list and not follow)),
        year_inferred=year_inferred,
        warnings=warnings,
    )


def _atoms(text: str) -> Iterator[_Atom]:
    """Yield the dates of a text in order, numbers only where a month follows or stands before."""
    taken: list[tuple[int, int]] = []
    found = []
    for pattern in (words.ATOM_OF_NUMBERS, words.ATOM, words.ATOM_AMERICAN):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            atom = _atom(match)
            if atom.month is not None or pattern is words.ATOM:
                found.append(atom)
                if atom.month is not None:
                    taken.append(match.span())
    yield from sorted(
        (
            atom
            for atom in found
            if atom.month is not None
            or not any(start < atom.place[1] and atom.place[0] < end for start, end in taken)
        ),
        key=lambda atom: atom.place,
    )


def _atom(match: re.Match[str]) -> _Atom:
    groups = match.groupdict()
    if iso := groups.get("iso"):
        year, month, day = (int(part) for part in iso.split("-"))
    else:
        name, number = groups.get("month"), groups.get("number")
        month = words.MONTHS[name] if name else int(number) if number else 0
        day, year = int(groups["day"]), int(groups["year"] or 0)
    weekday = groups["weekday"]
    return _Atom(
        day=day,
        month=month or None,
        year=year or None,
        weekday=words.WEEKDAYS[weekday] if weekday else None,
        place=match.span(),
    )


def _join(text: str, atoms: list[_Atom]) -> list[_Atom]:
    """Answer the first dates that belong together: joined by "of", "-", "en" and the like."""
    start = next((place for place, atom in enumerate(atoms) if atom.month is not None), 0)
    first = start
    while first > 0 and _joins(text, atoms[first - 1], atoms[first]):
        first -= 1
    last = start
    while last + 1 < len(atoms) and _joins(text, atoms[last], atoms[last + 1]):
        last += 1
    return atoms[first : last + 1]


def _joins(text: str, one: _Atom, two: _Atom) -> bool:
    gap = text[one.place[1] : two.place[0]]
    return any(pattern.fullmatch(gap) for pattern in (words.CHOICE, words.RANGE, words.LIST))


def _fill(atoms: list[_Atom]) -> list[_Atom]:
    """Answer the dates with month and year: from the one after it, else from the one before."""
    month: int | None = None
    year: int | None = None
    filled = []
    for atom in reversed(atoms):
        later = month
        month, year = atom.month or month, atom.year or year
        if not atom.year and year and later and month and month > later:  # "30 december - 2 januari 2027"
            year -= 1
        filled.append(replace(atom, month=month, year=year))
    filled.reverse()
    for place in range(1, len(filled)):
        before = filled[place - 1]
        filled[place] = replace(
            filled[place], month=filled[place].month or before.month, year=filled[place].year or before.year
        )
    return filled


def _date_of(atom: _Atom, today: date | None, after: date | None, *, is_past: bool) -> date | None:
    try:
        if atom.year:
            day = date(atom.year, atom.month or 1, atom.day)
            return day if is_usable(day) else None
        if after is not None:
            day = date(after.year, atom.month or 1, atom.day)
            return day if day >= after else date(after.year + 1, atom.month or 1, atom.day)
        return infer_year(atom.day, atom.month or 1, today, weekday=atom.weekday, is_past=is_past)
    except ValueError:
        return None
