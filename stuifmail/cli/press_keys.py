"""The keys that `press` and `quotes` print with --json, with their meaning."""

PRESS = (
    ("[].publication_id", 'the release in one language, "" when there is nothing to tell'),
    ("[].language", "of this version"),
    ("[].created", "false when it was drafted before, or there is nothing to tell"),
    ("[].send_at", "planned moment, or null"),
    ("[].state", "as in `drafts`; `none` when there is nothing to tell"),
    ("[].why", 'why there is none; or who was announced and did not join; or ""'),
)
QUOTES = (
    ("[].id", "the quote's block"),
    ("[].language", "of these words"),
    ("[].text", "the words"),
    ("[].speaker", "in which function they were said"),
    ("[].organisation", 'of what organisation, or ""'),
    ("[].member", 'or of which member, or ""'),
    ("[].state", "`approved`, `changed` (other words than the speaker agreed to) or `open`"),
    ("[].approved_on", "day of the consent, or null"),
    ("[].approved_by", 'who agreed, or ""'),
    ("[].how", 'how we know, or ""'),
    ("[].noted_by", "the role that noted it, or `stuifmail` for what sources.yaml says"),
)
