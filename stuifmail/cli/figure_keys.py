"""What the keys of `figures --json` say."""

FIGURE_ROWS = (
    ("[].id", "what was counted, then the metric"),
    ("[].value", "the number; an editor's own where there is one"),
    ("[].unit.LANGUAGE", "what it counts"),
    ("[].previous", "the previous edition's number on the same definition, or null"),
    ("[].previous_label", 'what that edition is called, or ""'),
    ("[].growth", 'growth in words, `first edition`, or "" when nothing compares'),
    ("[].growth_percent", "growth in whole percents; null for a previous number under twenty"),
    ("[].definition", "id and version of the rule by which it was counted"),
    ("[].meaning.LANGUAGE", "that rule in words"),
    ("[].source_id", "the sheet, `programme`, `ledger`, or `sources.yaml` for what is stated there"),
    ("[].source_sha256", "hash of what it was counted from"),
    ("[].computed_at", "when"),
    ("[].internal", "true when it may stand in nothing that is sent"),
    ("[].override.counted", "what had been counted; `override` is null without an editor's number"),
    ("[].override.actor", "the editor's role"),
    ("[].override.reason", "why"),
    ("[].override.made_at", "when"),
    ("[].problems[]", "what to look at"),
)
