"""Embargoes that end while a run is under way, and what related events tell."""

import threading
from datetime import timedelta

import pytest

from stuifmail.model.publications import NoticeBlock, Section
from stuifmail.newsroom import Newsroom
from tests.aftermath import (
    CHIEF,
    EDITOR,
    END,
    OTHERS,
    SENDING,
    TRUSTED,
    make_aftermath,
    make_figure,
    make_letter,
    make_release,
    with_figure,
)
from tests.servers.smtp import SmtpServer

pytestmark = pytest.mark.integration

RELEASE = make_release()
ID = RELEASE.id
#: A part of the signing, and the conference around it.
_FAMILY = """\
events:
  - {id: conferentie, title: {nl: Conferentie, en: Conference}, kind: conference}
  - {id: sessie, title: {nl: Sessie, en: Session}, kind: work_session, part_of: nairobi}
  - id: nairobi
    part_of: conferentie
"""


@pytest.fixture
def relay(store_url, tmp_path):
    """A newsroom that sends over a server; its copies are claimed and told one by one."""
    room = make_aftermath(tmp_path / "room", database=store_url)
    with SmtpServer() as server:
        settings = room.folder / "sources.yaml"
        smtp = f"{{host: 127.0.0.1, port: {server.port}, security: none, timeout_s: 20}}"
        told = f"  transport: smtp\n  smtp: {smtp}\n"
        settings.write_text(settings.read_text() + told)
        room.draft(RELEASE)
        room.queue(ID)
        yield room


def during(room, work):
    """Dispatch, do something else once the first copy has gone, and answer the report."""
    seen = []

    def on_copy(_count, _total):
        page = room.page(ID)
        if not seen:
            worker = threading.Thread(target=lambda: room.at(SENDING, work))
            worker.start()
            worker.join()
        seen.append(bool(page))

    with Newsroom.open(room.folder, environment=room.environment, now=SENDING) as newsroom:
        (report,) = newsroom.dispatch(ID, on_copy=on_copy)
    return report, seen


def test_lifted_in_the_middle_of_the_first_wave_the_page_comes_before_the_copies_that_waited(relay):
    report, seen = during(relay, lambda n: n.lift_embargo(ID, reason="known elsewhere", role=CHIEF))
    assert report.state == "sent"
    assert relay.got(ID) == TRUSTED | OTHERS
    assert seen[0] is False
    assert all(seen[1:]), "a copy left before the page was there"


def test_held_in_the_first_wave_nothing_appears_when_the_embargo_ends(relay):
    during(relay, lambda n: n.hold(ID, reason="a figure may be wrong", role=EDITOR))
    relay.dispatch(END)
    assert (relay.dossier(ID).state, relay.page(ID), len(relay.got(ID))) == ("held", "", 1)


def test_withdrawn_in_the_first_wave_only_who_has_it_hears_of_it(relay):
    during(relay, lambda n: n.withdraw(ID, reason="not signed", role=CHIEF))
    relay.dispatch(SENDING)
    notice = f"{ID}-ingetrokken"
    relay.queue(notice, now=SENDING + timedelta(minutes=5))
    relay.dispatch(END)
    assert len(relay.got(ID)) == 1
    assert relay.got(ID) == relay.got(notice)
    assert relay.page(ID) == relay.page(notice) == "", "what nobody read in public is told to nobody there"


def distrust(room):
    desks = room.folder / "press.csv"
    desks.write_text(desks.read_text().replace(",yes,", ",no,"))


def test_a_desk_that_loses_our_trust_in_the_first_wave_waits_for_the_end(relay):
    during(relay, lambda n: n.hold(ID, reason="wait", role=EDITOR))
    (first,) = relay.got(ID)
    distrust(relay)
    relay.at(SENDING, lambda newsroom: newsroom.resume(ID, role=CHIEF))
    relay.dispatch(SENDING + timedelta(minutes=5))
    assert relay.got(ID) == {first}
    relay.dispatch(END)
    assert relay.got(ID) == TRUSTED | OTHERS


def test_trust_that_changes_after_the_approval_voids_it(relay):
    distrust(relay)
    (report,) = relay.dispatch(SENDING)
    assert "the audience changed" in report.error
    assert relay.copies(ID) == {}


@pytest.mark.parametrize("event", ["sessie", "conferentie"])
def test_the_same_number_of_a_part_or_of_the_whole_is_locked_and_another_is_not(tmp_path, event):
    room = make_aftermath(tmp_path / "room")
    settings = room.folder / "sources.yaml"
    settings.write_text(settings.read_text().replace("events:\n  - id: nairobi\n", _FAMILY))
    room.draft(with_figure(RELEASE, make_figure("nairobi.new_members", 3)))
    same, other = make_figure(f"{event}.new_members", 3), make_figure(f"{event}.new_members", 4)
    room.draft(with_figure(make_letter(), same))
    assert "embargo-locked" in room.codes("nieuwsbrief-2026-06")
    room.draft(with_figure(make_letter(id="nieuwsbrief-2026-07", number=49), other))
    assert "embargo-locked" not in room.codes("nieuwsbrief-2026-07")


@pytest.mark.parametrize(("name", "is_locked"), [("Norway", True), ("De Bonte Berm", False)])
def test_a_welcome_to_who_joins_at_the_event_is_locked_and_one_to_others_is_not(tmp_path, name, is_locked):
    room = make_aftermath(tmp_path / "room")
    settings = room.folder / "sources.yaml"
    norway = "members:\n  - {id: norway, name: Norway, kind: ngo, tier: partner, joined: 2026-06-09}\n"
    settings.write_text(settings.read_text().replace("members:\n", norway, 1))
    room.draft(RELEASE)
    welcome = NoticeBlock(
        id="welkom", tone="welcome", title={"nl": f"Welkom, {name}", "en": f"Hello, {name}"}
    )
    section = Section(id="new", kind="welcome", heading={"nl": "Nieuw", "en": "New"}, blocks=(welcome,))
    room.draft(make_letter(sections=(section,)))
    assert ("embargo-locked" in room.codes("nieuwsbrief-2026-06")) is is_locked
