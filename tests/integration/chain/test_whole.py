"""From members' feeds to one mail for each reader, on both databases."""

import csv
import re
from pathlib import Path

import pytest

from stuifmail.errors import ApprovalRefused, UnknownPublication, WrongState
from tests.chain import (
    APPROVER,
    EDITOR,
    ISSUE,
    READERS_COUNT,
    SENDER,
    SENDING,
    SUPPRESSED_COUNT,
    Chain,
    copy_newsroom,
)

PUBLIC = "https://nieuws.coalition.example.org"


def readers_of(folder: Path) -> dict[str, str]:
    """Who should get the letter and in which language, told from the sheet in the plainest way."""
    with (folder / "samples/contacts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["email"].lower(): row["language"]
        for row in reversed(rows)
        if row["consent"] == "confirmed" and not row["bounced"] and "@" in row["email"]
    }


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def sent(request, root, tmp_path_factory):
    """The whole way, once on each database."""
    chain = Chain(copy_newsroom(root, tmp_path_factory.mktemp("whole") / "newsroom"))
    if request.param == "postgres":
        chain.environment = {"STUIFMAIL_DATABASE_URL": request.getfixturevalue("module_postgres_url")}
    with chain.open() as newsroom:
        sheets = {source.id for source in newsroom.config.sources if source.holds == "participants"}
    harvest = chain.act("harvest")
    assert (harvest.count("failed"), harvest.count("fetched")) == (1, 24)
    entries = {source.source_id: source.entries_count for source in harvest.sources}
    assert entries["congres-2026"] > 50
    figures_count = 3 * 10 + 1  # of the workshop to come only who registered is counted
    assert harvest.new_count == sum(entries[name] for name in entries.keys() - sheets) + figures_count
    again = chain.act("harvest")
    assert (again.new_count, again.count("unchanged")) == (0, 24)
    assert chain.act("draft").created
    assert not chain.act("draft").created
    walk_through_review(chain)
    assert chain.act("dispatch") == []  # on Monday it is not due yet
    report = chain.dispatch()
    assert (report.state, report.error) == ("sent", "")
    assert report.dispatched.attempted_count == READERS_COUNT
    return chain


def walk_through_review(chain):
    with pytest.raises(WrongState, match="cannot approve a publication that is draft"):
        chain.act("approve", ISSUE, role=APPROVER)
    assert chain.act("proof", ISSUE).state == "proofed"
    assert chain.edit(("Wat een ander", "Wat iemand anders"), role=SENDER) == 2
    assert chain.show()["state"] == "draft"
    proof = chain.act("proof", ISSUE)
    assert (proof.report.readers_count, proof.report.suppressed_count) == (READERS_COUNT, SUPPRESSED_COUNT)
    assert proof.page.is_file()
    with pytest.raises(ApprovalRefused, match="hoofdredactie made the last edit"):
        chain.act("approve", ISSUE, role=SENDER)
    chain.act("approve", ISSUE, role=APPROVER)
    assert chain.act("queue", ISSUE, role=SENDER) == SENDING
    assert chain.show()["state"] == "queued"


@pytest.fixture(scope="module")
def mails(sent):
    return sent.mails()


def test_every_step_is_in_the_history_with_its_role(sent):
    history = [(line["verb"], line["actor"], line["to_state"]) for line in sent.show()["history"]]
    assert history == [
        ("draft", "stuifmail", "draft"),
        ("proof", "stuifmail", "proofed"),
        ("edit", SENDER, "draft"),
        ("proof", "stuifmail", "proofed"),
        ("approve", APPROVER, "approved"),
        ("queue", SENDER, "queued"),
        ("finish", "stuifmail", "sent"),
    ]


def test_every_reader_has_exactly_one_mail_and_nobody_else_has_any(sent):
    readers = readers_of(sent.folder)
    assert len(readers) == READERS_COUNT
    assert sent.mailed() == dict.fromkeys(readers, 1)
    assert sent.show()["deliveries"] == {"accepted": READERS_COUNT, "suppressed": SUPPRESSED_COUNT}


def test_each_reader_gets_the_edition_of_their_language(sent, mails):
    readers = readers_of(sent.folder)
    assert set(readers.values()) == {"nl", "en"}
    for message in mails:
        language = readers[message["To"].addresses[0].addr_spec]
        assert message["Content-Language"] == language
        html = message.get_body(("html",)).get_content()
        assert re.search(rf'<html[^>]* lang="{language}"', html)
        assert ("Van de leden" in html, "From the members" in html) == (language == "nl", language == "en")


def test_the_headers_name_one_reader_a_list_and_a_way_out(mails):
    for message in mails:
        assert len(message.get_all("To")) == 1
        assert len(message["To"].addresses) == 1
        assert message["Cc"] is None
        assert message["Bcc"] is None
        assert message["List-Unsubscribe"].startswith(f"<{PUBLIC}/afmelden/")
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "<nieuwsbrief.coalition.example.org>" in message["List-Id"]
        assert message["Date"].datetime == SENDING
        assert message["Subject"]


def test_text_comes_before_html_in_one_alternative_and_both_offer_the_same_way_out(mails):
    for message in mails:
        assert message.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
        link = message["List-Unsubscribe"].strip("<>")
        assert all(link in part.get_content() for part in message.iter_parts())


def test_message_ids_are_one_for_each_reader_and_tell_the_issue(mails):
    ids = {message["Message-ID"] for message in mails}
    assert len(ids) == READERS_COUNT
    assert all(re.fullmatch(rf"<[0-9a-f]{{32}}\.{ISSUE}@coalition\.example\.org>", found) for found in ids)


def test_another_newsroom_of_the_same_settings_gives_the_same_message_ids(mails, queued):
    queued.dispatch()
    assert {m["Message-ID"] for m in queued.mails()} == {m["Message-ID"] for m in mails}


def test_the_archive_is_whole_and_tells_of_no_reader(sent):
    assert sent.act("verify_archive", ISSUE) == []
    (entry,) = sent.act("list_archive")
    assert entry["finished"]
    folder = sent.folder / "outputs" / "archive" / ISSUE
    for address in readers_of(sent.folder):
        assert not [file for file in folder.rglob("*.*") if address.encode() in file.read_bytes()]


def test_every_picture_and_page_that_the_mails_link_to_is_on_the_site(sent, mails):
    site = sent.folder / "outputs" / "site"
    links = {
        link
        for message in mails
        for link in re.findall(rf'"({PUBLIC}/[^"]*)"', message.get_body(("html",)).get_content())
        if "/afmelden/" not in link
    }
    assert any("/images/" in link for link in links)
    for link in links:
        path = site / link.removeprefix(f"{PUBLIC}/")
        assert path.is_file() or (path / "index.html").is_file(), link


def test_nothing_is_done_twice(sent):
    before = sent.show()
    assert sent.act("harvest").new_count == 0
    assert not sent.act("draft").created
    assert sent.act("dispatch", now=SENDING) == []
    assert sent.act("dispatch", ISSUE, now=SENDING) == []
    assert sum(sent.mailed().values()) == READERS_COUNT
    assert sent.show() == before


def test_what_was_sent_can_no_longer_be_changed(sent):
    with pytest.raises(WrongState, match="it has been sent"):
        sent.act("open_draft", ISSUE)
    with pytest.raises(WrongState, match="it has been sent"):
        sent.act("approve", ISSUE, role=APPROVER)
    with pytest.raises(WrongState, match="it has been sent"):
        sent.act("translate", ISSUE, "{}", role=EDITOR, file="t.yaml")


def test_the_proof_of_what_was_sent_shows_what_was_sent(sent):
    page = sent.act("proof", ISSUE).page
    before = sorted((file.name, file.read_bytes()) for file in page.parent.rglob("nl*.html"))
    label = sent.folder / "templates/newsletters/newsletter.mjml"
    original = label.read_bytes()
    try:
        label.write_bytes(b"<mjml>not a template any more")
        sent.act("proof", ISSUE)
    finally:
        label.write_bytes(original)
    assert sorted((file.name, file.read_bytes()) for file in page.parent.rglob("nl*.html")) == before
    assert sent.show()["state"] == "sent"


def test_an_issue_that_nobody_knows_is_named_with_those_that_exist(sent):
    with pytest.raises(UnknownPublication, match=ISSUE):
        sent.act("dispatch", "nieuwsbrief-2062-05")
