"""The keys that `mailings` and `mailing` print with --json, with their meaning."""

MAILINGS = (
    ("[].about", "the event, or the moment of the year"),
    ("[].kind", "which message, such as `invitation`"),
    ("[].due_at", "when it is due, or null"),
    ("[].shifted", 'why it is due on another day than the rule says, or ""'),
    ("[].drafted_from", "day on which drafting starts, or null"),
    ("[].state", "`planned`, `due`, `drafted`, `sent`, `skipped`, `too late` or `waits for a date`"),
    ("[].why", 'why it is skipped, waits, is too late, or due because of a change; or ""'),
    ("[].publication_id", "its draft, also before there is one"),
    ("[].publication_state", 'as in `drafts`, "" while there is none'),
)
MAILING = (
    ("[].publication_id", 'the draft, or ""'),
    ("[].about", "the event, or the moment of the year"),
    ("[].kind", "which message"),
    ("[].created", "false when it was drafted before, or could not be drafted"),
    ("[].state", 'as in `drafts`, or ""'),
    ("[].send_at", "planned moment, or null"),
    ("[].renewed", "true when a draft that nobody edited was brought up to date"),
    ("[].why", 'why there is no draft, or what happened to one that was there; or ""'),
)
