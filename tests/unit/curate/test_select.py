"""Choosing stories: what may be news, one story from many, newest and fairest first."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.config.models import FocusPoint, Member, Newsletter, Term, Theme, Vocabularies
from stuifmail.curate import Selection, select_stories
from stuifmail.curate.stories import canonical_link
from stuifmail.curate.wording import WORDINGS
from stuifmail.model.items import Entry, Item, Provenance
from stuifmail.model.selections import FeatureLog

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
PERIOD = (NOW - timedelta(days=30), NOW + timedelta(days=2))
LONG = "Langs de weg staat nu een bloemrijke berm met veel soorten. "
MEMBERS = tuple(
    Member(id=name, name=name, kind="ngo", tier="partner", joined=date(2020, 1, 1))
    for name in ("a", "b", "c", "d")
)
GONE = Member(
    id="weg", name="weg", kind="ngo", tier="partner", joined=date(2020, 1, 1), left=date(2026, 4, 1)
)
THEMES = (
    Theme(
        id="bermen",
        name={"nl": "Bermen", "en": "Verges"},
        keywords={"nl": ("berm", "akkerrand"), "en": ("verge",)},
    ),
    Theme(id="geld", name={"nl": "Geld", "en": "Money"}, keywords={"nl": ("subsidie",)}),
    Theme(id="bij", name={"nl": "Bijen", "en": "Bees"}, keywords={"nl": ("bij", "bijen")}),
)
FOCUS = (
    FocusPoint(id="oud", year=2025, name={"nl": "Geld"}, themes=("geld",)),
    FocusPoint(
        id="bermen-2026", year=2026, name={"nl": "Meer bermen", "en": "More verges"}, themes=("bermen",)
    ),
)
VOCABULARIES = Vocabularies(
    member_kinds=(Term(id="ngo", name={"nl": "organisatie", "en": "organisation"}),),
    tiers=(Term(id="partner", name={"nl": "partner"}),),
    themes=THEMES,
    focus_points=FOCUS,
)
TITLES = iter(f"Bericht nummer {n} van een lid" for n in range(100_000))


def newsletter(*sections: dict[str, object], per_member: int = 2) -> Newsletter:
    return Newsletter(
        id="nieuwsbrief",
        name={"nl": "Nieuwsbrief"},
        audience="lezers",
        schedule={"rrule": "FREQ=MONTHLY;BYDAY=1TU"},
        first_issue="2026-01",
        per_member=per_member,
        sections=sections
        or ({"id": "opening", "kind": "lead"}, {"id": "leden", "kind": "stories", "limit": 4}),
    )


def own_words(number: int) -> str:
    """Sixty words that stand in no other text, so that no two pieces are the same news."""
    chance = Random(number)
    return " ".join("".join(chance.choices("aeioukstrvw", k=9)) for _ in range(60)) + "."


def item(member: str = "a", days: float = 2, *, source: str = "bron", **entry: object) -> Item:
    title = next(TITLES)
    published = NOW - timedelta(days=days)
    number = int(title.split()[2])
    fields: dict[str, object] = {"title": title, "text": LONG + own_words(number), "published_at": published}
    fields |= entry
    return Item(
        id=f"id-{number}",
        source_id=source,
        member_id=member,
        entry=Entry(**fields),  # type: ignore[arg-type]
        language="nl",
        provenance=Provenance(source_id=source, url="u", fetched_at=NOW, sha256="0"),
        first_seen_at=published,
    )


def select(*items: Item, letter: Newsletter | None = None, **more: object) -> Selection:
    asked: dict[str, object] = {
        "newsletter": letter or newsletter(),
        "members": (*MEMBERS, GONE),
        "vocabularies": VOCABULARIES,
        "period": PERIOD,
        "already_sent": frozenset(),
        "now": NOW,
    }
    return select_stories(items, **(asked | more))  # type: ignore[arg-type]


def chosen(selection: Selection, section: str | None = None) -> list[str]:
    picks = (
        selection.picks[section]
        if section
        else [pick for picks in selection.picks.values() for pick in picks]
    )
    return [pick.item.id for pick in picks]


def reason(selection: Selection, one: Item) -> str:
    return next(left.reason for left in (*selection.left_out, *selection.waiting) if left.item.id == one.id)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ({"title": "  "}, "geen titel"),
        ({"published_at": None}, "geen datum, dus geen nieuws"),
        ({"published_at": NOW + timedelta(days=1)}, "gedateerd in de toekomst (2026-05-05)"),
        ({"expires_at": NOW - timedelta(days=1)}, "verlopen op 2026-05-03"),
        ({"expires_at": PERIOD[1] - timedelta(hours=1)}, "verlopen op 2026-05-06"),
    ],
)
def test_what_cannot_be_news_is_left_out_with_the_reason(entry: dict[str, object], why: str) -> None:
    one = item(**entry)  # type: ignore[arg-type]
    selection = select(one)
    assert chosen(selection) == []
    assert reason(selection, one) == why


@pytest.mark.parametrize(
    "text",
    [
        "EMBARGO tot 12 mei 10.00 uur. Nieuws.",
        "Persbericht (under embargo until Tuesday)",
        "ONDER EMBARGO",
        "Embargo: 6 May",
        "Niet voor publicatie vóór 8 mei",
        "Embargoed until 7 May, 10:00",
    ],
)
@pytest.mark.parametrize("place", ["title", "text"])
def test_an_embargo_in_title_or_text_keeps_an_item_out(text: str, place: str) -> None:
    one = item(**{place: text})  # type: ignore[arg-type]
    selection = select(one)
    assert chosen(selection) == []
    assert reason(selection, one).startswith("onder embargo, want er staat: ")


def test_a_trade_embargo_is_news_like_any_other() -> None:
    one = item(
        title="Handelsembargo op palmolie raakt imkers", text=f"Het embargo op olie duurt voort. {LONG}"
    )
    assert chosen(select(one)) == [one.id]


def test_items_outside_the_period_are_not_even_mentioned() -> None:
    selection = select(item(days=31))
    assert chosen(selection) == []
    assert selection.left_out == ()


def test_the_first_moment_of_the_period_belongs_to_it() -> None:
    one = item(published_at=PERIOD[0])
    assert chosen(select(one)) == [one.id]


def test_an_undated_row_that_a_member_handed_in_is_news_of_the_day_it_came() -> None:
    one = item(published_at=None, kind="toolbox")
    assert chosen(select(one)) == [one.id]


def test_what_was_sent_is_not_sent_again() -> None:
    one = item()
    selection = select(one, already_sent={one.id})
    assert reason(selection, one) == "stond al in een eerdere uitgave"


def test_members_who_left_and_sources_of_no_member_are_not_featured() -> None:
    gone, strange, own = item("weg"), item("onbekend"), item("")
    selection = select(gone, strange, own)
    assert chosen(selection) == [own.id]
    assert reason(selection, gone) == "het lid is geen lid meer"
    assert reason(selection, strange) == "de bron hoort bij geen lid"


def test_the_same_title_from_several_members_is_one_story_with_all_credited_the_earliest_first() -> None:
    pieces = [
        item("b", 3, title="Nieuwe Bermen voor bijen!", text=LONG * 8),
        item("a", 5, title="Nieuwe bermen voor bijen", text=LONG * 8),
        item("c", 1, title="NIEUWE  BERMEN: voor bijen", text=LONG * 8),
    ]
    selection = select(*pieces)
    (pick,) = selection.picks["opening"]
    assert pick.item.id == pieces[1].id
    assert pick.credits == ("a", "b", "c")
    assert pick.why.startswith("drie leden betrokken, ")
    assert chosen(selection, "leden") == []
    assert selection.left_out == ()


def test_the_same_page_under_other_titles_is_one_story() -> None:
    selection = select(
        item("a", 3, link="https://www.a.example.org/nieuws/berm/?utm_source=x#top"),
        item("b", 2, link="http://a.example.org/nieuws/berm"),
    )
    assert [pick.credits for pick in selection.picks["opening"]] == [("a", "b")]
    assert chosen(selection, "leden") == []


def test_short_titles_and_front_pages_say_nothing_about_being_the_same() -> None:
    one, other = (
        item(name, title="Nieuwsbrief mei", link="https://example.org/?utm_source=a") for name in "ab"
    )
    assert set(chosen(select(one, other))) == {one.id, other.id}


def test_stories_that_are_joined_by_a_later_piece_become_one() -> None:
    selection = select(
        item("a", 5, title="Bermen vol bloemen gezaaid", text=LONG * 8),
        item("b", 4, link="https://b.example.org/bermen"),
        item("c", 3, title="Bermen vol bloemen gezaaid", text=LONG * 8, link="https://b.example.org/bermen"),
    )
    (pick,) = selection.picks["opening"]
    assert pick.credits == ("a", "b", "c")


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("https://www.Example.org/A/?b=2&a=1&fbclid=9#x", "example.org/A?a=1&b=2"),
        ("https://example.org/", ""),
        ("https://example.org/?p=12", "example.org?p=12"),
        ("", ""),
    ],
)
def test_addresses_are_compared_without_what_makes_no_difference(link: str, canonical: str) -> None:
    assert canonical_link(link) == canonical


def test_pieces_of_a_section_that_stays_under_its_minimum_find_no_room_and_say_why() -> None:
    letter = newsletter({"id": "leden", "kind": "stories", "limit": 4, "minimum": 3})
    two = select(item("a"), item("b"), letter=letter)
    assert chosen(two) == []
    told = {left.reason for left in two.waiting}
    assert told == {"de rubriek vervalt: 2 van ten minste 3 berichten"}
    assert [left.points for left in two.waiting] == sorted(
        (left.points for left in two.waiting), reverse=True
    )
    three = select(item("a"), item("b"), item("c"), letter=letter)
    assert len(chosen(three)) == 3


def test_no_member_has_more_pieces_than_the_newsletter_allows() -> None:
    items = [item("a", days) for days in range(1, 6)]
    selection = select(*items, letter=newsletter(per_member=2))
    assert len(chosen(selection)) == 2
    assert reason(selection, items[-1]) == "dit lid heeft al 2 berichten in deze uitgave"


def test_the_secretariats_own_news_is_not_counted_against_anybody() -> None:
    assert len(chosen(select(*(item("") for _ in range(5))))) == 5


def test_a_second_piece_of_one_member_waits_for_the_first_of_another() -> None:
    first, second, other = item("a", 1), item("a", 1), item("b", 6)
    picked = chosen(select(first, second, other))
    assert picked[1] == other.id


def test_who_was_featured_long_ago_comes_before_who_was_featured_lately() -> None:
    lately, long_ago = item("a", 2), item("b", 2)
    featured = {"a": NOW - timedelta(days=28), "b": NOW - timedelta(days=120)}
    selection = select(lately, long_ago, log=FeatureLog(last=featured))
    assert chosen(selection) == [long_ago.id, lately.id]
    assert "lid 120 dagen niet genoemd" in selection.picks["opening"][0].why


def test_of_equals_the_newest_comes_first() -> None:
    old, new = item("a", 9), item("b", 1)
    assert chosen(select(old, new)) == [new.id, old.id]


def test_a_focus_point_of_this_year_lifts_a_story_and_last_years_does_not() -> None:
    plain = item("a", 2, title="Iets heel anders gebeurd", text="woord " * 70)
    money = item("b", 2, title="Subsidie voor iedereen vandaag", text="woord " * 70)
    verge = item("c", 4, title="Bermbeheer wordt steeds beter", text="woord " * 70)
    selection = select(plain, money, verge)
    assert chosen(selection) == [verge.id, money.id, plain.id]
    (lead,) = selection.picks["opening"]
    assert lead.theme == "bermen"
    assert "speerpunt 1 (Meer bermen)" in lead.why
    assert "thema Geld" in selection.picks["leden"][0].why


def test_a_short_keyword_is_a_whole_word_and_a_long_one_may_begin_a_compound() -> None:
    bypass = item("a", title="Bijeenkomst over de akkerranden gehouden", text="woord " * 70)
    selection = select(bypass)
    assert selection.picks["opening"][0].theme == "bermen"


def test_the_lead_is_the_best_story_that_has_sixty_words() -> None:
    short = item("a", 1, text="woord " * 59)
    long = item("b", 20, text="woord " * 60)
    selection = select(short, long)
    assert chosen(selection, "opening") == [long.id]
    assert chosen(selection, "leden") == [short.id]


def test_without_a_long_story_there_is_no_lead() -> None:
    selection = select(item(text="kort"))
    assert chosen(selection, "opening") == []
    assert len(chosen(selection, "leden")) == 1


def test_sections_take_the_kinds_that_they_hold_and_the_rest_goes_to_the_others() -> None:
    letter = newsletter(
        {"id": "opening", "kind": "lead"},
        {"id": "leden", "kind": "stories"},
        {"id": "gereedschap", "kind": "stories", "holds": ("toolbox",)},
        {"id": "vragen", "kind": "asks"},
        {"id": "agenda", "kind": "agenda"},
    )
    news, lesson = item("a", 1), item("b", 2, kind="lesson_learned", text="kort")
    tool, ask = item("c", 1, kind="toolbox"), item("d", 1, kind="help_request")
    selection = select(news, lesson, tool, ask, letter=letter)
    assert list(selection.picks) == ["opening", "leden", "gereedschap", "vragen"]
    assert chosen(selection, "opening") == [news.id]
    assert chosen(selection, "leden") == [lesson.id]
    assert chosen(selection, "gereedschap") == [tool.id]
    assert chosen(selection, "vragen") == [ask.id]


def test_a_section_may_take_only_some_sources() -> None:
    letter = newsletter({"id": "leden", "kind": "stories", "sources": ("deze",)})
    mine, other = item("a", source="deze"), item("b", source="andere")
    selection = select(mine, other, letter=letter)
    assert chosen(selection) == [mine.id]
    assert reason(selection, other) == "geen rubriek voor berichten van de soort news"


def test_a_question_and_news_of_the_same_title_stay_two_things() -> None:
    letter = newsletter({"id": "leden", "kind": "stories"}, {"id": "vragen", "kind": "asks"})
    news = item("a", title="Wie helpt mee met tellen?")
    ask = item("b", title="Wie helpt mee met tellen?", kind="help_request")
    selection = select(news, ask, letter=letter)
    assert (chosen(selection, "leden"), chosen(selection, "vragen")) == ([news.id], [ask.id])


def test_when_places_run_out_the_next_best_are_named_in_order() -> None:
    items = [item("", days) for days in range(1, 8)]
    selection = select(*items, letter=newsletter({"id": "leden", "kind": "stories", "limit": 5}))
    assert [left.item.id for left in selection.waiting] == [items[5].id, items[6].id]
    assert [left.reason for left in selection.waiting] == [
        "geen plaats meer: 0,1 punt minder dan het laatste gekozen bericht",
        "geen plaats meer: 0,2 punt minder dan het laatste gekozen bericht",
    ]


def test_reasons_are_told_in_dutch_and_in_english() -> None:
    one = item("a", 2, title="Bermen in bloei gezet")
    featured = {"a": NOW - timedelta(days=120)}
    log = FeatureLog(last=featured)
    dutch = select(one, log=log).picks["opening"][0].why
    english = select(one, log=log, language="en").picks["opening"][0].why
    assert dutch == "speerpunt 1 (Meer bermen), thema Bermen, lid 120 dagen niet genoemd, 2 dagen oud"
    assert english == (
        "focus point 1 (More verges), theme Verges, member not featured for 120 days, 2 days old"
    )
    assert WORDINGS["nl"].keys() == WORDINGS["en"].keys()


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.floats(-3, 35), st.booleans()), max_size=25),
    st.integers(1, 3),
    st.randoms(),
)
def test_any_heap_of_items_gives_a_fair_selection_that_does_not_depend_on_their_order(
    heap: list[tuple[str, float, bool]], per_member: int, chance: object
) -> None:
    items = [
        replace(
            item(member, days, text=LONG + own_words(n) if long else f"kort {own_words(n)[:9]}"),
            id=f"x{n:02}",
        )
        for n, (member, days, long) in enumerate(heap)
    ]
    letter = newsletter(per_member=per_member)
    selection = select(*items, letter=letter)
    shuffled = list(items)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert select(*shuffled, letter=letter) == selection
    picked = chosen(selection)
    assert len(picked) == len(set(picked))
    counts = Counter(name for picks in selection.picks.values() for pick in picks for name in pick.credits)
    assert all(count <= per_member for count in counts.values())
    assert set(picked).isdisjoint(left.item.id for left in (*selection.left_out, *selection.waiting))
    assert all(pick.item.dated_at <= NOW for picks in selection.picks.values() for pick in picks)
    assert all(pick.why for picks in selection.picks.values() for pick in picks)
