"""Totals from the ledger: gross joins and net change differ when members leave."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from stuifmail.config.models import Member, Term
from stuifmail.figures import count_members, joined_between, left_between

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
TIERS = (
    Term(id="partner", name={"nl": "Partner", "en": "Partner"}),
    Term(id="supporter", name={"nl": "Supporter", "en": "Supporter"}),
)


def member(
    name: str, joined: str, left: str | None = None, tier: str = "partner", country: str = "NL"
) -> Member:
    return Member(id=name, name=name, kind="ngo", tier=tier, country=country, joined=joined, left=left)  # type: ignore[arg-type]


LEDGER = (
    member("a", "2020-01-01"),
    member("b", "2020-01-01", left="2025-11-18", country="DE"),
    member("ee", "2025-11-18", country="EE"),
    member("no", "2025-11-18", country="NO", tier="supporter"),
    member("eu", "2025-11-18", country="EU"),
)


def counts(on: date) -> dict[str, int]:
    figures = count_members(LEDGER, on=on, tiers=TIERS, computed_at=NOW)
    return {figure.id: figure.value for figure in figures}


def test_tiers_total_and_countries_are_counted_on_a_day() -> None:
    assert counts(date(2025, 11, 17)) == {
        "members.partners": 2,
        "members.supporters": 0,
        "members.total": 2,
        "members.countries": 2,
    }


def test_the_european_union_counts_as_a_member_and_not_as_a_country() -> None:
    after = counts(date(2025, 11, 18))
    assert after["members.total"] == 4
    assert after["members.countries"] == 3


def test_gross_joins_and_net_change_differ_when_somebody_left() -> None:
    start, end = date(2025, 11, 18), date(2025, 11, 19)
    joined, left = joined_between(LEDGER, start, end), left_between(LEDGER, start, end)
    net = counts(end)["members.total"] - counts(date(2025, 11, 17))["members.total"]
    assert [one.id for one in joined] == ["ee", "eu", "no"]
    assert [one.id for one in left] == ["b"]
    assert net == len(joined) - len(left) == 2


def test_the_last_day_of_a_span_belongs_to_the_next_one() -> None:
    assert joined_between(LEDGER, date(2025, 11, 1), date(2025, 11, 18)) == ()
    assert left_between(LEDGER, date(2025, 11, 1), date(2025, 11, 18)) == ()


def test_the_hash_is_of_the_ledger_and_not_of_its_order_or_its_websites() -> None:
    def digest(*members: Member) -> str:
        return count_members(members, on=date(2026, 5, 4), tiers=TIERS, computed_at=NOW)[0].source_sha256

    whole = digest(*LEDGER)
    assert digest(*reversed(LEDGER)) == whole
    assert digest(LEDGER[0].model_copy(update={"website": "https://a.example.org"}), *LEDGER[1:]) == whole
    assert digest(*LEDGER[1:]) != whole


def test_units_are_complete_in_both_languages_and_follow_the_number() -> None:
    figures = {
        figure.id: figure
        for figure in count_members(LEDGER, on=date(2026, 5, 4), tiers=TIERS, computed_at=NOW)
    }
    assert figures["members.partners"].unit == {"nl": "partners", "en": "partners"}
    assert figures["members.supporters"].unit == {"nl": "supporter", "en": "supporter"}
    assert figures["members.total"].unit == {"nl": "leden", "en": "members"}
    assert all(figure.source_id == "ledger" for figure in figures.values())


DAYS = st.dates(date(2020, 1, 1), date(2021, 1, 1))


@given(st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=12), DAYS, DAYS)
def test_net_change_is_always_joins_minus_leaves(
    spans: list[tuple[date, date | None]], one: date, other: date
) -> None:
    start, end = sorted((one, other))
    members = [
        member(f"m{n}", str(joined), str(max(joined, left)) if left else None)
        for n, (joined, left) in enumerate(spans)
    ]

    def total(on: date) -> int:
        figures = count_members(members, on=on, tiers=(), computed_at=NOW)
        return next(figure.value for figure in figures if figure.id == "members.total")

    before = date.fromordinal(start.toordinal() - 1)
    net = len(joined_between(members, start, end)) - len(left_between(members, start, end))
    assert total(date.fromordinal(end.toordinal() - 1)) - total(before) == net
