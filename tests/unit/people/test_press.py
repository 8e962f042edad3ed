"""The press list: desks by role, each in one language, and never against their will."""

from datetime import date

import pytest

from stuifmail.config.models import Audience
from stuifmail.errors import InvalidSheet
from stuifmail.model.people import PressDesk, Reader
from stuifmail.people import PressSheet, read_press, select_desks

HEADER = "email,outlet,desk,country,language,themes,kind,trusted,opted_out,basis,last_contact"


def read(*rows: str, header: str = HEADER) -> PressSheet:
    content = "\n".join((header, *rows)).encode()
    return read_press(content, file="pers.csv", languages=("nl", "en"), themes=("city", "finance"))


def said(sheet: PressSheet) -> list[str]:
    return [f"{problem.line} {problem.key}: {problem.message}" for problem in sheet.problems]


def audience(**rules: object) -> Audience:
    return Audience(id="pers", name={"nl": "Pers"}, why={"nl": "Perslijst"}, of="press", **rules)  # type: ignore[arg-type]


def select(
    sheet: PressSheet, rules: Audience, *languages: str, told: dict[str, str] | None = None
) -> dict[str, Reader]:
    known = told or {}
    readers = select_desks(
        sheet.desks,
        rules,
        languages=languages or ("nl",),
        suppressions={"weg@krant.example.org": "hard bounce"},
        told=lambda desk: known.get(desk.address, ""),
    )
    return {reader.address: reader for reader in readers}


def test_a_whole_row_becomes_a_desk() -> None:
    sheet = read(
        "Natuur@Krant.example.org,De Krant,natuurredactie,nl,Nederlands,City; finance,dagblad,ja,nee,"
        "colofon,13-2-2026"
    )
    assert sheet.problems == ()
    (desk,) = sheet.desks
    assert (desk.address, desk.outlet, desk.desk) == (
        "natuur@krant.example.org",
        "De Krant",
        "natuurredactie",
    )
    assert (desk.country, desk.language, desk.themes, desk.kind) == ("NL", "nl", ("city", "finance"), "daily")
    assert (desk.is_trusted, desk.is_opted_out, desk.basis) == (True, False, "colofon")
    assert (desk.last_contact, desk.place) == (date(2026, 2, 13), "pers.csv:2")
    assert desk.id.startswith("c-")
    assert "krant" not in desk.id


def test_dutch_headers_need_no_settings() -> None:
    sheet = read("redactie@krant.example.org,De Krant,nl,colofon", header="E-mailadres,Medium,Taal,Grondslag")
    assert [desk.outlet for desk in sheet.desks] == ["De Krant"]
    assert sheet.desks[0].basis == "colofon"


def test_what_cannot_be_a_desk_is_left_out_and_named() -> None:
    sheet = read(
        ",De Krant,,NL,nl,,,,,colofon,",
        "krant.example.org,De Krant,,NL,nl,,,,,colofon,",
        "a@krant.example.org,De Krant,,NL,,,,,,colofon,",
        "b@krant.example.org,De Krant,,NL,Klingon talk,,,,,colofon,",
        '"c@krant.example.org","De Krant\nBcc: x@y.example.org",,NL,nl,,,,,colofon,',
    )
    assert sheet.desks == ()
    assert [line.split(":")[0] for line in said(sheet)] == [
        "2 email",
        "3 email",
        "4 language",
        "5 language",
        "6 outlet",
    ]
    assert all("this desk gets nothing" in line for line in said(sheet))


def test_what_cannot_be_understood_keeps_mail_away_and_is_named() -> None:
    sheet = read("a@krant.example.org,De Krant,,Holland,nl,tuin,blog,soms,misschien,colofon,gisteren")
    (desk,) = sheet.desks
    assert (desk.is_trusted, desk.is_opted_out) == (False, True)
    assert (desk.country, desk.kind, desk.last_contact) == ("", "other", None)
    assert sorted(line.split(":")[0] for line in said(sheet)) == [
        "2 country",
        "2 kind",
        "2 last_contact",
        "2 opted_out",
        "2 themes",
        "2 trusted",
    ]


def test_two_rows_with_one_address_are_one_desk_in_the_first_language_and_the_stricter_will() -> None:
    sheet = read(
        "a@krant.example.org,De Krant,natuur,NL,nl,,,yes,,colofon,",
        "A@KRANT.example.org,De Krant,natuur,NL,en,,,,yes,colofon,",
    )
    (desk,) = sheet.desks
    assert (desk.language, desk.is_trusted, desk.is_opted_out) == ("nl", False, True)
    assert "it is one desk, and gets the nl version only" in said(sheet)[0]


def test_a_desk_with_two_addresses_is_named() -> None:
    sheet = read(
        "a@krant.example.org,De Krant,Natuur,NL,nl,,,,,colofon,",
        "b@krant.example.org,de krant,natuur,NL,en,,,,,colofon,",
    )
    assert len(sheet.desks) == 2
    assert said(sheet) == ["3 desk: de krant, natuur stands in line 2 too, with another address"]


def test_a_language_without_releases_is_named() -> None:
    sheet = read("a@pre.example.org,Le Pré,,FR,fr,,,,,imprint,")
    assert said(sheet) == ["2 language: no release is made in fr; this desk gets nothing"]
    reader = select(sheet, audience(), "nl", "en")["a@pre.example.org"]
    assert reader.suppressed == "gets releases in fr, and this one is in nl and en"


def test_a_sheet_without_languages_is_refused() -> None:
    with pytest.raises(InvalidSheet, match="language"):
        read("a@krant.example.org,De Krant", header="email,outlet")


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ({}, {"a", "b", "c"}),
        ({"languages": ("en",)}, {"c"}),
        ({"countries": ("NL",)}, {"a", "b"}),
        ({"themes": ("city",)}, {"a", "c"}),
        ({"themes": ("finance",)}, {"b", "c"}),
        ({"media": ("daily",)}, {"a"}),
        ({"media": ("Vakblad", "agency")}, {"b", "c"}),
        ({"media": ("daily",), "languages": ("en",)}, set()),
    ],
)
def test_a_desk_matches_every_rule_and_without_themes_it_wants_all(
    rules: dict[str, object], wanted: set[str]
) -> None:
    sheet = read(
        "a@krant.example.org,De Krant,,NL,nl,city,daily,,,colofon,",
        "b@vak.example.org,Vakblad,,NL,nl,finance,trade,,,colofon,",
        "c@wire.example.org,Wire,,GB,en,,agency,,,site,",
    )
    assert {address[0] for address in select(sheet, audience(**rules), "nl", "en")} == wanted


def test_why_a_desk_gets_nothing_is_said_its_own_will_first() -> None:
    sheet = read(
        "ja@krant.example.org,De Krant,natuur,NL,nl,,,yes,,colofon,",
        "nee@krant.example.org,De Krant,stad,NL,nl,,,,yes,,",
        "weg@krant.example.org,De Krant,geld,NL,nl,,,,,colofon,",
        "info@krant.example.org,De Krant,,NL,nl,,,,,,",
        "twee@krant.example.org,De Krant,buiten,NL,nl,,,,,colofon,",
    )
    readers = select(sheet, audience(), told={"twee@krant.example.org": "gets this news in x-en"})
    assert {address.split("@")[0]: reader.suppressed for address, reader in readers.items()} == {
        "ja": "",
        "nee": "the desk wants no releases",
        "weg": "on the suppression list: hard bounce",
        "info": "no basis: nothing says why we may write to this desk",
        "twee": "gets this news in x-en",
    }
    trusted = readers["ja@krant.example.org"]
    assert (trusted.is_trusted, trusted.basis, trusted.name) == (True, "colofon", "De Krant, natuur")
    assert [reader.is_trusted for reader in readers.values()].count(True) == 1


def test_a_desk_is_never_a_person() -> None:
    assert not {"person", "first_name", "phone"} & set(PressDesk.__dataclass_fields__)


def row(address: str, desk: str = "natuurredactie", *, out: str = "nee") -> str:
    return f"{address}@krant.example.org,De Krant,{desk},nl,nl,,dagblad,nee,{out},colofon,"


def test_a_desk_with_two_addresses_gets_one_copy_at_the_first_that_may_have_it() -> None:
    found = select(
        read(row("weg"), row("een"), row("twee", "Natuurredactie "), row("drie", "sport")), audience()
    )
    assert {address.split("@")[0]: reader.suppressed for address, reader in found.items()} == {
        "weg": "on the suppression list: hard bounce",
        "een": "",
        "twee": "the same desk as een@krant.example.org, which gets it",
        "drie": "",
    }


def test_a_desk_that_wants_nothing_in_one_row_gets_nothing_by_another() -> None:
    found = select(read(row("een"), row("twee", out="ja")), audience())
    assert all(reader.suppressed.startswith("the desk wants no releases") for reader in found.values())


def test_rows_that_name_no_desk_are_not_taken_for_the_same() -> None:
    found = select(read(row("een", ""), row("twee", "")), audience())
    assert [reader.suppressed for reader in found.values()] == ["", ""]
