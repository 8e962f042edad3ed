"""The contacts sheet: who may get mail, and every row that needs attention."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from stuifmail.model.people import Contact
from stuifmail.model.problems import Problem
from stuifmail.people.rows import ContactRow, contact_id
from stuifmail.sheets import read_sheet

REQUIRED = ("email", "lists", "consent")
OPTIONAL = (
    "id",
    "name",
    "language",
    "member",
    "tier",
    "functions",
    "consent_at",
    "consent_source",
    "bounced",
)

#: From strict to mild; of rows with one address the strictest consent counts.
_STRICTNESS = ("withdrawn", "unknown", "service", "confirmed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsSheet:
    """What the contacts sheet says.

    Args:
        contacts: one for each address, in the order of the sheet.
        problems: in the order of the sheet; a row that is left out is named here.
    """

    contacts: tuple[Contact, ...]
    problems: tuple[Problem, ...] = ()


def read_contacts(
    content: bytes, *, file: str, columns: Mapping[str, str] | None = None, default_language: str = "nl"
) -> ContactsSheet:
    """Answer the contacts of a sheet, each address once.

    Columns: email, lists and consent must be there; id, name, language, member, tier,
    functions, consent_at, consent_source and bounced may be. `lists` and `functions` hold
    several values parted by semicolons. A row without a usable address, or with a name that
    could forge a header, is left out and named among the problems.

    Args:
        content: the sheet's bytes, CSV or XLSX.
        file: the file, as the user knows it.
        columns: the sheet's header by our column name, where they differ.
        default_language: for rows that do not say.

    Raises:
        InvalidSheet: columns are missing or doubled, or this is no sheet.
    """
    sheet = read_sheet(content, file=file, required=REQUIRED, optional=OPTIONAL, mapping=columns)
    problems: list[Problem] = []
    groups: dict[str, list[tuple[Contact, bool]]] = {}
    for cells in sheet.to_dict("records"):
        row = ContactRow(
            cells={str(name): str(value) for name, value in cells.items()},
            line=int(cells["line"]),
            file=file,
            default_language=default_language,
        )
        contact = row.read()
        problems += row.problems
        if contact:
            groups.setdefault(contact.address, []).append((contact, row.refused))
    merged = list(_merge_groups(groups.values(), file, problems))
    contacts = tuple(_give_own_ids(merged, file, problems))
    _report_proofs(contacts, file, problems)
    return ContactsSheet(
        contacts=contacts, problems=tuple(sorted(problems, key=lambda problem: problem.line))
    )


def _merge_groups(
    groups: Iterable[Sequence[tuple[Contact, bool]]], file: str, problems: list[Problem]
) -> Iterator[Contact]:
    """Yield one contact for each address; a refused row only hands on its consent."""
    for rows in groups:
        accepted = [contact for contact, refused in rows if not refused]
        if not accepted:
            continue
        contact = _merge([contact for contact, _ in rows], accepted)
        problems += (_report_double(double, accepted[0], contact, file) for double in accepted[1:])
        yield contact


def _report_double(double: Contact, first: Contact, merged: Contact, file: str) -> Problem:
    bounced = merged.bounced and merged.consent != "withdrawn"
    return Problem(
        file=file,
        line=_line(double),
        key="email",
        message=f"the address of line {_line(first)} once more; the rows are one contact, "
        f"with the strictest consent: {'bounced' if bounced else merged.consent}",
        remedy="remove one of the rows",
    )


def _merge(every: Sequence[Contact], accepted: Sequence[Contact]) -> Contact:
    first = accepted[0]
    strictest = min(every, key=lambda contact: _STRICTNESS.index(contact.consent))
    return replace(
        first,
        name=_first(contact.name for contact in accepted),
        member_id=_first(contact.member_id for contact in accepted),
        tier=_first(contact.tier for contact in accepted),
        functions=_union(contact.functions for contact in accepted),
        lists=_union(contact.lists for contact in accepted),
        consent=strictest.consent,
        consent_at=strictest.consent_at,
        consent_source=strictest.consent_source,
        bounced=any(contact.bounced for contact in every),
    )


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _union(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for values in several for value in values))


def _line(contact: Contact) -> int:
    return int(contact.place.rpartition(":")[2])


def _give_own_ids(contacts: Iterable[Contact], file: str, problems: list[Problem]) -> Iterator[Contact]:
    seen: dict[str, int] = {}
    for contact in contacts:
        if contact.id not in seen:
            seen[contact.id] = _line(contact)
            yield contact
            continue
        problems.append(
            Problem(
                file=file,
                line=_line(contact),
                key="id",
                message=f"the id {contact.id!r} is line {seen[contact.id]}'s; this row gets another one",
                remedy="give each contact an id of its own, or none",
            )
        )
        yield replace(contact, id=contact_id(contact.address))


def _report_proofs(contacts: Iterable[Contact], file: str, problems: list[Problem]) -> None:
    bare = [c for c in contacts if c.consent == "confirmed" and not (c.consent_at and c.consent_source)]
    if bare:
        problems.append(
            Problem(
                file=file,
                key="consent",
                message=f"confirmed without day or source: {len(bare)}, the first on line {_line(bare[0])}",
                remedy="fill in consent_at and consent_source: whoever sends must be able to prove consent",
            )
        )
