"""Results of an event, counted as domain research says."""

import csv
import io
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from stuifmail.config.models import Member, Source
from stuifmail.errors import InvalidSheet
from stuifmail.figures import ParticipantsResult, count_participants

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


def test_the_five_metrics_are_counted_and_nothing_is_wrong() -> None:
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


@pytest.mark.parametrize(
    ("column", "value"), [("status", "misschien"), ("role", "vip"), ("status", ""), ("role", "")]
)
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


def test_a_sheet_without_rows_gives_zeros() -> None:
    assert set(values(count()).values()) == {0}


def test_a_sheet_without_status_is_refused() -> None:
    with pytest.raises(InvalidSheet, match='missing column: "status"'):
        count(columns=COLUMNS[:-1])


def test_the_sources_own_columns_are_used() -> None:
    source = SOURCE.model_copy(update={"columns": {"country": "Land"}})
    content = sheet(person(1)).replace(b"country", b"land")
    result = count_participants(content, source=source, file="d", computed_at=NOW, members=MEMBERS)
    assert values(result)["countries"] == 1
