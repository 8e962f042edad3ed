"""When something happens, in words."""

from datetime import UTC, date, datetime

import pytest

from stuifmail.render.dates import describe_when, local_days, tile_days, tile_month
from stuifmail.render.labels import read_labels
from tests.builders_publication import project_root

AMSTERDAM, NAIROBI = "Europe/Amsterdam", "Africa/Nairobi"
WORKSHOP = datetime(2026, 6, 8, 12, tzinfo=UTC), datetime(2026, 6, 8, 15, tzinfo=UTC)
SUMMIT = datetime(2025, 11, 18, 6, tzinfo=UTC), datetime(2025, 11, 19, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moments", "zone", "language", "words"),
    [
        (WORKSHOP, AMSTERDAM, "nl", "maandag 8 juni, 14.00–17.00 uur"),
        (WORKSHOP, AMSTERDAM, "en", "Monday 8 June, 14:00–17:00"),
        ((WORKSHOP[0], None), AMSTERDAM, "nl", "maandag 8 juni, 14.00 uur"),
        ((WORKSHOP[0], WORKSHOP[0]), AMSTERDAM, "en", "Monday 8 June, 14:00"),
        ((date(2026, 5, 29), None), AMSTERDAM, "nl", "vrijdag 29 mei"),
        ((date(2026, 5, 29), date(2026, 5, 30)), AMSTERDAM, "en", "Friday 29 May"),
        ((date(2026, 7, 6), date(2026, 7, 11)), AMSTERDAM, "nl", "maandag 6 juli t/m vrijdag 10 juli"),
        ((date(2027, 1, 4), None), AMSTERDAM, "nl", "maandag 4 januari 2027"),
        (
            SUMMIT,
            NAIROBI,
            "nl",
            "dinsdag 18 november 2025, 9.00 uur t/m woensdag 19 november 2025, 17.30 uur (tijd in Nairobi)",
        ),
        ((SUMMIT[0], None), NAIROBI, "en", "Tuesday 18 November 2025, 09:00 (Nairobi time)"),
        ((WORKSHOP[0], None), "Europe/Paris", "nl", "maandag 8 juni, 14.00 uur"),
    ],
)
def test_an_event_is_described_in_its_own_zone_and_the_reader_s_language(moments, zone, language, words):
    labels = read_labels(project_root() / "templates", language)
    said = describe_when(*moments, zone, language=language, labels=labels, home=AMSTERDAM, year=2026)
    assert said == words


def test_the_day_of_an_event_is_the_day_where_it_happens():
    late = datetime(2026, 6, 8, 22, 30, tzinfo=UTC)
    assert local_days(late, None, AMSTERDAM) == (date(2026, 6, 9), date(2026, 6, 9))
    assert local_days(late, None, "America/New_York") == (date(2026, 6, 8), date(2026, 6, 8))


@pytest.mark.parametrize(
    ("day", "language", "month"),
    [
        (date(2026, 5, 1), "nl", "mei"),
        (date(2026, 4, 1), "nl", "april"),
        (date(2026, 9, 1), "nl", "sep"),
        (date(2026, 6, 1), "en", "June"),
        (date(2026, 11, 1), "en", "Nov"),
    ],
)
def test_a_tile_shortens_months_that_do_not_fit(day, language, month):
    assert tile_month(day, language) == month


def test_a_tile_shows_a_range_only_within_one_month():
    assert tile_days(date(2026, 7, 6), date(2026, 7, 10)) == "6–10"
    assert tile_days(date(2026, 7, 30), date(2026, 8, 1)) == "30"
    assert tile_days(date(2026, 7, 6), date(2026, 7, 6)) == "6"
