"""Which issue is next, under which name and number."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stuifmail.config.models import Newsletter
from stuifmail.errors import StuifmailError
from stuifmail.newsroom.issues.calendar import issue_id, next_issue

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def build_newsletter(rrule: str = "FREQ=MONTHLY;BYDAY=1TU", **schedule: str) -> Newsletter:
    return Newsletter.model_validate(
        {
            "id": "nieuwsbrief",
            "name": {"nl": "Nieuwsbrief"},
            "audience": "lezers",
            "schedule": {"rrule": rrule, **schedule},
            "first_number": 1,
            "first_issue": "2022-07",
            "sections": [{"id": "leden", "kind": "stories"}],
        }
    )


def test_the_issue_of_may_2026_moves_off_liberation_day() -> None:
    planned = next_issue(build_newsletter(), "NL", datetime(2026, 5, 4, 7, tzinfo=UTC))
    assert planned.id == "nieuwsbrief-2026-05"
    assert planned.send_at == datetime(2026, 5, 6, 10, tzinfo=AMSTERDAM)
    assert planned.number == 47


def test_news_counts_from_the_issue_before() -> None:
    planned = next_issue(build_newsletter(), "NL", datetime(2026, 5, 4, 7, tzinfo=UTC))
    assert planned.previous_send_at == datetime(2026, 4, 7, 10, tzinfo=AMSTERDAM)


def test_on_liberation_day_itself_the_shifted_issue_is_still_to_come() -> None:
    planned = next_issue(build_newsletter(), "NL", datetime(2026, 5, 5, 12, tzinfo=UTC))
    assert planned.id == "nieuwsbrief-2026-05"


def test_after_sending_the_next_month_is_next() -> None:
    planned = next_issue(build_newsletter(), "NL", datetime(2026, 5, 6, 8, tzinfo=UTC))
    assert planned.id == "nieuwsbrief-2026-06"


def test_ten_in_the_morning_stays_ten_across_both_clock_changes() -> None:
    before = next_issue(build_newsletter(), "NL", datetime(2026, 3, 1, tzinfo=UTC))
    after = next_issue(build_newsletter(), "NL", datetime(2026, 4, 1, tzinfo=UTC))
    autumn = next_issue(build_newsletter(), "NL", datetime(2026, 11, 1, tzinfo=UTC))
    assert [p.send_at.hour for p in (before, after, autumn)] == [10, 10, 10]
    assert [str(p.send_at.utcoffset()) for p in (before, after, autumn)] == ["1:00:00", "2:00:00", "1:00:00"]


def test_a_weekly_letter_is_named_by_its_day() -> None:
    weekly = build_newsletter("FREQ=WEEKLY;BYDAY=TH")
    assert issue_id(weekly, datetime(2026, 5, 7, tzinfo=UTC).date()) == "nieuwsbrief-2026-05-07"


def test_an_issue_shifted_into_the_next_month_keeps_its_own_month() -> None:
    last_day = build_newsletter("FREQ=MONTHLY;BYMONTHDAY=-1")
    planned = next_issue(last_day, "NL", datetime(2026, 5, 30, tzinfo=UTC))
    assert planned.id == "nieuwsbrief-2026-05"
    assert planned.send_at.date().isoformat() == "2026-06-01"


def issues_asked_for_daily(newsletter: Newsletter, first: date, days_count: int) -> list[str]:
    start = datetime(first.year, first.month, first.day, 7, tzinfo=UTC)
    asked = [start + timedelta(days=days) for days in range(days_count)]
    return list(dict.fromkeys(next_issue(newsletter, "NL", moment).id for moment in asked))


def test_every_second_week_stays_every_second_week_whenever_one_asks() -> None:
    letter = build_newsletter("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH")
    found = issues_asked_for_daily(letter, date(2026, 8, 3), 35)
    assert [name[-5:] for name in found] == ["08-06", "08-20", "09-03", "09-17"]


def test_four_times_a_year_stays_four_times_a_year() -> None:
    letter = build_newsletter("FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU")
    found = issues_asked_for_daily(letter, date(2026, 1, 7), 300)
    assert found == [f"nieuwsbrief-2026-{month:02}" for month in (4, 7, 10)] + ["nieuwsbrief-2027-01"]


def test_a_rule_without_a_day_means_the_day_on_which_it_starts() -> None:
    planned = next_issue(
        build_newsletter("FREQ=MONTHLY", shift="none"), "NL", datetime(2026, 5, 18, tzinfo=UTC)
    )
    assert planned.send_at.date() == date(2026, 6, 1)


def test_there_is_no_issue_before_the_first() -> None:
    planned = next_issue(build_newsletter(), "NL", datetime(2021, 1, 1, tzinfo=UTC))
    assert (planned.id, planned.number) == ("nieuwsbrief-2022-07", 1)


def test_a_schedule_that_ended_says_so() -> None:
    letter = build_newsletter("FREQ=MONTHLY;BYDAY=1TU;UNTIL=20251231T000000")
    with pytest.raises(StuifmailError, match=r"names no day after 2026-05-04.*COUNT, UNTIL"):
        next_issue(letter, "NL", datetime(2026, 5, 4, 7, tzinfo=UTC))
