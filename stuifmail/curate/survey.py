"""What members said they want to read about: from the survey's answers to a weight for each theme."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from stuifmail.config.models import Theme
from stuifmail.config.sheet_columns import SURVEY
from stuifmail.errors import InvalidSheet
from stuifmail.model.names import fold_name
from stuifmail.model.selections import SurveyResult
from stuifmail.sheets import read_sheet

#: Points of a first, second and third choice.
_CHOICES = (("first", 3.0), ("second", 2.0), ("third", 1.0))

#: So many of the rows that do not count are named.
_TOLD = 10


def read_survey(
    content: bytes,
    *,
    file: str,
    taken: date,
    themes: Sequence[Theme],
    columns: Mapping[str, str] | None = None,
) -> SurveyResult:
    """Answer how much each theme weighs with the members; the average is 1.

    The sheet has either one row for each theme with its weight; or one row for each theme that
    a respondent ranked, with the rank (of n themes the first gets n points, the last 1); or one
    row for each respondent, with a first, second and third choice (3, 2 and 1 points).

    Args:
        content: the sheet's bytes, CSV or XLSX.
        file: the file, as the user knows it.
        taken: day of the survey.
        themes: the newsroom's; a sheet may call them by name, in any language, or by id.
        columns: the sheet's header by our column name, where they differ.

    Raises:
        InvalidSheet: this is no such sheet, or none of its rows counts.
    """
    names = [column.name for column in SURVEY]
    frame = read_sheet(content, file=file, required=(), optional=names, mapping=columns or {})
    rows: list[dict[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]  # columns are text
    problems: list[str] = []
    votes = list(_read_votes(rows, _Names(themes), problems, len(themes), file))
    points: dict[str, float] = defaultdict(float)
    for _, theme, count in votes:
        points[theme] += count
    if not sum(points.values()):
        raise InvalidSheet(
            "no row of the survey counts",
            place=file,
            remedy=problems[0] if problems else "fill in which themes weigh how much",
        )
    average = sum(points.values()) / len(themes)
    return SurveyResult(
        weights={theme.id: round(points[theme.id] / average, 2) for theme in themes},
        file=file,
        sha256=hashlib.sha256(content).hexdigest(),
        taken=taken.isoformat(),
        answers_count=len({line for line, _, _ in votes}),
        problems=tuple(problems[:_TOLD]),
    )


class _Names:
    def __init__(self, themes: Sequence[Theme]) -> None:
        self._ids = {
            fold_name(name): theme.id for theme in themes for name in (*theme.name.values(), theme.id)
        }

    def find(self, name: str) -> str | None:
        return self._ids.get(fold_name(name))


def _read_votes(
    rows: Sequence[Mapping[str, Any]], names: _Names, problems: list[str], themes_count: int, file: str
) -> Iterator[tuple[int, str, float]]:
    """Yield line, theme and points of each answer that counts."""
    filled = {name for row in rows for name, value in row.items() if name != "line" and value}
    if "theme" in filled and filled & {"weight", "rank"}:
        for row in rows:
            yield from _read_row(row, names, problems, themes_count)
    elif "first" in filled:
        for row in rows:
            for column, points in _CHOICES:
                yield from _vote(row, row[column], points, names, problems)
    else:
        raise InvalidSheet(
            "the survey has neither themes with a weight or rank, nor a first choice",
            place=file,
            remedy="say under curation.survey.columns what the sheet calls theme and weight, or first",
        )


def _read_row(
    row: Mapping[str, Any], names: _Names, problems: list[str], themes_count: int
) -> Iterator[tuple[int, str, float]]:
    said = row["weight"] or row["rank"]
    number = _read_number(said)
    if number is None:
        problems.append(f'line {row["line"]}: "{said}" is no number; left out')
        return
    points = number if row["weight"] else themes_count + 1 - number
    yield from _vote(row, row["theme"], max(points, 0.0), names, problems)


def _vote(
    row: Mapping[str, Any], name: str, points: float, names: _Names, problems: list[str]
) -> Iterator[tuple[int, str, float]]:
    if not name:
        return
    theme = names.find(name)
    if theme is None:
        problems.append(f'line {row["line"]}: there is no theme "{name}"; left out')
        return
    yield row["line"], theme, points


def _read_number(text: str) -> float | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None
