"""An editor confirms or refuses the addresses that members hide; only confirmed ones are printed."""

from pathlib import Path

import pytest

from stuifmail.store import addresses as address_table
from stuifmail.store.addresses import AddressDecision
from stuifmail.store.database import Store
from tests.builders_harvest import NOW
from tests.commands import Room, copy_sample

pytest_plugins = ["tests.rooms"]
EDITOR = "eindredactie"
HIDDEN = "groen@s-heerenwoude.example.org"


def row_of(room: Room, address: str = HIDDEN) -> dict[str, object]:
    (row,) = [row for row in room.done("addresses", "--json").json if row["address"] == address]
    return dict(row)


def test_the_last_decision_on_an_address_counts(store: Store) -> None:
    for confirmed in (False, True):
        decision = AddressDecision(
            address="rol@lid.example.org", is_confirmed=confirmed, actor=EDITOR, decided_at=NOW
        )
        with store.begin() as connection:
            address_table.put_decision(connection, decision)
            assert address_table.all_decisions(connection) == {"rol@lid.example.org": decision}
            found = address_table.confirmed_addresses(connection)
        assert found == (frozenset({"rol@lid.example.org"}) if confirmed else frozenset())


@pytest.fixture
def harvested(root: Path, tmp_path: Path) -> Room:
    room = copy_sample(root, tmp_path / "room")
    room.done("harvest")
    return room


def test_hidden_addresses_are_listed_with_the_news_they_stand_in(harvested: Room) -> None:
    row = row_of(harvested)
    assert (row["decision"], row["decided_by"], row["decided_at"]) == ("", "", None)
    assert [item["source_id"] for item in row["items"]] == ["s-heerenwoude"]  # type: ignore[attr-defined]
    told = harvested.done("addresses").out
    assert f"{HIDDEN}: open\n" in told
    assert "next: " in told


def test_an_editor_decides_and_may_think_again(harvested: Room) -> None:
    told = harvested.done("addresses", "--confirm", HIDDEN, "--as", EDITOR).out
    assert f"{HIDDEN}: confirmed by {EDITOR}" in told
    harvested.done("addresses", "--refuse", HIDDEN.replace("example", "EXAMPLE"), "--as", EDITOR)
    assert (row_of(harvested)["decision"], row_of(harvested)["decided_by"]) == ("refused", EDITOR)


def test_mistakes_are_refused_in_words(harvested: Room) -> None:
    for arguments, told in (
        (("--confirm", "niemand@lid.example.org", "--as", EDITOR), "no piece of news hides this address"),
        (("--confirm", HIDDEN), "who decides? add --as ROLE"),
        (("--confirm", HIDDEN, "--refuse", HIDDEN, "--as", EDITOR), "either --confirm or --refuse"),
        (("--confirm", HIDDEN, "--as", "niemand"), "niemand"),
    ):
        ran = harvested.run("addresses", *arguments)
        assert ran.code != 0
        assert told in ran.err
    assert row_of(harvested)["decision"] == ""
