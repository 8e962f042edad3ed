"""When an approval is given, and when it no longer stands. Pure."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from stuifmail.config.codec import sha256_of, to_data
from stuifmail.config.models import Audience
from stuifmail.errors import ApprovalRefused
from stuifmail.model.people import Reader
from stuifmail.model.reviews import Approval, CheckReport, Dossier


def hash_audience(audience: Audience, readers: Sequence[Reader]) -> str:
    """Answer the hash over the audience's definition and its readers, in any order."""
    rows = sorted((to_data(reader) for reader in readers), key=lambda row: str(row["address"]))
    return sha256_of({"definition": audience.model_dump(mode="json"), "readers": rows})


#: Findings on people. All that follows from them is in the audience's hash, and
#: their words change with each withdrawal, which must void nothing.
_OF_PEOPLE = ("contact-unusable", "correction-unreachable")


def hash_findings(report: CheckReport) -> str:
    """Answer the hash over findings, renderings and headers: a changed template or sender counts too."""
    findings = [to_data(finding) for finding in report.findings if finding.code not in _OF_PEOPLE]
    return sha256_of(
        {"findings": findings, "renderings": report.renderings, "letterhead": report.letterhead_sha256}
    )


def decide_approval(
    dossier: Dossier,
    report: CheckReport,
    *,
    role: str,
    single_eye_allowed: bool,
    single_eye_reason: str,
    at: datetime,
) -> Approval:
    """Answer the approval of a proofed publication, or refuse it.

    Args:
        dossier: the publication as stored, with the report that the proof showed.
        report: the checks made just now.
        role: who approves.
        single_eye_allowed: whether the newsroom lets the last editor approve alone.
        single_eye_reason: why, when the last editor does.
        at: UTC.

    Raises:
        ApprovalRefused: blocking findings; something changed since the proof; or the
            approver was the last editor and may not, or gave no reason.
    """
    if report.blocking:
        raise ApprovalRefused(
            f"{len(report.blocking)} finding(s) stand in the way: {report.blocking[0].message}",
            place=dossier.id,
            remedy="mend them, then make a new proof",
        )
    if dossier.report is None or hash_findings(dossier.report) != hash_findings(report):
        raise ApprovalRefused(
            "letter or findings changed since the proof was made",
            place=dossier.id,
            remedy=f"look at a new proof first: stuifmail proof {dossier.id}",
        )
    if dossier.report.audience_sha256 != report.audience_sha256:
        raise ApprovalRefused(
            "the audience changed since the proof was made",
            place=dossier.id,
            remedy=f"look at a new proof first: stuifmail proof {dossier.id}",
        )
    reason = _check_four_eyes(dossier, role, allowed=single_eye_allowed, reason=single_eye_reason)
    return Approval(
        publication_id=dossier.id,
        revision=dossier.revision.number,
        role=role,
        approved_at=at,
        content_sha256=report.content_sha256,
        audience_sha256=report.audience_sha256,
        findings_sha256=hash_findings(report),
        single_eye_reason=reason,
    )


def _check_four_eyes(dossier: Dossier, role: str, *, allowed: bool, reason: str) -> str:
    if dossier.revision.author != role:
        return ""
    if dossier.revision.publication.kind == "release":
        raise ApprovalRefused(
            f"{role} made the last edit, and a press release always needs a second person",
            place=dossier.id,
            remedy="let another role approve; review.single_eye does not count for the press",
        )
    if not allowed:
        raise ApprovalRefused(
            f"{role} made the last edit and cannot approve it too",
            place=dossier.id,
            remedy="let another role approve, or allow review.single_eye in sources.yaml",
        )
    if not reason.strip():
        raise ApprovalRefused(
            f"{role} made the last edit: approving alone needs a reason",
            place=dossier.id,
            remedy='give it with --single-eye "why"',
        )
    return reason.strip()


def find_changes(
    approval: Approval,
    report: CheckReport,
    approved_readers: Sequence[Reader],
    readers: Sequence[Reader],
    audience: Audience,
    silenced: AbstractSet[str] = frozenset(),
) -> list[str]:
    """Answer what changed since the approval, one sentence each; empty while it stands.

    A reader who withdrew since, bounced or was suppressed voids nothing: nobody has to
    approve anew that somebody gets no mail. Nor does somebody who signed up after a reminder was
    approved, and so drops out of it. Every other change of the audience does.

    Args:
        approval: the standing one.
        report: the checks made just now.
        approved_readers: the audience of the approval.
        readers: the audience now.
        audience: its rule now.
        silenced: addresses of all contacts who may get no mail, those outside the audience too,
            and of those whose own answer takes them out of it.
    """
    changes = []
    if approval.content_sha256 != report.content_sha256:
        changes.append("the content changed")
    if approval.findings_sha256 != hash_findings(report):
        changes.append("the letter or the findings changed (a template, a figure, a picture, a setting)")
    calmed = _keep_withdrawals(approved_readers, readers, silenced)
    if approval.audience_sha256 != hash_audience(audience, calmed):
        changes.append("the audience changed (its rule, or the people in it)")
    return changes


def _keep_withdrawals(
    approved: Sequence[Reader], now: Sequence[Reader], silenced: AbstractSet[str]
) -> list[Reader]:
    """The audience, each reader who gets nothing any more as it stood in the approval."""
    before = {reader.address: reader for reader in approved}
    staying = {reader.address for reader in now}
    gone = [reader for reader in approved if reader.address in silenced - staying]
    return [before.get(reader.address, reader) if reader.suppressed else reader for reader in now] + gone
