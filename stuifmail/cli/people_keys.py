"""The keys of what is told about people: the press list, and the readers of a publication."""

_PROBLEM = (
    ("problems[].file", "the sheet with a row that cannot be used"),
    ("problems[].line", "where"),
    ("problems[].column", "always 0"),
    ("problems[].key", "the column"),
    ("problems[].message", "what is the matter"),
    ("problems[].remedy", "what to do"),
)

#: Of the press list.
PRESS_LIST = (
    ("desks[].id", "the desk"),
    ("desks[].address", "its address"),
    ("desks[].outlet", "the medium"),
    ("desks[].desk", 'the desk by its role, or ""'),
    ("desks[].country", 'two letters, or ""'),
    ("desks[].language", "in which it gets releases"),
    ("desks[].themes[]", "what it wants; none: all"),
    ("desks[].kind", "of medium"),
    ("desks[].is_trusted", "whether it keeps embargoes"),
    ("desks[].is_opted_out", "whether it wants no releases"),
    ("desks[].basis", 'why we may write to it, or ""'),
    ("desks[].last_contact", "day of the last contact, or null"),
    ("desks[].place", "`file:line` of its row"),
    ("desks[].audiences[]", "audiences that have it"),
    ("desks[].why_not", 'why it gets no release at all, or ""'),
    ("desks[].is_due", "whether nobody spoke to it for 24 months, or nobody knows"),
    *_PROBLEM,
)

#: Of an audience, or the readers of a publication.
AUDIENCE = (
    ("audience", "the audience"),
    ("publication", 'the publication that was asked for, or ""'),
    ("readers_count", "readers who would get mail"),
    ("suppressed_count", "readers who get none"),
    ("editions.LANGUAGE", "how many would get this edition"),
    ("readers[].contact_id", "the contact or desk"),
    ("readers[].address", "the reader's"),
    ("readers[].name", 'the reader\'s, or ""'),
    ("readers[].edition", "language of the copy"),
    ("readers[].suppressed", 'why there is no copy, or ""'),
    ("readers[].is_trusted", "of a desk: whether it keeps embargoes"),
    ("readers[].basis", 'why we may write to who is no contact, or ""'),
    *_PROBLEM,
)
