"""The people of an event's participants sheets, as far as mail to them needs it. Never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from stuifmail.config.models import Audience
from stuifmail.config.sheet_columns import PARTICIPANTS
from stuifmail.model.attendance import AT_WORK, ROLES, STATUSES
from stuifmail.model.names import fold_name
from stuifmail.model.people import Contact, Reader, Respondent
from stuifmail.model.problems import Problem
from stuifmail.model.publications import Response
from stuifmail.people.addresses import normalise_address
from stuifmail.people.audience import choose_edition, find_listed, find_will, is_candidate, why_suppressed
from stuifmail.people.cells import read_language
from stuifmail.people.rows import contact_id
from stuifmail.sheets import read_sheet

_Status = Literal["registered", "attended", "no_show", "cancelled"]

_REQUIRED = ("email", "status")
_OPTIONAL = tuple(column.name for column in PARTICIPANTS if column.name not in _REQUIRED)
_WEIGHT = {status: weight for weight, status in enumerate(STATUSES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RespondentsSheet:
    """Who a participants sheet names.

    Args:
        people: one for each address, in the order of the sheet.
        problems: in the order of the sheet; a row that gets no mail is named here.
    """

    people: tuple[Respondent, ...]
    problems: tuple[Problem, ...] = ()


def read_respondents(
    content: bytes, *, file: str, columns: Mapping[str, str] | None = None
) -> RespondentsSheet:
    """Answer the people of a participants sheet, each address once.

    Of somebody with several rows the weightiest counts: attended, registered, no_show, cancelled.

    Args:
        content: the sheet's bytes, CSV or XLSX.
        file: the file, as the user knows it.
        columns: the sheet's header by our column name, where they differ.

    Raises:
        InvalidSheet: columns are missing or doubled, or this is no sheet.
    """
    sheet = read_sheet(content, file=file, required=_REQUIRED, optional=_OPTIONAL, mapping=columns)
    problems: list[Problem] = []
    people: list[Respondent] = []
    for cells in sheet.to_dict("records"):
        texts = {str(name): str(value) for name, value in cells.items()}
        person = _read_row(texts, file, int(cells["line"]), problems)
        people += [person] if person is not None else []
    return RespondentsSheet(people=merge_people(people), problems=tuple(problems))


def _read_row(cells: Mapping[str, str], file: str, line: int, problems: list[Problem]) -> Respondent | None:
    def report(key: str, message: str, remedy: str) -> None:
        problems.append(Problem(file=file, line=line, key=key, message=message, remedy=remedy))

    status = _understand(cells["status"], STATUSES)
    role = _understand(cells["role"], ROLES)
    if not status:
        remedy = f"write one of {', '.join(STATUSES)}"
        report("status", f"{cells['status']!r} is no status; this row gets no mail", remedy)
    try:
        address = normalise_address(cells["email"])
    except ValueError as error:
        said = f"{cells['email']!r} is no address ({error})" if cells["email"] else "no address"
        report("email", f"{said}; this row gets no mail", "fill in the address, one and bare")
        return None
    return _respondent(cells, address, status, role, f"{file}:{line}") if status else None


def _respondent(cells: Mapping[str, str], address: str, status: str, role: str, place: str) -> Respondent:
    known: dict[str, _Status] = {name: name for name in get_args(_Status)}
    return Respondent(
        address=address,
        status=known[status],
        role=role,
        organisation=" ".join(cells["organisation"].split()),
        language=read_language(cells["language"]),
        place=place,
    )


def _understand(text: str, words: Mapping[str, Sequence[str]]) -> str:
    folded = fold_name(text)
    return next((ours for ours, several in words.items() if folded in map(fold_name, several)), "")


def merge_people(people: Sequence[Respondent]) -> tuple[Respondent, ...]:
    """Answer one for each address, with the weightiest status; who is there for work in one row, is."""
    found: dict[str, Respondent] = {}
    for person in people:
        known = found.setdefault(person.address, person)
        if known is not person:
            weightiest = min(known, person, key=lambda each: _WEIGHT[each.status])
            at_work = next((each.role for each in (known, person) if each.role in AT_WORK), weightiest.role)
            language = known.language or person.language
            found[person.address] = replace(weightiest, role=at_work, language=language)
    return tuple(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Which of an event's people a mailing is for.

    Args:
        responses: those of these; at least one.
        people: everybody in the event's participants sheets, each address once.
        is_practical: it helps who comes; who cancelled does not get it.
        basis: why we may write to who is in a sheet, in words.
        languages: the editions, the newsroom's first language first.
    """

    responses: Sequence[Response]
    people: Sequence[Respondent]
    is_practical: bool
    basis: str
    languages: Sequence[str]


def select_respondents(
    contacts: Sequence[Contact], audience: Audience, occasion: Occasion, suppressions: Mapping[str, str]
) -> tuple[Reader, ...]:
    """Answer whom a mailing about an event is for, those who get nothing too, with the reason.

    Args:
        contacts: each address once.
        audience: who is invited.
        suppressions: reason by address, addresses in lower case.

    Returns:
        Contacts in the order of their sheet, then the others in the order of theirs; each address once.
    """
    by_address = {person.address: person for person in occasion.people}
    chosen = [
        reader
        for contact in contacts
        if (reader := _choose(contact, by_address.get(contact.address), audience, occasion, suppressions))
    ]
    known = {contact.address for contact in contacts}
    strangers = [person for person in occasion.people if person.address not in known]
    chosen += [
        _reader_of(person, None, occasion, suppressions)
        for person in strangers
        if person.status in occasion.responses
    ]
    return tuple(chosen)


def _choose(
    contact: Contact,
    person: Respondent | None,
    audience: Audience,
    occasion: Occasion,
    suppressions: Mapping[str, str],
) -> Reader | None:
    """The contact as a reader by what the sheet says, else as somebody invited; None when neither."""
    if person is not None and person.status in occasion.responses:
        return _reader_of(person, contact, occasion, suppressions)
    wanted = "invited" in occasion.responses or (person is None and "no_answer" in occasion.responses)
    if not wanted or not is_candidate(contact, audience):
        return None
    cancelled = person is not None and person.status == "cancelled" and occasion.is_practical
    return Reader(
        contact_id=contact.id,
        address=contact.address,
        name=contact.name,
        edition=choose_edition(contact.language, occasion.languages),
        suppressed=why_suppressed(contact, audience, suppressions)
        or ("cancelled the registration" if cancelled else ""),
    )


def _reader_of(
    person: Respondent, contact: Contact | None, occasion: Occasion, suppressions: Mapping[str, str]
) -> Reader:
    """Somebody of a sheet: the registration is the ground, whatever newsletters they want."""
    language = contact.language if contact else person.language or occasion.languages[0]
    refused = find_will(contact, suppressions) if contact else find_listed(person.address, suppressions)
    at_work = f"is there as {person.role}, not as a guest" if person.role in AT_WORK else ""
    return Reader(
        contact_id=contact.id if contact else contact_id(person.address),
        address=person.address,
        name=contact.name if contact else person.organisation,
        edition=choose_edition(language, occasion.languages),
        suppressed=refused or at_work or _why_too_late(person, occasion),
        basis=occasion.basis,
    )


def _why_too_late(person: Respondent, occasion: Occasion) -> str:
    cancelled = person.status == "cancelled" and occasion.is_practical
    return "cancelled the registration" if cancelled else ""
