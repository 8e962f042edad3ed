"""Event mailings, press releases, corrections and kill notices, as HTML and as text."""

import dataclasses
import itertools
import re
from datetime import UTC, datetime

import lxml.html
import pytest

from stuifmail.model.publications import (
    UNSUBSCRIBE_MARK,
    CalendarPart,
    DetailsBlock,
    ProgrammeBlock,
    Section,
    TextBlock,
)
from stuifmail.model.records import ProgrammeRow
from stuifmail.render.checks import MAX_HEADLINE_CHARS, check_rendering
from stuifmail.render.publications import PublicationRenderer
from tests.builders_messages import (
    DETAILS,
    SIGNING,
    WORKSHOP,
    build_change,
    build_mailing,
    build_press_config,
    build_results,
)
from tests.builders_publication import build_publication, project_root
from tests.builders_releases import build_correction, build_embargo, build_release

RENDERER = PublicationRenderer(build_press_config(), project_root())

PUBLICATIONS = {
    "invitation": build_mailing(),
    "results": build_results(),
    "change": build_change(),
    "release": build_release(),
    "release in English": build_release("international"),
    "release under embargo": build_release(embargo=build_embargo()),
    "English release under embargo": build_release("international", embargo=build_embargo()),
    "correction": build_correction(),
    "kill notice": build_correction(kind="kill"),
}


@pytest.fixture(
    scope="module",
    params=[(name, code) for name, publication in PUBLICATIONS.items() for code in publication.languages],
    ids=lambda pair: f"{pair[0]} {pair[1]}",
)
def edition(request):
    name, language = request.param
    return RENDERER.render(PUBLICATIONS[name], language)


def render(publication, language="nl"):
    return RENDERER.render(publication, language)


def words_of(rendering):
    body = lxml.html.fromstring(rendering.html).find("body")
    return " ".join(" ".join(body.itertext()).replace("\u200c", "").split())


def with_blocks(*blocks, **changes):
    return build_mailing(sections=(Section(id="deel", kind="text", blocks=blocks),), **changes)


def with_facts(**changes):
    return with_blocks(dataclasses.replace(DETAILS, facts=dataclasses.replace(WORKSHOP, **changes)))


def test_the_house_s_own_checks_find_nothing_to_say(edition):
    found = check_rendering(edition, hosts={"nieuws.coalitie.example.org"}, subject_chars=MAX_HEADLINE_CHARS)
    assert [str(finding) for finding in found] == []


def test_headings_step_down_one_at_a_time_from_a_single_first(edition):
    levels = [int(node.tag[1]) for node in lxml.html.fromstring(edition.html).iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_table_says_whether_it_is_layout_or_data(edition):
    tables = list(lxml.html.fromstring(edition.html).iter("table"))
    data = [table for table in tables if table.get("role") == "table"]
    assert {table.get("role") for table in tables} <= {"presentation", "table"}
    assert all(table.findall(".//th[@scope]") for table in data)


def test_the_text_is_lines_to_read_and_holds_the_unsubscribe_mark_once(edition):
    assert edition.text.count(UNSUBSCRIBE_MARK) == edition.html.count(UNSUBSCRIBE_MARK) == 1
    long = [line for line in edition.text.splitlines() if len(line) > 72 and "://" not in line]
    assert long == []
    assert "\n\n\n\n" not in edition.text


def test_every_block_can_be_found_in_its_letter():
    for publication in PUBLICATIONS.values():
        html = render(publication, publication.languages[0]).html
        marked = set(re.findall(r"\bblock-([\w-]+)", html))
        assert {block.id for block in publication.blocks()} <= marked


def test_the_same_content_renders_to_the_same_hash(edition):
    publication = next(
        p for p in PUBLICATIONS.values() if render(p, edition.language).sha256 == edition.sha256
    )
    assert render(publication, edition.language) == edition


def test_a_newsletter_still_goes_through_its_own_renderer():
    assert "Nieuwsbrief nr. 47" in words_of(RENDERER.render(build_publication(), "nl"))


def test_an_invitation_says_all_facts_with_what_they_are_called():
    rendering = render(build_mailing())
    rows = {
        row.findtext("th"): " ".join(" ".join(row.find("td").itertext()).split())
        for row in lxml.html.fromstring(rendering.html).iter("tr")
        if row.find("th") is not None and row.find("th").get("scope") == "row"
    }
    assert rows == {
        "Wanneer": "maandag 8 juni 2026, 14.00–17.00 uur",
        "Waar": "Huis van de Coalitie Voorbeeldlaan 18b, 3500 AA Utrecht",
        "Route": "Tien minuten lopen vanaf station Utrecht Centraal, uitgang Jaarbeurszijde.",
        "Voor wie": "leden, in het bijzonder campagnevoerders, aanjagers, belangenbehartigers en "
        "communicatiemedewerkers",
        "Onder leiding van": "een schrijfdocent van buiten de coalitie",
        "Taal": "Nederlands",
        "Kosten": "gratis voor leden",
        "Aanmelden tot en met": "maandag 1 juni 2026",
        "Plaatsen": "nog 23 van 40 plaatsen",
        "Contact": "agenda@coalitie.example.org",
    }
    assert "Plaatsen:\n  nog 23 van 40 plaatsen\n" in rendering.text


def test_an_english_invitation_says_them_in_english():
    words = words_of(render(build_mailing(), "en"))
    assert "Monday 8 June 2026, 14:00–17:00" in words
    assert "23 of 40 places left" in words
    assert "Register by Monday 1 June 2026" in words


@pytest.mark.parametrize(
    ("registered", "said"),
    [(40, "alle 40 plaatsen zijn bezet"), (45, "alle 40 plaatsen zijn bezet"), (None, "40 plaatsen")],
)
def test_places_are_told_as_far_as_somebody_counted(registered, said):
    registration = dataclasses.replace(WORKSHOP.registration, registered_count=registered)
    assert f"Plaatsen {said} Contact" in words_of(render(with_facts(registration=registration)))


def test_what_is_not_known_is_left_out():
    bare = dataclasses.replace(
        DETAILS, facts=dataclasses.replace(SIGNING, venue=type(SIGNING.venue)()), who={}, led_by={}
    )
    words = words_of(render(with_blocks(bare)))
    assert "Wanneer" in words
    for label in ("Waar", "Route", "Voor wie", "Kosten", "Plaatsen", "Contact", "Taal"):
        assert f"{label} " not in words


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nl",
            "dinsdag 18 november 2025, 15.00–18.00 uur in Nairobi, 13.00–16.00 uur in Nederland",
        ),
        ("en", "Tuesday 18 November 2025, 15:00–18:00 in Nairobi, 13:00–16:00 in the Netherlands"),
    ],
)
def test_an_event_elsewhere_is_told_on_its_own_clocks_and_on_those_at_home(language, said):
    publication = with_blocks(DetailsBlock(id="daar", facts=SIGNING))
    assert said in words_of(render(publication, language))
    assert "Kenia" in words_of(render(publication)) or language == "en"


def test_an_event_on_another_day_at_home_says_which_day():
    late = dataclasses.replace(
        SIGNING,
        time_zone="Pacific/Auckland",
        starts_at=datetime(2025, 11, 18, 20, tzinfo=UTC),
        ends_at=datetime(2025, 11, 18, 23, tzinfo=UTC),
    )
    words = words_of(render(with_blocks(DetailsBlock(id="daar", facts=late))))
    assert "woensdag 19 november 2025, 9.00–12.00 uur in Auckland" in words
    assert "dinsdag 18 november, 21.00 uur in Nederland" in words


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("tentative", "datum onder voorbehoud"),
        ("postponed", "uitgesteld"),
        ("cancelled", "gaat niet door"),
    ],
)
def test_what_is_not_sure_or_not_on_is_said_in_words(status, said):
    rendering = render(with_facts(status=status))
    assert f"14.00–17.00 uur {said}" in words_of(rendering)
    assert said in rendering.text.lower()
    assert ("<s>maandag" in rendering.html) is (status != "tentative")


def test_an_event_without_a_day_says_that_it_will_follow():
    assert "Wanneer de datum volgt" in words_of(render(with_facts(starts_at=None, ends_at=None)))


def test_an_online_event_links_to_where_it_can_be_followed():
    venue = dataclasses.replace(WORKSHOP.venue, online_url="https://online.example.org/zaal")
    rendering = render(with_facts(venue=venue, attendance="mixed"))
    assert "Utrecht ook online te volgen" in words_of(rendering)
    assert "https://online.example.org/zaal" in rendering.text
    online = words_of(render(with_facts(venue=venue, attendance="online")))
    assert "Waar online" in online
    assert "Voorbeeldlaan 18b, 3500 AA Utrecht Route" not in online


def test_a_programme_is_a_table_with_headed_columns():
    tree = lxml.html.fromstring(render(build_mailing()).html)
    (table,) = (t for t in tree.iter("table") if "programme" in t.get("class", ""))
    assert [th.text_content() for th in table.iter("th")] == ["Tijd", "Onderdeel"]
    rows = [" ".join(" ".join(row.itertext()).split()) for row in table.find("tbody")]
    assert rows[1] == "14.15–15.00 Wat onthouden mensen van een verhaal? schrijfdocent, Bureau De Rode Draad"
    assert rows[2] == "15.00 Pauze"


def test_a_programme_elsewhere_says_whose_clocks_it_follows():
    row = ProgrammeRow(starts_at=datetime(2025, 11, 18, 12, tzinfo=UTC), title={"nl": "Welkom"})
    block = ProgrammeBlock(id="programma", rows=(row,), time_zone="Africa/Nairobi")
    words = words_of(render(with_blocks(block)))
    assert "Tijd in Nairobi" in words
    assert "15.00" in words


def test_a_change_says_in_words_what_was_and_what_is():
    rendering = render(build_change())
    assert "was: maandag 8 juni 2026, 14.00–17.00 uur" in words_of(rendering)
    assert "<s>maandag 8" in rendering.html
    assert "  wordt: maandag 15 juni 2026, 14.00–17.00 uur\n" in rendering.text
    assert "omdat u zich hebt aangemeld voor Verhalen die blijven hangen" in words_of(rendering)


def test_figures_in_texts_are_filled_in_and_hedged_where_the_text_asks_for_it():
    dutch, english = (words_of(render(build_results(), language)) for language in ("nl", "en"))
    assert "Met ruim 80 deelnemers was de derde editie" in dutch
    assert "With more than 80 participants" in english
    assert render(build_results()).subject == "Resultaten: 84 deelnemers op het congres"


@pytest.mark.parametrize("mark", ["[[congres-2026.guests]]", "[[congres-2026.participants|nearly]]"])
def test_a_mark_that_nobody_knows_stays_visible_and_blocks(mark):
    rendering = render(with_blocks(TextBlock(id="tekst", text={"nl": f"Er waren {mark}."})))
    assert mark in words_of(rendering)
    found = check_rendering(rendering, hosts={"nieuws.coalitie.example.org"})
    assert "leftover-placeholder" in {f.code for f in found if f.severity == "blocking"}


def test_growth_is_told_against_last_time_in_percent_from_twenty_on():
    words = words_of(render(build_results()))
    assert "+13 ten opzichte van 2025 (84 tegen 71, 18% meer)" in words
    assert "+2 ten opzichte van 2025 (9 tegen 7)" in words


def test_a_chart_is_described_by_its_numbers_and_followed_by_them():
    rendering = render(build_results())
    alts = [image.get("alt") for image in lxml.html.fromstring(rendering.html).iter("img")]
    assert (
        "Staafdiagram: deelnemers per soort organisatie; gemeenten 41, maatschappelijke organisaties 18, "
        "kennisinstellingen 11, bedrijven 8, overig 6." in alts
    )
    assert "Staafdiagram: deelnemers per editie; 2024 58, 2025 71, nu 84." in alts
    assert "- maatschappelijke organisaties: 18\n" in rendering.text
    assert "Samen 84 deelnemers" in rendering.text


def test_a_chart_without_numbers_is_left_out():
    rendering = render(build_results(breakdowns=(), figures=()))
    assert "Staafdiagram" not in rendering.html
    assert rendering.pictures.keys() == {a for a in rendering.pictures if "logo" in a}


def test_a_message_s_headline_is_its_own_heading_and_else_the_subject_without_its_label():
    headline = "h2[@class='lead']"

    def headline_of(publication):
        return (
            lxml.html.fromstring(render(publication).html)
            .find(f".//{headline}")
            .text_content()
            .replace("\u00a0", " ")
        )

    assert headline_of(build_mailing()) == "Verhalen die blijven hangen, 8 juni in Utrecht"
    (section,) = build_mailing().sections
    own = dataclasses.replace(section, heading={"nl": "Schrijf mee"})
    publication = build_mailing(sections=(own,))
    assert headline_of(publication) == "Schrijf mee"
    assert words_of(render(publication)).count("Schrijf mee") == 1


@pytest.mark.parametrize(
    ("title", "headline"),
    [("Verhalen die blijven hangen", "Verhalen die blijven hangen, 8 juni in Utrecht"), ("Kom", "Kom")],
)
def test_the_first_title_of_a_message_is_not_said_twice(title, headline):
    first = TextBlock(id="eerste", title={"nl": title}, text={"nl": "Van harte welkom."})
    rendering = render(with_blocks(first))
    tree = lxml.html.fromstring(rendering.html)
    titles = [each.text_content().replace("\u00a0", " ") for each in tree.iter("h2", "h3")]
    assert titles == [headline]
    assert "Van harte welkom." in words_of(rendering)


def test_addresses_in_running_text_can_be_clicked():
    text = TextBlock(
        id="t", text={"nl": "Zie https://coalitie.example.org/a?b=1&c=2. Of mail pers@coalitie.example.org."}
    )
    tree = lxml.html.fromstring(render(with_blocks(text)).html)
    links = [a.get("href") for a in tree.iter("a")]
    assert "https://coalitie.example.org/a?b=1&c=2" in links
    assert "mailto:pers@coalitie.example.org" in links


def test_markup_in_texts_is_shown_and_not_obeyed():
    rendering = render(
        with_blocks(TextBlock(id="t", text={"nl": "<script>alert(1)</script> & {{ letter }}"}))
    )
    assert "<script>" not in rendering.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in rendering.html
    assert "{{ letter }}" in words_of(rendering)


def test_a_message_with_a_calendar_part_links_to_the_file_that_saves_the_date():
    for language, label in (("nl", "Zet in uw agenda"), ("en", "Add to your calendar")):
        publication = build_mailing(
            calendar=CalendarPart(facts=WORKSHOP, organiser="pers@coalitie.example.org")
        )
        url = f"https://nieuws.coalitie.example.org/{publication.id}/{language}/event.ics"
        rendering = render(publication, language)
        link = lxml.html.fromstring(rendering.html).xpath(f'//a[@href="{url}"]')
        assert [one.text_content() for one in link] == [label]
        assert f"  {label}: {url}\n" in rendering.text
        assert url not in render(dataclasses.replace(publication, calendar=None), language).html


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_does_not_go_on_is_not_to_be_saved_in_a_calendar(status):
    off = dataclasses.replace(WORKSHOP, status=status)
    section = Section(id="s", kind="text", blocks=(dataclasses.replace(DETAILS, facts=off),))
    calendar = CalendarPart(facts=off, organiser="pers@coalitie.example.org")
    assert "event.ics" not in render(build_mailing(sections=(section,), calendar=calendar)).text


def test_titles_of_a_programme_stand_in_one_column_in_the_text():
    times = [(8, 30, 9, 0), (9, 0, 9, 15)]
    rows = tuple(
        ProgrammeRow(
            starts_at=datetime(2026, 6, 8, hour, minute, tzinfo=UTC),
            ends_at=datetime(2026, 6, 8, until, past, tzinfo=UTC),
            title={"nl": title},
        )
        for (hour, minute, until, past), title in zip(times, ("Inloop", "Welkom"), strict=True)
    )
    block = ProgrammeBlock(id="programma", rows=rows, time_zone="UTC")
    text = render(with_blocks(block)).text
    assert "8.30–9.00    Inloop\n" in text
    assert "9.00–9.15    Welkom\n" in text
