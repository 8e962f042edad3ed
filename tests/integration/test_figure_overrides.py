"""Figures of the sample newsroom, and editors' own numbers over them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from stuifmail import Newsroom
from stuifmail.errors import StuifmailError
from stuifmail.model.figures import Override
from stuifmail.store.database import Store
from stuifmail.store.figure_overrides import end_override, list_history, list_standing, put_override
from tests.commands import copy_sample

pytestmark = pytest.mark.integration
NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)


def own(counted: int) -> Override:
    return Override(counted=counted, actor="eindredactie", reason="aan de deur geteld", made_at=NOW)


def test_of_an_editors_numbers_the_last_one_stands_until_it_is_ended(store: Store) -> None:
    with store.begin() as connection:
        put_override(connection, "a.b", 85, own(84))
        put_override(connection, "a.b", 86, own(84))
        assert {name: each.value for name, each in list_standing(connection).items()} == {"a.b": 86}
        assert end_override(connection, "a.b", actor="hoofdredactie", at=NOW)
        assert not end_override(connection, "a.b", actor="hoofdredactie", at=NOW)
        assert list_standing(connection) == {}
        assert [(each.value, each.ended_by) for each in list_history(connection, "a.b")] == [
            (85, "eindredactie"),
            (86, "hoofdredactie"),
        ]


def test_the_golden_numbers_hold_and_an_override_is_told_when_the_sheet_changes(
    root: Path, tmp_path: Path
) -> None:
    room_root = copy_sample(root, tmp_path).root
    with Newsroom.open(room_root) as room:
        room.harvest()
        values = {row["id"]: row for row in room.list_figures()}
        nairobi = {"new_members": 3, "announced": 4, "member_countries": 17, "presentations": 5}
        assert {name: values[f"nairobi-2025.{name}"]["value"] for name in nairobi} == nairobi
        now, then = values["congres-2026.participants"], values["congres-2026.municipalities"]
        assert (now["value"], now["previous"], now["growth"]) == (84, 71, "+13 (84 against 71)")
        assert (then["value"], then["previous"]) == (31, 26)
        assert values["congres-2025.participants"]["previous"] is None  # 2024 was counted otherwise
        assert values["members.total"]["value"] == 37

        row = room.override_figure("congres-2025.participants", 72, role="eindredactie", reason="aan de deur")
        assert (row["value"], row["override"]["counted"]) == (72, 71)
        assert room.list_figures("congres-2026")[6]["previous"] == 72
        sheet = room_root / "samples" / "sheets" / "congres-2025.csv"
        sheet.write_bytes(sheet.read_bytes().replace(b"niet verschenen", b"aanwezig", 1))
        room.harvest(["congres-2025"])
        (row,) = (each for each in room.list_figures("congres-2025") if each["override"])
        assert row["problems"] == ["an editor's number over 71; it is counted as 72 now"]
        assert room.end_override("congres-2025.participants", role="eindredactie")["value"] == 72
        with pytest.raises(StuifmailError, match="nothing to take back"):
            room.end_override("congres-2025.participants", role="eindredactie")
        with pytest.raises(StuifmailError, match="why is it another number"):
            room.override_figure("congres-2025.participants", 5, role="eindredactie", reason=" ")
