"""What an editor strikes out comes into no draft, until it is taken back."""

import pytest

from stuifmail.errors import StuifmailError, UnknownRole
from tests.chain import EDITOR, ISSUE, Chain
from tests.commands import APPROVER, run_command

REASON = "het lid vroeg erom"


def items(chain: Chain, *options: str) -> list[dict[str, object]]:
    ran = run_command("items", "--json", *options, "--newsroom", chain.folder)
    assert ran.code == 0, ran.err
    return list(ran.json)


def kill_lead(chain: Chain) -> str:
    """Strike out what would be the lead; answer its id."""
    lead = next(row for row in items(chain) if str(row["id"]).startswith("7aabb43d"))
    chain.act("kill_item", str(lead["id"])[:8], role=EDITOR, reason=REASON)
    return str(lead["id"])


def drafted_ids(chain: Chain) -> set[str]:
    sections = chain.act("describe_draft", ISSUE)["content"]["sections"]
    return {block.get("item_id", "") for section in sections for block in section["blocks"]}


def test_what_was_struck_out_is_not_drafted_and_the_report_says_by_whom(fresh: Chain) -> None:
    fresh.act("harvest")
    killed = kill_lead(fresh)
    report = fresh.act("draft")
    assert killed not in drafted_ids(fresh)
    assert (
        "Zes leden zaaien één bloemenlint van dorp tot dijk",
        "door een redacteur geschrapt",
    ) in report.left_out


def test_what_was_struck_out_stays_so_when_its_source_edits_it(fresh: Chain) -> None:
    fresh.act("harvest")
    killed = kill_lead(fresh)
    feed = "samples/feeds/s-heerenwoude.xml"
    fresh.change(feed, "Zes leden zaaien", "Zeven leden zaaien")
    report = fresh.act("harvest", ["s-heerenwoude"])
    assert (report.sources[0].new_count, report.sources[0].changed_count) == (0, 0)
    fresh.act("draft")
    assert killed not in drafted_ids(fresh)
    assert [row["id"] for row in items(fresh, "--state", "killed")] == [killed]
    assert killed not in [row["id"] for row in items(fresh, "--state", "ok")]


def test_what_is_taken_back_may_be_drafted_again(fresh: Chain) -> None:
    fresh.act("harvest")
    killed = kill_lead(fresh)
    fresh.act("revive_item", killed, role=EDITOR)
    fresh.act("draft")
    assert killed in drafted_ids(fresh)
    with fresh.open() as newsroom, pytest.raises(StuifmailError, match="was not struck out"):
        newsroom.revive_item(killed, role=EDITOR)


def test_who_strikes_out_what_stands_in_a_draft_hears_in_which(drafted: Chain) -> None:
    (lead,) = [block.record_id for block in drafted.act("trace", ISSUE).blocks if block.section_id == "lead"]
    told = run_command("kill", lead, "--as", EDITOR, "--reason", REASON, "--newsroom", drafted.folder)
    assert told.code == 0
    assert f"it stands in {ISSUE}" in told.out
    trace = drafted.act("trace", lead)
    assert (trace.killed_by, trace.kill_reason) == (EDITOR, REASON)
    shown = run_command("item", lead[:8], "--newsroom", drafted.folder).out
    assert f"struck out by {EDITOR}" in shown
    assert REASON in shown
    again = run_command("kill", lead, "--as", EDITOR, "--undo", "--newsroom", drafted.folder)
    assert "may come into drafts again" in again.out


def test_only_who_may_edit_strikes_out_and_says_why(fresh: Chain) -> None:
    fresh.act("harvest")
    name = str(items(fresh)[0]["id"])
    with fresh.open() as newsroom:
        with pytest.raises(UnknownRole):
            newsroom.kill_item(name, role=APPROVER, reason=REASON)
        with pytest.raises(StuifmailError, match="a reason is missing"):
            newsroom.kill_item(name, role=EDITOR, reason=" ")
        with pytest.raises(StuifmailError, match="no item of this name"):
            newsroom.kill_item("nergens", role=EDITOR, reason=REASON)
