"""What an event achieved, counted from its participants sheet.

Names are not read at all, addresses only to count people once; none of them is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from stuifmail.config.models import Member, Source
from stuifmail.figures.cleaning import Participants, clean_participants
from stuifmail.figures.countries import EUROPEAN_UNION, name_country
from stuifmail.figures.metrics import BREAKDOWNS, EVENT_METRICS
from stuifmail.figures.org_types import find_type
from stuifmail.figures.parts import count_parts
from stuifmail.model.attendance import ROLE_LABELS
from stuifmail.model.figures import Breakdown, Figure
from stuifmail.model.texts import LocalText
from stuifmail.sheets import read_sheet

if TYPE_CHECKING:  # some forty megabytes; only who reads a sheet needs it
    import pandas as pd

REQUIRED = ("registration_id", "email", "organisation", "country", "org_type", "role", "status")
OPTIONAL = ("member_id", "mode", "language", "checked_in_at")

#: For the secretariat only.
INTERNAL = frozenset({"show_rate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantsResult:
    """What a participants sheet says.

    Args:
        figures: in the order of `EVENT_METRICS`; before anybody noted who came, only `registered`.
        breakdowns: participants by country, type and role, where that tells of no persons.
        problems: what was left out or could not be told, one sentence each.
    """

    figures: tuple[Figure, ...]
    breakdowns: tuple[Breakdown, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    """What every number of one sheet has in common."""

    about: str
    source_id: str
    source_sha256: str
    computed_at: datetime
    suffix: str

    def definition(self, known: str) -> str:
        """Answer the definition by its id and version; with press it is another one."""
        name, _, version = known.partition("/")
        return f"{name}{self.suffix}/{version}"


def count_participants(
    content: bytes,
    *,
    source: Source,
    file: str,
    computed_at: datetime,
    members: Sequence[Member],
    on: date | None = None,
) -> ParticipantsResult:
    """Count who came, from how many organisations and countries, and by which parts.

    Of a person with several rows the weightiest status counts, as `model.attendance` orders them.

    Args:
        content: the sheet's bytes, CSV or XLSX.
        source: the sheet's source; figures are called `<source.about>.<metric>`.
        file: the file or address, as the user knows it.
        computed_at: aware, UTC.
        members: the coalition's members, by whose names and aliases organisations are known.
        on: the event's day, for who was a member; None while it is not known.

    Raises:
        InvalidSheet: columns are missing or doubled, formulas stand in them, or this is no sheet.
    """
    sheet = read_sheet(content, file=file, required=REQUIRED, optional=OPTIONAL, mapping=source.columns)
    has_mode = "mode" in sheet.attrs["headers"]
    found = clean_participants(sheet, members=members, file=file, on=on, with_press=source.count_press)
    origin = _Origin(
        about=source.about or source.id,
        source_id=source.id,
        source_sha256=sha256(content).hexdigest(),
        computed_at=computed_at,
        suffix="_with_press" if source.count_press else "",
    )
    counted = {name: value for name, value in _count_each(found) if has_mode or name not in _OF_MODE}
    return ParticipantsResult(
        figures=tuple(_figure(name, counted[name], origin) for name in EVENT_METRICS if name in counted),
        breakdowns=tuple(_break_down(found.present, origin)) if found.is_held else (),
        problems=found.problems,
    )


_OF_MODE = ("participants_onsite", "participants_online")


def _figure(name: str, value: int, origin: _Origin) -> Figure:
    metric = EVENT_METRICS[name]
    return Figure(
        id=f"{origin.about}.{name}",
        value=value,
        unit=metric.unit(value),
        definition=origin.definition(metric.definition),
        source_id=origin.source_id,
        source_sha256=origin.source_sha256,
        computed_at=origin.computed_at,
        internal=name in INTERNAL,
    )


def _count_each(found: Participants) -> Iterator[tuple[str, int]]:
    """Yield each metric with its value; `Participants` tells what the columns hold."""
    registered = int(found.people["status"].ne("cancelled").sum())
    yield "registered", registered
    if not found.is_held:
        return
    present = found.present
    named = present[present["org_id"] != ""]
    ours = present[present["member"] != ""]
    yield "participants", len(present)
    yield "organisations", named["org_id"].nunique()
    yield "municipalities", named.loc[named["is_municipality"], "org_id"].nunique()
    yield "member_organisations", int(ours["member"].nunique())
    yield "countries", _count_countries(present)
    yield "member_countries", _count_countries(ours)
    yield "participants_onsite", int(present["mode"].eq("onsite").sum())
    yield "participants_online", int(present["mode"].eq("online").sum())
    yield "show_rate", round(100 * len(present) / registered)


def _count_countries(rows: pd.DataFrame) -> int:
    return int(rows.loc[~rows["country_code"].isin(["", EUROPEAN_UNION]), "country_code"].nunique())


def _break_down(present: pd.DataFrame, origin: _Origin) -> Iterator[Breakdown]:
    types = {text: find_type(text) for text in present["org_type"].unique()}
    by_key = {each.key: each.label for each in types.values()}
    keys: Mapping[str, tuple[list[str], Callable[[str], LocalText]]] = {
        "by_country": (list(present["country_code"]), name_country),
        "by_type": ([types[text].key for text in present["org_type"]], by_key.__getitem__),
        "by_role": (list(present["role"]), ROLE_LABELS.__getitem__),
    }
    for name, (column, label_of) in keys.items():
        rows, merged_count = count_parts(column, label_of)
        if rows:
            yield Breakdown(
                id=f"{origin.about}.{name}",
                title=dict(BREAKDOWNS[name]),
                unit=EVENT_METRICS["participants"].unit(2),
                rows=rows,
                merged_count=merged_count,
                definition=origin.definition(f"{name}/1"),
                source_id=origin.source_id,
                source_sha256=origin.source_sha256,
                computed_at=origin.computed_at,
            )
