"""Sending that was broken off goes on with the same letter, whatever changed meanwhile."""

import json
import random
import signal
import time
from collections import Counter

import pytest

from stuifmail.errors import WrongState
from tests.chain import ISSUE, READERS_COUNT, SENDER, SENDING, SUPPRESSED_COUNT

NEW_ROW = "c-900,post@nieuw.example.org,Redactie,nl,,,,newsletter,confirmed,2026-05-04,aanmeldformulier v3,\n"
DOWN = ["mail 421 4.3.2 going down"] * 4

#: Dies where all copies are out and nothing is archived, or all is archived and nobody knows.
DIE = """
import os, signal
from stuifmail.newsroom.outgoing import sending
real = sending.{name}
def die(*values, **named):
    {first}
    os.kill(os.getpid(), signal.SIGKILL)
sending.{name} = die
"""


@pytest.fixture
def by_maildir(queued):
    """Queued; the whole command acts as if it were the sending day."""
    queued.change("sources.yaml", "clock: 2026-05-04T09:00:00", "clock: 2026-05-06T10:00:00")
    return queued


@pytest.fixture
def by_smtp(by_maildir, server):
    """Likewise, to be sent over a server."""
    by_maildir.use_smtp(server.port)
    return by_maildir


@pytest.fixture
def begun(by_smtp, server):
    """Ten copies are out, then the relay went away."""
    server.behaviour.on_taken = lambda count: server.fault("*", *DOWN) if count == 10 else None
    report = by_smtp.dispatch()
    assert report.state == "queued"
    assert "going down" in report.error
    assert report.dispatched.counts["accepted"] == 10
    server.behaviour.on_taken = None
    server.behaviour.faults.clear()
    return by_smtp


def bodies_by_language(taken):
    """The different letters that were sent, each reader's own link taken out."""
    found = Counter()
    for one in taken:
        message = one.message
        link = message["List-Unsubscribe"].strip("<>")
        parts = [part.get_content().replace(link, "LINK") for part in message.iter_parts()]
        headers = [
            message[name] for name in ("From", "Reply-To", "Subject", "Date", "List-Id", "List-Archive")
        ]
        found[(message["Content-Language"], *headers, *parts)] += 1
    return found


def waiting(chain):
    return sorted(address for address, state in chain.copies().items() if state == "planned")


def check_finished(chain, report):
    assert (report.state, report.error) == ("sent", "")
    assert chain.act("verify_archive", ISSUE) == []
    assert chain.act("dispatch", now=SENDING) == []


def test_later_copies_are_the_same_letter_whatever_changed_in_the_house(begun, server):
    begun.change("templates/newsletters/newsletter.txt", "{", "PS {")
    begun.change("templates/newsletters/newsletter.mjml", "<mj-body", "<mj-body broken")
    begun.change("templates/labels/nl.yaml", "unsubscribe: ", "unsubscribe: Toch ")
    begun.change("sources.yaml", "from_name:\n    nl: Coalitie", "from_name:\n    nl: De coalitie")
    begun.change("sources.yaml", "example.org/afmelden", "example.org/weg")
    begun.change("sources.yaml", "purpose: newsletter\n    lists: [newsletter]", "lists: [press]")
    picture = begun.folder / "templates/newsletters/images/logo.png"
    before = picture.read_bytes()
    picture.write_bytes(b"another picture")
    check_finished(begun, begun.dispatch())
    assert sorted(key[0] for key in bodies_by_language(server.taken)) == ["en", "nl"]
    assert server.counts() == dict.fromkeys(server.counts(), 1)
    assert len(server.taken) == READERS_COUNT
    archived = (begun.folder / "outputs/archive" / ISSUE / "pictures").glob("*logo.png")
    assert [file.read_bytes() for file in archived] == [before]


def test_who_withdrew_in_between_gets_nothing_and_who_came_in_between_waits_for_the_next(begun, server):
    first, second, third, fourth, *_ = waiting(begun)
    begun.change_reader(first, ",confirmed,", ",withdrawn,")
    begun.change_reader(second, "newsletter", "press")
    begun.change_reader(third, third, f"moved.{third}")
    begun.change_reader(f"moved.{third}", ",confirmed,", ",withdrawn,")
    rows = begun.folder / "samples/contacts.csv"
    rows.write_text(rows.read_text() + NEW_ROW)
    check_finished(begun, begun.dispatch())
    assert not server.counts().keys() & {first, second, third, f"moved.{third}", "post@nieuw.example.org"}
    assert server.counts()[fourth] == 1
    counts = Counter(begun.copies().values())
    assert counts == {"accepted": READERS_COUNT - 3, "suppressed": SUPPRESSED_COUNT + 3}


def test_a_row_that_is_gone_does_not_silence_a_reader_to_whom_a_copy_was_planned(begun, server):
    address = waiting(begun)[0]
    rows = (begun.folder / "samples/contacts.csv").read_text().splitlines(keepends=True)
    (begun.folder / "samples/contacts.csv").write_text("".join(row for row in rows if address not in row))
    check_finished(begun, begun.dispatch())
    assert server.counts()[address] == 1


def test_once_sending_has_begun_nothing_can_be_edited_or_queued_anew(begun):
    for verb, values, named in (
        ("open_draft", (), {}),
        ("save_draft", ("{}",), {"role": SENDER}),
        ("translate", ("{}",), {"role": SENDER, "file": "t.yaml"}),
        ("queue", (), {"role": SENDER}),
    ):
        with pytest.raises(WrongState, match="sending has begun"):
            begun.act(verb, ISSUE, *values, **named)


def finish(chain):
    """The next dispatch has nothing to complain about."""
    assert [report.error for report in chain.act("dispatch", now=SENDING)] in ([], [""])


def kill_during(chain, moment, code=""):
    """Start the command and kill -9 it after `moment(child)`; it may have been faster."""
    with chain.start("dispatch", code=code) as child:
        moment(child)
        child.kill()
        child.communicate(timeout=60)


def mail_files(chain):
    return len(list((chain.folder / "outputs/mail").glob("new/*")))


def test_kill_9_of_the_whole_command_leaves_each_mailbox_with_one_copy(by_maildir):
    chance = random.Random(20260506)

    def wait_for(child):
        wanted = mail_files(by_maildir) + chance.randint(1, 15)
        while mail_files(by_maildir) < wanted and child.poll() is None:
            time.sleep(0.001)

    for _kill in range(2):
        kill_during(by_maildir, wait_for)
    finish(by_maildir)
    assert Counter(by_maildir.copies().values()) == {
        "accepted": READERS_COUNT,
        "suppressed": SUPPRESSED_COUNT,
    }
    assert by_maildir.mailed() == dict.fromkeys(by_maildir.mailed(), 1)
    assert len(by_maildir.mails()) == READERS_COUNT
    assert by_maildir.show()["state"] == "sent"
    assert by_maildir.act("verify_archive", ISSUE) == []


def test_kill_9_with_a_slow_server_doubles_nobody_and_a_person_settles_the_doubtful(by_smtp, server):
    server.behaviour.delay_s = 0.005
    chance = random.Random(4)
    for count in (1, READERS_COUNT - 9):

        def wait_for(child, count=count):
            server.behaviour.on_taken = lambda taken: child.kill() if taken == count else None
            child.wait(60)

        kill_during(by_smtp, wait_for)
    server.behaviour.on_taken = None
    kill_during(by_smtp, lambda _child: time.sleep(chance.uniform(0.2, 1.0)))
    finish(by_smtp)
    copies = by_smtp.copies()
    uncertain = [address for address, state in copies.items() if state == "uncertain"]
    assert 2 <= len(uncertain) <= 3
    assert set(copies.values()) == {"accepted", "uncertain", "suppressed"}
    assert len(copies) == READERS_COUNT + SUPPRESSED_COUNT
    assert all(server.counts()[address] == 1 for address, state in copies.items() if state == "accepted")
    assert max(server.counts().values()) == 1
    settle_all(by_smtp, server, uncertain)


def settle_all(chain, server, uncertain):
    """Who has it in the server's log has it; the others get it again."""
    assert chain.show()["state"] == "sent"
    arrived = [address for address in uncertain[1:] if server.counts()[address]]
    for address in uncertain:
        chain.act(
            "settle", ISSUE, address, role=SENDER, arrived=address in arrived, reason="log of the relay"
        )
    assert chain.show()["state"] == "queued"
    finish(chain)
    shown = chain.show()
    assert shown["state"] == "sent"
    assert shown["deliveries"] == {"accepted": READERS_COUNT, "suppressed": SUPPRESSED_COUNT}
    assert chain.act("verify_archive", ISSUE) == []
    archive = chain.folder / "outputs/archive" / ISSUE
    newest = max(archive.glob("deliveries*.json"), key=lambda path: path.stat().st_mtime_ns)
    assert json.loads(newest.read_text()) == shown["deliveries"]
    assert sum(server.counts().values()) == READERS_COUNT + (1 if server.counts()[uncertain[0]] == 2 else 0)


@pytest.mark.parametrize(
    ("name", "first"),
    [("keep_archive", "pass"), ("keep_archive", "real(*values, **named)")],
    ids=["before the archive", "after the archive"],
)
def test_kill_9_around_the_archive_sends_nothing_again_and_the_next_run_closes_it(by_maildir, name, first):
    with by_maildir.start("dispatch", code=DIE.format(name=name, first=first)) as child:
        _, errors = child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL, errors.decode()
    assert by_maildir.show()["state"] == "queued"
    files = {file.name for file in (by_maildir.folder / "outputs/mail/new").iterdir()}
    assert len(files) == READERS_COUNT
    finish(by_maildir)
    assert {file.name for file in (by_maildir.folder / "outputs/mail/new").iterdir()} == files
    assert by_maildir.show()["state"] == "sent"
    assert by_maildir.act("verify_archive", ISSUE) == []


def test_with_all_copies_out_a_relay_that_is_down_keeps_nothing_from_the_archive(by_smtp, server):
    archive = by_smtp.folder / "outputs/archive"
    archive.write_text("a file in the way")
    assert "archive" in by_smtp.dispatch().error
    assert len(server.taken) == READERS_COUNT
    archive.unlink()
    server.fault("*", *["greeting 554 closed"] * 9)
    check_finished(by_smtp, by_smtp.dispatch())
    assert len(server.taken) == READERS_COUNT


def test_ctrl_c_in_the_whole_command_says_that_nothing_is_half_done(by_smtp, server):
    server.behaviour.delay_s = 0.01
    with by_smtp.start("dispatch") as child:
        server.behaviour.on_taken = lambda count: child.send_signal(signal.SIGINT) if count == 5 else None
        _, errors = child.communicate(timeout=60)
    server.behaviour.on_taken = None
    assert child.returncode == 130
    assert b"Traceback" not in errors
    assert set(by_smtp.copies().values()) == {"accepted", "planned", "suppressed"}
    with by_smtp.start("dispatch") as child:
        child.communicate(timeout=60)
    assert child.returncode == 0
    assert server.counts() == dict.fromkeys(server.counts(), 1)
    assert len(server.taken) == READERS_COUNT
