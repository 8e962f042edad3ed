"""Two runs at once, two editors at once, and a run that dies."""

import signal
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from stuifmail.errors import Busy, StaleRevision, StuifmailError, WrongState
from stuifmail.store import figures as figure_table
from stuifmail.store.database import Store
from tests.chain import APPROVER, EDITOR, ISSUE, READERS_COUNT, SENDER, SENDING, Chain

DIE_WHILE_DRAFTING = """
import os, signal
from stuifmail.newsroom.issues import drafting
real = drafting.record_draft
def die(*values, **named):
    real(*values, **named)
    os.kill(os.getpid(), signal.SIGKILL)
drafting.record_draft = die
"""


@pytest.fixture(params=["sqlite", "postgres"])
def fresh_on_both(request, fresh):
    if request.param == "postgres":
        fresh.environment = {"STUIFMAIL_DATABASE_URL": request.getfixturevalue("postgres_url")}
    return fresh


def at_once(*works):
    """Run all works at the same moment; answer what each gave or raised."""
    ready = threading.Barrier(len(works))

    def run(work):
        ready.wait(30)
        try:
            return work()
        except StuifmailError as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.mark.parametrize("work", ["harvest", "draft", "dispatch"])
def test_while_one_run_is_at_work_another_is_told_so(drafted, work):
    with drafted.open() as first, first.only_one(work), pytest.raises(Busy, match=f"another {work} run"):
        drafted.act(work) if work != "draft" else draft_next(drafted)


def draft_next(chain):
    """Draft the issue after the one that is there already."""
    return chain.act("draft", now=SENDING)


def test_two_harvests_and_two_drafts_at_once_do_nothing_twice(fresh_on_both):
    chain = fresh_on_both
    harvests = at_once(*[lambda: chain.act("harvest")] * 3)
    done = [report for report in harvests if not isinstance(report, Busy)]
    stored = len(chain.act("list_items")) + len(chain.act("list_events"))
    with chain.open() as newsroom, newsroom._house.store.begin() as connection:
        counted = len(figure_table.list_figures(connection))
    assert counted > 20
    assert sum(report.new_count for report in done) == stored + counted
    drafts = at_once(*[lambda: chain.act("draft")] * 3)
    assert [draft.created for draft in drafts if not isinstance(draft, Busy)].count(True) == 1
    assert chain.verbs() == ["draft"]


def test_the_first_opening_of_a_database_by_several_at_once_makes_it_once(store_url, tmp_path):
    opened = at_once(*[lambda: Store.open(store_url, tmp_path)] * 4)
    assert [type(store) for store in opened] == [Store] * 4
    for store in opened:
        store.close()


def test_two_dispatches_at_once_mail_nobody_twice(queued):
    with queued.start("dispatch", "--moment", "2026-05-06 10:00") as other:
        (ours,) = at_once(lambda: queued.act("dispatch", now=SENDING))
        other.communicate(timeout=60)
    queued.act("dispatch", now=SENDING)
    assert isinstance(ours, list | Busy)
    assert queued.show()["state"] == "sent"
    assert Counter(queued.mailed().values()) == {1: READERS_COUNT}


def test_of_two_editors_the_second_is_told_and_loses_nothing(drafted):
    text, base = drafted.act("open_draft", ISSUE)
    drafted.act("save_draft", ISSUE, text.replace("Wat een ander", "Eerst"), role=EDITOR, base=base)
    with pytest.raises(StaleRevision, match="somebody saved a newer revision than 1"):
        drafted.act("save_draft", ISSUE, text.replace("Wat een ander", "Dan"), role=SENDER, base=base)
    assert drafted.show()["revision"] == 2
    assert "Eerst" in drafted.show()["content"]["intro"]["nl"]


def test_of_editors_at_once_one_saves_on_either_database(fresh_on_both):
    chain = fresh_on_both
    chain.act("harvest")
    chain.act("draft")
    text, base = chain.act("open_draft", ISSUE)

    def save(word):
        return lambda: chain.act(
            "save_draft", ISSUE, text.replace("Wat een ander", word), role=EDITOR, base=base
        )

    results = at_once(save("Een"), save("Twee"), save("Drie"))
    assert sorted(map(str, (type(result).__name__ for result in results))) == [
        "StaleRevision",
        "StaleRevision",
        "int",
    ]
    assert chain.show()["revision"] == 2


def test_an_approval_and_an_edit_at_once_never_leave_an_edited_letter_approved(fresh_on_both):
    chain = fresh_on_both
    chain.act("harvest")
    chain.act("draft")
    chain.act("proof", ISSUE)
    text, base = chain.act("open_draft", ISSUE)
    edited = text.replace("Wat een ander", "Wat iemand anders")
    approval, _ = at_once(
        lambda: chain.act("approve", ISSUE, role=APPROVER),
        lambda: chain.act("save_draft", ISSUE, edited, role=EDITOR, base=base),
    )
    shown = chain.show()
    assert (shown["state"], shown["revision"], shown["approval"]) == ("draft", 2, None)
    assert isinstance(approval, WrongState) or shown["history"][-2]["verb"] == "approve"


def test_kill_9_while_drafting_leaves_nothing_half_made(fresh):
    fresh.act("harvest")
    with fresh.start("draft", code=DIE_WHILE_DRAFTING) as child:
        child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    assert fresh.act("list_drafts") == []
    assert fresh.act("draft").created
    assert fresh.verbs() == ["draft"]


def test_several_processes_make_one_secret_of_which_only_the_owner_may_read(fresh):
    code = (
        "import sys; from pathlib import Path; from stuifmail.newsroom.secret import keep_secret\n"
        "sys.stdin.readline(); print(keep_secret(Path(sys.argv[1])).decode())"
    )
    path = fresh.folder / "outputs/state/secret"
    command = [sys.executable, "-c", code, str(path)]
    runs = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    for run in runs:
        run.stdin.write("go\n")
        run.stdin.flush()
    answers = {run.communicate(timeout=60)[0].strip() for run in runs}
    assert answers == {path.read_text().strip()}
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir() if "secret" in file.name] == ["secret"]


def test_links_of_the_same_reader_stay_the_same_whoever_asks(queued):
    queued.dispatch()
    links = {m["To"].addresses[0].addr_spec: m["List-Unsubscribe"] for m in queued.mails()}
    assert len(set(links.values())) == READERS_COUNT
    secret = (queued.folder / "outputs/state/secret").read_text()
    other = Chain(queued.folder, {"STUIFMAIL_SECRET": "another secret of some length"})
    with other.open() as newsroom:
        assert newsroom._house.secret() == b"another secret of some length"
    assert (queued.folder / "outputs/state/secret").read_text() == secret
