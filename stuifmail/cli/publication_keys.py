"""The keys of publications, their reports and figures in what --json prints, with their meaning."""

LANGUAGE = "by language"
FIGURE = (
    ("id", "the figure, as `[[id]]` names it in a text"),
    ("value", "the number"),
    ("unit.LANGUAGE", "what is counted, by language"),
    ("definition", "how it was counted"),
    ("source_id", "the sheet it was counted in"),
    ("source_sha256", "hash of the sheet's bytes"),
    ("computed_at", "when it was counted"),
    ("previous", "the number of the time before, or null"),
    ("previous_label", 'which time that was, or ""'),
    ("first_edition", "whether there was no edition before"),
    ("earlier[][]", "earlier editions counted alike, oldest first: what they are called and their number"),
    ("internal", "true: for the secretariat only"),
    ("override", "an editor's reason for another number than was counted, or null"),
)
REPORT = (
    ("content_sha256", "hash of what was checked"),
    ("audience_sha256", "hash of the audience and its readers"),
    ("letterhead_sha256", "hash of sender, list and addresses in the headers"),
    ("renderings.LANGUAGE", "hash of each edition"),
    ("readers_count", "readers who would get mail"),
    ("suppressed_count", "readers of the audience who get none"),
    ("findings[].code", "which check, see findings.md"),
    ("findings[].severity", "`blocking`, `warning` or `advice`"),
    ("findings[].place", 'block, or `file:line`, or ""'),
    ("findings[].language", 'the edition concerned, "" for all'),
    ("findings[].message", "what is the matter"),
    ("findings[].remedy", "what to do"),
)
DRAFT = (
    ("id", "the publication"),
    ("state", "`draft`, `proofed`, `approved`, `queued`, `held`, `sent` or `killed`"),
    ("revision", "the newest, from 1"),
    ("author", "who saved it: a role, or `stuifmail`"),
    ("subject.LANGUAGE", LANGUAGE),
    ("send_at", "planned moment"),
    ("due_at", "moment from which it goes out, or null while it is not queued"),
    ("sent_at", "when the last copy was settled, or null"),
    ("approved_by", "role whose approval stands, or null"),
    ("findings", "how many at the last proof, or null"),
    ("blocking", "how many of them stop approval, or null"),
    ("readers", "how many would get mail, or null"),
)


TROUBLE = (
    (
        "kind",
        (
            "`failing`, `retired`, `empty`, `moved`, `one_guid`, `future`, `undated`, `quiet`, `never`, "
            "`no_source` or `silent`"
        ),
    ),
    ("member_id", 'whose source it is, or ""'),
    ("source_id", 'the source, "" where it is the member\'s matter'),
    ("place", "address or file of the source"),
    ("since", "since when, or null"),
    ("words", "what is the matter"),
    ("remedy", "what to do"),
    ("moved_to", 'the new address of one that moved, or ""'),
    ("for_member", "whether the member's note tells of it"),
)


def below(prefix: str, keys: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Answer the keys as they stand below another one."""
    return tuple((f"{prefix}{path}", meaning) for path, meaning in keys)


ACT = (
    ("publication_id", "the publication"),
    ("actor", "role, or `stuifmail`"),
    ("verb", "what was done"),
    ("from_state", 'the state before, or ""'),
    ("to_state", "the state after"),
    ("done_at", "when"),
    ("reason", 'why, or the note, or ""'),
)
APPROVAL = (
    ("publication_id", "the publication"),
    ("revision", "the one approved"),
    ("role", "who approved"),
    ("approved_at", "when"),
    ("content_sha256", "hash of the content consented to"),
    ("audience_sha256", "of the audience and its readers"),
    ("findings_sha256", "of the findings and editions"),
    ("single_eye_reason", 'why the last editor approved alone, or ""'),
    ("voided_at", "null while it stands"),
    ("void_reason", '"" while it stands'),
)
ORIGIN = (
    ("source_id", "the source"),
    ("url", "address or file of the document"),
    ("fetched_at", "when it was fetched, or counted"),
    ("sha256", "hash of its bytes"),
    ("title", "the original's own title; not for figures"),
    ("raw_id", "the guid or uid as it was written; not for figures"),
    ("link", "the original's address, or null; not for figures"),
    ("version", "how often the member changed it, from 1; not for figures"),
    *below("figures[].", FIGURE),
)
CONTENT = (
    ("id", "the publication"),
    ("kind", "`newsletter`, `mailing`, `release`, `correction` or `kill`"),
    ("series_id", "the newsletter"),
    ("number", "of the issue"),
    ("period_starts_at", "from when its news is"),
    ("period_ends_at", "until when"),
    ("send_at", "planned moment"),
    ("audience_id", "who gets it"),
    ("languages[]", "the editions"),
    ("subject.LANGUAGE", LANGUAGE),
    ("preheader.LANGUAGE", LANGUAGE),
    ("intro.LANGUAGE", LANGUAGE),
    ("closing.LANGUAGE", LANGUAGE),
    ("sections[].id", "the section"),
    ("sections[].kind", "what it holds"),
    ("sections[].heading.LANGUAGE", LANGUAGE),
    ("sections[].blocks[].id", "the block"),
    ("sections[].blocks[].kind", "`story`, `event`, `results` …; its other keys depend on it"),
    ("sections[].blocks[].…", "title, text and more, as `stuifmail edit` shows them"),
    *below("figures[].", FIGURE),
    ("breakdowns[].…", "numbers by parts, for charts: title, unit, rows and where they come from"),
    ("purposes[]", "what it is for: connect, inspire, practical, content, show, profile"),
    ("event_id", 'our event that it is about, or ""'),
    ("mailing", 'which message about that event it is, or ""'),
    ("responses[]", "only these people of the event; empty: the whole audience"),
    ("facts_id", 'what its language versions have in common, or ""'),
    ("head", "of a press release; else null"),
    ("head.…", "its form, stage, subhead, place and day"),
    ("embargo", "until when, and why, or null"),
    ("calendar", "what readers can put into their calendar, or null"),
    ("calendar.…", "how (PUBLISH, REQUEST, CANCEL), the event's facts, and who gets the answers"),
    ("corrects", 'the publication that it corrects or takes back, or ""'),
)
