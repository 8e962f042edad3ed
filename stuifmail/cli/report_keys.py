"""The keys of a period's report."""

_PORTION = (
    ("id", "which one"),
    ("name.LANGUAGE", "its name, by language"),
    ("count", "pieces of news; one of several members counts for each"),
    ("percent", "of all pieces"),
    ("fair_percent", "what would be even: its share of the members, or an equal part"),
)


def _below(prefix: str, keys: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{prefix}{path}", meaning) for path, meaning in keys)


#: Of what a month or year came to.
REPORT = (
    ("label", "the year or month"),
    ("starts_on", "its first day"),
    ("ends_on", "its last day"),
    ("made_at", "when this was looked up"),
    ("pieces[].id", "a publication that was sent"),
    ("pieces[].kind", "`newsletter`, `mailing`, `release`, `correction` or `kill`"),
    ("pieces[].title.LANGUAGE", "its subject, by language"),
    ("pieces[].sent_at", "when the last copy was settled"),
    ("pieces[].purposes[]", "what it was for"),
    ("pieces[].campaign", 'the dossier of its event, or ""'),
    ("pieces[].accepted_count", "copies that the next server took"),
    ("pieces[].suppressed_count", "readers who got none"),
    ("purposes[].id", "a purpose; all six"),
    ("purposes[].name", "always empty: templates have the words"),
    ("purposes[].count", "pieces; one with several purposes counts for each"),
    ("unstated_count", "pieces of which nobody said what they were for"),
    ("campaigns[]", "dossiers that had pieces, the largest first: id, name (always empty), count"),
    ("news_count", "pieces of members' news"),
    ("members[].id", "a member on the last day, the most featured first"),
    ("members[].name", "as it is printed"),
    ("members[].kind", "one of vocabularies.member_kinds"),
    ("members[].country", "two letters"),
    ("members[].count", "its pieces"),
    ("members[].words_percent", "of all words of members' pieces"),
    ("members[].last_at", "when it last stood in anything, or null"),
    ("members[].trouble", 'what is the matter with its sources, as in `health`, or ""'),
    *_below("kinds[].", _PORTION),
    *_below(
        "countries[].", (("name", "always empty"), *(key for key in _PORTION if key[0] != "name.LANGUAGE"))
    ),
    *_below("domains[].", _PORTION),
    ("focus_points[].id", "a focus point of the year"),
    ("focus_points[].name.LANGUAGE", "its name, by language"),
    ("focus_points[].count", "pieces about it"),
    ("single_eyes[]", "what the last editor approved alone: what, actor, reason, at"),
    ("overrides[]", "figures changed by hand: what, actor, reason, at"),
    (
        "repairs[]",
        "corrections and what was taken back: id, kind, of (the publication concerned), at, reason",
    ),
    ("embargoes[]", "each embargo: of which facts, until when, who set, lifted or withdrew it, and why"),
    ("accepted_count", "copies, all pieces together"),
    ("suppressed_count", "likewise"),
    ("gaps[]", "focus points that nothing was written about"),
    ("silent[]", "members that stood in nothing"),
)
