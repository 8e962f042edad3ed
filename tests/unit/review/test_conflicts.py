"""One number, one value, in all that goes out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stuifmail.model.publications import FiguresBlock, Publication, Section
from stuifmail.model.reviews import Dossier, PublicationState, Revision
from stuifmail.review.conflicts import check_conflicts, check_internal, check_overrides
from tests.unit.review.test_numbers import PARTICIPANTS, publication


def showing(name: str, value: int = 84, **more: object) -> Publication:
    block = FiguresBlock(id="results", title={"nl": "x"}, figures=(PARTICIPANTS.id,))
    section = Section(id="r", kind="results", blocks=(block,))
    figure = replace(PARTICIPANTS, value=value, **more)  # type: ignore[arg-type]
    return replace(publication("x"), id=name, sections=(section,), figures=(figure,))


def dossier(one: Publication, state: str = "sent", **more: object) -> Dossier:
    revision = Revision(
        publication=one,
        number=1,
        author="stuifmail",
        saved_at=PARTICIPANTS.computed_at,
        content_sha256="0" * 64,
    )
    return Dossier(id=one.id, state=PublicationState(state), revision=revision, **more)  # type: ignore[arg-type]


def severities(one: Publication, *others: Dossier) -> list[str]:
    return [each.severity for each in check_conflicts(one, others, ledger="ledger")]


@pytest.mark.parametrize("state", ["approved", "queued", "sent"])
def test_another_value_in_what_goes_out_stops_approval(state: str) -> None:
    (finding,) = check_conflicts(showing("mail"), [dossier(showing("release", 85), state)], ledger="ledger")
    assert (finding.code, finding.severity, finding.place) == ("figure-conflict", "blocking", "results")
    assert finding.message == "congres-2026.participants is 84 in mail, but 85 in release"
    assert ("correct release" in finding.remedy) is (state == "sent")


def test_the_same_value_by_another_rule_is_a_conflict_too() -> None:
    (finding,) = check_conflicts(
        showing("mail"), [dossier(showing("release", definition="participants/2"))], ledger="ledger"
    )
    assert finding.message.endswith("but 84 in release, counted by participants/2")


def test_what_agrees_is_taken_back_corrected_or_only_a_draft_is_no_conflict() -> None:
    other = showing("release", 85)
    assert severities(showing("mail"), dossier(showing("release"))) == []
    assert severities(other, dossier(showing("release"))) == []  # itself
    assert severities(showing("mail"), dossier(other, "draft"), dossier(other, "killed")) == []
    assert severities(showing("mail"), dossier(other, killed_at=PARTICIPANTS.computed_at)) == []
    assert severities(showing("mail"), dossier(other, corrected_by="release-c1")) == []
    assert severities(replace(showing("fix"), corrects="release"), dossier(other)) == []


def test_versions_of_one_set_of_facts_are_held_together_as_drafts() -> None:
    nl, en = (replace(showing(name, value), facts_id="pers") for name, value in (("nl", 84), ("en", 85)))
    assert severities(nl, dossier(en, "draft")) == ["warning"]
    assert severities(nl, dossier(en, "queued")) == ["blocking"]


def test_the_membership_has_to_agree_on_the_same_day_only() -> None:
    def counted(name: str, value: int, days: int) -> Publication:
        figure = replace(
            PARTICIPANTS,
            id="members.total",
            value=value,
            source_id="ledger",
            computed_at=PARTICIPANTS.computed_at + timedelta(days=days),
        )
        block = FiguresBlock(id="results", title={"nl": "x"}, figures=("members.total",))
        return replace(
            showing(name), figures=(figure,), sections=(Section(id="r", kind="results", blocks=(block,)),)
        )

    assert severities(counted("may", 37, 30), dossier(counted("april", 36, 0))) == []
    assert severities(counted("may", 37, 0), dossier(counted("april", 36, 0))) == ["blocking"]


def test_a_figure_for_the_secretariat_may_not_be_sent() -> None:
    (finding,) = check_internal(showing("mail", internal=True))
    assert (finding.code, finding.severity, finding.place) == ("internal-figure", "blocking", "results")
    assert list(check_internal(showing("mail"))) == []


def test_an_editors_number_over_what_changed_since_is_told() -> None:
    drifts = [(PARTICIPANTS.id, 85, 84, 86), ("other.participants", 1, 2, None)]
    (finding,) = check_overrides(drifts, showing("mail", 85))
    assert (finding.code, finding.severity) == ("override-outdated", "warning")
    assert "by an editor's hand over 84; it is counted as 86 now" in finding.message
