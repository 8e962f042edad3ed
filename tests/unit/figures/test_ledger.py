"""Who joined, who left, who was announced: domain edge cases of the membership ledger."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stuifmail.config.events import Prospect
from stuifmail.config.models import Member, Vocabularies
from stuifmail.config.network import Membership
from stuifmail.figures.ledger import (
    compare_announced,
    count_ledger,
    describe_new_members,
    find_movement,
    step_before,
)
from stuifmail.figures.membership import active_members, count_movement, tier_on
from tests.builders_harvest import make_config

DAY = date(2025, 11, 18)
NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
WORDS: Vocabularies = make_config(
    vocabularies={
        "member_kinds": [
            {"id": "country", "name": {"nl": "land", "en": "country"}},
            {"id": "union", "name": {"nl": "unie", "en": "union"}},
            {"id": "ngo", "name": {"nl": "organisatie", "en": "organisation"}},
        ],
        "tiers": [
            {"id": "partner", "name": {"nl": "partner", "en": "partner"}},
            {"id": "supporter", "name": {"nl": "supporter", "en": "supporter"}},
        ],
    },
    members=[],
).vocabularies


def member(name: str, joined: str, left: str | None = None, **more: Any) -> Member:
    values = {"kind": "ngo", "tier": "partner", **more}
    return Member.model_validate({"id": name, "name": name.title(), "joined": joined, "left": left, **values})


def spell(tier: str, joined: str, left: str) -> Membership:
    return Membership(tier=tier, joined=date.fromisoformat(joined), left=date.fromisoformat(left))


def prospect(name: str, *steps: tuple[str, str], event: str = "nairobi") -> Prospect:
    said = [{"step": step, "on": on} for step, on in steps]
    return Prospect.model_validate(
        {"id": name, "name": name.title(), "kind": "ngo", "event": event, "steps": said}
    )


LEDGER = (
    member("a", "2020-01-01"),
    member("b", "2020-01-01", "2025-11-18", country="DE"),
    member("estonia", "2025-11-18", country="EE", kind="country", signed="2025-11-18"),
    member("norway", "2025-11-18", country="NO", kind="country", signed="2025-11-18"),
    member("eu", "2025-11-18", country="EU", kind="union", signed="2025-11-18"),
)


def test_the_european_union_is_a_member_and_not_a_country() -> None:
    count = count_ledger(LEDGER, WORDS, DAY)
    assert count.total == 4
    assert count.countries == ("EE", "NL", "NO")
    assert count.by_kind == {"country": 2, "union": 1, "ngo": 1}
    assert count.signed_count == 3


def test_gross_joins_and_net_differ_by_who_left() -> None:
    movement = find_movement(LEDGER, DAY, DAY)
    assert [each.id for each in movement.joined] == ["estonia", "eu", "norway"]
    assert [each.id for each in movement.left] == ["b"]
    assert movement.net == 2
    figures = count_movement(LEDGER, since=DAY, until=date(2025, 11, 19), computed_at=NOW)
    assert {figure.id: figure.value for figure in figures} == {
        "members.joined": 3,
        "members.left": 1,
        "members.net": 2,
    }


def test_who_changes_tier_neither_joins_nor_leaves() -> None:
    moved = member("c", "2024-09-24", earlier=[spell("supporter", "2023-10-10", "2024-09-24")])
    movement = find_movement([moved], date(2024, 1, 1), date(2024, 12, 31))
    assert (movement.joined, movement.left, movement.net) == ((), (), 0)
    (move,) = movement.moved
    assert (move.before, move.after, move.on) == ("supporter", "partner", date(2024, 9, 24))
    assert tier_on(moved, date(2024, 9, 23)) == "supporter"
    assert tier_on(moved, date(2024, 9, 24)) == "partner"
    assert count_ledger([moved], WORDS, date(2024, 1, 1)).by_tier == {"partner": 0, "supporter": 1}


def test_who_comes_back_after_an_absence_left_and_joined() -> None:
    returned = member("d", "2024-05-14", earlier=[spell("partner", "2022-12-13", "2024-01-01")])
    movement = find_movement([returned], date(2022, 1, 1), date(2024, 12, 31))
    assert [each.id for each in movement.joined] == ["d", "d"]
    assert [each.id for each in movement.left] == ["d"]
    assert movement.net == 1
    assert active_members([returned], date(2024, 3, 1)) == []
    assert describe_new_members([returned], WORDS)[0].returned


def test_a_new_member_is_told_with_its_kind_country_and_signature() -> None:
    (new,) = describe_new_members([LEDGER[4]], WORDS)
    assert (new.name, new.kind["nl"], new.country) == ("Eu", "unie", "EU")
    assert (new.joined_on, new.signed_on, new.returned) == (DAY, DAY, False)


def test_four_are_announced_and_three_join() -> None:
    confirmed = ("confirmed", "2025-11-01")
    prospects = [
        prospect("estonia", confirmed, ("signed", "2025-11-18")),
        prospect("norway", confirmed, ("signed", "2025-11-18")),
        prospect("eu", confirmed, ("signed", "2025-11-18")),
        prospect("hedge", confirmed, ("withdrew", "2025-11-18")),
        prospect("late", confirmed, ("withdrew", "2025-11-17")),
        prospect("hesitant", ("intends", "2025-11-01")),
        prospect("elsewhere", confirmed, event="congress"),
    ]
    found = compare_announced("nairobi", prospects, LEDGER[2:], DAY)
    assert found.announced == ("Estonia", "Norway", "Eu", "Hedge")
    assert len(found.realised) == 3
    assert found.missing == ("Hedge",)
    assert found.unannounced == ()


def test_who_confirms_on_the_day_itself_was_not_announced() -> None:
    found = compare_announced("nairobi", [prospect("norway", ("confirmed", "2025-11-18"))], LEDGER[3:4], DAY)
    assert found.announced == ()
    assert found.unannounced == ("Norway",)


def test_a_step_before_anybody_asked_is_none() -> None:
    one = prospect("norway", ("approached", "2025-02-11"))
    assert step_before(one, date(2025, 2, 11)) == ""
    assert step_before(one, None) == "approached"


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 300), st.integers(0, 60)), max_size=8))
def test_net_is_always_the_difference_of_two_totals(spans: list[tuple[int, int, int]]) -> None:
    def day(number: int) -> str:
        return date.fromordinal(date(2024, 1, 1).toordinal() + number).isoformat()

    members = [
        member(
            f"m{index}",
            day(start + length + gap),
            earlier=[spell("supporter", day(start), day(start + length))],
        )
        for index, (start, length, gap) in enumerate(spans)
    ]
    since, until = date(2024, 3, 1), date(2024, 12, 31)
    before = count_ledger(members, WORDS, date(2024, 2, 29)).total
    assert find_movement(members, since, until).net == count_ledger(members, WORDS, until).total - before
