"""Approval: one role's consent to one exact letter, audience and report."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stuifmail.config.models import Audience
from stuifmail.errors import ApprovalRefused, UnknownRole, WrongState
from stuifmail.model.people import Reader
from stuifmail.model.reviews import Approval, CheckReport, Dossier, Finding, PublicationState, Revision
from stuifmail.review.approval import decide_approval, find_changes, hash_audience
from stuifmail.review.moves import MOVES, move, require_role
from tests.builders_publication import build_config, build_publication

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
AUDIENCE = Audience(id="readers", name={"nl": "Lezers"}, why={"nl": "U bent lezer."}, lists=("newsletter",))
READERS = (
    Reader(contact_id="a", address="a@lid.example.org", edition="nl"),
    Reader(contact_id="b", address="b@lid.example.org", edition="en"),
    Reader(contact_id="c", address="c@lid.example.org", edition="nl", suppressed="consent withdrawn"),
)
BLOCKING = Finding(code="empty", severity="blocking", message="there is nothing in it")


def build_report(readers: tuple[Reader, ...] = READERS, **changes: Any) -> CheckReport:
    values: dict[str, Any] = {
        "content_sha256": "c" * 64,
        "audience_sha256": hash_audience(AUDIENCE, readers),
        "renderings": {"nl": "1" * 64},
        "findings": (),
    }
    return CheckReport(**values | changes)


def build_dossier(report: CheckReport | None, author: str = "eindredactie") -> Dossier:
    revision = Revision(
        publication=build_publication(), number=2, author=author, saved_at=NOW, content_sha256="c" * 64
    )
    return Dossier(id="nieuwsbrief-2026-05", state=PublicationState.PROOFED, revision=revision, report=report)


def approve(report: CheckReport, dossier: Dossier | None = None, **changes: Any) -> Approval:
    values: dict[str, Any] = {
        "role": "hoofdredactie",
        "single_eye_allowed": False,
        "single_eye_reason": "",
        "at": NOW,
    }
    return decide_approval(dossier or build_dossier(report), report, **values | changes)


def changes_since(
    approval: Approval, report: CheckReport, readers: tuple[Reader, ...] = READERS
) -> list[str]:
    return find_changes(approval, report, READERS, readers, AUDIENCE)


def test_an_approval_names_role_revision_and_hashes() -> None:
    approval = approve(build_report())
    assert (approval.role, approval.revision, approval.content_sha256) == ("hoofdredactie", 2, "c" * 64)


def test_a_blocking_finding_refuses_approval() -> None:
    with pytest.raises(ApprovalRefused, match="there is nothing in it"):
        approve(build_report(findings=(BLOCKING,)))


def test_nobody_approves_what_the_proof_did_not_show() -> None:
    shown = build_report(renderings={"nl": "2" * 64})
    with pytest.raises(ApprovalRefused, match="changed since the proof"):
        approve(build_report(), build_dossier(shown))


def test_nobody_approves_an_audience_that_the_proof_did_not_count() -> None:
    shown = build_report(readers=READERS[:2])
    with pytest.raises(ApprovalRefused, match="audience changed"):
        approve(build_report(), build_dossier(shown))


def test_the_last_editor_cannot_approve() -> None:
    with pytest.raises(ApprovalRefused, match="another role"):
        approve(build_report(), role="eindredactie")


def test_the_last_editor_needs_a_reason_where_single_eye_is_allowed() -> None:
    with pytest.raises(ApprovalRefused, match="needs a reason"):
        approve(build_report(), role="eindredactie", single_eye_allowed=True, single_eye_reason="  ")
    alone = approve(
        build_report(), role="eindredactie", single_eye_allowed=True, single_eye_reason="vakantie, spoed"
    )
    assert alone.single_eye_reason == "vakantie, spoed"


def test_an_untouched_approval_stands() -> None:
    report = build_report()
    assert changes_since(approve(report), report) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"content_sha256": "d" * 64}, "content"),
        ({"renderings": {"nl": "9" * 64}}, "letter"),
        ({"findings": (replace(BLOCKING, severity="advice"),)}, "findings"),
    ],
)
def test_any_change_of_content_letter_or_findings_voids(changed: dict[str, Any], told: str) -> None:
    assert any(told in change for change in changes_since(approve(build_report()), build_report(**changed)))


@pytest.mark.parametrize(
    "readers",
    [
        (*READERS, Reader(contact_id="d", address="d@lid.example.org", edition="nl")),
        READERS[:2],
        (replace(READERS[0], edition="en"), *READERS[1:]),
        (*READERS[:2], replace(READERS[2], suppressed="")),
        (replace(READERS[0], name="persvoorlichting"), *READERS[1:]),
    ],
    ids=["somebody joined", "somebody vanished", "other language", "somebody consented", "other name"],
)
def test_any_change_of_the_audience_voids(readers: tuple[Reader, ...]) -> None:
    assert changes_since(approve(build_report()), build_report(), readers)


def test_a_reader_who_withdraws_after_approval_voids_nothing() -> None:
    withdrawn = (replace(READERS[0], suppressed="consent withdrawn"), *READERS[1:])
    assert changes_since(approve(build_report()), build_report(), withdrawn) == []


def test_a_changed_audience_rule_voids() -> None:
    approval = approve(build_report())
    wider = AUDIENCE.model_copy(update={"lists": ()})
    assert find_changes(approval, build_report(), READERS, READERS, wider)


@pytest.mark.parametrize("state", list(PublicationState))
@pytest.mark.parametrize("verb", list(MOVES))
def test_every_verb_leads_on_from_its_states_and_is_refused_elsewhere(
    verb: str, state: PublicationState
) -> None:
    allowed, target = MOVES[verb]
    if state in allowed:
        assert move(state, verb, "x") is target
    else:
        with pytest.raises(WrongState, match=f"cannot .* that is {state}"):
            move(state, verb, "x")


def test_nothing_that_was_sent_can_be_edited_approved_or_queued_again() -> None:
    for verb in ("edit", "proof", "approve", "queue"):
        assert PublicationState.SENT not in MOVES[verb][0]


def test_a_role_without_the_right_is_told_who_has_it() -> None:
    review = build_config().review
    with pytest.raises(UnknownRole, match="no such role"):
        require_role(review, "stagiair", "approve")


def contact_finding(message: str) -> Finding:
    return Finding(code="contact-unusable", severity="warning", place="contacts.csv:7", message=message)


def test_what_is_said_of_contacts_rows_voids_nothing_as_long_as_the_readers_are_the_same() -> None:
    approval = approve(build_report(findings=(contact_finding("3 without proof"),)))
    assert changes_since(approval, build_report(findings=(contact_finding("2 without proof"),))) == []
    other = replace(contact_finding("x"), code="bad-link")
    assert changes_since(approval, build_report(findings=(other,))) != []


def test_another_sender_voids_the_approval() -> None:
    approval = approve(build_report(letterhead_sha256="1" * 64))
    assert changes_since(approval, build_report(letterhead_sha256="1" * 64)) == []
    assert changes_since(approval, build_report(letterhead_sha256="2" * 64)) != []


def test_a_reader_who_gets_nothing_may_change_in_any_way() -> None:
    approval = approve(build_report())
    others = (READERS[0], READERS[1], replace(READERS[2], suppressed="bounced", name="Other", edition="en"))
    assert changes_since(approval, build_report(others), others) == []


def test_a_reader_who_is_gone_voids_the_approval_unless_by_withdrawing() -> None:
    approval, left = approve(build_report()), READERS[1:]
    assert changes_since(approval, build_report(left), left) != []
    assert find_changes(approval, build_report(left), READERS, left, AUDIENCE, {READERS[0].address}) == []
