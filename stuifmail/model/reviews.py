"""Editorial review: states, revisions, findings, approvals."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from stuifmail.model.publications import Publication

Severity: TypeAlias = Literal["blocking", "warning", "advice"]


class PublicationState(StrEnum):
    """Where a publication is on its way out."""

    DRAFT = "draft"
    PROOFED = "proofed"
    APPROVED = "approved"
    QUEUED = "queued"
    HELD = "held"
    SENT = "sent"
    KILLED = "killed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark of the checks.

    Args:
        code: stable id ("missing-translation").
        severity: "blocking" stops approval.
        place: block id, template `file:line`, contacts `file:line`, or "".
        language: the edition concerned, "" for all.
        message: what is the matter.
        remedy: what to do.
    """

    code: str
    severity: Severity
    place: str = ""
    language: str = ""
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What the checks made of one revision.

    Args:
        content_sha256: hash of the revision's content.
        audience_sha256: hash of audience definition and readers.
        renderings: hash of each edition's rendering by language.
        letterhead_sha256: hash of sender, list and addresses in the headers.
        readers_count: readers who would get mail.
    """

    content_sha256: str
    audience_sha256: str
    renderings: dict[str, str]
    findings: tuple[Finding, ...]
    letterhead_sha256: str = ""
    readers_count: int = 0
    suppressed_count: int = 0

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that stop approval."""
        return tuple(f for f in self.findings if f.severity == "blocking")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One numbered version of a publication's content.

    Args:
        number: from 1.
        author: role id, or "stuifmail" for an automatic draft.
        saved_at: UTC.
    """

    publication: Publication
    number: int
    author: str
    saved_at: datetime
    content_sha256: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A named role's consent to one exact hash.

    Args:
        content_sha256, audience_sha256, findings_sha256: what was consented to;
            the last covers the renderings too.
        single_eye_reason: why the last editor approved alone, "" for four eyes.
        voided_at: UTC; None while the approval stands.
    """

    publication_id: str
    revision: int
    role: str
    approved_at: datetime
    content_sha256: str
    audience_sha256: str
    findings_sha256: str
    single_eye_reason: str = ""
    voided_at: datetime | None = None
    void_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A publication with where it stands.

    Args:
        report: the last checks, None before the first proof.
        approval: the standing approval, None when there is none.
        queued_at, sent_at: UTC.
        held_from: the state it was held in, and goes back to; "" when it is not held.
        corrected_by: id of the correction that was sent after it, "" for none.
        killed_at: UTC; since when it is taken back. A sent one keeps the state sent until its
            kill notice is out.
        kill_reason: why, in words.
    """

    id: str
    state: PublicationState
    revision: Revision
    report: CheckReport | None = None
    approval: Approval | None = None
    due_at: datetime | None = None
    sent_at: datetime | None = None
    held_from: str = ""
    corrected_by: str = ""
    killed_at: datetime | None = None
    kill_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbargoRecord:
    """What became of the embargo of one set of facts.

    Args:
        facts_id: of which publications (`Publication.facts_id`).
        event_id: other publications about this event are locked too.
        until_at: UTC; time_zone: in which it was announced.
        lifted_at, withdrawn_at: UTC; None while it was not.
    """

    facts_id: str
    event_id: str = ""
    until_at: datetime
    time_zone: str
    reason: str
    set_by: str
    set_at: datetime
    lifted_at: datetime | None = None
    lifted_by: str = ""
    lift_reason: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdraw_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteApproval:
    """A speaker's consent to the exact words of a quote in one language.

    Args:
        text_sha256: of the words, white space collapsed: other words need a new consent.
        speaker: who agreed, by role; approved_on: when; how: how we know.
        actor: the role that noted it.
    """

    publication_id: str
    block_id: str
    language: str
    text_sha256: str
    speaker: str
    approved_on: date
    how: str
    actor: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One line of a publication's history."""

    publication_id: str
    actor: str
    verb: str
    from_state: str
    to_state: str
    done_at: datetime
    reason: str = ""
