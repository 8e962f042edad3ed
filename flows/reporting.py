"""Reports as rows and Markdown: what staff read in Prefect's pages. Pure."""

from collections.abc import Sequence

from stuifmail import DraftReport, HarvestReport, ProofReport, SendReport

_ESCAPES = str.maketrans({"|": "\\|", "\n": " ", "<": "&lt;", ">": "&gt;"})

Row = dict[str, str | int]


def list_harvest_rows(report: HarvestReport) -> list[Row]:
    """Answer one row a source, failures first."""
    ordered = sorted(report.sources, key=lambda source: source.outcome != "failed")
    return [
        {
            "source": source.source_id,
            "outcome": source.outcome,
            "entries": source.entries_count,
            "new": source.new_count,
            "changed": source.changed_count,
            "failing since": f"{source.failing_since:%Y-%m-%d %H:%M} UTC" if source.failing_since else "",
            "remark": source.error or "; ".join(source.problems),
            "what to do": source.remedy,
        }
        for source in ordered
    ]


def describe_harvest(report: HarvestReport) -> str:
    """Answer the harvest in a few lines of Markdown."""
    lines = [
        "## Harvest",
        (
            f"**{report.new_count} new** from {len(report.sources)} sources: "
            f"{report.count('fetched')} fetched, {report.count('unchanged')} unchanged, "
            f"{report.count('failed')} failed."
        ),
    ]
    failed = [source for source in report.sources if source.outcome == "failed"]
    if failed:
        lines += ["", "| Failed | Why | Since | What to do |", "| --- | --- | --- | --- |"]
    for source in failed:
        since = f"{source.failing_since:%Y-%m-%d}" if source.failing_since else ""
        lines.append(_table_line(source.source_id, source.error, since, source.remedy))
    doubtful = [(source, problem) for source in report.sources for problem in source.problems]
    if doubtful:
        lines += ["", "| Worked around | What |", "| --- | --- |"]
    lines += [_table_line(source.source_id, problem) for source, problem in doubtful]
    return "\n".join(lines)


def describe_draft(report: DraftReport, proof: ProofReport | None) -> str:
    """Answer what was drafted in a few lines of Markdown, with the next step."""
    title = f"## {report.publication_id or 'No draft'}"
    if report.waits_until:
        return f"{title}\nIt is not time yet: drafting starts on {report.waits_until:%Y-%m-%d}."
    if proof is None:
        return f"{title}\nIt was drafted before and is **{report.state}**; nothing was changed."
    lines = [
        title,
        (
            f"**{report.stories_count} stories**, to be sent {report.send_at:%Y-%m-%d %H:%M}. "
            f"{proof.report.readers_count} readers, {proof.report.suppressed_count} get no mail. "
            f"{len(proof.report.findings)} findings, {len(proof.report.blocking)} blocking."
        ),
        "",
        f"Proof: `{proof.page}`",
        "",
        "Next: an editor looks at the proof, then approves it:",
        f"`stuifmail approve {report.publication_id} --as ROLE`",
    ]
    if report.left_out:
        lines += ["", "| Left out | Why |", "| --- | --- |"]
    lines += [_table_line(title, reason) for title, reason in report.left_out]
    if report.waiting_count:
        lines += ["", f"{report.waiting_count} more found no room."]
    return "\n".join(lines)


def list_dispatch_rows(reports: Sequence[SendReport]) -> list[Row]:
    """Answer one row a publication, its copies counted by state."""
    return [
        {
            "publication": report.publication_id,
            "state": report.state,
            **{
                str(state): count
                for state, count in (report.dispatched.counts if report.dispatched else {}).items()
            },
            "archive": report.archive,
            "error": report.error,
        }
        for report in reports
    ]


def describe_dispatch(reports: Sequence[SendReport]) -> str:
    """Answer what was sent in a few lines of Markdown."""
    if not reports:
        return "## Dispatch\nNothing was due."
    lines = ["## Dispatch"]
    for report in reports:
        counts = report.dispatched.counts if report.dispatched else {}
        told = ", ".join(f"{count} {state}" for state, count in counts.items()) or "nothing was sent"
        lines.append(f"- **{report.publication_id}** is {report.state}: {told}")
        lines += [f"  - {report.error}"] if report.error else []
        lines += [
            f"  - uncertain: {address}"
            for address in (report.dispatched.uncertain if report.dispatched else ())
        ]
    return "\n".join(lines)


def _table_line(*cells: str) -> str:
    return f"| {' | '.join(cell.translate(_ESCAPES) for cell in cells)} |"
