import json
from dataclasses import replace
from datetime import date

import pytest

from stuifmail.model.blocks import StoryBlock
from stuifmail.model.events import DaySpan
from stuifmail.render.machine import Term
from stuifmail.render.ninjs import make_event_ninjs, make_ninjs
from tests.builders_calendar import at, make_facts
from tests.builders_machine import PUBLIC_URL, build_context, build_embargo, build_release, say
from tests.builders_publication import build_publication
from tests.schemas import list_troubles, read_schema

PAGE = f"{PUBLIC_URL}/congres-2026-pers-2-nl/nl/"


@pytest.fixture(scope="module")
def schema():
    return read_schema("ninjs-schema_3.1.json")


def make(publication=None, **context):
    return make_ninjs(publication or build_release(), "nl", say, build_context(**context))


def test_a_release_is_text_with_all_that_desks_need():
    piece = make(themes=(Term(id="habitats", name="Leefgebieden"),), event_name="Congres")
    assert (piece["uri"], piece["type"], piece["genres"]) == (PAGE, "text", [{"name": "Press Release"}])
    assert piece["headlines"] == [
        {"role": "main", "contentType": "text/plain", "value": "84 deelnemers bij congres over groen"},
        {"role": "sub", "contentType": "text/plain", "value": "Derde editie trok meer gemeenten"},
    ]
    assert piece["descriptions"][0]["value"] == "In Utrecht kwamen 84 mensen bijeen, donderdag."
    assert (piece["language"], piece["located"], piece["urgency"]) == ("nl", "Utrecht", 4)
    assert (piece["pubStatus"], piece["version"]) == ("usable", "1")
    assert piece["firstCreated"] == piece["versionCreated"] == "2026-02-13T08:30:00Z"
    assert piece["subjects"] == [{"name": "Leefgebieden", "literal": "habitats"}]
    assert piece["events"] == [{"name": "Congres"}]
    assert [one["literal"] for one in piece["organisations"]] == ["heerenwoude", "zoem"]
    assert piece["infoSources"][0]["contactInfo"] == [
        {"type": "email", "role": "press", "value": "pers@coalitie.example.org"},
        {"type": "phone", "role": "press", "value": "+31 30 555 01 42"},
    ]
    assert "embargoedUntil" not in piece


def test_the_body_is_told_plainly_and_as_html_and_what_is_for_editors_stands_apart():
    piece = make()
    plain, markup, about = piece["bodies"]
    assert [one["role"] for one in piece["bodies"]] == ["main", "main", "boilerplate"]
    assert plain["value"] == (
        "In Utrecht kwamen 84 mensen bijeen, donderdag.\n\nBermen & bijen\n\n"
        "Wie 1 < 2 schrijft, bedoelt het.\n\nDe tweede alinea.\n\n"
        "‘Wij maaien later.’ – voorzitter, gemeente 's-Heerenwoude\n\n"
        "In cijfers\n\n84 deelnemers\n\nWie er waren\n\ngemeenten: 60\noverige: 24\n"
        "9.30 Opening (dagvoorzitter)"
    )
    assert plain["wordCount"] == len(plain["value"].split()) == markup["wordCount"]
    assert plain["charCount"] == len(plain["value"])
    assert "<h2>Bermen &amp; bijen</h2>\n<p>Wie 1 &lt; 2 schrijft, bedoelt het.</p>" in markup["value"]
    assert "<blockquote>‘Wij maaien later.’" in markup["value"]
    assert "<ul>\n<li>gemeenten: 60</li>\n<li>overige: 24</li>" in markup["value"]
    assert about["value"] == "De coalitie verbindt wie bestuivers helpt."
    assert piece["edNote"] == "Niet voor publicatie: de zaal is dicht.\n\nBel de persvoorlichting."
    assert "Niet voor publicatie" not in plain["value"] + markup["value"]


def test_an_embargo_travels_with_its_offset():
    piece = make(build_release(embargo=build_embargo()))
    assert piece["embargoedUntil"] == "2026-02-13T09:00:00+01:00"


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_what_is_held_or_taken_back_says_so_under_the_same_uri(status):
    piece = make(status=status, version=2)
    assert (piece["uri"], piece["pubStatus"], piece["version"]) == (PAGE, status, "2")


def test_what_was_taken_back_does_not_tell_its_news_again():
    piece = make(status="canceled", version=2)
    assert "84 mensen" not in json.dumps(piece)
    assert piece["headlines"]


def test_language_versions_and_corrections_point_at_each_other():
    english, correction = f"{PUBLIC_URL}/congres-2026-pers-2-en/en/", f"{PUBLIC_URL}/rectificatie/nl/"
    piece = make(versions={"en": english}, correction_url=correction)
    assert piece["associations"] == [
        {"name": "translation-en", "rel": "translation", "uri": english, "language": "en"},
        {"name": "correction", "rel": "correctedBy", "uri": correction},
    ]
    for kind, rel in (("correction", "corrects"), ("kill", "withdraws")):
        told = make(build_release(kind=kind), corrects_url=PAGE)
        assert told["associations"] == [{"name": "original", "rel": rel, "uri": PAGE}]


def test_a_newsletter_is_a_composite_of_its_pieces():
    issue = build_publication()
    piece = make(issue)
    assert (piece["type"], piece["genres"]) == ("composite", [{"name": "Newsletter"}])
    blocks = list(issue.blocks())
    assert [part["name"] for part in piece["associations"]] == [block.id for block in blocks]
    assert all(part["uri"].startswith("https://") for part in piece["associations"])
    stories = [block for block in blocks if isinstance(block, StoryBlock)]
    by_name = {part["name"]: part for part in piece["associations"]}
    assert all(by_name[story.id]["language"] == story.language for story in stories)
    assert "urgency" not in piece


@pytest.mark.parametrize(
    "piece",
    [
        make(themes=(Term(id="habitats", name="Leefgebieden"),), event_name="Congres"),
        make(build_release(embargo=build_embargo()), version=2, status="withheld"),
        make(versions={"en": f"{PUBLIC_URL}/x/en/"}, correction_url=f"{PUBLIC_URL}/y/nl/"),
        make(build_release(sections=(), head=None), press=None),
        make(build_publication()),
    ],
)
def test_each_piece_is_valid_by_the_official_schema(schema, piece):
    assert list_troubles(schema, json.loads(json.dumps(piece))) == []


def test_the_schema_is_one_that_finds_faults(schema):
    assert list_troubles(schema, make() | {"embargoed": "2026-02-13T09:00:00Z"})
    assert list_troubles(schema, make() | {"pubStatus": "cancelled"})


EVENTS = {
    "sure": (make_facts(), {
        "startDate": "2026-06-08T14:00:00+02:00", "endDate": "2026-06-08T17:00:00+02:00"
    }),
    "without an end": (make_facts(ends_at=None), {"startDate": "2026-06-08T14:00:00+02:00"}),
    "tentative": (make_facts(status="tentative"), {
        "expectedStartDate": "2026-06-08T14:00:00+02:00", "expectedEndDate": "2026-06-08T17:00:00+02:00"
    }),
    "whole days": (make_facts(starts_at=date(2026, 6, 8), ends_at=date(2026, 6, 10)), {
        "expectedStartDate": "2026-06-08", "expectedEndDate": "2026-06-09"
    }),
    "a month": (make_facts(
        starts_at=None, ends_at=None, status="tentative",
        span=DaySpan(first=date(2026, 11, 1), last=date(2026, 11, 30), precision="month"),
    ), {"expectedStartDate": "2026-11"}),
    "a year": (make_facts(
        starts_at=None, ends_at=None, status="tentative",
        span=DaySpan(first=date(2026, 1, 1), last=date(2026, 4, 30), precision="part"),
    ), {"expectedStartDate": "2026"}),
    "nothing known": (make_facts(starts_at=None, ends_at=None, status="postponed"), None),
    "in another zone": (make_facts(
        starts_at=at("2025-11-18 09:00", "UTC"), ends_at=None, time_zone="Africa/Nairobi"
    ), {"startDate": "2025-11-18T12:00:00+03:00"}),
}  # fmt: skip


@pytest.mark.parametrize("name", EVENTS)
def test_an_events_dates_are_as_exact_as_they_are_known(schema, name):
    facts, dates = EVENTS[name]
    piece = make_event_ninjs(facts, "nl", build_context(), description="Kom.")
    assert piece["eventDetails"].get("dates") == dates
    assert list_troubles(schema, json.loads(json.dumps(piece))) == []


def test_an_event_says_where_by_whom_and_how_sure_it_is():
    piece = make_event_ninjs(make_facts(status="cancelled", sequence=2), "nl", build_context())
    assert (piece["type"], piece["version"]) == ("event", "3")
    assert piece["places"] == [{"name": "De Kas, Voorbeeldlaan 18b, Utrecht"}]
    assert piece["eventDetails"]["eventStatus"].endswith("/eos6")
    assert piece["eventDetails"]["organiser"]["name"] == "Coalitie voor Bestuivers & Partners"


def test_the_uri_stays_whatever_is_corrected():
    first, second = make(), make(replace(build_release(), subject={"nl": "Anders"}), version=2)
    assert first["uri"] == second["uri"]
