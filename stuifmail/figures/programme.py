"""The programme of an event: from the rows of a sheet to what happens when, and who tells it.

Nothing is guessed: a cell that says nothing we know is named with its line, and the row stays
without it, so that one typing error costs one cell and not the programme.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from stuifmail.config.models import Member
from stuifmail.config.sheet_columns import PROGRAMME
from stuifmail.errors import InvalidSheet
from stuifmail.model.names import fold_name
from stuifmail.model.problems import Problem
from stuifmail.model.records import ProgrammeRow, RowKind
from stuifmail.model.texts import LocalText
from stuifmail.sheets import read_sheet

_KINDS: Mapping[str, RowKind] = {
    "presentation": "presentation",
    "presentatie": "presentation",
    "lezing": "presentation",
    "voordracht": "presentation",
    "talk": "presentation",
    "discussion": "discussion",
    "gesprek": "discussion",
    "discussie": "discussion",
    "debat": "discussion",
    "panel": "discussion",
    "workshop": "workshop",
    "werksessie": "workshop",
    "work session": "workshop",
    "signing": "signing",
    "ondertekening": "signing",
    "tekenen": "signing",
    "break": "break",
    "pauze": "break",
    "lunch": "break",
    "other": "other",
    "overig": "other",
    "overige": "other",
    "": "other",
}
_TOLD = {"yes": True, "ja": True, "true": True, "x": True, "1": True, "no": False, "nee": False} | {
    "false": False,
    "0": False,
}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.hu](\d\d))?(?::\d\d)?\s*(?:uur|u|h)?", re.ASCII | re.IGNORECASE)
#: Six o'clock is 0.25 where Excel lost the form of the cell: no quarter past midnight.
_PART_OF_DAY = re.compile(r"0\.\d+", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSetting:
    """What has to be known of the event to read its programme.

    Args:
        file: the sheet, as the user knows it.
        zone: IANA name of the event's own zone.
        first, last: its days in that zone; None where they are not known.
        language: of columns that do not say theirs.
        members: by whose ids, names and aliases organisations are known.
    """

    file: str
    zone: str
    first: date | None = None
    last: date | None = None
    language: str = "nl"
    members: Sequence[Member] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSheet:
    """What a programme sheet says.

    Args:
        rows: in the order of the sheet.
        problems: in the order of the sheet; a row without a title is left out and named here.
    """

    rows: tuple[ProgrammeRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_programme(
    content: bytes, setting: ProgrammeSetting, columns: Mapping[str, str] | None = None
) -> ProgrammeSheet:
    """Answer the rows of a programme sheet, times in the event's own zone.

    Args:
        content: the sheet's bytes, CSV or XLSX.
        columns: the sheet's header by our column name, where they differ.

    Raises:
        InvalidSheet: columns are doubled or missing, or this is no sheet.
    """
    sheet = read_sheet(
        content,
        file=setting.file,
        required=(),
        optional=[column.name for column in PROGRAMME],
        mapping=columns,
        aliases={column.name: column.aliases for column in PROGRAMME},
    )
    if not any(name.startswith("title") for name in sheet.attrs["headers"]):
        raise InvalidSheet(
            "no column with a title",
            place=setting.file,
            remedy="name one title, title_nl or title_en, or say under columns: what the sheet calls it",
        )
    reader = _Reader(setting=setting, by_name=_names_of(setting.members))
    found = [reader.read(row) for row in sheet.to_dict("records")]
    rows = tuple(row for row in found if row is not None)
    return ProgrammeSheet(rows=rows, problems=tuple(reader.problems))


def _names_of(members: Sequence[Member]) -> dict[str, str]:
    """Answer each member's id by everything that means it."""
    return {
        fold_name(name): member.id for member in members for name in (*member.aliases, member.name, member.id)
    }


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Reads one row after the other, and gathers what is wrong with them."""

    setting: ProgrammeSetting
    by_name: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def read(self, row: Mapping[Any, Any]) -> ProgrammeRow | None:
        title = self._texts(row, "title")
        if not title:
            self._report(row, "title", "the row has no title, and is left out", "give it one, or remove it")
            return None
        starts_at, ends_at = self._times(row)
        return ProgrammeRow(
            starts_at=starts_at,
            ends_at=ends_at,
            kind=self._kind(row),
            title=title,
            speaker=self._texts(row, "speaker"),
            organisation=str(row["organisation"]),
            member_id=self._member(row),
            delivered=self._delivered(row),
        )

    def _texts(self, row: Mapping[Any, Any], name: str) -> LocalText:
        """Answer a text by language; the column without a language counts where theirs is empty."""
        texts = {self.setting.language: str(row[name])} if row[name] else {}
        texts |= {code: str(row[f"{name}_{code}"]) for code in ("nl", "en") if row[f"{name}_{code}"]}
        return texts

    def _kind(self, row: Mapping[Any, Any]) -> RowKind:
        kind = _KINDS.get(fold_name(str(row["kind"])))
        if kind is None:
            message = f'"{row["kind"]}" is no kind of part, so it counts as none'
            words = "presentation, discussion, workshop, signing, break or other"
            self._report(row, "kind", message, f"write {words}")
        return kind or "other"

    def _delivered(self, row: Mapping[Any, Any]) -> bool | None:
        said = str(row["delivered"]).strip().casefold()
        if said and said not in _TOLD:
            message = f'"{row["delivered"]}" does not say whether it took place'
            self._report(row, "delivered", message, "write yes or no, or leave it empty")
        return _TOLD.get(said)

    def _member(self, row: Mapping[Any, Any]) -> str:
        named = str(row["member"])
        if not named:
            return self.by_name.get(fold_name(str(row["organisation"])), "")
        found = self.by_name.get(fold_name(named), "")
        if not found:
            self._report(row, "member", f'there is no member "{named}"', "correct it, or leave it empty")
        return found

    def _times(self, row: Mapping[Any, Any]) -> tuple[datetime | None, datetime | None]:
        if not (row["starts"] or row["ends"]):
            return None, None
        day = self._day(row)
        if day is None:
            return None, None
        starts_at, ends_at = (self._time(row, name, day) for name in ("starts", "ends"))
        if starts_at and ends_at and ends_at < starts_at:
            self._report(row, "ends", "it ends before it starts; it has no end now", "correct one of the two")
            ends_at = None
        return starts_at, ends_at

    def _day(self, row: Mapping[Any, Any]) -> date | None:
        setting, said = self.setting, str(row["day"]).removesuffix(" 00:00:00")
        said = said or _split_moment(str(row["starts"]))[0]
        if said:
            try:
                return date.fromisoformat(said)
            except ValueError:
                message, remedy = f'"{said}" is no day; the row has no time now', "write 2026-06-08"
                self._report(row, "day", message, _remedy(said, "day", remedy))
                return None
        if setting.first is not None and setting.first == setting.last:
            return setting.first
        message = "the event has no day yet" if setting.first is None else "the event lasts several days"
        remedy = "say under day which one it is" if setting.first else "say when it starts in sources.yaml"
        self._report(row, "day", f"{message}, so the row has no time", remedy)
        return None

    def _time(self, row: Mapping[Any, Any], name: str, day: date) -> datetime | None:
        text = str(row[name])
        if not text:
            return None
        own_day, said = _split_moment(text)
        if own_day not in ("", day.isoformat()):
            self._report(row, name, f'"{text}" is not on {day}', "write the time only, such as 14:00")
            return None
        clock = _read_clock(said)
        if clock is None:
            self._report(row, name, f'"{text}" is no time', _remedy(text, "time", "write 14:00"))
            return None
        zone = ZoneInfo(self.setting.zone)
        moment = datetime.combine(day, clock, zone).astimezone(UTC)
        if moment.astimezone(zone).time() != clock:
            message = f"{clock:%H:%M} does not exist on {day} in {self.setting.zone}: the clock goes forward"
            self._report(row, name, message, "correct the time")
            return None
        return moment

    def _report(self, row: Mapping[Any, Any], column: str, message: str, remedy: str) -> None:
        self.problems.append(
            Problem(file=self.setting.file, line=int(row["line"]), key=column, message=message, remedy=remedy)
        )


def _split_moment(text: str) -> tuple[str, str]:
    """Answer the day and the time of a cell that holds both, as Excel writes them; else no day."""
    found = _MOMENT.fullmatch(text)
    return (found[1], found[2]) if found else ("", text)


def _remedy(text: str, kind: str, otherwise: str) -> str:
    """Answer what to do about a number: Excel counts days, and hours as parts of a day."""
    is_number = text.replace(".", "", 1).isdecimal() and ("." in text or kind == "day")
    return f"give the cell the form of a {kind}, or {otherwise}" if is_number else otherwise


def _read_clock(text: str) -> time | None:
    """Answer the time that "14:00", "9.30 uur" or "14u" says; None for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or _PART_OF_DAY.fullmatch(text.strip()):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
