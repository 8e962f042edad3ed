"""Composing an issue: which sections it has, and what its subject line says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from stuifmail.compose.newsletter import PREHEADER_LIMIT, SUBJECT_LIMIT, IssueMaterial, compose_newsletter
from stuifmail.config.models import Newsletter
from stuifmail.model.events import CalendarEntry, Event
from stuifmail.model.figures import Figure
from stuifmail.model.items import Entry, Item, Provenance
from stuifmail.model.publications import EventBlock, NoticeBlock, Publication, StoryBlock
from stuifmail.model.selections import EventPick, Pick
from tests.builders_publication import build_config

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
FROM = Provenance(source_id="feed", url="https://lid.example.org/feed", fetched_at=NOW, sha256="a" * 64)
PHRASES = {
    "nl": {
        "joined": "Welkom aan {names}",
        "joined_why": "{count} nieuw",
        "conjunction": "en",
        "more_inside": "En meer nieuws",
    },
    "en": {
        "joined": "Welcome to {names}",
        "joined_why": "{count} new",
        "conjunction": "and",
        "more_inside": "And more news",
    },
}


def make_item(number: int, title: str, language: str = "nl", **entry: Any) -> Item:
    return Item(
        id=f"{number:08}abcdef",
        source_id="feed",
        member_id="zoem",
        entry=Entry(
            title=title, text="Er is geteld. " * 40, link=f"https://lid.example.org/{number}", **entry
        ),
        language=language,
        provenance=FROM,
        first_seen_at=NOW,
    )


def make_newsletter(*sections: dict[str, Any]) -> Newsletter:
    return Newsletter.model_validate(
        {
            "id": "nieuwsbrief",
            "name": {"nl": "Nieuwsbrief", "en": "Newsletter"},
            "audience": "partners",
            "schedule": {"rrule": "FREQ=MONTHLY;BYDAY=1TU"},
            "first_issue": "2026-05",
            "sections": sections,
        }
    )


LEAD = {"id": "lead", "kind": "lead", "limit": 1}
STORIES = {"id": "members", "kind": "stories", "heading": {"nl": "Leden"}, "minimum": 2}
ASKS = {"id": "asks", "kind": "asks", "heading": {"nl": "Gevraagd"}}
AGENDA = {"id": "agenda", "kind": "agenda", "heading": {"nl": "Agenda"}, "limit": 1}
WELCOME = {"id": "welcome", "kind": "welcome", "heading": {"nl": "Nieuw"}}


def compose(
    *sections: dict[str, Any], picks: dict[str, list[Item]] | None = None, **material: Any
) -> Publication:
    chosen = {
        name: [Pick(item=item, credits=("zoem",), why="new") for item in items]
        for name, items in (picks or {}).items()
    }
    values: dict[str, Any] = {
        "issue_id": "nieuwsbrief-2026-05",
        "number": 47,
        "period": (NOW - timedelta(days=30), NOW),
        "send_at": NOW + timedelta(days=2),
        "picks": chosen,
        "events": [],
        "figures": {},
        "phrases": PHRASES,
        "month": {"nl": "mei 2026", "en": "May 2026"},
    }
    return compose_newsletter(
        make_newsletter(*sections), build_config(), IssueMaterial(**(values | material))
    )


def test_a_section_below_its_minimum_is_left_out() -> None:
    few, enough = [make_item(1, "Eén")], [make_item(1, "Eén"), make_item(2, "Twee")]
    assert compose(STORIES, picks={"members": few}).sections == ()
    assert [section.id for section in compose(STORIES, picks={"members": enough}).sections] == ["members"]


def test_sections_keep_the_order_of_the_newsletter() -> None:
    items = [make_item(1, "Eén"), make_item(2, "Twee")]
    issue = compose(ASKS, LEAD, STORIES, picks={"lead": items[:1], "members": items, "asks": items[:1]})
    assert [section.id for section in issue.sections] == ["asks", "lead", "members"]


def test_a_story_keeps_where_it_came_from_and_a_lead_of_whole_sentences() -> None:
    (block,) = next(iter(compose(LEAD, picks={"lead": [make_item(3, "Kop", "en")]}).sections)).blocks
    assert isinstance(block, StoryBlock)
    assert (block.id, block.item_id, block.members) == ("item-00000003", "00000003abcdef", ("zoem",))
    assert (block.title, block.link) == ({"en": "Kop"}, "https://lid.example.org/3")
    assert block.text["en"].endswith("geteld.")
    assert block.language == "en"


def test_the_subject_leads_with_the_news_and_names_the_letter_where_there_is_room() -> None:
    issue = compose(LEAD, picks={"lead": [make_item(1, "Zes leden zaaien één lint")]})
    assert issue.subject == {
        "nl": "Zes leden zaaien één lint | Nieuwsbrief mei 2026",
        "en": "Newsletter May 2026",
    }
    long = "Zes leden zaaien samen één bloemenlint van dorp tot dijk"
    assert compose(LEAD, picks={"lead": [make_item(1, long)]}).subject["nl"] == long
    assert len(long) <= SUBJECT_LIMIT


def test_the_preheader_names_whole_titles_after_the_lead() -> None:
    titles = [
        "Lead",
        "Een tweede bericht",
        "Een derde bericht",
        "Een vierde bericht dat er niet meer bij past " * 2,
    ]
    items = [make_item(number, title) for number, title in enumerate(titles)]
    issue = compose(LEAD, STORIES, picks={"lead": items[:1], "members": items[1:]})
    assert issue.preheader == {"nl": "Een tweede bericht · Een derde bericht", "en": "And more news"}
    assert len(issue.preheader["nl"]) <= PREHEADER_LIMIT


def test_an_issue_without_anything_still_has_a_name() -> None:
    issue = compose(LEAD, STORIES, ASKS, AGENDA, WELCOME)
    assert issue.sections == ()
    assert issue.subject == {"nl": "Nieuwsbrief mei 2026", "en": "Newsletter May 2026"}


def make_event(number: int, **entry: Any) -> EventPick:
    values = {"uid": str(number), "summary": f"Dag {number}", "starts_at": date(2026, 5, 20)}
    event = Event(
        id=f"{number:08}event",
        source_id="agenda",
        member_id="",
        entry=CalendarEntry(**(values | entry)),
        provenance=FROM,
        first_seen_at=NOW,
    )
    return EventPick(event=event, why="soon")


def test_the_agenda_takes_no_more_than_its_limit_and_the_newsrooms_zone() -> None:
    (section,) = compose(AGENDA, events=[make_event(1, status="tentative"), make_event(2)]).sections
    (block,) = section.blocks
    assert isinstance(block, EventBlock)
    assert (block.title, block.tentative, block.time_zone) == ({"nl": "Dag 1"}, True, "Europe/Amsterdam")
    assert block.members == ()


@pytest.mark.parametrize(
    ("joined", "nl", "en"),
    [
        (["A"], "Welkom aan A", "Welcome to A"),
        (["A", "B"], "Welkom aan A en B", "Welcome to A and B"),
        (["A", "B", "C"], "Welkom aan A, B en C", "Welcome to A, B and C"),
    ],
)
def test_new_members_are_welcomed_by_name_in_each_language(joined: list[str], nl: str, en: str) -> None:
    (section,) = compose(WELCOME, joined=joined).sections
    (block,) = section.blocks
    assert isinstance(block, NoticeBlock)
    assert (block.tone, block.title) == ("welcome", {"nl": nl, "en": en})


def test_only_figures_that_are_shown_are_bound() -> None:
    partners = Figure(
        id="members.partners",
        value=31,
        unit={"nl": "partners"},
        definition="members_of_tier/1",
        source_id="ledger",
        source_sha256="b" * 64,
        computed_at=NOW,
    )
    known = {figure.id: figure for figure in (partners, replace(partners, id="members.total"))}
    issue = compose(WELCOME, joined=["A"], figures=known)
    assert issue.figures == (partners,)


def test_a_members_text_cannot_place_a_figure_or_the_readers_own_link() -> None:
    hostile = make_item(1, "Met [[members.partners]] leden @@unsubscribe_url@@ maaien")
    (block,) = next(iter(compose(LEAD, picks={"lead": [hostile]}).sections)).blocks
    assert block.title == {"nl": "Met [ [members.partners] ] leden @ @unsubscribe_url@ @ maaien"}
