import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.model.blocks import EventBlock, StoryBlock
from stuifmail.model.events import DaySpan
from stuifmail.model.publications import Section
from stuifmail.model.records import Venue
from stuifmail.render.jsonld import embed_jsonld, make_event_jsonld, make_jsonld, write_script
from stuifmail.render.machine import Term
from tests.builders_calendar import at, make_facts, make_part
from tests.builders_machine import PUBLIC_URL, build_context, build_details, build_release, say
from tests.builders_publication import build_publication

PAGE = f"{PUBLIC_URL}/congres-2026-pers-2-nl/nl/"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def make(publication=None, **context):
    return make_jsonld(publication or build_release(), "nl", say, build_context(**context))


def make_event(facts=None, **others):
    return make_event_jsonld(facts or make_facts(), "nl", build_context(), **others)


def test_a_release_is_a_news_article_whose_genre_says_what_it_is():
    piece = make(themes=(Term(id="habitats", name="Leefgebieden"),), event_name="Congres")
    assert (piece["@context"], piece["@type"]) == ("https://schema.org", "NewsArticle")
    assert piece["genre"] == "Press release"
    assert piece["headline"] == "84 deelnemers bij congres over groen"
    assert piece["alternativeHeadline"] == "Derde editie trok meer gemeenten"
    assert piece["dateline"] == "Utrecht, vrijdag 13 februari 2026"
    assert (piece["inLanguage"], piece["url"]) == ("nl", PAGE)
    assert piece["datePublished"] == "2026-02-13T08:30:00Z"
    assert piece["publisher"]["name"] == "Coalitie voor Bestuivers & Partners"
    assert [one["name"] for one in piece["about"]] == [
        "Congres", "gemeente 's-Heerenwoude", "Kennisinstituut “Zoem”", "Leefgebieden"
    ]  # fmt: skip
    assert piece["description"] == "In Utrecht kwamen 84 mensen bijeen, donderdag."
    assert "Niet voor publicatie" not in json.dumps(piece)


def test_what_was_wrong_is_said_and_what_is_taken_back_is_marked():
    assert "correction" not in make()
    assert make(correction="Er stond 48; het zijn er 84.")["correction"] == "Er stond 48; het zijn er 84."
    taken_back = make(status="canceled")
    assert taken_back["creativeWorkStatus"] == "Withdrawn"
    assert "84 mensen" not in json.dumps(taken_back)
    assert make(build_release(kind="correction"), corrects_url=PAGE)["isBasedOn"] == PAGE


def test_language_versions_know_each_other():
    english = f"{PUBLIC_URL}/congres-2026-pers-2-en/en/"
    assert make(versions={"en": english})["workTranslation"] == [
        {"@type": "CreativeWork", "@id": english, "inLanguage": "en"}
    ]


def test_a_newsletter_is_an_issue_with_its_parts():
    issue = build_publication()
    piece = make(issue)
    assert (piece["@type"], piece["issueNumber"]) == ("PublicationIssue", 47)
    blocks = list(issue.blocks())
    assert len(piece["hasPart"]) == len(blocks)
    by_url = {part["url"]: part for part in piece["hasPart"]}
    for block in blocks:
        if isinstance(block, StoryBlock):
            assert by_url[block.link]["inLanguage"] == block.language
        if isinstance(block, EventBlock) and block.link:
            assert by_url[block.link]["startDate"]


def test_an_invitation_is_about_its_event():
    invitation = build_release(
        kind="mailing",
        head=None,
        calendar=make_part(),
        sections=(Section(id="text", kind="text", blocks=(build_details(),)),),
    )
    piece = make(invitation)
    (event,) = piece["about"]
    assert (piece["@type"], event["@type"]) == ("Article", "Event")
    assert event["audience"] == {"@type": "Audience", "audienceType": "woordvoerders van leden"}
    assert "@context" not in event


def test_an_event_says_when_where_how_and_for_how_many():
    event = make_event(description="Kom.", audience="leden")
    assert (event["startDate"], event["endDate"]) == (
        "2026-06-08T14:00:00+02:00", "2026-06-08T17:00:00+02:00"
    )  # fmt: skip
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert event["location"] == {
        "@type": "Place",
        "name": "De Kas",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Voorbeeldlaan 18b",
            "addressLocality": "Utrecht",
            "addressCountry": "NL",
        },
    }
    assert (event["maximumAttendeeCapacity"], event["inLanguage"]) == (40, "nl")
    assert "previousStartDate" not in event


@pytest.mark.parametrize(
    ("now", "before", "status"),
    [
        ({"status": "cancelled"}, None, "EventCancelled"),
        ({"status": "postponed"}, {}, "EventPostponed"),
        ({"starts_at": at("2026-06-09 14:00")}, {}, "EventRescheduled"),
        ({"attendance": "online"}, {}, "EventMovedOnline"),
        ({"status": "tentative"}, {}, "EventScheduled"),
    ],
)
def test_what_became_of_an_event_has_a_word_of_its_own(now, before, status):
    event = make_event(make_facts(**now), before=None if before is None else make_facts(**before))
    assert event["eventStatus"] == f"https://schema.org/{status}"


def test_a_moved_event_says_when_it_was_to_be():
    event = make_event(make_facts(starts_at=at("2026-06-09 14:00")), before=make_facts())
    assert event["previousStartDate"] == "2026-06-08T14:00:00+02:00"


def test_a_mixed_event_is_in_two_places_and_an_online_one_in_none():
    venue = Venue(name="De Kas", city="Utrecht", online_url="https://meet.example.org/1")
    mixed = make_event(make_facts(attendance="mixed", venue=venue))
    assert [place["@type"] for place in mixed["location"]] == ["Place", "VirtualLocation"]
    online = make_event(make_facts(attendance="online", venue=venue))
    assert online["location"] == {"@type": "VirtualLocation", "url": "https://meet.example.org/1"}


def test_whole_days_end_on_their_last_day():
    event = make_event(make_facts(starts_at=date(2026, 6, 8), ends_at=date(2026, 6, 10)))
    assert (event["startDate"], event["endDate"]) == ("2026-06-08", "2026-06-09")


def test_a_date_that_is_open_is_not_guessed():
    span = DaySpan(first=date(2026, 11, 14), last=date(2026, 11, 15), precision="days")
    assert "startDate" not in make_event(make_facts(starts_at=None, ends_at=None, span=span))
    one_day = replace(span, last=date(2026, 11, 14), precision="day")
    assert make_event(make_facts(starts_at=None, span=one_day))["startDate"] == "2026-11-14"


def test_an_event_knows_the_whole_and_its_parts():
    whole, part = make_facts(uid="whole@x"), make_facts(uid="part@x")
    event = make_event(whole=whole, parts=[part])
    assert event["superEvent"]["identifier"] == "whole@x"
    assert [one["identifier"] for one in event["subEvent"]] == ["part@x"]


@given(st.text() | st.just("</script><script>alert(1)</script><!--\u2028]]>"))
def test_nothing_in_it_can_leave_the_script(text):
    script = write_script({"headline": text})
    assert json.loads(SCRIPT.fullmatch(script)[1]) == {"headline": text}
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(inside)


def test_it_goes_into_the_head_of_the_page_and_nowhere_without_one():
    page = embed_jsonld("<html><head><title>x</title></head><body></body></html>", {"a": 1})
    assert '<script type="application/ld+json">{"a": 1}</script></head>' in page
    assert embed_jsonld("<p>x</p>", {"a": 1}) == "<p>x</p>"
