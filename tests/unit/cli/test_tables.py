import re
from datetime import UTC, datetime

import pytest

from stuifmail.cli.printing import in_utc, print_rows
from stuifmail.cli.tables import lay_out, tie, untie

REMARK = "the feed's XML is broken at line 9, column 15 (not well-formed); read as well as possible"
ROWS = [
    ["nieuwsbrief-2026-05", "beleid.landbouw@veldenrode.example.org", tie("2026-05-06 10:00"), REMARK],
    ["bonte-berm", "", tie("2026-05-04 09:00"), "https://www.example.org/" + "pad/" * 30],
]
HEAD = ["id", "address", "send at", "remark"]


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_a_table_fits_its_width_and_loses_no_letter(width: int) -> None:
    lines = lay_out(HEAD, ROWS, width)
    assert max(map(len, lines)) <= width
    assert sorted(squeeze("".join(lines))) == sorted(squeeze(untie("".join(map("".join, [HEAD, *ROWS])))))


def test_where_there_is_room_each_row_is_one_line() -> None:
    lines = lay_out(HEAD[:3], [row[:3] for row in ROWS], 100)
    assert len(lines) == 3
    assert lines[1].startswith(
        "nieuwsbrief-2026-05  beleid.landbouw@veldenrode.example.org  2026-05-06 10:00"
    )


def test_long_remarks_give_way_before_short_columns() -> None:
    lines = lay_out(["id", "state", "remark"], [["bonte-berm", "ok", REMARK]], 50)
    assert lines[1].startswith("bonte-berm  ok     the feed's XML")


def test_a_day_and_its_time_stay_on_one_line() -> None:
    assert any("2026-05-06 10:00" in line for line in lay_out(HEAD, ROWS, 80))


def test_a_members_text_cannot_steer_the_terminal() -> None:
    assert lay_out(["title"], [["\x1b[2J wis\r\nalles \x07"]], 80)[1] == "[2J wis alles"


def test_tables_show_the_newsrooms_time_and_json_shows_utc(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": "mei", "send_at": "2026-05-06T08:00:00Z", "day_at": "2026-05-06", "done": True}]
    print_rows(rows, ("id", "send_at", "day_at", "done"), zone="Europe/Amsterdam")
    assert re.search(r"mei +2026-05-06 10:00 +2026-05-06 +yes", capsys.readouterr().out)
    print_rows(rows, ("id",), as_json=True)
    assert '"send_at": "2026-05-06T08:00:00Z"' in capsys.readouterr().out


def test_json_has_moments_in_utc_and_leaves_days_floating_times_and_texts_alone() -> None:
    local = datetime(2026, 5, 6, 8, tzinfo=UTC).isoformat().replace("08:00:00+00:00", "10:00:00+02:00")
    assert in_utc([{"send_at": local, "failing_since": local, "title": local}]) == [
        {"send_at": "2026-05-06T08:00:00Z", "failing_since": "2026-05-06T08:00:00Z", "title": local}
    ]
    assert in_utc({"starts_at": "2026-05-06"}) == {"starts_at": "2026-05-06"}
    assert in_utc({"starts_at": "2026-05-06T10:00:00"}) == {"starts_at": "2026-05-06T10:00:00"}
    assert in_utc({"send_at": "no moment: T"}) == {"send_at": "no moment: T"}
