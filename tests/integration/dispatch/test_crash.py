import mailbox
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from stuifmail.dispatch.engine import report_dispatch
from stuifmail.dispatch.plan import plan_deliveries
from stuifmail.errors import Busy
from stuifmail.model.deliveries import DeliveryState
from stuifmail.store.database import Store
from stuifmail.store.deliveries import insert_deliveries, list_deliveries
from stuifmail.store.locks import hold_lock
from stuifmail.store.publications import add_publication
from tests.letters import ISSUE, NOW, fill_outbox, make_publication, make_readers

ACCEPTED, UNCERTAIN, PLANNED = DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN, DeliveryState.PLANNED
ATTEMPTING = DeliveryState.ATTEMPTING
READERS_COUNT = 60


@pytest.fixture
def start(store_url, tmp_path, root):
    """Starts a dispatch run in another process, once it is ready to send."""

    @contextmanager
    def running(kind, plan="live", moment=""):
        command = [
            sys.executable,
            "-m",
            "tests.integration.dispatch.child",
            store_url,
            str(tmp_path),
            kind,
            plan,
            moment,
        ]
        with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            try:
                assert child.stdout.readline() == b"ready\n", child.stderr.read().decode()
                yield child
            finally:
                child.kill()
                child.communicate()

    return running


@pytest.fixture
def finish(start):
    """Runs a dispatch to its end, or to its planned death; answers its exit code."""

    def run(kind, plan="live", moment=""):
        with start(kind, plan, moment) as child:
            _, errors = child.communicate(timeout=60)
            assert not errors, errors.decode()
            return child.returncode

    return run


def copies_in(folder):
    return Counter(
        message["To"].partition("<")[2].rstrip(">") for message in mailbox.Maildir(folder, create=False)
    )


def rows(store, *states):
    with store.begin() as connection:
        return list_deliveries(connection, ISSUE, states=states)


def check_nobody_twice_nobody_missing(store, server):
    """Each reader has one copy or is listed as uncertain, and none has two."""
    report, counts = report_dispatch(store, ISSUE), server.counts()
    assert report.finished
    accepted = {row.address for row in rows(store, ACCEPTED)}
    assert accepted | set(report.uncertain) == {row.address for row in rows(store)}
    assert {address: counts[address] for address in accepted} == dict.fromkeys(accepted, 1)
    assert all(counts[address] <= 1 for address in report.uncertain)
    return report


@pytest.mark.parametrize("stage", ["claimed", "sending", "sent"])
def test_after_kill_9_the_mailbox_holds_each_copy_once(store, finish, tmp_path, stage):
    planned = fill_outbox(store, READERS_COUNT)
    for number in (1, 7, 26):
        assert finish("maildir", f"{stage}:{number}") == -signal.SIGKILL
    assert ATTEMPTING in report_dispatch(store, ISSUE).counts
    assert finish("maildir") == 0
    assert report_dispatch(store, ISSUE).counts == {ACCEPTED: READERS_COUNT}
    assert copies_in(tmp_path / "mail") == dict.fromkeys((row.address for row in planned), 1)


@pytest.mark.parametrize(("stage", "copies_count"), [("claimed", 0), ("sending", 0), ("sent", 1)])
def test_after_kill_9_at_most_one_reader_is_in_doubt_and_nobody_gets_two(
    store, finish, server, stage, copies_count
):
    fill_outbox(store, READERS_COUNT)
    for number in (1, 12, 30):
        assert finish(str(server.port), f"{stage}:{number}") == -signal.SIGKILL
    assert finish(str(server.port)) == 0
    report = check_nobody_twice_nobody_missing(store, server)
    assert len(report.uncertain) == 3
    assert {server.counts()[address] for address in report.uncertain} == {copies_count}


def test_kill_9_while_the_server_has_the_message_leaves_that_one_reader_in_doubt(
    store, start, finish, server
):
    fill_outbox(store, READERS_COUNT)
    with start(str(server.port)) as child:
        server.behaviour.on_taken = lambda count: child.kill() if count == 25 else None
        assert child.wait(60) == -signal.SIGKILL
    server.behaviour.on_taken = None
    assert report_dispatch(store, ISSUE).counts[ATTEMPTING] == 1
    assert finish(str(server.port)) == 0
    report = check_nobody_twice_nobody_missing(store, server)
    assert report.uncertain == (server.taken[24].recipient,)


@pytest.mark.parametrize("kind", ["maildir", "smtp"])
def test_kill_9_at_any_moment_loses_nobody_and_repeats_nothing(store, start, finish, server, tmp_path, kind):
    planned = fill_outbox(store, READERS_COUNT * 2)
    server.behaviour.delay_s = 0.002
    transport = "maildir" if kind == "maildir" else str(server.port)
    chance, kills_count = random.Random(20260504), 0
    while kills_count < 6 and not report_dispatch(store, ISSUE).finished:
        with start(transport) as child:
            time.sleep(chance.uniform(0, 0.12))
            child.kill()
        kills_count += 1
    assert finish(transport) == 0
    if kind == "maildir":
        assert report_dispatch(store, ISSUE).counts == {ACCEPTED: len(planned)}
        assert copies_in(tmp_path / "mail") == dict.fromkeys((row.address for row in planned), 1)
    else:
        report = check_nobody_twice_nobody_missing(store, server)
        assert len(report.uncertain) <= kills_count
    assert finish(transport) == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, -signal.SIGINT), (signal.SIGTERM, 143)])
def test_ctrl_c_stops_between_two_messages_and_leaves_no_doubt(store, start, finish, server, number, code):
    fill_outbox(store, READERS_COUNT)
    with start(str(server.port)) as child:
        server.behaviour.on_taken = lambda count: child.send_signal(number) if count == 20 else None
        _, errors = child.communicate(timeout=60)
        assert child.returncode in (code, 130)
        assert (b"KeyboardInterrupt" in errors) is (number == signal.SIGINT)
    server.behaviour.on_taken = None
    assert set(report_dispatch(store, ISSUE).counts) == {PLANNED, ACCEPTED}
    assert finish(str(server.port)) == 0
    assert check_nobody_twice_nobody_missing(store, server).counts == {ACCEPTED: READERS_COUNT}


def test_two_runs_at_once_send_nothing_twice_because_the_second_is_refused(
    store, store_url, start, server, tmp_path
):
    fill_outbox(store, READERS_COUNT)
    server.behaviour.delay_s = 0.05
    with start(str(server.port)) as child:
        other = Store.open(store_url, tmp_path)
        with pytest.raises(Busy, match="another dispatch run"), hold_lock(other, "dispatch"):
            pass
        child.kill()
        child.wait()
        wait_for_lock(other)
        other.close()


def wait_for_lock(store):
    """The lock of a dead process is free as soon as the system has noticed its death."""
    for _attempt in range(100):
        try:
            with hold_lock(store, "dispatch"):
                return
        except Busy:
            time.sleep(0.05)
    pytest.fail("the lock outlived its holder")


def test_a_relay_that_goes_away_and_comes_back_costs_nobody_a_copy(store, finish, start, server):
    fill_outbox(store, READERS_COUNT)
    going_down = ["mail 421 4.3.2 going down"] * 2
    server.behaviour.on_taken = lambda count: server.fault("*", *going_down) if count == 30 else None
    with start(str(server.port)) as child:
        _, errors = child.communicate(timeout=60)
    assert b"TransportFailedForNow" in errors
    assert report_dispatch(store, ISSUE).counts == {PLANNED: READERS_COUNT - 30, ACCEPTED: 30}
    server.behaviour.on_taken = None
    assert finish(str(server.port)) == 0
    assert check_nobody_twice_nobody_missing(store, server).counts == {ACCEPTED: READERS_COUNT}


def fill_waves(store, end):
    """Half of the readers are trusted, the others wait for the end of an embargo."""
    readers = [
        replace(reader, is_trusted=number % 2 == 0)
        for number, reader in enumerate(make_readers(READERS_COUNT))
    ]
    planned = plan_deliveries(ISSUE, readers, domain="coalition.example.org", embargo_end=end)
    with store.begin() as connection:
        add_publication(connection, make_publication(), author="stuifmail", at=NOW)
        insert_deliveries(connection, planned, at=NOW)
    trusted = {reader.address for reader in readers if reader.is_trusted}
    return trusted, {reader.address for reader in readers} - trusted


@pytest.mark.parametrize("stage", ["claimed", "sending", "sent"])
def test_kill_9_in_and_between_the_waves_of_an_embargo_leaks_nothing_and_repeats_nothing(
    store, finish, tmp_path, stage
):
    end = NOW + timedelta(hours=1)
    trusted, others = fill_waves(store, end)
    before, after = (end - timedelta(seconds=1)).isoformat(), end.isoformat()
    for number in (3, 12):
        assert finish("maildir", f"{stage}:{number}", before) == -signal.SIGKILL
        assert set(copies_in(tmp_path / "mail")) <= trusted
    for _ in range(2):
        assert finish("maildir", moment=before) == 0
        assert copies_in(tmp_path / "mail") == dict.fromkeys(trusted, 1)
    assert not report_dispatch(store, ISSUE).finished
    assert finish("maildir", f"{stage}:5", after) == -signal.SIGKILL
    assert finish("maildir", moment=after) == 0
    assert copies_in(tmp_path / "mail") == dict.fromkeys(trusted | others, 1)
    assert report_dispatch(store, ISSUE).counts == {ACCEPTED: READERS_COUNT}
