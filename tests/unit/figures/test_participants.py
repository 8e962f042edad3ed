"""Results of an event, counted as domain research says."""

import csv
import io
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.config.models import Member, Source
from stuifmail.errors import InvalidSheet
from stuifmail.figures import ParticipantsResult, count_participants
from stuifmail.figures.parts import count_parts

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
COLUMNS = ("registration_id", "email", "organisation", "country", "org_type", "role", "status")
MEMBERS = (
    Member(
        id="bonte-berm",
        name="Stichting De Bonte Berm",
        aliases=("Bonte Berm, Stg. De",),
        kind="ngo",
        tier="partner",
        joined="2020-01-01",
    ),
    Member(
        id="wilgenrade",
        name="gemeente Wilgenrade aan de Vliet",
        kind="municipality",
        tier="partner",
        joined="2020-01-01",
    ),
    Member(id="zoem", name='Kennisinstituut "Zoem"', kind="institute", tier="supporter", joined="2020-01-01"),
    Member(
        id="eu", name="European Union", kind="government", country="EU", tier="partner", joined="2025-11-18"
    ),
)
SOURCE = Source(id="deelnemers-2026", kind="sheet", holds="participants", file="d.csv", about="congres-2026")


def person(number: int, **more: str) -> dict[str, str]:
    row = {
        "registration_id": str(number),
        "email": f"rol{number}@lid.example.org",
        "organisation": "Stichting De Bonte Berm",
        "country": "NL",
        "org_type": "ngo",
        "role": "member",
        "status": "attended",
    }
    return row | more


def sheet(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def count(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> ParticipantsResult:
    return count_participants(
        sheet(*rows, columns=columns), source=SOURCE, file="d.csv", computed_at=NOW, members=MEMBERS
    )


def values(result: ParticipantsResult) -> dict[str, int]:
    return {figure.id.removeprefix("congres-2026."): figure.value for figure in result.figures}


def test_a_figure_carries_unit_definition_source_and_time() -> None:
    content = sheet(person(1))
    result = count_participants(content, source=SOURCE, file="d.csv", computed_at=NOW, members=MEMBERS)
    figure = result.figures[0]
    assert figure.id == "congres-2026.participants"
    assert (figure.value, figure.definition) == (1, "participants/1")
    assert figure.unit == {"nl": "deelnemer", "en": "participant"}
    assert figure.source_id == "deelnemers-2026"
    assert figure.source_sha256 == sha256(content).hexdigest()
    assert figure.computed_at == NOW
    assert count(person(1), person(2)).figures[0].unit == {"nl": "deelnemers", "en": "participants"}


def test_the_metrics_are_counted_and_nothing_is_wrong() -> None:
    result = count(
        person(1),
        person(
            2, organisation="gemeente Wilgenrade aan de Vliet", org_type="municipality", country="Nederland"
        ),
        person(3, organisation="Gemeente Niemandsveen", org_type="Gemeente", role="prospect"),
        person(4, organisation="European Union", country="EU", role="speaker", org_type="government"),
        person(5, organisation="", country="Eesti", role="partner"),
    )
    assert result.problems == ()
    assert values(result) == {
        "participants": 5,
        "organisations": 4,
        "municipalities": 2,
        "member_organisations": 3,
        "countries": 2,
        "member_countries": 1,
        "registered": 5,
        "show_rate": 100,
    }


def test_the_european_union_is_a_member_but_no_country() -> None:
    result = count(person(1, organisation="European Union", country="Europese Unie"))
    assert values(result)["countries"] == 0
    assert values(result)["member_organisations"] == 1


@pytest.mark.parametrize("status", ["registered", "no_show", "No-show", "cancelled", "Afgemeld"])
def test_only_who_attended_counts(status: str) -> None:
    result = count(person(1), person(2, status=status))
    assert values(result)["participants"] == 1
    assert result.problems == ()


@pytest.mark.parametrize("role", ["staff", "press", "Pers"])
def test_staff_and_press_are_no_participants(role: str) -> None:
    assert values(count(person(1), person(2, role=role)))["participants"] == 1


def test_one_person_counts_once_whatever_the_capitals_of_the_address() -> None:
    result = count(person(1, email="Rol@Lid.example.org "), person(2, email="rol@lid.example.org"))
    assert values(result)["participants"] == 1
    assert result.problems == ("d.csv: 1 person is in the sheet more than once; counted once",)


def test_who_cancelled_one_registration_and_came_on_another_came() -> None:
    result = count(person(1, status="cancelled"), person(2, email="rol1@lid.example.org"))
    assert values(result)["participants"] == 1
    assert (
        "d.csv:2 (and 3): the same person is cancelled and attended; counted as attended" in result.problems
    )


def test_without_address_the_registration_number_tells_people_apart_and_it_is_said() -> None:
    result = count(person(1, email=""), person(2, email="geen"), person(2, email=""))
    assert values(result)["participants"] == 2
    assert "d.csv: 3 rows without email, told apart by registration_id" in result.problems


def test_a_row_that_says_nothing_of_who_it_is_does_not_count() -> None:
    result = count(person(1), person(2, email="", registration_id=""))
    assert values(result)["participants"] == 1
    assert result.problems[0].startswith("d.csv:3: neither email nor registration_id")


@pytest.mark.parametrize(("column", "value"), [("status", "misschien"), ("role", "vip")])
def test_a_status_or_role_that_nobody_knows_is_reported_and_not_counted(column: str, value: str) -> None:
    result = count(person(1), person(2, **{column: value}), person(3, **{column: value}))
    assert values(result)["participants"] == 1
    assert len(result.problems) == 1
    assert result.problems[0].startswith(f"d.csv:3 (and 4): {column} {value!r} is not one of")
    assert result.problems[0].endswith("2 rows not counted")


def test_an_impossible_country_is_reported_and_is_no_country() -> None:
    result = count(person(1), person(2, country="Atlantis"), person(3, country=""))
    assert values(result)["participants"] == 3
    assert values(result)["countries"] == 1
    assert any(problem.startswith("d.csv:3: there is no country 'Atlantis'") for problem in result.problems)
    assert "d.csv:4: 1 row without country" in result.problems


def test_other_spellings_of_a_member_are_one_organisation() -> None:
    result = count(
        person(1),
        person(2, organisation="Bonte Berm, Stg. De"),
        person(3, organisation="STICHTING DE BONTE  BERM"),
        person(4, organisation="Kennisinstituut ‘Zoem’"),
    )
    assert values(result)["organisations"] == 2
    assert values(result)["member_organisations"] == 2


def test_who_came_as_a_member_of_an_unknown_name_is_reported() -> None:
    result = count(person(1, organisation="De Bonte Bermen"))
    assert values(result)["member_organisations"] == 0
    assert values(result)["organisations"] == 1
    assert "add the spelling to its aliases" in result.problems[0]


def test_a_member_id_in_the_sheet_counts_before_the_name() -> None:
    columns = (*COLUMNS, "member_id")
    result = count(
        person(1, organisation="Zoem lab", member_id="Zoem"),
        person(2, member_id="zoem"),
        person(3, member_id="weg-lid"),
        columns=columns,
    )
    assert values(result)["member_organisations"] == 2
    assert any("member_id 'weg-lid' is no member" in problem for problem in result.problems)
    assert any("member_id is another member" in problem for problem in result.problems)


def test_a_name_that_two_members_share_belongs_to_neither() -> None:
    twins = tuple(
        Member(id=name, name=name, aliases=("De Bij",), kind="ngo", tier="partner", joined="2020-01-01")
        for name in ("bij-een", "bij-twee")
    )
    content = sheet(person(1, organisation="De Bij", role="prospect"))
    result = count_participants(content, source=SOURCE, file="d", computed_at=NOW, members=twins)
    assert values(result)["member_organisations"] == 0
    assert values(result)["organisations"] == 1


def test_a_sheet_without_rows_has_no_registrations_and_says_nothing_of_who_came() -> None:
    assert values(count()) == {"registered": 0}


def test_before_anybody_noted_who_came_only_registrations_are_counted() -> None:
    result = count(person(1, status="aangemeld"), person(2, status="afgemeld"), person(3, status="bevestigd"))
    assert values(result) == {"registered": 2}
    assert result.breakdowns == ()


def test_the_show_rate_is_for_the_secretariat_only() -> None:
    result = count(person(1), person(2, status="no-show"), person(3), person(4, status="geannuleerd"))
    rate = {figure.id: figure for figure in result.figures}["congres-2026.show_rate"]
    assert (rate.value, rate.internal) == (67, True)
    assert [figure.id for figure in result.figures if figure.internal] == ["congres-2026.show_rate"]


def test_a_member_country_needs_a_member_and_the_union_is_none() -> None:
    result = count(
        person(1),
        person(2, organisation="Bij & Co", country="Wit-Rusland", role="prospect"),
        person(3, organisation="European Union", country="EU"),
    )
    assert (values(result)["countries"], values(result)["member_countries"]) == (2, 1)


def test_who_was_no_member_on_the_day_counts_as_an_organisation_only() -> None:
    content = sheet(person(1), person(2, organisation="European Union", country="EU"))
    result = count_participants(
        content, source=SOURCE, file="d.csv", computed_at=NOW, members=MEMBERS, on=date(2025, 11, 17)
    )
    assert (values(result)["organisations"], values(result)["member_organisations"]) == (2, 1)
    assert "d.csv:3: eu was no member on 2025-11-17; counted as an organisation only" in result.problems


def test_online_and_on_site_are_told_apart_where_the_sheet_does() -> None:
    columns = (*COLUMNS, "mode")
    rows = [
        person(1, mode="in de zaal"),
        person(2, mode="Online"),
        person(3, mode=""),
        person(4, mode="per duif"),
    ]
    result = count(*rows, columns=columns)
    assert values(result)["participants"] == 4
    assert (values(result)["participants_onsite"], values(result)["participants_online"]) == (1, 1)
    assert result.problems == (
        "d.csv:5: mode 'per duif' is neither onsite nor online; counted as a participant only",
    )
    assert "participants_online" not in values(count(person(1)))


def test_press_counts_when_asked_and_by_a_rule_of_its_own() -> None:
    source = SOURCE.model_copy(update={"count_press": True})
    content = sheet(person(1), person(2, role="pers"), person(3, role="staff"))
    result = count_participants(content, source=source, file="d.csv", computed_at=NOW, members=MEMBERS)
    figures = {figure.id: figure for figure in result.figures}
    assert figures["congres-2026.participants"].value == 2
    assert figures["congres-2026.participants"].definition == "participants_with_press/1"


def test_who_checked_in_and_is_said_not_to_have_come_is_reported() -> None:
    columns = (*COLUMNS, "checked_in_at")
    result = count(
        person(1, checked_in_at="46065.39"),
        person(2, status="no_show", checked_in_at="2026-02-12T09:20:00"),
        person(3, status="no_show", checked_in_at="nee"),
        columns=columns,
    )
    assert values(result)["participants"] == 1
    assert [problem[:49] for problem in result.problems] == [
        "d.csv:3: checked in, but the status is no_show; 1"
    ]


#: Headers as registration tools write them; fictional.
TOOLS = {
    "tickets": {
        "registration_id": "Attendee #",
        "email": "Email",
        "organisation": "Company",
        "country": "Billing Country",
        "org_type": "What kind of organisation are you from?",
        "role": "Ticket Type",
        "status": "Attendee Status",
    },
    "aanmeldformulier": {
        "registration_id": "Aanmeldnummer",
        "email": "E-mailadres",
        "organisation": "Organisatie / bedrijf",
        "country": "Land",
        "org_type": "Soort organisatie",
        "role": "Rol",
        "status": "Aanwezigheid",
    },
    "forms": {
        "registration_id": "ID",
        "email": "Email",
        "organisation": "Voor welke organisatie komt u?",
        "country": "Uit welk land komt u?",
        "org_type": "Wat is het voor organisatie?",
        "role": "In welke rol neemt u deel?",
        "status": "Status",
    },
}


@pytest.mark.parametrize("tool", TOOLS)
def test_exports_of_registration_tools_are_mapped_by_their_headers(tool: str) -> None:
    headers = TOOLS[tool]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Starttijd", *headers.values(), "Opmerkingen"])
    for number, status in enumerate(
        ("Checked in", "Ingecheckt", "Afwezig", "Niet verschenen", "Geannuleerd")
    ):
        row = person(number, status=status, country="Holland")
        writer.writerow(["46065,4", *(row[name] for name in headers), ""])
    source = SOURCE.model_copy(update={"columns": headers})
    content = out.getvalue().encode("cp1252")
    result = count_participants(content, source=source, file="d", computed_at=NOW, members=MEMBERS)
    assert result.problems == ()
    assert (values(result)["participants"], values(result)["registered"]) == (2, 4)


def crowd(**counts: int) -> list[dict[str, str]]:
    """So many people from each country."""
    codes = [code for code, count in counts.items() for _ in range(count)]
    return [person(number, country=code, organisation="") for number, code in enumerate(codes)]


def by_country(*rows: dict[str, str]) -> dict[str, int]:
    found = {each.id: each for each in count(*rows).breakdowns}.get("congres-2026.by_country")
    return {row.key: row.value for row in found.rows} if found else {}


def test_rows_of_fewer_than_five_people_become_other() -> None:
    assert by_country(*crowd(NL=12, BE=6, DE=4, FR=3)) == {"NL": 12, "BE": 6, "other": 7}


def test_nobody_can_subtract_their_way_to_a_small_row() -> None:
    """Three Germans alone as "other" would be three Germans: the Belgians go with them."""
    assert by_country(*crowd(NL=12, BE=6, DE=3)) == {"NL": 12, "other": 9}


def test_one_row_is_no_breakdown() -> None:
    assert by_country(*crowd(NL=12, BE=2)) == {}
    assert by_country(*crowd(NL=4, BE=4, DE=4)) == {}


def test_a_breakdown_says_what_it_counts_in_both_languages() -> None:
    found = {each.id.removeprefix("congres-2026."): each for each in count(*crowd(NL=6, EU=5)).breakdowns}
    country = found["by_country"]
    assert country.title == {"nl": "Deelnemers per land", "en": "Participants by country"}
    assert [row.label for row in country.rows] == [
        {"nl": "Nederland", "en": "Netherlands"},
        {"nl": "Europese Unie", "en": "European Union"},
    ]
    assert (country.definition, country.merged_count) == ("by_country/1", 0)
    assert "by_type" not in found  # all of one type


@given(st.lists(st.integers(min_value=1, max_value=9), max_size=12))
def test_no_row_ever_tells_of_fewer_than_five_and_none_is_lost(sizes: list[int]) -> None:
    keys = [f"k{at}" for at, size in enumerate(sizes) for _ in range(size)]
    rows, merged_count = count_parts(keys, lambda key: {"nl": key})
    assert all(row.value >= 5 for row in rows)
    if rows:
        assert sum(row.value for row in rows) == len(keys)
        assert merged_count != 1


def test_a_sheet_without_status_is_refused() -> None:
    with pytest.raises(InvalidSheet, match='missing column: "status"'):
        count(columns=COLUMNS[:-1])


def test_the_sources_own_columns_are_used() -> None:
    source = SOURCE.model_copy(update={"columns": {"country": "Land"}})
    content = sheet(person(1)).replace(b"country", b"land")
    result = count_participants(content, source=source, file="d", computed_at=NOW, members=MEMBERS)
    assert values(result)["countries"] == 1
