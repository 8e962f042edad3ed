"""What members hand in: questions, good examples and lessons, in a sheet with Dutch or English headers."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest

from stuifmail.harvest.formats.sheets import parse_sheet
from stuifmail.model.items import Entry

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
DUTCH = (
    "Nummer;Soort;Lid;Titel;Vraag;Toelichting;Webadres;Taal;Ingediend op;Vrager;Beantwoord;Verloopt op;"
    "Naar toolbox;Embargo tot\n"
)
ENGLISH = (
    "id,type,organisation,title,question,text,link,language,date handed in,role,answered,valid until,"
    "to toolbox,embargo until\n"
)


def read(rows: str, head: str = DUTCH) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    document = parse_sheet((head + rows).encode(), url="inzendingen.csv", holds="submissions", now=NOW)
    return document.entries, document.problems


def test_dutch_headers_are_known_without_settings() -> None:
    (entry,), problems = read(
        "s-1;Hulpvraag;De Bonte Berm;Zaaigoed gezocht;Wie heeft zaad?;Wij zoeken 3 kilo.;"
        "https://berm.example.org/v;nl;28 april 2026;beleidsmedewerker groen;nee;31 mei 2026;;\n"
    )
    assert problems == ()
    assert (entry.guid, entry.kind, entry.member) == ("s-1", "help_request", "De Bonte Berm")
    assert (entry.title, entry.text) == ("Zaaigoed gezocht", "Wie heeft zaad?\n\nWij zoeken 3 kilo.")
    assert entry.html == "<p>Wie heeft zaad?</p>\n<p>Wij zoeken 3 kilo.</p>"
    assert (entry.asker, entry.answered) == ("beleidsmedewerker groen", False)
    assert entry.expires_at == datetime(2026, 5, 31, 21, 59, 59, tzinfo=UTC)


def test_english_headers_are_known_without_settings() -> None:
    (entry,), problems = read(
        "s-2,Lesson learned,Berm,What did not work,,We tried.,https://berm.example.org,English,2026-04-28,"
        "policy officer,,,yes,\n",
        ENGLISH,
    )
    assert problems == ()
    assert (entry.kind, entry.language, entry.categories) == ("lesson_learned", "en", ("toolbox",))
    assert entry.published_at == datetime(2026, 4, 27, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Goed voorbeeld", "good_practice"),
        ("good-practice", "good_practice"),
        ("Wat niet werkte", "lesson_learned"),
        ("vraag", "help_request"),
        ("BELEID", "policy"),
        ("onderzoek", "research"),
        ("Evenement", "event"),
        ("hulpmiddel", "toolbox"),
        ("", "news"),
    ],
)
def test_kinds_are_known_in_both_languages(said: str, kind: str) -> None:
    (entry,), problems = read(f";{said};;Titel;;Tekst;;;;;;;;\n")
    assert (entry.kind, problems) == (kind, ())


def test_a_kind_that_nobody_knows_is_kept_and_told() -> None:
    (entry,), problems = read(";Vacature;;Titel;;Tekst;;;;;;;;\n")
    assert entry.kind == "vacature"
    assert problems[0].startswith("row 2, column Soort: 'Vacature' is none of news, good_practice")


def test_a_question_without_a_last_day_stands_for_sixty_days() -> None:
    (entry, news), _ = read(";hulpvraag;;A;Wie?;;;;4 mei 2026;;;;;\n;nieuws;;B;;Tekst;;;4 mei 2026;;;;;\n")
    assert entry.expires_at == datetime(2026, 7, 3, 21, 59, 59, tzinfo=UTC)
    assert news.expires_at is None


@pytest.mark.parametrize(
    ("said", "answered", "is_told"),
    [
        ("ja", True, False),
        ("Ja, door Zoem", True, False),
        ("WAAR", True, False),
        ("x", True, False),
        ("nee", False, False),
        ("Nog niet", False, False),
        ("0", False, False),
        ("Zie het forum", True, True),
    ],
)
def test_answered_is_read_as_people_write_it(said: str, answered: bool, is_told: bool) -> None:
    (entry,), problems = read(f';hulpvraag;;A;Wie?;;;;;;"{said}";;;\n')
    assert entry.answered is answered
    assert any("column Beantwoord" in problem for problem in problems) is is_told


def test_a_question_without_a_title_is_its_own_title() -> None:
    (entry,), problems = read(";hulpvraag;;;Wie leent ons een pers? Wij halen hem op.;;;;;;;;;\n")
    assert (entry.title, problems) == ("Wie leent ons een pers?", ())
    assert entry.text == "Wie leent ons een pers? Wij halen hem op."


@pytest.mark.parametrize(
    ("until", "line"),
    [
        ("12 mei 2026", "Embargo tot 2026-05-12."),
        ("12-05-2026 10:00", "Embargo tot 2026-05-12 10:00."),
        ("na de raadsvergadering", "Embargo tot na de raadsvergadering."),
        ("1 mei 2026", ""),
    ],
)
def test_an_embargo_that_is_not_over_stands_before_the_text(until: str, line: str) -> None:
    (entry,), _ = read(f";nieuws;;A;;Tekst;;nl;;;;;;{until}\n")
    assert entry.text == (f"{line}\n\nTekst" if line else "Tekst")


def test_dates_that_excel_left_as_numbers_are_read() -> None:
    (entry,), problems = read(";nieuws;;A;;Tekst;;;46140;;;46173;;\n")
    assert problems == ()
    assert entry.published_at == datetime(2026, 4, 27, 22, tzinfo=UTC)
    assert entry.expires_at == datetime(2026, 5, 31, 21, 59, 59, tzinfo=UTC)


def test_a_workbook_with_dutch_headers_and_real_dates_is_read() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Soort", "Titel", "Vraag", "Ingediend op", "Beantwoord"])
    book.active.append(["Hulpvraag", "Zaad", "Wie?", date(2026, 5, 4), True])
    content = BytesIO()
    book.save(content)
    document = parse_sheet(content.getvalue(), url="inzendingen.xlsx", holds="submissions")
    assert (document.entries[0].answered, document.problems) == (True, ())


def test_what_is_wrong_is_told_by_row_and_by_the_sheets_own_header() -> None:
    entries, problems = read(";nieuws;;A;;Tekst;berm.example.org;;;;;eens;;\n;;;;;alleen tekst;;;;;;;;\n")
    assert len(entries) == 1
    assert problems == (
        "row 2, column Webadres: 'berm.example.org' is no web address; write https://…",
        "row 2, column Verloopt op: 'eens' is no date; write 2026-05-31 or 31 mei 2026 14:00",
        "row 3, column Titel: the title is empty; left out",
    )


def test_settings_go_before_the_names_that_are_known() -> None:
    sheet = b"titel,kop\nniet deze,deze wel\n"
    document = parse_sheet(sheet, url="x.csv", holds="submissions", columns={"title": "kop"})
    assert document.entries[0].title == "deze wel"


def test_an_address_that_a_member_hides_in_a_row_is_a_candidate() -> None:
    (entry,), _ = read(
        ";nieuws;;Titel;Mail ons: groen (at) berm.example.org;Zie https://berm.example.org/v;;;;;;;;\n"
    )
    assert entry.address_candidates == ("groen@berm.example.org",)
    assert entry.links == ("https://berm.example.org/v",)
