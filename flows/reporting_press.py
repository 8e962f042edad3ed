"""What became of press releases, as Markdown for Prefect's pages. Pure."""

from collections.abc import Sequence

from stuifmail import ProofReport, ReleaseReport


def describe_releases(reports: Sequence[ReleaseReport], proofs: Sequence[ProofReport]) -> str:
    """Answer what was drafted in each language, with the next step."""
    by_id = {proof.publication_id: proof for proof in proofs}
    return "\n\n".join(_describe(report, by_id.get(report.publication_id)) for report in reports)


def _describe(report: ReleaseReport, proof: ProofReport | None) -> str:
    if report.send_at is None:
        return f"## No release in {report.language}\n{report.why}."
    title = f"## {report.publication_id}"
    if proof is None:
        return f"{title}\nIt was drafted before and is **{report.state}**; nothing was changed."
    lines = [
        title,
        (
            f"To be sent {report.send_at:%Y-%m-%d %H:%M}. {proof.report.readers_count} desks. "
            f"{len(proof.report.findings)} findings, {len(proof.report.blocking)} blocking."
        ),
        *([f"For the editor only: {report.why}"] if report.why else []),
        f"Proof: `{proof.page}`",
        f"Next: two people look at it, then: `stuifmail approve {report.publication_id} --as ROLE`",
    ]
    return "\n\n".join(lines)
