"""The keys of events in JSON, with their meaning; see json_keys."""

#: Of an event in a list.
EVENT = (
    ("id", "the event"),
    ("source", "where it came from"),
    ("member", 'whose it is, or ""'),
    ("uid", "as the calendar said it"),
    ("summary", "plain text"),
    ("starts_at", "its next date; a day for events that last all day, null while it is open"),
    ("ends_at", "likewise, or null; of days the first one after"),
    ("time_zone", "of the event"),
    ("status", "`confirmed`, `tentative` or `cancelled`"),
    ("state", "`ok`, or `removed` by its source"),
    ("open_date", 'the words for a date that is still open ("29 mei"), or ""'),
    ("more_dates_count", "of an event that repeats, dates known after the next one"),
    ("edited[]", "fields that an editor amended"),
    ("conflicting[]", "of these, fields that the source changed after that"),
    ("version", "1, and one more for each change by its source"),
    ("changes[].event_id", "the event"),
    ("changes[].version", "that came of the change"),
    ("changes[].kind", "`moved`, `postponed`, `cancelled`, `revived`, `edited`, `removed` or `returned`"),
    ("changes[].recorded_at", "when it was seen"),
    ("changes[].changes[].field", "what changed"),
    ("changes[].changes[].before", "as people read it"),
    ("changes[].changes[].after", "as people read it"),
)

#: Of an event of our own in a list (`--ours`).
OWN_EVENT = (
    ("kind", "of our own events: `workshop`, `congress`, …"),
    ("title.LANGUAGE", "its name, by language"),
    ("place", 'on one line, or ""'),
    ("part_of", 'the event that it is a part of, or ""'),
    ("follows", 'the event that it builds on, or ""'),
    ("previous", 'its previous edition, or ""'),
    ("findings", "how many things it lacks before an invitation"),
)

#: Of an event of our own shown whole, by its id in sources.yaml.
WHOLE_OWN_EVENT = (
    ("record.…", "the whole record: facts, relations, texts, parties, programme, quotes"),
    ("is_over", "its last day has passed; then it lacks nothing any more"),
    ("parts[].…", "id, title, start and parts of each event that is a part of it"),
    ("previous_report_url", 'the report of the meeting before it, or ""'),
    ("figures[].…", "its figures"),
    ("announced[]", "who had confirmed to join there, the day before"),
    ("joined[]", "who joined there, by the ledger"),
    ("findings[].code", "what it lacks before an invitation, see findings.md"),
    ("findings[].severity", "`blocking`, `warning` or `advice`"),
    ("findings[].place", "the event"),
    ("findings[].language", 'always ""'),
    ("findings[].message", "what is the matter"),
    ("findings[].remedy", "what to do"),
)

#: Of the membership on a day.
LEDGER = (
    ("on", "the day"),
    ("total", "members on that day"),
    ("by_tier.NAME", "how many of each tier"),
    ("by_kind.NAME", "how many of each kind"),
    ("countries[]", "their countries; the European Union is none"),
    ("signed", "how many had signed the declaration"),
    ("period", "null without --since"),
    ("period.since", "first day"),
    ("period.until", "last day"),
    ("period.joined[].…", "id, name, kind, country and tier of who joined"),
    ("period.left[].…", "likewise of who left"),
    ("period.moved[].…", "member_id, name, before, after and on of who changed tier"),
    ("period.net", "joined less left"),
)

#: Of the organisations that may join.
PROSPECTS = (
    ("prospects[].id", "short name; once it joined, the member's"),
    ("prospects[].name", "as it is printed"),
    ("prospects[].kind", "what it is"),
    ("prospects[].country", "code"),
    ("prospects[].event", 'where it would sign, or ""'),
    ("prospects[].step", "`approached`, `intends`, `confirmed`, `signed` or `withdrew`"),
    ("prospects[].since", "day of that step"),
    ("prospects[].waiting_days", "since then, null once it signed or withdrew"),
    ("prospects[].is_member", "the ledger has it"),
    ("prospects[].note", 'the latest remark, or ""'),
    ("events[].event", "our event"),
    ("events[].has_begun", "false: nobody is missing yet"),
    ("events[].announced[]", "who had confirmed the day before it began"),
    ("events[].joined[]", "who joined there, by the ledger"),
    ("events[].missing[]", "announced, but did not join"),
    ("events[].unannounced[]", "joined without having been announced"),
)

#: Besides these, of one event shown whole.
WHOLE_EVENT = (
    ("removed_at", "since when its source no longer has it, or null"),
    ("first_seen_at", "first harvest"),
    ("said.FIELD", "what counts, as people read it"),
    ("entry.…", "every field as it counts"),
    ("harvested.…", "as its source says it; null where that is `entry`"),
    ("edits[].field", "what an editor amended"),
    ("edits[].said", "the editor's word"),
    ("edits[].source_said", "the source's"),
    ("edits[].actor", "role"),
    ("edits[].reason", 'or ""'),
    ("edits[].edited_at", "when"),
    ("conflicts[].field", "amended, and changed by the source after that"),
    ("conflicts[].base", "what the source said when it was amended"),
    ("conflicts[].ours", "the editor's word; it counts"),
    ("conflicts[].theirs", "what the source says now"),
    ("provenance.source_id", "the source"),
    ("provenance.url", "address or file of the document"),
    ("provenance.fetched_at", "when it was fetched"),
    ("provenance.sha256", "hash of its bytes"),
)
