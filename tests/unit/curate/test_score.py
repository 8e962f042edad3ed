"""Points: every reason is told, they add up, caps hold, and weights do what they say."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.config.models import Curation, Domain, Fairness, Member, Term, Vocabularies, Weights
from stuifmail.curate import Selection, select_stories
from stuifmail.curate.places import SHOWN_WORDS
from stuifmail.model.items import Item
from stuifmail.model.selections import FeatureLog, Pick
from tests.unit.curate.test_select import FOCUS, NOW, PERIOD, THEMES, item, newsletter, own_words

KINDS = ("ngo", "bedrijf", "gemeente", "telers")
VOCABULARIES = Vocabularies(
    member_kinds=tuple(Term(id=kind, name={"nl": kind, "en": kind}) for kind in KINDS),
    tiers=(Term(id="partner", name={"nl": "partner"}),),
    themes=THEMES,
    domains=(Domain(id="weg", name={"nl": "wegen"}, keywords={"nl": ("weg",)}),),
    focus_points=FOCUS,
)
MEMBERS = tuple(
    Member(id=name, name=f"Lid {name}", kind=kind, tier="partner", joined=date(2020, 1, 1))
    for name, kind in zip("abcdefgh", KINDS * 2, strict=True)
)
NEW = Member(id="nieuw", name="Nieuw", kind="ngo", tier="partner", joined=date(2026, 4, 20))
LETTER = newsletter({"id": "leden", "kind": "stories", "limit": 4})
EVERYBODY = FeatureLog(last={member.id: NOW - timedelta(days=30) for member in MEMBERS})


def select(*items: Item, **more: object) -> Selection:
    asked: dict[str, object] = {
        "newsletter": LETTER,
        "members": (*MEMBERS, NEW),
        "vocabularies": VOCABULARIES,
        "period": PERIOD,
        "already_sent": frozenset(),
        "now": NOW,
        "log": EVERYBODY,
    }
    return select_stories(items, **(asked | more))  # type: ignore[arg-type]


def picks_of(selection: Selection) -> list[Pick]:
    return [pick for picks in selection.picks.values() for pick in picks]


def parts(selection: Selection) -> dict[str, float]:
    (pick,) = picks_of(selection)
    return {reason.part: reason.points for reason in pick.reasons}


def why_not(selection: Selection, one: Item) -> str:
    return next(left.reason for left in selection.waiting if left.item.id == one.id)


def plain(member: str = "a", days: float = 2, **entry: object) -> Item:
    """A piece without theme, domain or any other signal."""
    one = item(member, days, **entry)
    title = own_words(int(one.id.removeprefix("id-")))[:40]
    return replace(one, entry=replace(one.entry, title=title, text=own_words(int(one.id[3:]) + 500_000)))


def test_the_sentence_reads_as_people_speak_and_the_points_add_up() -> None:
    text = "Bermen vol bloemen: van 12 naar 31 soorten, schrijft de gemeenteraad. " * 5
    pieces = [item(name, 2, title="Samen bloemen in bermen gezaaid", text=text) for name in "ab"]
    log = FeatureLog(last={"a": NOW - timedelta(days=120), "b": NOW - timedelta(days=40)})
    (pick,) = picks_of(select(*pieces, log=log))
    assert pick.why == (
        "twee leden betrokken, het eerst Lid a, speerpunt 1 (Meer bermen), thema Bermen,"
        " lid 120 dagen niet genoemd, met cijfers, over beleid, 2 dagen oud"
    )
    assert pick.points == pytest.approx(sum(reason.points for reason in pick.reasons))
    assert {reason.part: reason.points for reason in pick.reasons} == {
        "members": 2.0,
        "focus": 2.0,
        "theme": 1.0,
        "unseen": 4.0,
        "results": 0.3,
        "policy": 0.3,
        "freshness": 3.5,
    }


def test_a_story_that_only_touches_on_a_theme_gets_a_part_of_its_points() -> None:
    one = plain()
    one = replace(one, entry=replace(one.entry, text=f"{one.entry.text} berm"))
    (pick,) = picks_of(select(one))
    assert "raakt aan speerpunt 1 (Meer bermen), raakt aan thema Bermen" in pick.why
    assert [(reason.part, reason.points) for reason in pick.reasons[:2]] == [("focus", 0.67), ("theme", 0.33)]


def test_the_surveys_weight_multiplies_the_theme() -> None:
    one = item("a", title="Bermen in bloei gezet")
    selection = select(one, theme_weights={"bermen": 1.5})
    assert parts(selection)["theme"] == 1.5
    assert "thema Bermen (gewicht 1,5)" in picks_of(selection)[0].why


def test_a_focus_point_that_had_no_turn_yet_this_year_is_raised() -> None:
    one = item("a", title="Bermen in bloei gezet")
    started = replace(EVERYBODY, year_pieces_count=8)
    assert parts(select(one, log=started))["gap"] == 1
    covered = replace(started, focus_points={"bermen-2026": 3})
    assert parts(select(one, log=covered))["gap"] == 0.25
    assert "gap" not in parts(select(one))


def test_who_had_much_of_the_last_issues_loses_points_and_who_had_none_gets_some() -> None:
    log = replace(EVERYBODY, pieces_count=20, members={"a": 10}, kinds={"ngo": 20}, countries={"NL": 20})
    ahead, behind = select(plain("a"), log=log), select(plain("b"), log=log)
    table = [(r.points, r.words) for r in picks_of(ahead)[0].reasons if r.part == "balance"]
    assert (-0.08, "ngo kwam veel aan bod: 100% van de laatste berichten, 33% zou eerlijk zijn") in table
    assert all(r.points > 0 for r in picks_of(behind)[0].reasons if r.part == "balance")


def test_aggregators_are_not_featured_by_what_they_pass_on() -> None:
    text = "Dezelfde tekst over alles wat er deze maand bij de leden in het land gebeurde. " * 5
    pieces = [item(name, 2, source=name, title="Samen zaaien zes dorpen", text=text) for name in "ab"]
    assert parts(select(*pieces))["members"] == 2
    assert "members" not in parts(select(*pieces, aggregators={"b"}))
    assert "unseen" not in parts(select(plain("a"), aggregators={"bron"}))


def test_a_new_members_first_piece_has_a_place_and_a_second_need_not() -> None:
    better = [plain(name, 1) for name in "abcd"]
    first, second = plain("nieuw", 28), plain("nieuw", 29)
    off = Curation(weights=Weights(unseen=0, newcomer=0))
    selection = select(*better, first, second, curation=off)
    chosen = picks_of(selection)
    assert [pick.item.id for pick in chosen] == [one.id for one in (*better[:3], first)]
    assert "eerste bericht van een nieuw lid, dus zeker van een plaats" in chosen[-1].why
    assert why_not(selection, better[3]).startswith(
        "geen plaats meer: een plaats ging naar een nieuw lid, met"
    )
    seen = replace(EVERYBODY, last={**EVERYBODY.last, "nieuw": NOW})
    assert first.id not in [pick.item.id for pick in picks_of(select(*better, first, curation=off, log=seen))]


def test_news_of_three_kinds_of_members_is_in_the_issue_when_there_is_any() -> None:
    ours = [plain(name, 1) for name in "aebf"]
    third = plain("c", 25)
    selection = select(*ours, third)
    assert third.id in [pick.item.id for pick in picks_of(selection)]
    assert "nodig voor berichten van 3 soorten leden" in picks_of(selection)[-1].why
    assert third.id not in [
        pick.item.id
        for pick in picks_of(select(*ours, third, curation=Curation(fairness=Fairness(kinds_least=2))))
    ]


def test_no_member_with_two_pieces_has_more_than_a_quarter_of_the_words() -> None:
    wordy = [plain("a", 1), plain("a", 1)]
    others = [plain(name, 20) for name in "bcd"]
    free = Curation(weights=Weights(repeat=0))
    selection = select(*wordy, *others, curation=free)
    assert Counter(pick.credits for pick in picks_of(selection)) == {
        ("a",): 1, ("b",): 1, ("c",): 1, ("d",): 1,
    }  # fmt: skip
    loser = next(one for one in wordy if one.id not in [pick.item.id for pick in picks_of(selection)])
    assert why_not(selection, loser) == "dit lid zou meer dan 25% van de woorden hebben"
    # No place is left empty for it.
    assert len(picks_of(select(*wordy, *others[:2], curation=free))) == 4


def test_what_misses_a_place_is_told_what_it_lacked() -> None:
    items = [plain(name, days) for name, days in zip("abcde", (1, 1, 1, 1, 4.2), strict=True)]
    assert (
        why_not(select(*items), items[4])
        == "geen plaats meer: 0,4 punt minder dan het laatste gekozen bericht"
    )
    english = select(*items, language="en")
    assert why_not(english, items[4]) == "no room left: 0.4 points less than the last one chosen"


def test_equals_go_to_the_member_who_was_not_featured_for_longest() -> None:
    items = [plain(name, 3) for name in "ab"]
    log = FeatureLog(last={"a": NOW - timedelta(days=130), "b": NOW - timedelta(days=150)})
    assert [pick.credits for pick in picks_of(select(*items, log=log))] == [("b",), ("a",)]


def heap(size: int = 14) -> st.SearchStrategy[list[tuple[str, float, int, bool]]]:
    piece = st.tuples(
        st.sampled_from([*"abcdefgh", "nieuw"]), st.floats(0, 29), st.integers(0, 90), st.booleans()
    )
    return st.lists(piece, max_size=size)


def make(pieces: list[tuple[str, float, int, bool]]) -> list[Item]:
    found = []
    for number, (member, days, words, is_themed) in enumerate(pieces):
        text = " ".join(own_words(number).split()[:words]) + (" berm strook akkerrand" if is_themed else "")
        one = item(member, days, title=" ".join(own_words(number + 900).split()[:5]), text=text)
        found.append(replace(one, id=f"x{number:02}"))
    return found


def count_words(pick: Pick) -> int:
    entry = pick.item.entry
    return len(entry.title.split()) + min(len(entry.text.split()), SHOWN_WORDS["stories"])


@given(heap())
def test_caps_hold_points_add_up_and_every_reason_is_told(pieces: list[tuple[str, float, int, bool]]) -> None:
    selection = select(*make(pieces))
    picks = picks_of(selection)
    counts = Counter(name for pick in picks for name in pick.credits)
    assert all(count <= LETTER.per_member for count in counts.values())
    total = sum(map(count_words, picks))
    for name, count in counts.items():
        mine = sum(count_words(pick) for pick in picks if name in pick.credits)
        is_free = all(left.credits and counts[left.credits[0]] for left in selection.waiting)
        assert count == 1 or mine <= total / 4 or is_free
    for pick in picks:
        assert pick.points == pytest.approx(sum(reason.points for reason in pick.reasons), abs=1e-6)
        assert pick.why
    assert all(left.reason and left.reasons for left in selection.waiting)


@given(heap(), st.sampled_from(sorted(Weights.model_fields)), st.floats(0, 20))
def test_a_higher_weight_never_takes_points_from_a_story_that_it_speaks_for(
    pieces: list[tuple[str, float, int, bool]], weight: str, value: float
) -> None:
    items, default = make(pieces), getattr(Weights(), weight)
    low, high = sorted((value, default))
    log = replace(EVERYBODY, pieces_count=9, members={"a": 9}, kinds={"ngo": 9}, year_pieces_count=9)

    def points(amount: float) -> dict[str, float]:
        weights = Weights(**{weight: amount})
        letter = newsletter({"id": "leden", "kind": "stories", "limit": 1})
        selection = select(*items, newsletter=letter, log=log, curation=Curation(weights=weights))
        found = {left.item.id: left.points for left in selection.waiting}
        return found | {pick.item.id: pick.points for pick in picks_of(selection)}

    against = {"repeat"} | ({"balance"} if weight == "balance" else set())
    before, after = points(low), points(high)
    assert before.keys() == after.keys()
    if weight not in against:
        assert all(after[name] >= before[name] - 1e-9 for name in before)


@given(heap(), st.integers(0, 3))
def test_a_weaker_piece_of_nobody_takes_no_place_without_a_reason(
    pieces: list[tuple[str, float, int, bool]], chance: int
) -> None:
    items = make(pieces)
    even = Curation(weights=Weights(repeat=0))
    before = select(*items, curation=even)
    weaker = replace(plain("", 29.5), id="zz")
    together = [*items, weaker]
    Random(chance).shuffle(together)
    after = select(*together, curation=even)
    lost = {pick.item.id for pick in picks_of(before)} - {pick.item.id for pick in picks_of(after)}
    reasons = {left.item.id: left.reason for left in after.waiting}
    assert all(reasons[name] == "dit lid zou meer dan 25% van de woorden hebben" for name in lost)
