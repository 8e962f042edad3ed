"""Open dates are printed as what is known of them, in both languages."""

from datetime import date
from pathlib import Path

import pytest

from stuifmail.model.events import DaySpan
from stuifmail.render.labels import read_labels
from stuifmail.render.spans import describe_span, tile_of_span

TEMPLATES = Path(__file__).parents[3] / "templates"
MAY_29 = date(2026, 5, 29)
NOVEMBER = date(2026, 11, 14), date(2026, 11, 15)


def span(first: date | None, last: date | None, precision: str, **changes: object) -> DaySpan:
    return DaySpan(first=first, last=last, precision=precision, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "dutch", "english"),
    [
        (
            span(MAY_29, MAY_29, "day", year_inferred=True),
            "29 mei 2026",
            "29 May 2026",
        ),
        (span(*NOVEMBER, "days", alternatives=NOVEMBER), "14 of 15 november 2026", "14 or 15 November 2026"),
        (
            span(
                date(2026, 6, 30),
                date(2026, 7, 2),
                "days",
                alternatives=(date(2026, 6, 30), date(2026, 7, 2)),
            ),
            "30 juni of 2 juli 2026",
            "30 June or 2 July 2026",
        ),
        (
            span(date(2026, 6, 5), date(2026, 6, 7), "days", year_inferred=True),
            "5 t/m 7 juni 2026",
            "5 – 7 June 2026",
        ),
        (span(date(2027, 1, 1), date(2027, 3, 31), "part"), "begin 2027", "early 2027"),
        (span(date(2026, 5, 11), date(2026, 5, 20), "part"), "medio mei 2026", "mid May 2026"),
        (span(date(2028, 2, 21), date(2028, 2, 29), "part"), "eind februari 2028", "late February 2028"),
        (span(date(2026, 3, 1), date(2026, 5, 31), "part"), "maart t/m mei 2026", "March – May 2026"),
        (
            span(date(2026, 12, 1), date(2027, 2, 28), "part"),
            "december 2026 t/m februari 2027",
            "December 2026 – February 2027",
        ),
        (span(date(2026, 6, 1), date(2026, 6, 30), "month"), "juni 2026", "June 2026"),
        (span(date(2027, 1, 1), date(2027, 12, 31), "year"), "2027", "2027"),
        (span(None, date(2027, 3, 31), "open"), "uiterlijk 31 maart 2027", "by 31 March 2027"),
        (span(date(2026, 9, 1), None, "open"), "vanaf 1 september 2026", "from 1 September 2026"),
        (span(None, None, "open", text="elke dinsdag"), "elke dinsdag", "elke dinsdag"),
    ],
)
def test_a_span_says_what_is_known_and_nothing_more(known: DaySpan, dutch: str, english: str) -> None:
    for language, wanted in (("nl", dutch), ("en", english)):
        labels = read_labels(TEMPLATES, language)
        assert describe_span(known, "", language=language, labels=labels) == wanted


def test_a_day_whose_year_is_open_keeps_its_time_and_has_no_weekday() -> None:
    labels = read_labels(TEMPLATES, "nl")
    known = span(MAY_29, MAY_29, "day", year_inferred=True)
    text = describe_span(known, "vrijdag 29 mei 2026, 14.00 uur", language="nl", labels=labels)
    assert text == "29 mei 2026, 14.00 uur"


@pytest.mark.parametrize(
    ("known", "tile"),
    [
        (span(MAY_29, MAY_29, "day"), ("mei", "29")),
        (span(*NOVEMBER, "days", alternatives=NOVEMBER), ("nov", "14/15")),
        (span(date(2026, 6, 1), date(2026, 6, 30), "month"), ("juni", "?")),
        (span(date(2027, 1, 1), date(2027, 3, 31), "part"), ("2027", "?")),
        (span(None, date(2027, 3, 31), "open"), ("maart", "?")),
        (span(None, None, "open"), ("?", "?")),
    ],
)
def test_a_date_tile_never_shows_a_day_that_is_not_known(known: DaySpan, tile: tuple[str, str]) -> None:
    assert tile_of_span(known, "nl") == tile
