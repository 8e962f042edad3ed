"""The sample newsroom is what samples/README.md says it is."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from stuifmail.config.check import find_problems
from stuifmail.config.load import load_config
from stuifmail.config.models import NewsroomConfig, Source
from stuifmail.config.schedule import moment_of
from stuifmail.figures.participants import count_participants
from stuifmail.harvest.cleaning.links import strip_tracking
from stuifmail.harvest.formats.documents import parse_document
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.events import CalendarEntry
from stuifmail.model.items import Entry
from stuifmail.people import read_contacts, select_readers

APRIL_ISSUE = datetime(2026, 4, 7, 8, tzinfo=UTC)
LEAD = "Zes leden zaaien één bloemenlint van dorp tot dijk"

#: Hosts of XML namespaces and formats: names, which nobody visits.
NAMESPACES = ("www.w3.org", "purl.org", "jsonfeed.org")


@pytest.fixture(scope="module")
def newsroom(root: Path) -> NewsroomConfig:
    return load_config(root)


@pytest.fixture(scope="module")
def documents(root: Path, newsroom: NewsroomConfig) -> Mapping[str, ParsedDocument]:
    """Every source but participants sheets and the one that is missing, as the harvest reads it."""
    return {
        source.id: _parse(root, source)
        for source in newsroom.sources
        if source.holds != "participants" and source.file and (root / source.file).is_file()
    }


@pytest.fixture(scope="module")
def entries(documents: Mapping[str, ParsedDocument]) -> list[tuple[str, Entry]]:
    return [(name, entry) for name, document in documents.items() for entry in document.entries]


def _parse(root: Path, source: Source) -> ParsedDocument:
    assert source.file
    content = (root / source.file).read_bytes()
    of_sheet = {"holds": source.holds, "columns": source.columns}
    return parse_document(
        content, url=source.file, base=source.base, kind=source.kind, page=source.page, **of_sheet
    )


def _entry(documents: Mapping[str, ParsedDocument], source: str, beginning: str) -> Entry:
    found = [entry for entry in documents[source].entries if entry.title.startswith(beginning)]
    assert len(found) == 1, (source, beginning)
    return found[0]


def _sample_texts(root: Path) -> Iterator[tuple[str, str]]:
    for path in (root / "sources.yaml", *(root / "samples").rglob("*.*")):
        if path.suffix != ".xlsx":
            yield path.name, path.read_bytes().decode("utf-8", "replace")
            continue
        for sheet in openpyxl.load_workbook(path):
            yield path.name, " ".join(str(cell) for row in sheet.values for cell in row)


# --- the set-up ---------------------------------------------------------------------


def test_the_sample_newsroom_has_nothing_to_remark_on(root):
    assert find_problems(root, {}) == []


def test_there_are_more_than_thirty_members_of_every_kind(newsroom):
    kinds = Counter(member.kind for member in newsroom.members if member.left is None)

    assert len(newsroom.members) == 39
    assert set(kinds) == {kind.id for kind in newsroom.vocabularies.member_kinds}
    assert (kinds["country"], kinds["union"], kinds["municipality"]) == (8, 1, 7)


def test_members_have_left_and_two_joined_in_april(newsroom):
    april = [
        member.name for member in newsroom.members if (member.joined.year, member.joined.month) == (2026, 4)
    ]

    assert sum(member.left is not None for member in newsroom.members) == 2
    assert april == ["Van der Bij Hoveniers", "Hogeschool Weide & Water"]


def test_the_european_union_is_a_member_and_no_country(newsroom):
    union = newsroom.member("european-union")

    assert (union.kind, union.country) == ("union", "EU")
    assert "EU" not in {member.country for member in newsroom.members if member.kind == "country"}


def test_only_the_source_that_is_missing_on_purpose_is_missing(root, newsroom):
    missing = [source.id for source in newsroom.sources if not (root / source.file).is_file()]

    assert len(newsroom.sources) == 25
    assert missing == ["brakelveen"]


def test_may_is_number_47_and_goes_out_the_day_after_liberation_day(newsroom):
    newsletter = newsroom.newsletters[0]
    year, month = map(int, newsletter.first_issue.split("-"))
    send_at = moment_of(newsletter.schedule, newsroom.organisation.country, date(2026, 5, 5))

    assert newsletter.first_number + (2026 - year) * 12 + (5 - month) == 47
    assert send_at == datetime(2026, 5, 6, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_every_text_of_the_newsroom_is_there_in_dutch_and_english(newsroom):
    def find_texts(value: object) -> list[dict[str, str]]:
        if isinstance(value, dict) and value and set(value) <= {"nl", "en"}:
            return [value]
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
        return [text for part in parts for text in find_texts(part)]

    texts = find_texts(newsroom.model_dump(mode="json"))

    assert len(texts) > 60
    assert [text for text in texts if set(text) != {"nl", "en"}] == []


def test_every_address_is_made_up(root):
    for file, text in _sample_texts(root):
        hosts = re.findall(r"https?://([\w.-]+)", text)
        mail = re.findall(r"[\w.+-]+@((?:[\w-]+\.)+[\w-]+)", text)
        assert [
            host for host in hosts if not host.endswith("example.org") and host not in NAMESPACES
        ] == [], file
        assert [host for host in mail if not host.casefold().endswith("example.org")] == [], file


def test_the_samples_stay_small(root):
    assert sum(path.stat().st_size for path in (root / "samples").rglob("*") if path.is_file()) < 300_000


# --- the items ----------------------------------------------------------------------


def test_there_are_99_items_over_eight_weeks(entries):
    days = [entry.published_at for _, entry in entries if entry.published_at]

    assert len(entries) == 99
    assert len(days) == 97
    assert min(days).date() >= date(2026, 3, 9)
    assert [day.date() for day in days if day > datetime(2026, 5, 4, 7, tzinfo=UTC)] == [date(2026, 5, 20)]


def test_no_two_pieces_tell_the_same_but_the_one_that_came_three_times(entries):
    titles = Counter(entry.title for _, entry in entries)

    assert [title for title, count in titles.items() if count > 1] == [LEAD]
    assert titles[LEAD] == 3


def test_no_sentence_is_used_twice_outside_that_story_and_the_long_plan(entries):
    sentences = Counter(
        sentence
        for _, entry in entries
        if entry.title != LEAD and not entry.title.startswith("Groenbeheerplan")
        for sentence in re.split(r"(?<=[.!?])\s+", entry.text)
        if len(sentence.split()) > 4
    )

    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_each_piece_is_as_long_as_news_is(entries):
    allowed = {"Groenbeheerplan": 13_000, "Enquête": 0}
    for source, entry in entries:
        words = len(entry.text.split())
        if not entry.title.startswith(tuple(allowed)):
            assert 25 <= words <= 250, (source, entry.title, words)


def test_the_story_on_top_is_the_municipality_s_first(documents):
    told = [_entry(documents, source, LEAD) for source in ("s-heerenwoude", "bonte-berm", "de-heg")]
    times = [entry.published_at for entry in told]

    assert times == sorted(times)
    for name in (
        "Kornoeldam",
        "Wilgenrade aan de Vliet",
        "De Bonte Berm",
        "Het Gele Koolzaad",
        "Berm & Brug",
    ):
        assert name in told[0].text


def test_the_readme_names_every_best_story_as_it_is_published(root, entries):
    readme = (root / "samples" / "README.md").read_text("utf-8")
    table = readme.split("## The fifteen best of April")[1].split("##")[0]
    best = re.findall(r"^\| ([^|]+) \| [a-z]", table, re.MULTILINE)
    published = {entry.title: entry.published_at for _, entry in entries}

    assert len(best) == 15
    assert all(published[title] > APRIL_ISSUE for title in best)


# --- what is wrong on purpose -------------------------------------------------------


def test_two_sources_use_one_id_and_one_source_uses_an_id_twice(documents):
    guids = {name: Counter(entry.guid for entry in document.entries) for name, document in documents.items()}

    assert guids["s-heerenwoude"]["news-12"] == guids["kornoeldam"]["news-12"] == 1
    assert guids["de-heg"]["weekoverzicht"] == 2


def test_one_item_asks_for_an_embargo_and_one_has_no_date(documents):
    assert "EMBARGO tot 12 mei 2026" in _entry(documents, "kornoeldam", "Kornoeldam koopt").text
    assert _entry(documents, "weide-en-water", "Lectoraat").published_at is None


def test_a_clock_that_is_an_hour_off_does_not_move_the_news(documents):
    entry = _entry(documents, "gele-koolzaad", "Drone")

    assert entry.published_at == datetime(2026, 4, 22, 13, 38, 51, tzinfo=UTC)


def test_excerpts_end_in_an_ellipsis_without_the_content_system_s_brackets(documents):
    assert all(entry.text.endswith("…") for entry in documents["gele-koolzaad"].entries)


def test_scripts_do_not_survive_and_the_text_around_them_does(documents):
    entry = _entry(documents, "stekjesbond", "Vraag van een lid")

    assert "script" not in entry.html
    assert "onclick" not in entry.html
    assert "kruipende tijm" in entry.text


def test_one_item_is_twelve_thousand_words_long(documents):
    assert 11_500 < len(_entry(documents, "wilgenrade", "Groenbeheerplan").text.split()) < 12_500


def test_one_member_published_eleven_times_within_a_month(documents):
    recent = [entry for entry in documents["stekjesbond"].entries if entry.published_at > APRIL_ISSUE]

    assert len(recent) == 11


def test_three_links_carry_tracking_until_they_are_cleaned(documents):
    links = [entry.link for entry in documents["bonte-berm"].entries]

    assert sum("utm_source" in link for link in links) == 3
    assert not any("?" in strip_tracking(link) for link in links)


def test_an_enclosure_without_length_still_gives_its_picture(root, documents):
    assert '.jpg" type="image/jpeg" />' in (root / "samples/feeds/bonte-berm.xml").read_text("utf-8")
    assert _entry(documents, "bonte-berm", "Op elf stationspleinen").image_url.endswith("stationsplein.jpg")


def test_broken_xml_costs_nothing_before_the_break(documents):
    assert len(documents["veldenrode"].entries) == 4
    assert documents["veldenrode"].entries[0].title == "Plein & park: bewoners tekenen mee aan de Spoorzone"
    assert documents["veldenrode"].problems


@pytest.mark.parametrize(
    ("source", "is_reported", "word"),
    [("haverwoude", True, "Ideeënbus"), ("societe-des-abeilles", False, "pâtissière")],
)
def test_accents_are_right_whatever_the_feed_declares(documents, source, is_reported, word):
    document = documents[source]

    assert any(word in entry.title + entry.text for entry in document.entries)
    assert bool(document.problems) == is_reported


def test_the_feed_that_says_dutch_is_read_as_english(documents, newsroom):
    source = newsroom.source("meadowmark")

    assert documents["meadowmark"].language == "nl"
    assert (source.language, source.trust_language) == ("en", False)


def test_a_help_request_has_expired_and_three_have_not(documents):
    now = datetime(2026, 5, 4, 7, tzinfo=UTC)
    asks = [entry for entry in documents["submissions"].entries if entry.kind == "help_request"]

    assert [entry.guid for entry in asks if entry.expires_at < now] == ["s-2026-019"]
    assert len(asks) == 4


def test_who_hands_in_a_piece_is_known_by_name_or_alias(documents, newsroom):
    names = {name for member in newsroom.members for name in (member.name, *member.aliases)}
    handed_in = [*documents["submissions"].entries, *documents["toolbox"].entries]

    assert [entry.member for entry in handed_in if entry.member not in names] == []
    assert "Bonte Berm, Stg. De" in {entry.member for entry in handed_in}


# --- calendars, sheets and contacts -------------------------------------------------


def _event(documents: Mapping[str, ParsedDocument], uid: str) -> CalendarEntry:
    events = {
        event.uid: event for name in ("agenda", "agenda-wilgenrade") for event in documents[name].events
    }
    return events[uid]


def test_the_workshop_starts_at_two_in_amsterdam_whatever_a_member_writes(documents):
    workshop = _event(documents, "workshop-communicatie-2026@coalition.example.org")

    assert "14:00 - 17:00 CET" in _entry(documents, "weide-en-water", "Onze communicatiedocenten").text
    assert workshop.starts_at == datetime(2026, 6, 8, 12, tzinfo=UTC)
    assert (workshop.ends_at, workshop.location) == (
        datetime(2026, 6, 8, 15, tzinfo=UTC),
        "Voorbeeldlaan 18b, Utrecht",
    )


def test_the_symposium_is_tentative_and_lasts_a_day(documents):
    symposium = _event(documents, "symposium-2026@coalition.example.org")

    assert (symposium.starts_at, symposium.status) == (date(2026, 5, 29), "tentative")


def test_the_agenda_holds_what_is_past_what_is_cancelled_and_a_member_s_event(documents):
    assert len(documents["agenda"].events) == 6
    assert _event(documents, "cop-gemeenten-2026-2@coalition.example.org").location == "Online"
    assert _event(documents, "bestuur-2026-2@coalition.example.org").status == "cancelled"
    assert _event(documents, "sign-up-2025@coalition.example.org").starts_at == datetime(
        2025, 11, 18, 12, tzinfo=UTC
    )
    assert _event(documents, "evenement-205@wilgenrade.example.org").starts_at == datetime(
        2026, 5, 16, 11, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("source_id", "participants", "municipalities"),
    [("congres-2026", 84, 31), ("congres-2025", 71, 26), ("nairobi-2025", 44, 0)],
)
def test_the_participants_sheets_count_up_to_the_published_results(
    root, newsroom, source_id, participants, municipalities
):
    source = newsroom.source(source_id)
    result = count_participants(
        (root / source.file).read_bytes(),
        source=source,
        file=source.file,
        computed_at=datetime(2026, 5, 4, 7, tzinfo=UTC),
        members=newsroom.members,
    )
    figures = {figure.id.removeprefix(f"{source_id}."): figure.value for figure in result.figures}

    assert (figures["participants"], figures["municipalities"]) == (participants, municipalities)


def test_in_nairobi_were_seventeen_member_countries_and_the_union(root):
    text = (root / "samples/sheets/nairobi-2025.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    members = {row["country"] for row in rows if row["role"] == "member" and row["status"] == "attended"}

    assert len(rows) == 61
    assert "EU" in members
    assert len(members - {"EU"}) == 17


def test_the_sheet_of_2025_is_what_a_dutch_excel_saves(root):
    content = (root / "samples/sheets/congres-2025.csv").read_bytes()

    assert content.startswith(b"\xef\xbb\xbfInschrijfnummer;E-mailadres;")
    assert b"\r\n;;;;;;;;\r\n" in content


def test_of_sixty_contacts_forty_eight_get_the_may_issue(root, newsroom):
    content = (root / "samples/contacts.csv").read_bytes()
    sheet = read_contacts(content, file="samples/contacts.csv")
    readers = select_readers(
        sheet.contacts, newsroom.audiences[0], languages=newsroom.organisation.languages, suppressions={}
    )
    mailed = [reader for reader in readers if not reader.suppressed]

    assert len(list(csv.DictReader(io.StringIO(content.decode())))) == 60
    assert Counter(reader.edition for reader in mailed) == {"nl": 36, "en": 12}
    assert {reader.contact_id for reader in readers if reader.suppressed} == {
        "c-052", "c-053", "c-054", "c-055", "c-056", "c-057"
    }  # fmt: skip
    assert len(sheet.problems) >= 3
