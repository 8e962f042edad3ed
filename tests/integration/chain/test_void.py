"""An approval is for one exact letter to exact readers: any change takes it back, time does not."""

import subprocess
import sys
from datetime import timedelta

import pytest

from stuifmail.errors import ApprovalRefused, StuifmailError
from stuifmail.store.suppressions import add_suppression
from tests.chain import APPROVER, ISSUE, MONDAY, READERS_COUNT, SENDER, SENDING

CONTACTS = "samples/contacts.csv"
READER = "desk@green-desk.example.org"
NEW_ROW = "c-900,post@nieuw.example.org,Redactie,nl,,,,newsletter,confirmed,2026-05-04,aanmeldformulier v3,\n"


def append(chain, file, content):
    path = chain.folder / file
    path.write_bytes(path.read_bytes() + content.encode())


def change_figure(chain):
    """The sheet behind last year's figure loses a participant, and is harvested again."""
    path = chain.folder / "samples/sheets/congres-2025.csv"
    head, first, *rest = path.read_bytes().splitlines(keepends=True)
    assert b"aanwezig" in first
    path.write_bytes(head + b"".join(rest))
    assert chain.act("harvest", ["congres-2025"]).sources[0].changed_count


def in_file(file, old, new):
    return lambda chain: chain.change(file, old, new)


def in_row(address, old, new):
    return lambda chain: chain.change_reader(address, old, new)


def at_end_of(file, content):
    return lambda chain: append(chain, file, content)


SETTINGS = "sources.yaml"
CHANGES = {
    "the HTML template": in_file("templates/partials/footer.mjml", 'padding="32px', 'padding="31px'),
    "the text template": at_end_of("templates/newsletters/newsletter.txt", "PS"),
    "a label": in_file("templates/labels/en.yaml", "unsubscribe: Unsub", "unsubscribe: Do unsub"),
    "a picture": at_end_of("templates/newsletters/images/logo.png", "x"),
    "a colour": in_file(SETTINGS, "  country: NL ", "  colours: {ink: '#123a2a'}\n  country: NL "),
    "the sender": in_file(SETTINGS, "from_name:\n    nl: Coalitie", "from_name:\n    nl: De coalitie"),
    "the way out": in_file(SETTINGS, "example.org/afmelden", "example.org/weg"),
    "a figure": change_figure,
    "a member's name": in_file(SETTINGS, "name: Gemeente Kornoeldam", "name: Gemeente Kornoelstad"),
    "a new reader": at_end_of(CONTACTS, NEW_ROW),
    "another address": in_row(READER, READER, "desk@other.example.org"),
    "another language": in_row(READER, ",en,", ",nl,"),
    "another name": in_row(READER, "Environment desk", "News desk"),
    "a reader left out": in_row(READER, ",newsletter,", ",press,"),
    "a reader back": in_row("info@haverwoude.example.org", "unknown,,", "confirmed,2026-05-04,"),
    "the audience's rule": in_file(SETTINGS, "lists: [newsletter]", "lists: [newsletter, press]"),
    "the reason told to readers": in_file(SETTINGS, "nl: U krijgt deze brief", "nl: U ontvangt deze brief"),
}
#: One of each kind: queueing looks in the same way as sending.
KINDS = ("the text template", "a picture", "the sender", "a figure", "a new reader", "the audience's rule")


def check_void(chain):
    shown = chain.show()
    assert (shown["state"], shown["approval"], shown["deliveries"]) == ("proofed", None, {})
    assert shown["history"][-1]["verb"] == "void"
    assert "changed" in shown["history"][-1]["reason"]
    assert chain.mails() == []
    assert not (chain.folder / "outputs/archive").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_after_the_approval_voids_it_before_it_is_queued(approved, kind):
    CHANGES[kind](approved)
    with pytest.raises(ApprovalRefused, match="the approval no longer stands"):
        approved.queue()
    check_void(approved)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_after_queueing_voids_the_approval_and_nobody_gets_anything(queued, change):
    change(queued)
    report = queued.dispatch()
    assert (report.state, report.dispatched) == ("proofed", None)
    assert "the approval no longer stands" in report.error
    check_void(queued)


@pytest.mark.parametrize("state", ["approved", "queued"])
def test_an_edit_makes_a_draft_again_with_the_reason_kept(request, state):
    chain = request.getfixturevalue(state)
    assert chain.edit(("Wat een ander", "Wat iemand anders")) == 2
    shown = chain.show()
    assert (shown["state"], shown["approval"], shown["revision"]) == ("draft", None, 2)
    assert chain.act("dispatch", now=SENDING) == []
    assert chain.mails() == []


def test_after_a_void_a_new_proof_and_approval_send_the_new_letter(queued):
    append(queued, CONTACTS, NEW_ROW)
    queued.dispatch()
    assert queued.act("dispatch", now=SENDING) == []
    with pytest.raises(ApprovalRefused, match="changed since the proof"):
        queued.act("approve", ISSUE, role=APPROVER)
    queued.approve()
    queued.queue()
    assert queued.dispatch().state == "sent"
    assert len(queued.mails()) == READERS_COUNT + 1
    assert queued.mailed()["post@nieuw.example.org"] == 1


def test_a_change_between_proof_and_approval_needs_a_new_proof(drafted):
    drafted.act("proof", ISSUE)
    append(drafted, "templates/newsletters/newsletter.txt", "PS")
    with pytest.raises(ApprovalRefused, match="changed since the proof was made"):
        drafted.act("approve", ISSUE, role=APPROVER)


def suppress(chain):
    with chain.open() as newsroom, newsroom._house.store.begin() as connection:
        add_suppression(connection, READER.upper(), reason="complaint", since=MONDAY)


WITHDRAWALS = {
    "withdrawn in the sheet": in_row(READER, ",confirmed,", ",withdrawn,"),
    "withdrawn and taken off all lists": in_row(READER, ",newsletter,confirmed,", ",,withdrawn,"),
    "bounced": in_row(READER, "mail,", "mail,true"),
    "on the suppression list": suppress,
}


@pytest.mark.parametrize("withdraw", WITHDRAWALS.values(), ids=WITHDRAWALS)
def test_a_withdrawal_or_bounce_voids_nothing_but_gets_no_mail(queued, withdraw):
    withdraw(queued)
    report = queued.dispatch()
    assert (report.state, report.error) == ("sent", "")
    assert queued.mailed()[READER] == 0
    assert len(queued.mails()) == READERS_COUNT - 1


def test_a_withdrawal_of_one_of_two_rows_of_an_address_voids_nothing(queued):
    # The sheet has a warning about this address, whose words change with the consent.
    address = "persvoorlichting@wilgenrade.example.org"
    queued.change_reader(address, ",confirmed,", ",withdrawn,")
    assert queued.dispatch().state == "sent"
    assert queued.mailed()[address] == 0
    assert len(queued.mails()) == READERS_COUNT - 1


def test_time_alone_voids_nothing(approved):
    approved.act("queue", ISSUE, role=SENDER, now=MONDAY + timedelta(days=1))
    approved.act("queue", ISSUE, role=SENDER, now=MONDAY + timedelta(days=1, hours=20))
    assert approved.dispatch(now=SENDING + timedelta(days=40)).state == "sent"
    assert len(approved.mails()) == READERS_COUNT


def test_news_that_comes_in_after_the_approval_voids_nothing(queued):
    queued.change(
        "samples/feeds/bonte-berm.xml", "<item>", "<item><title>Nog een bericht erbij</title></item><item>"
    )
    assert queued.act("harvest").new_count == 1
    assert queued.dispatch().state == "sent"


def test_a_proof_made_after_the_approval_does_not_hide_a_change(queued):
    append(queued, CONTACTS, NEW_ROW)
    assert queued.act("proof", ISSUE).state == "queued"
    assert "the audience changed" in queued.dispatch().error
    check_void(queued)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda c: append(c, "templates/newsletters/newsletter.txt", "{{ nobody.knows }}"), "nobody"),
        (lambda c: (c.folder / CONTACTS).unlink(), "contacts sheet cannot be read"),
        (lambda c: (c.folder / "templates/newsletters/images/logo.png").unlink(), "logo.png"),
        (lambda c: (c.folder / "outputs/site").write_text("a file in the way"), "site"),
    ],
    ids=["template", "contacts", "picture", "site"],
)
def test_what_cannot_be_rendered_or_read_is_reported_and_nothing_is_sent(queued, spoil, message):
    spoil(queued)
    report = queued.dispatch()
    assert report.state == "queued"
    assert message in report.error
    assert queued.mails() == []
    assert queued.show()["deliveries"] == {}
    assert queued.edit(("Wat een ander", "Wat iemand anders")) == 2  # nothing has begun: it can be mended


def test_a_proof_that_cannot_be_laid_out_counts_as_none(drafted):
    (drafted.folder / "outputs/proofs").write_text("a file in the way")
    with pytest.raises(StuifmailError, match="proofs"):
        drafted.act("proof", ISSUE)
    assert drafted.show()["state"] == "draft"


def test_a_race_between_edit_and_dispatch_ends_with_the_edit_or_with_the_approved_letter(queued):
    """Both at once, several times over: never is a letter sent that nobody approved."""
    edit = (
        "import sys; from tests.chain import Chain; from pathlib import Path\n"
        "Chain(Path(sys.argv[1])).edit(('Wat een ander', 'Wat iemand anders'))"
    )
    with subprocess.Popen([sys.executable, "-c", edit, str(queued.folder)], stderr=subprocess.PIPE) as editor:
        reports = queued.act("dispatch", now=SENDING)
        _, errors = editor.communicate(timeout=60)
    bodies = {m.get_body(("plain",)).get_content() for m in queued.mails()}
    if editor.returncode:
        assert b"WrongState" in errors
        assert [report.state for report in reports] == ["sent"]
        assert not any("Wat iemand anders" in body for body in bodies)
    else:
        assert bodies == set()
        assert queued.show()["state"] == "draft"


def test_an_approval_falls_with_the_right_to_give_it(queued):
    role = queued.show()["approved_by"]
    rights = {"programmasecretaris": "may: [approve]", "hoofdredactie": "may: [edit, approve, send]"}[role]
    queued.change(SETTINGS, rights, "may: [edit]")
    report = queued.dispatch()
    assert report.state == "proofed"
    assert f"{role} may no longer approve" in report.error
    assert queued.mails() == []
