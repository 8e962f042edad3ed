"""Publications with their revisions, approvals and history, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stuifmail.errors import StaleRevision, UnknownPublication
from stuifmail.model.people import Reader
from stuifmail.model.reviews import Act, Approval, CheckReport, PublicationState
from stuifmail.review.acts import record_reopen, record_sent
from stuifmail.store import publications as table
from tests.builders_publication import build_publication
from tests.letters import NOW, make_rendering

READERS = (
    Reader(contact_id="a", address="a@example.org", name="Redactie", edition="nl"),
    Reader(contact_id="b", address="b@example.org", edition="en", suppressed="consent was withdrawn"),
)
PUBLICATION = build_publication()
ID = PUBLICATION.id


@pytest.fixture
def connection(store):
    with store.begin() as opened:
        table.add_publication(opened, PUBLICATION, author="stuifmail", at=NOW)
        yield opened


def approval(**changes):
    values = {
        "publication_id": ID,
        "revision": 1,
        "role": "hoofdredactie",
        "approved_at": NOW,
        "content_sha256": "1" * 64,
        "audience_sha256": "2" * 64,
        "findings_sha256": "3" * 64,
    }
    return Approval(**(values | changes))


@pytest.mark.parametrize("lock", [False, True])
def test_content_comes_back_as_it_was_stored(connection, lock):
    dossier = table.get_dossier(connection, ID, lock=lock)
    assert dossier.revision.publication == PUBLICATION
    assert (dossier.state, dossier.revision.number, dossier.report, dossier.approval) == (
        "draft",
        1,
        None,
        None,
    )


def test_a_revision_follows_the_one_that_was_opened_and_no_other(connection):
    edited = replace(PUBLICATION, subject={"nl": "Anders"})
    assert table.add_revision(connection, edited, base=1, author="a", note="", at=NOW) == 2
    with pytest.raises(StaleRevision, match="newer revision than 1"):
        table.add_revision(connection, PUBLICATION, base=1, author="b", note="", at=NOW)
    newest = table.get_dossier(connection, ID).revision
    assert (newest.publication, newest.number, newest.author) == (edited, 2, "a")


def test_a_report_belongs_to_its_revision_and_the_last_one_counts(connection):
    report = CheckReport(content_sha256="1", audience_sha256="2", renderings={"nl": "3"}, findings=())
    table.put_report(connection, ID, 1, report, at=NOW)
    table.put_report(connection, ID, 1, replace(report, readers_count=7), at=NOW)
    assert table.get_dossier(connection, ID).report.readers_count == 7
    table.add_revision(connection, PUBLICATION, base=1, author="a", note="", at=NOW)
    assert table.get_dossier(connection, ID).report is None


def test_an_approval_keeps_its_audience_until_it_is_void(connection):
    table.add_approval(connection, approval(), READERS)
    assert table.get_dossier(connection, ID).approval == approval()
    assert table.get_approved_readers(connection, ID) == READERS
    assert table.void_approvals(connection, ID, reason="the content changed", at=NOW) == 1
    assert table.void_approvals(connection, ID, reason="again", at=NOW) == 0
    assert table.get_dossier(connection, ID).approval is None
    assert table.get_approved_readers(connection, ID) == ()


def test_what_is_frozen_comes_back_with_its_letterhead(connection):
    assert table.get_renderings(connection, ID) == {}
    assert table.get_letterhead(connection, ID) is None
    editions = {
        language: make_rendering(language, pictures={"https://a/b.png": "b.png"}) for language in ("nl", "en")
    }
    table.freeze_renderings(connection, ID, editions.values(), {"from_name": {"nl": "Wij"}})
    assert table.get_renderings(connection, ID) == editions
    assert table.get_letterhead(connection, ID) == {"from_name": {"nl": "Wij"}}


def test_the_history_only_grows_and_keeps_its_order(connection):
    lines = [
        Act(
            publication_id=ID,
            actor="a",
            verb=verb,
            from_state="draft",
            to_state="proofed",
            done_at=NOW + timedelta(microseconds=number),
            reason="",
        )
        for number, verb in enumerate(("proof", "edit", "proof"))
    ]
    for line in lines:
        table.add_act(connection, line)
    assert table.list_acts(connection, ID) == lines


def test_lists_are_by_day_of_sending_and_can_be_narrowed(connection):
    later = replace(
        PUBLICATION, id="other-2026-07", series_id="other", send_at=PUBLICATION.send_at + timedelta(days=60)
    )
    table.add_publication(connection, later, author="stuifmail", at=NOW)
    table.set_state(connection, later.id, PublicationState.QUEUED, due_at=NOW)

    def ids(**conditions):
        return [dossier.id for dossier in table.list_dossiers(connection, **conditions)]

    assert ids() == [later.id, ID]
    assert ids(series_id=PUBLICATION.series_id) == [ID]
    assert ids(states=[PublicationState.QUEUED]) == [later.id]


def test_an_unknown_id_is_answered_with_those_that_exist(connection):
    with pytest.raises(UnknownPublication, match=f"nix: .*the newest are: {ID}"):
        table.get_dossier(connection, "nix", lock=True)
    assert table.find_dossier(connection, "nix") is None


def test_a_letter_that_is_closed_again_keeps_the_moment_when_it_was_sent(connection):
    table.set_state(connection, ID, PublicationState.QUEUED, due_at=NOW)
    record_sent(connection, table.get_dossier(connection, ID), at=NOW, reason="")
    record_reopen(connection, table.get_dossier(connection, ID), role="a", reason="", at=NOW)
    record_sent(connection, table.get_dossier(connection, ID), at=NOW + timedelta(days=3), reason="")
    dossier = table.get_dossier(connection, ID)
    assert (dossier.state, dossier.sent_at) == ("sent", NOW)
