"""One story from several pieces: what is the same news, where it came from, who is credited."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stuifmail.curate.stories import Story, gather_stories
from stuifmail.model.items import Entry, Item, Provenance

NOW = datetime(2026, 5, 20, 8, tzinfo=UTC)
TEXT = (
    "Voor het eerst in zeventien jaar is de heivlinder gezien op het Kraaienzand. Vrijwilligers vonden drie "
    "rupsen op buntgras, aan de rand van het stuifzand dat in 2021 is opengemaakt. De werkgroep telt deze "
    "zomer elke week. Of de vlinder blijft hangt af van het weer en van het begrazen door de schapen."
)
LEAD = ". ".join(TEXT.split(". ")[:2]) + "."


def piece(name: str, title: str, days: float = 0, *, source: str = "", **entry: object) -> Item:
    """Answer a piece of the member with this name, so many days after the first."""
    values: dict[str, object] = {
        "title": title,
        "link": f"https://{name}.example.org/{title.casefold().replace(' ', '-')}",
        "published_at": NOW + timedelta(days=days),
    }
    language = str(entry.pop("language", "nl"))
    return Item(
        id=f"{name}-{title}-{days}",
        source_id=source or name,
        member_id=name,
        entry=Entry(**(values | entry)),  # type: ignore[arg-type]
        language=language,
        provenance=Provenance(source_id=name, url="u", fetched_at=NOW, sha256="0"),
        first_seen_at=NOW,
    )


def only(*items: Item, **more: object) -> Story:
    """Answer the one story that these pieces tell."""
    (story,) = gather_stories(items, **more)  # type: ignore[arg-type]
    return story


def test_a_text_posted_again_under_an_own_headline_is_one_story_with_both_credited() -> None:
    first, again = piece("heide", "Heivlinder terug", text=TEXT), piece("gids", "Dat is nieuws", 4, text=LEAD)
    story = only(again, first)
    assert story.item == first
    assert story.origin == first
    assert story.others == (again,)
    assert story.credits == ("heide", "gids")


def test_the_page_that_others_point_to_is_the_origin_also_when_it_came_later() -> None:
    page = piece("heide", "Heivlinder terug", 2, text=TEXT)
    early = piece("gids", "Vlinder gezien op het zand", text=LEAD, links=(str(page.entry.link),))
    assert only(early, page).credits == ("heide", "gids")


def test_an_aggregator_is_never_the_origin_and_not_credited_for_a_lead() -> None:
    early = piece("krant", "Vlinder gezien", text=LEAD)
    late = piece("heide", "Heivlinder terug", 1, text=TEXT)
    story = only(early, late, aggregators=frozenset({"krant"}))
    assert story.origin == late
    assert story.credits == ("heide",)


def test_an_aggregator_that_adds_its_own_text_is_credited_last() -> None:
    own = " ".join(f"Eigen{n} navraag{n} leert{n} ons{n} meer{n}." for n in range(20))
    early = piece("krant", "Heivlinder terug op het zand", text=own)
    late = piece("heide", "Heivlinder terug op het zand", 1, text=TEXT)
    assert only(early, late, aggregators=frozenset({"krant"})).credits == ("heide", "krant")


def test_the_secretariats_own_piece_comes_after_those_of_members_and_is_not_credited() -> None:
    own = replace(piece("", "Heivlinder terug op het zand", text=TEXT), source_id="bureau")
    member = piece("heide", "Heivlinder terug op het zand", 3, text=TEXT)
    story = only(own, member)
    assert story.origin == member
    assert story.credits == ("heide",)


def test_the_fuller_copy_tells_the_story_of_an_excerpt_and_links_to_the_origin() -> None:
    excerpt = piece("heide", "Heivlinder terug", text=LEAD)
    full = piece("gids", "Dat is nieuws", 1, text=f"{TEXT} {'Lees ook wat wij eerder schreven. ' * 5}")
    story = only(excerpt, full)
    assert story.origin == excerpt
    assert story.item == replace(full, entry=replace(full.entry, link=excerpt.entry.link))
    assert story.credits == ("heide", "gids")


def test_of_translations_the_one_in_the_issues_language_tells_the_story() -> None:
    english = piece("zoem", "Moths are back", text="The moths are back.", language="en")
    dutch = piece(
        "zoem",
        "Motten zijn terug",
        1,
        text="Ze zijn er weer.",
        translations=(("en", str(english.entry.link)),),
    )
    assert only(english, dutch).item == english
    assert only(english, dutch, language="nl").item == dutch


@pytest.mark.parametrize("gone", ["removed_at", "killed_at"])
def test_what_was_taken_back_tells_nothing(gone: str) -> None:
    back = replace(piece("heide", "Heivlinder terug", text=TEXT), **{gone: NOW})  # type: ignore[arg-type]
    again = piece("gids", "Dat is nieuws", 1, text=TEXT)
    assert only(back, again).credits == ("gids",)


def test_news_of_an_earlier_issue_is_known_whoever_brings_it_again() -> None:
    sent = piece("heide", "Heivlinder terug", text=TEXT)
    again, other = piece("gids", "Dat is nieuws", 31, text=LEAD), piece("gids", "Iets anders", 31)
    stories = {story.item.id: story.told for story in gather_stories([again, other], told=[sent])}
    assert stories == {again.id: sent, other.id: None}


def test_a_told_piece_tells_no_story_again() -> None:
    sent = piece("heide", "Heivlinder terug", text=TEXT)
    assert gather_stories([sent], told=[sent]) == []


def test_one_template_in_two_towns_is_two_stories() -> None:
    text = "De gemeente {} zaait dit voorjaar bermen in. Bewoners van {} halen gratis zaad op bij de werf."
    more = (
        " Het gaat om vaste planten die bijen en vlinders het hele jaar door voedsel geven, ook in de winter."
    )
    towns = [
        piece(name, f"Gemeente {name} zaait bermen in", text=text.format(name, name) + more)
        for name in ("Lindermeer", "Oosterhage")
    ]
    assert len(gather_stories(towns)) == 2


def test_an_announcement_and_a_look_back_are_two_stories() -> None:
    before = piece("gids", "Congres Groen in de Wijk in Lindermeer", text=TEXT)
    after = piece("heide", "Terugblik op congres Groen in de Wijk in Lindermeer", 5, text=TEXT)
    assert len(gather_stories([before, after])) == 2


def test_the_same_headline_a_year_later_is_other_news() -> None:
    years = [piece("museum", "Wereldbijendag in het museum", days, text=TEXT) for days in (0, 365)]
    assert len(gather_stories(years)) == 2


def test_one_link_for_different_pieces_of_one_source_says_nothing() -> None:
    link = "https://kwekerij.example.org/overzicht-van-alles"
    pieces = [
        piece("kwekerij", title, link=link) for title in ("Korting op varens", "Nieuwe collega gevonden")
    ]
    assert len(gather_stories(pieces)) == 2


def test_rows_of_several_members_in_one_sheet_may_be_one_story() -> None:
    rows = [
        piece(name, "Heivlinder terug op het zand", source="blad", text=TEXT) for name in ("heide", "gids")
    ]
    assert only(*rows).credits == ("gids", "heide")


def test_a_chain_of_pieces_each_a_bit_like_the_next_is_not_one_story() -> None:
    words = [f"woord{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(240)]
    texts = [" ".join(words[start : start + 60]) for start in range(0, 180, 20)]
    chain = [
        piece(f"lid{n}", f"Stuk {chr(65 + n)} over {words[n * 20]}", n / 10, text=text)
        for n, text in enumerate(texts)
    ]
    stories = gather_stories(chain)
    assert 1 < len(stories) < len(chain)
    assert max(len(story.others) for story in stories) <= 3


def test_the_order_of_the_pieces_makes_no_difference() -> None:
    pieces = [
        piece("heide", "Heivlinder terug", text=TEXT),
        piece("gids", "Dat is nieuws", 1, text=LEAD),
        piece("krant", "Heivlinder terug", 1, text=LEAD),
        *(
            piece("bureau", f"Nieuwsbrief {month} 2026", text="Veel leesplezier!")
            for month in ("mei", "juni")
        ),
    ]
    expected = gather_stories(pieces)
    for seed in range(6):
        shuffled = random.Random(seed).sample(pieces, len(pieces))
        assert gather_stories(shuffled) == expected


def test_addresses_that_are_none_are_no_sign() -> None:
    broken = [piece(name, f"Bericht van {name}", link="https://[oeps") for name in ("heide", "gids")]
    assert len(gather_stories(broken)) == 2
