"""Reports as rows and Markdown: what staff read in Prefect's pages. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from stuifmail import DraftReport, HarvestReport, HealthReport, ProofReport, SendReport, SourceReport

_ESCAPES = str.maketrans({"|": "\\|", "\n": " ", "<": "&lt;", ">": "&gt;"})

Row = dict[str, str | int]

#: Of a table that has more rows, Prefect's pages take long to show all, and nobody reads them.
MOST_ROWS = 300


def list_harvest_rows(report: HarvestReport) -> list[Row]:
    """Answer one row a source, those that need a person first; of very many the rest is counted."""
    ordered = sorted(report.sources, key=_rank)
    rows = [_harvest_row(source) for source in ordered[:MOST_ROWS]]
    left = ordered[MOST_ROWS:]
    for outcome in sorted({source.outcome for source in left}):
        alike = [source for source in left if source.outcome == outcome]
        rows.append(
            {
                "source": f"and {len(alike)} more",
                "outcome": outcome,
                "entries": sum(source.entries_count for source in alike),
                "new": sum(source.new_count for source in alike),
                "changed": sum(source.changed_count for source in alike),
                "remark": "see them with: stuifmail sources",
            }
        )
    return rows


def _rank(source: SourceReport) -> int:
    """Answer where a source stands: failed, moved, doubtful, new, waiting, and the rest."""
    signs = (
        source.outcome == "failed",
        bool(source.moved_to),
        bool(source.problems),
        bool(source.new_count or source.changed_count or source.removed_count),
        source.outcome == "retired",
        source.outcome == "waiting",
    )
    return next((place for place, sign in enumerate(signs) if sign), len(signs))


def _harvest_row(source: SourceReport) -> Row:
    return {
        "source": source.source_id,
        "outcome": source.outcome,
        "entries": source.entries_count,
        "new": source.new_count,
        "changed": source.changed_count,
        "answer": source.answer,
        "next check": _say_next(source),
        "failing since": f"{source.failing_since:%Y-%m-%d %H:%M} UTC" if source.failing_since else "",
        "remark": source.error or "; ".join(source.problems),
        "what to do": source.remedy,
    }


def _say_next(source: SourceReport) -> str:
    when = f"{source.next_check_at:%Y-%m-%d %H:%M} UTC" if source.next_check_at else ""
    return f"{when}: {source.next_check_why}" if when else source.next_check_why


def describe_harvest(report: HarvestReport) -> str:
    """Answer the harvest in a few lines of Markdown; of very many troubles only the first."""
    counts = [
        f"{report.count('fetched')} fetched",
        f"{report.count('unchanged')} unchanged",
        f"{report.count('failed')} failed",
    ]
    if waiting := report.count("waiting"):
        counts.append(f"{waiting} not due yet")
    if retired := report.count("retired"):
        counts.append(f"{retired} gone for good")
    lines = [
        "## Harvest",
        f"**{report.new_count} new** from {len(report.sources)} sources: {', '.join(counts)}.",
    ]
    failed = [
        _table_line(
            source.source_id,
            source.error,
            f"{source.failing_since:%Y-%m-%d}" if source.failing_since else "",
            source.remedy,
        )
        for source in report.sources
        if source.outcome == "failed"
    ]
    moved = [_table_line(source.source_id, source.moved_to) for source in report.sources if source.moved_to]
    doubtful = [
        _table_line(source.source_id, problem) for source in report.sources for problem in source.problems
    ]
    lines += _table("| Failed | Why | Since | What to do |", failed)
    lines += _table("| Moved for good | Put this address in sources.yaml |", moved)
    return "\n".join([*lines, *_table("| Worked around | What |", doubtful)])


def _table(head: str, rows: Sequence[str]) -> list[str]:
    """Answer the lines of a table, none when it has no rows."""
    if not rows:
        return []
    more = [f"\nand {len(rows) - MOST_ROWS} more"] if len(rows) > MOST_ROWS else []
    return ["", head, "| --- " * (head.count("|") - 1) + "|", *rows[:MOST_ROWS], *more]


def describe_health(report: HealthReport) -> str:
    """Answer how the sources and members are doing in a few lines of Markdown."""
    lines = [
        "## Health",
        f"{report.healthy_count} of {report.sources_count} sources do well.",
    ]
    own = [each for each in report.troubles if each.kind != "no_source"]
    rows = [
        _table_line(
            each.source_id or each.member_id,
            each.words,
            f"{each.since:%Y-%m-%d}" if each.since else "",
            each.remedy,
        )
        for each in own
    ]
    lines += _table("| Who | What | Since | What to do |", rows)
    firsts = [
        _table_line(each.member_id, each.title, f"{each.first_seen_at:%Y-%m-%d}")
        for each in report.first_items
    ]
    lines += _table("| First news of | What | Since |", firsts)
    without = [each.member_id for each in report.troubles if each.kind == "no_source"]
    if without:
        lines += ["", f"Members without a source: {', '.join(without)}."]
    if report.notes:
        lines += ["", f"{len(report.notes)} notes to members are ready: `stuifmail health --notes`"]
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
            "waits": say_waiting(report),
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
        lines += [f"  - {waiting}"] if (waiting := say_waiting(report)) else []
        lines += [
            f"  - uncertain: {address}"
            for address in (report.dispatched.uncertain if report.dispatched else ())
        ]
    return "\n".join(lines)


def say_waiting(report: SendReport) -> str:
    """Answer for what the copies that did not go out wait, "" when they wait for nothing."""
    if report.state == "held":
        return f"held; it goes on with: stuifmail resume {report.publication_id} --as ROLE"
    if report.waits_until:
        return f"under embargo: the rest goes out by itself after {report.waits_until:%Y-%m-%d %H:%M %Z}"
    return ""


def _table_line(*cells: str) -> str:
    return f"| {' | '.join(cell.translate(_ESCAPES) for cell in cells)} |"


def list_member_rows(report: Mapping[str, Any]) -> list[Row]:
    """Answer one row a member of a period's report, the most featured first; of very many only the first."""
    return [
        {
            "member": member["name"],
            "kind": member["kind"],
            "country": member["country"],
            "pieces": member["count"],
            "% of the words": str(member["words_percent"]),
            "last": (member["last_at"] or "never")[:10],
            "source": (member["trouble"] or "well").replace("_", " "),
        }
        for member in report["members"][:MOST_ROWS]
    ]
