"""The contacts sheet: one contact for each address, the strictest consent, nothing lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.errors import InvalidSheet
from stuifmail.people import ContactsSheet, normalise_address, read_contacts

HEADER = "id,email,name,language,member,tier,functions,lists,consent,consent_at,consent_source,bounced"


def read(*rows: str, header: str = HEADER) -> ContactsSheet:
    return read_contacts("\n".join((header, *rows)).encode(), file="contacten.csv", columns={})


def short(*rows: str) -> ContactsSheet:
    return read(*rows, header="email,lists,consent,bounced,name,language")


def said(sheet: ContactsSheet) -> list[str]:
    return [str(problem) for problem in sheet.problems if problem.line]


def test_a_complete_row_becomes_a_contact() -> None:
    sheet = read(
        "k1,Rol@Bermen.Example.org,beleidsmedewerker groen,NL-nl,bonte-berm,Partner,campaigner; lobbyist;,"
        "nieuwsbrief;werkgroep,confirmed,2026-01-12,formulier versie 3,nee"
    )
    assert sheet.problems == ()
    (contact,) = sheet.contacts
    assert (contact.id, contact.address, contact.name) == (
        "k1",
        "rol@bermen.example.org",
        "beleidsmedewerker groen",
    )
    assert (contact.language, contact.member_id, contact.tier) == ("nl", "bonte-berm", "partner")
    assert contact.functions == ("campaigner", "lobbyist")
    assert contact.lists == ("nieuwsbrief", "werkgroep")
    assert (contact.consent, contact.consent_at) == ("confirmed", date(2026, 1, 12))
    assert contact.consent_source == "formulier versie 3"
    assert not contact.bounced
    assert contact.place == "contacten.csv:2"


def test_three_columns_are_enough_and_the_rest_has_sensible_defaults() -> None:
    sheet = read("rol@example.org,nieuwsbrief,", header="email,lists,consent")
    (contact,) = sheet.contacts
    assert (contact.consent, contact.language, contact.bounced) == ("unknown", "nl", False)
    assert contact.id.startswith("c-")
    assert "rol" not in contact.id


def test_a_sheet_without_consent_is_refused() -> None:
    with pytest.raises(InvalidSheet, match='missing column: "consent"'):
        read("rol@example.org,x", header="email,lists")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("ROL@Example.ORG", "rol@example.org"),
        ("rol@bücher.example.org", "rol@xn--bcher-kva.example.org"),
        ("o'hara+nieuws@example.org", "o'hara+nieuws@example.org"),
    ],
)
def test_addresses_are_lower_case_with_punycode_domains(written: str, address: str) -> None:
    assert normalise_address(written) == address


@pytest.mark.parametrize(
    "text",
    [
        "rol@example",
        "Rol <rol@example.org>",
        "rol@example.org; ander@example.org",
        "rol(at)example.org",
        "josé@example.org",
        "@example.org",
        "rol@example.org\r\nBcc: ander@example.org",
    ],
)
def test_what_is_no_bare_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        normalise_address(text)
    sheet = short(f'"{text}",nieuwsbrief,confirmed,,,nl')
    assert sheet.contacts == ()
    assert said(sheet)[0].startswith("contacten.csv:2:0: email: ")


def test_a_row_without_address_is_named_and_the_others_stay() -> None:
    sheet = short(
        "a@example.org,n,confirmed,,,nl",
        ",n,confirmed,,voorzitter werkgroep,nl",
        "b@example.org,n,confirmed,,,nl",
    )
    assert [contact.address for contact in sheet.contacts] == ["a@example.org", "b@example.org"]
    (line,) = said(sheet)
    assert line.startswith(
        "contacten.csv:3:0: email: no address (voorzitter werkgroep); this row gets no mail"
    )


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\x0b", "\x00\x01"[1:], "\u2028", "\x85"])
def test_a_name_with_line_ends_or_control_characters_gets_no_mail(sign: str) -> None:
    sheet = short(
        f'a@example.org,n,confirmed,,"rol{sign}Bcc: x@example.org",nl', "b@example.org,n,confirmed,,,nl"
    )
    assert [contact.address for contact in sheet.contacts] == ["b@example.org"]
    assert any(": name: line ends or control characters" in line for line in said(sheet))


CONSENTS = ("withdrawn", "unknown", "service", "confirmed")


@pytest.mark.parametrize("mild", CONSENTS)
@pytest.mark.parametrize("strict", CONSENTS)
def test_of_rows_with_one_address_the_strictest_consent_counts(strict: str, mild: str) -> None:
    sheet = short(f"Rol@example.org,a,{mild},,,nl", f"rol@EXAMPLE.org,b,{strict},,rol,en")
    (contact,) = sheet.contacts
    assert contact.consent == min(strict, mild, key=CONSENTS.index)
    assert (contact.lists, contact.name, contact.language) == (("a", "b"), "rol", "nl")
    assert said(sheet)[0].startswith("contacten.csv:3:0: email: the address of line 2 once more")


def test_a_bounce_on_one_of_the_rows_counts_for_the_address() -> None:
    sheet = short("rol@example.org,a,confirmed,,,nl", "ROL@example.org,a,confirmed,ja,,nl")
    assert sheet.contacts[0].bounced
    assert "bounced" in said(sheet)[0]


def test_a_refused_row_still_hands_on_its_withdrawal() -> None:
    sheet = short("rol@example.org,a,confirmed,,,nl", 'rol@example.org,a,withdrawn,,"a\nb",nl')
    assert sheet.contacts[0].consent == "withdrawn"


def test_unclear_words_are_reported_and_read_on_the_safe_side() -> None:
    sheet = short("a@example.org,n,ja hoor,misschien,,nederlandstalig")
    (contact,) = sheet.contacts
    assert (contact.consent, contact.bounced, contact.language) == ("unknown", True, "nl")
    assert [problem.key for problem in sheet.problems] == ["language", "consent", "bounced"]


def test_two_contacts_never_share_an_id() -> None:
    sheet = read("k1,a@example.org" + "," * 6 + ",,,,", "k1,b@example.org" + "," * 6 + ",,,,")
    first, second = sheet.contacts
    assert first.id == "k1"
    assert second.id != "k1"
    assert any(problem.key == "id" for problem in sheet.problems)


def test_days_are_read_in_both_ways_of_writing_and_nonsense_is_reported() -> None:
    def row(day: str) -> str:
        return f",a{day[:1]}@example.org,,,,,,n,confirmed,{day},form,"

    sheet = read(row("2026-05-04"), row("4-5-2026"), row("31-2-2026"))
    assert [contact.consent_at for contact in sheet.contacts] == [date(2026, 5, 4), date(2026, 5, 4), None]
    assert [problem.key for problem in sheet.problems if problem.line] == ["consent_at"]


def test_confirmed_consent_without_proof_is_reported_once() -> None:
    sheet = short("a@example.org,n,confirmed,,,nl", "b@example.org,n,confirmed,,,nl")
    (problem,) = sheet.problems
    assert "confirmed without day or source: 2, the first on line 2" in problem.message


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "A", "b", "", "geen adres"]), st.sampled_from(CONSENTS)), max_size=10
    )
)
def test_every_row_is_a_contact_or_a_problem(rows: list[tuple[str, str]]) -> None:
    lines = [
        f"{name}@example.org,n,{consent},,,nl" if name else f",n,{consent},,,nl" for name, consent in rows
    ]
    sheet = short(*lines)
    accounted = {int(contact.place.rpartition(":")[2]) for contact in sheet.contacts}
    accounted |= {problem.line for problem in sheet.problems}
    assert set(range(2, 2 + len(rows))) <= accounted
    addresses = [contact.address for contact in sheet.contacts]
    assert len(addresses) == len(set(addresses))
