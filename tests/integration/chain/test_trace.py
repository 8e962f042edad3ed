"""From a paragraph in a sent issue to the bytes fetched, and from an item to its readers."""

import hashlib
import sqlite3
from datetime import timedelta

import pytest

from stuifmail.errors import StuifmailError
from stuifmail.model.traces import BlockTrace, IssueTrace, RecordTrace, documents_of
from tests.chain import EDITOR, ISSUE, MONDAY, READERS_COUNT, SENDING, Chain

SOURCE = "s-heerenwoude"
FEED = f"samples/feeds/{SOURCE}.xml"
LATER = SENDING + timedelta(days=1)


def trace_issue(chain: Chain) -> IssueTrace:
    found: IssueTrace = chain.act("trace", ISSUE)
    return found


def lead_of(chain: Chain) -> BlockTrace:
    return trace_issue(chain).blocks[0]


def trace_lead(chain: Chain) -> RecordTrace:
    found: RecordTrace = chain.act("trace", lead_of(chain).record_id)
    return found


def edit_at_source(chain: Chain, *, now: object = LATER) -> None:
    """The member changes the title, and we fetch it."""
    chain.change(FEED, "Zes leden zaaien", "Zeven leden zaaien")
    chain.act("harvest", [SOURCE], now=now)


def test_every_block_of_a_sent_issue_leads_to_bytes_that_are_kept(queued: Chain) -> None:
    queued.dispatch()
    found = trace_issue(queued)
    assert (found.state, found.from_archive, sum(found.accepted.values())) == ("sent", True, READERS_COUNT)
    with queued.open() as newsroom:
        for block in found.blocks:
            if not block.record_id:
                continue
            assert block.document is not None
            assert block.document.keeping == "kept"
            content = newsroom.read_bytes(found, block.document.sha256[:16])
            assert content == (queued.folder / block.document.url).read_bytes()
            assert hashlib.sha256(content).hexdigest() == block.document.sha256
            assert (block.version, block.newest_version, block.author) == (1, 1, "stuifmail")


def test_figures_lead_to_the_hash_of_their_sheet_which_is_never_kept(drafted: Chain) -> None:
    block = next(block for block in trace_issue(drafted).blocks if block.section_id == "results")
    sheet = drafted.folder / "samples/sheets/congres-2026.xlsx"
    assert block.figures
    for figure in block.figures:
        assert figure.document.sha256 == hashlib.sha256(sheet.read_bytes()).hexdigest()
        assert (figure.document.source_id, figure.document.keeping) == ("congres-2026", "private")


def test_a_sent_block_keeps_the_version_that_was_sent(queued: Chain) -> None:
    queued.dispatch()
    before = lead_of(queued)
    edit_at_source(queued)
    after = lead_of(queued)
    assert (after.version, after.newest_version) == (1, 2)
    assert (after.document, after.title) == (before.document, before.title)
    assert after.document is not None
    assert after.document.keeping == "kept"


@pytest.mark.parametrize("days", [0, 1])
def test_what_changes_between_drafting_and_sending_is_not_what_was_sent(queued: Chain, days: int) -> None:
    edit_at_source(queued, now=MONDAY + timedelta(days=days))
    assert lead_of(queued).version == 1
    queued.dispatch()
    lead = lead_of(queued)
    assert (lead.version, lead.newest_version) == (1, 2)
    assert lead.original_title.startswith("Zes leden")
    origin = queued.act("describe_draft", ISSUE)["origins"][lead.block_id]
    assert lead.document is not None
    assert (origin["version"], origin["sha256"]) == (1, lead.document.sha256)


def test_an_item_tells_its_versions_and_the_readers_it_reached(queued: Chain) -> None:
    queued.dispatch()
    edit_at_source(queued)
    found = trace_lead(queued)
    first, second = found.versions
    assert (first.number, first.changes, second.number) == (1, (), 2)
    assert [(change.field, change.after[:11]) for change in second.changes] == [("title", "{+Zeven+} l")]
    assert {first.document.keeping, second.document.keeping} == {"kept"}
    assert len(documents_of(found)) == 2
    (place,) = found.appearances
    assert (place.publication_id, place.section_id, place.version) == (ISSUE, "lead", 1)
    assert sum(place.accepted.values()) == READERS_COUNT
    assert place.members[0] == SOURCE
    assert len(place.members) > 1


def test_a_piece_that_tells_the_same_news_tells_through_which_one_it_reached_readers(queued: Chain) -> None:
    queued.dispatch()
    lead = lead_of(queued)
    assert lead.also
    for item_id in lead.also:
        (place,) = queued.act("trace", item_id).appearances
        assert (place.block_id, place.version, place.through) == (lead.block_id, None, lead.record_id)
        assert sum(place.accepted.values()) == READERS_COUNT


def test_an_edit_of_the_draft_keeps_who_else_told_the_news(drafted: Chain) -> None:
    lead = lead_of(drafted)
    text, base = drafted.act("open_draft", ISSUE)
    assert not set(lead.also) & set(text.split())
    edited = text.replace("nl: Zes leden zaaien", "nl: Samen zaaien zes leden")
    drafted.act("save_draft", ISSUE, edited, role=EDITOR, base=base)
    assert lead_of(drafted).also == lead.also


def test_an_event_tells_where_it_stood(queued: Chain) -> None:
    queued.dispatch()
    block = next(block for block in trace_issue(queued).blocks if block.section_id == "agenda")
    found = queued.act("trace", block.record_id[:10])
    assert (found.kind, found.title, found.id) == ("event", block.original_title, block.record_id)
    assert [(place.block_id, place.state) for place in found.appearances] == [(block.block_id, "sent")]
    assert found.versions[-1].document == block.document


@pytest.mark.parametrize("days", [0, 1])
def test_a_date_that_moved_is_traced_to_the_version_that_was_sent(queued: Chain, days: int) -> None:
    queued.change("samples/calendars/wilgenrade.ics", "Zaadruilmarkt bij", "Grote zaadruilmarkt bij")
    queued.act("harvest", ["agenda-wilgenrade"], now=MONDAY + timedelta(days=days))
    queued.dispatch()
    block = next(block for block in trace_issue(queued).blocks if "aadruilmarkt" in block.title)
    assert (block.version, block.newest_version) == (1, 2)
    assert block.original_title == block.title
    found = queued.act("trace", block.record_id)
    first, second = found.versions
    assert first.document == block.document
    assert (first.document.keeping, second.document.keeping) == ("kept", "kept")
    assert first.document.sha256 != second.document.sha256
    assert [change.field for change in second.changes] == ["summary"]
    assert [place.version for place in found.appearances] == [1]


def test_a_draft_reached_nobody(drafted: Chain) -> None:
    found = trace_issue(drafted)
    assert (found.from_archive, found.accepted, found.sent_at) == (False, {}, None)
    (place,) = trace_lead(drafted).appearances
    assert (place.state, place.accepted) == ("draft", {})


def test_what_an_editor_wrote_and_what_he_changed_is_told(drafted: Chain) -> None:
    lead = lead_of(drafted)
    own = (
        "      - kind: story\n        id: eigen\n        language: nl\n        title:\n"
        "          nl: Van de redactie\n        why: zelf geschreven\n"
    )
    text, base = drafted.act("open_draft", ISSUE)
    assert text.count("    blocks:\n") > 1
    text = text.replace("    blocks:\n", "    blocks:\n" + own, 1)
    text = text.replace("nl: Zes leden zaaien", "nl: Samen zaaien zes leden")
    drafted.act("save_draft", ISSUE, text, role=EDITOR, base=base)
    blocks = {block.block_id: block for block in trace_issue(drafted).blocks}
    written, edited = blocks["eigen"], blocks[lead.block_id]
    assert (written.record_id, written.document, written.author) == ("", None, EDITOR)
    assert (edited.edited_by, edited.author, edited.version) == ((EDITOR,), "stuifmail", 1)
    assert edited.original_title == lead.original_title != edited.title


def test_bytes_that_are_not_what_was_fetched_are_not_given(drafted: Chain) -> None:
    lead = lead_of(drafted)
    assert lead.document is not None
    (database,) = (drafted.folder / "outputs" / "state").glob("*.db")
    with sqlite3.connect(database) as connection:
        connection.execute("update documents set content = x'00' where sha256 = ?", [lead.document.sha256])
    connection.close()
    damaged = lead_of(drafted)
    assert damaged.document is not None
    assert damaged.document.keeping == "damaged"
    with drafted.open() as newsroom, pytest.raises(StuifmailError, match="is not the one that was fetched"):
        newsroom.read_bytes(trace_issue(drafted), lead.document.sha256)


def test_bytes_are_given_of_documents_of_the_trace_only(drafted: Chain) -> None:
    found = trace_issue(drafted)
    private = next(block.figures[0].document for block in found.blocks if block.section_id == "results")
    with drafted.open() as newsroom:
        with pytest.raises(StuifmailError, match="no document of this trace"):
            newsroom.read_bytes(found, "zz")
        with pytest.raises(StuifmailError, match="several documents"):
            newsroom.read_bytes(found, "")
        with pytest.raises(StuifmailError, match="are not kept"):
            newsroom.read_bytes(found, private.sha256)


def test_a_name_that_means_nothing_or_too_much_is_refused(drafted: Chain) -> None:
    with drafted.open() as newsroom:
        with pytest.raises(StuifmailError, match="no publication, item or event"):
            newsroom.trace("nergens")
        with pytest.raises(StuifmailError, match="the beginning of several ids"):
            newsroom.trace("")
        with pytest.raises(StuifmailError, match="no item of this name"):
            newsroom.describe_item("nergens")
