"""Mail to an event's people: by what the participants sheet says of them now."""

import pytest

from stuifmail.errors import InvalidSheet
from stuifmail.model.people import Contact, Reader, Respondent
from stuifmail.model.publications import Response
from stuifmail.people import Occasion, RespondentsSheet, merge_people, read_respondents, select_respondents
from tests.unit.people.test_audience import audience, contact

HEADER = "email,organisation,role,status,language"


def read(*rows: str, header: str = HEADER) -> RespondentsSheet:
    return read_respondents("\n".join((header, *rows)).encode(), file="workshop.csv")


def occasion(people: tuple[Respondent, ...], *responses: Response, practical: bool = False) -> Occasion:
    return Occasion(
        responses=responses,
        people=people,
        is_practical=practical,
        basis="registered for the workshop",
        languages=("nl", "en"),
    )


def select(
    contacts: list[Contact], people: tuple[Respondent, ...], *responses: Response, practical: bool = False
) -> dict[str, Reader]:
    listed = {"lijst@example.org": "complaint"}
    rules = audience(purpose="service", lists=("nieuwsbrief",))
    readers = select_respondents(contacts, rules, occasion(people, *responses, practical=practical), listed)
    assert len({reader.address for reader in readers}) == len(readers), "an address twice"
    return {reader.address.split("@")[0]: reader for reader in readers}


CONTACTS = [
    contact("geen"),
    contact("aan"),
    contact("was"),
    contact("niet"),
    contact("af"),
    contact("buiten", lists=("pers",)),
]
PEOPLE = read(
    "aan@example.org,Berm,member,aangemeld,",
    "was@example.org,Berm,member,attended,",
    "niet@example.org,Berm,lid,niet verschenen,",
    "af@example.org,Berm,member,geannuleerd,",
    "buiten@example.org,Berm,speaker,registered,",
    "vreemd@example.org,Zoem,prospect,registered,English",
).people


def test_a_sheet_gives_each_address_once_with_the_weightiest_status() -> None:
    sheet = read(
        "a@example.org,Berm,member,cancelled,",
        "A@EXAMPLE.ORG,Berm,member,registered,en",
        "b@example.org,Berm,member,registered,",
        "b@example.org,Berm,member,attended,",
        "c@example.org,Berm,staff,no_show,",
        "c@example.org,Berm,member,registered,",
    )
    assert [(person.address, person.status, person.role) for person in sheet.people] == [
        ("a@example.org", "registered", "member"),
        ("b@example.org", "attended", "member"),
        ("c@example.org", "registered", "staff"),
    ]
    assert sheet.people[0].language == "en"
    assert sheet.problems == ()


def test_of_two_sheets_the_weightiest_counts_too() -> None:
    first, second = read("a@example.org,,,registered,"), read("a@example.org,,,attended,")
    assert [person.status for person in merge_people([*first.people, *second.people])] == ["attended"]


def test_rows_that_cannot_get_mail_are_named_and_the_others_kept() -> None:
    sheet = read(
        ",Berm,member,registered,",
        "geen adres,Berm,member,registered,",
        "a@example.org,Berm,member,misschien,",
        "b@example.org,Berm,member,registered,",
    )
    assert [person.address for person in sheet.people] == ["b@example.org"]
    assert [(problem.line, problem.key) for problem in sheet.problems] == [
        (2, "email"),
        (3, "email"),
        (4, "status"),
    ]
    assert all("this row gets no mail" in problem.message for problem in sheet.problems)


def test_a_sheet_without_status_is_refused() -> None:
    with pytest.raises(InvalidSheet, match="status"):
        read("a@example.org", header="email")


@pytest.mark.parametrize(
    ("responses", "wanted"),
    [
        (("invited",), {"geen", "aan", "was", "niet", "af"}),
        (("no_answer",), {"geen"}),
        (("registered",), {"aan", "buiten", "vreemd"}),
        (("attended",), {"was"}),
        (("no_show",), {"niet"}),
        (("cancelled",), {"af"}),
        (("registered", "attended"), {"aan", "buiten", "vreemd", "was"}),
        (("registered", "no_answer"), {"aan", "buiten", "vreemd", "geen"}),
        (("invited", "registered"), {"geen", "aan", "was", "niet", "af", "buiten", "vreemd"}),
    ],
)
def test_responses_are_added_up(responses: tuple[Response, ...], wanted: set[str]) -> None:
    assert set(select(CONTACTS, PEOPLE, *responses)) == wanted


def test_without_a_sheet_nobody_registered_and_nobody_answered() -> None:
    assert select(CONTACTS, (), "registered") == {}
    assert len(select(CONTACTS, (), "no_answer")) == 5


def test_somebody_who_is_no_contact_is_written_to_on_the_ground_of_the_registration() -> None:
    stranger = select(CONTACTS, PEOPLE, "registered")["vreemd"]
    assert (stranger.suppressed, stranger.basis) == ("", "registered for the workshop")
    assert (stranger.edition, stranger.name) == ("en", "Zoem")
    assert "vreemd" not in stranger.contact_id


def test_a_contacts_own_language_goes_before_that_of_the_sheet() -> None:
    people = read("a@example.org,,,registered,nl").people
    assert select([contact("a", language="en")], people, "registered")["a"].edition == "en"


def test_a_registration_is_ground_enough_but_never_against_somebodys_will() -> None:
    contacts = [
        contact("onbekend", consent="unknown"),
        contact("dienst", consent="service"),
        contact("terug", consent="withdrawn"),
        contact("stuk", bounced=True),
        contact("lijst"),
    ]
    rows = [f"{each.address},,member,registered," for each in contacts]
    readers = select(contacts, read(*rows).people, "registered")
    assert {name: reader.suppressed for name, reader in readers.items()} == {
        "onbekend": "",
        "dienst": "",
        "terug": "consent was withdrawn",
        "stuk": "the address bounced: mail does not arrive there",
        "lijst": "on the suppression list: complaint",
    }


def test_the_suppression_list_holds_for_who_is_no_contact() -> None:
    people = read("Lijst@example.org,,,registered,").people
    assert select([], people, "registered")["lijst"].suppressed == "on the suppression list: complaint"


@pytest.mark.parametrize("role", ["staff", "press", "pers", "secretariaat"])
def test_who_is_there_for_work_gets_no_mail_for_guests(role: str) -> None:
    people = read(f"werk@example.org,Bureau,{role},registered,").people
    assert select([], people, "registered")["werk"].suppressed.startswith("is there as ")
    assert select([contact("werk")], people, "no_answer") == {}


def test_who_cancelled_gets_nothing_practical_but_may_hear_the_results() -> None:
    practical = select(CONTACTS, PEOPLE, "invited", practical=True)
    assert {name for name, reader in practical.items() if reader.suppressed} == {"af"}
    assert practical["af"].suppressed == "cancelled the registration"
    assert select(CONTACTS, PEOPLE, "invited")["af"].suppressed == ""
