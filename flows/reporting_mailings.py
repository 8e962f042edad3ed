"""Tables about messages around events for Prefect's pages. Pure."""

from collections.abc import Sequence

from stuifmail import MailingReport, TimelineRow

#: What an editor can still do something about.
_OPEN = ("due", "drafted", "planned", "waits for a date")


def tabulate_timeline(
    rows: Sequence[TimelineRow], reports: Sequence[MailingReport]
) -> list[dict[str, str | bool]]:
    """Answer the timeline as a table, without what is over; new drafts are marked.

    Args:
        rows: by when they are due.
        reports: what this run drafted, or could not.
    """
    new = {report.publication_id for report in reports if report.is_new}
    troubles = {report.publication_id: report.why for report in reports if not report.created}
    return [
        {
            "Due": f"{row.due_at:%Y-%m-%d %H:%M}" if row.due_at else "",
            "Event": row.about,
            "Message": row.kind,
            "State": row.state,
            "Draft": row.publication_id if row.publication_state else "",
            "New": row.publication_id in new,
            "Remark": "; ".join(filter(None, (row.why or troubles.get(row.publication_id, ""), row.shifted))),
        }
        for row in rows
        if row.state in _OPEN
    ]
