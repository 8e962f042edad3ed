"""What an event achieved, counted from its participants sheet.

Names are not read at all, addresses only to count people once; none of them is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from stuifmail.config.models import Member, Source
from stuifmail.figures.cleaning import clean_participants
from stuifmail.figures.countries import EUROPEAN_UNION
from stuifmail.figures.metrics import EVENT_METRICS
from stuifmail.model.figures import Figure
from stuifmail.sheets import read_sheet

if TYPE_CHECKING:  # some forty megabytes; only who reads a sheet needs it
    import pandas as pd

REQUIRED = ("registration_id", "email", "organisation", "country", "org_type", "role", "status")
OPTIONAL = ("member_id", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantsResult:
    """What a participants sheet says.

    Args:
        figures: one for each metric, in the order of `EVENT_METRICS`.
        problems: what was left out or could not be told, one sentence each.
    """

    figures: tuple[Figure, ...]
    problems: tuple[str, ...] = ()


def count_participants(
    content: bytes, *, source: Source, file: str, computed_at: datetime, members: Sequence[Member]
) -> ParticipantsResult:
    """Count who came, from how many organisations and countries.

    Args:
        content: the sheet's bytes, CSV or XLSX.
        source: the sheet's source; figures are called `<source.about>.<metric>`.
        file: the file or address, as the user knows it.
        computed_at: aware, UTC.
        members: the coalition's members, by whose names and aliases organisations are known.

    Raises:
        InvalidSheet: columns are missing or doubled, or this is no sheet.
    """
    sheet = read_sheet(content, file=file, required=REQUIRED, optional=OPTIONAL, mapping=source.columns)
    present, problems = clean_participants(sheet, members=members, file=file)
    digest = sha256(content).hexdigest()
    figures = tuple(
        Figure(
            id=f"{source.about}.{name}",
            value=value,
            unit=EVENT_METRICS[name].unit(value),
            definition=EVENT_METRICS[name].definition,
            source_id=source.id,
            source_sha256=digest,
            computed_at=computed_at,
        )
        for name, value in _count(present).items()
    )
    return ParticipantsResult(figures=figures, problems=problems)


def _count(present: pd.DataFrame) -> Mapping[str, int]:
    return dict(_count_each(present))


def _count_each(present: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """Yield each metric with its value; `clean_participants` tells what the columns hold."""
    named = present[present["org_id"] != ""]
    countries = present.loc[~present["country_code"].isin(["", EUROPEAN_UNION]), "country_code"]
    yield "participants", len(present)
    yield "organisations", named["org_id"].nunique()
    yield "municipalities", named.loc[named["is_municipality"], "org_id"].nunique()
    yield "member_organisations", int(present.loc[present["member"] != "", "member"].nunique())
    yield "countries", int(countries.nunique())
