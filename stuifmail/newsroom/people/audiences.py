"""Who gets a publication now, in which edition, and why somebody does not.

Sheets are read again each time: nobody's place in a participants sheet or press list is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from stuifmail.config.models import Audience, Source
from stuifmail.errors import StuifmailError
from stuifmail.model.deliveries import DeliveryState
from stuifmail.model.people import Contact, PressDesk, Reader, Respondent
from stuifmail.model.problems import Problem
from stuifmail.model.publications import Publication
from stuifmail.newsroom.house import House
from stuifmail.newsroom.people.told_readers import list_told
from stuifmail.newsroom.press.sisters import find_told
from stuifmail.people.audience import choose_edition, complete_contact, select_readers, why_suppressed
from stuifmail.people.concerned import select_concerned
from stuifmail.people.contacts import read_contacts
from stuifmail.people.press import PressSheet, read_press, select_desks, why_not
from stuifmail.people.respondents import Occasion, merge_people, read_respondents, select_respondents
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import publications as publication_table
from stuifmail.store import suppressions as suppression_table
from stuifmail.store.database import Connection

#: Copies that arrived, or may have: an attempt that a crash cut off is in doubt, too.
_GOT_IT = (DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN, DeliveryState.ATTEMPTING)
#: Messages that go to those who know of the event, and to nobody else.
_UPDATES = ("change", "cancellation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readership:
    """Who would get a publication now.

    Args:
        audience: its rule; of a correction that of the publication it corrects.
        readers: every candidate, those who get nothing too, with the reason; each address once.
        problems: rows of the sheets that cannot be used.
        silenced: why somebody may get no mail of this kind, by address and by id, whatever
            audience they are in.
        known: addresses and ids of everybody in the sheets that were read.
        answered: of a mailing that goes to some of an event's people: addresses of all in its
            sheets. Whose answer takes them out of it just drops out.
        parted_count: of a correction: who got the first version and may no longer be written to.
    """

    audience: Audience
    readers: tuple[Reader, ...]
    problems: tuple[Problem, ...] = ()
    silenced: Mapping[str, str]
    known: frozenset[str]
    answered: frozenset[str] = frozenset()
    parted_count: int = 0


def gather_readers(house: House, connection: Connection, publication: Publication) -> Readership:
    """Answer who would get the publication now, by the sheets and lists as they are.

    A newsletter and most mailings go to the contacts of their audience; a mailing with
    `responses` to those people of its event; a change or cancellation to those who were told of
    the event or registered; a release to desks; a correction or kill notice to exactly those who
    got, or may have got, what it corrects.

    Raises:
        StuifmailError: the audience, or a sheet that tells who is in it, is gone.
        InvalidSheet: such a sheet lacks columns, or cannot be read.
    """
    audience = find_audience(house, connection, publication)
    suppressions = suppression_table.all_suppressions(connection)
    if publication.corrects:
        return _gather_recipients(house, connection, publication, audience, suppressions)
    if audience.of == "press":
        return _gather_desks(house, connection, publication, audience, suppressions)
    contacts, problems = list_contacts(house)
    people: Sequence[Respondent] = ()
    if publication.responses:
        people, more = list_respondents(house, publication.event_id)
        problems = (*problems, *more)
        occasion = _describe_occasion(house, publication, people)
        readers = select_respondents(contacts, audience, occasion, suppressions)
        if publication.mailing in _UPDATES:
            told = list_told(connection, publication)
            readers = select_concerned(readers, told, contacts, occasion, suppressions)
    else:
        readers = select_readers(
            contacts, audience, languages=publication.languages, suppressions=suppressions
        )
    addresses = frozenset(person.address for person in people)
    return Readership(
        audience=audience,
        readers=readers,
        problems=problems,
        silenced=_silence(contacts, audience, suppressions),
        known=addresses.union(_names(contacts)),
        answered=addresses,
    )


def find_audience(house: House, connection: Connection, publication: Publication) -> Audience:
    """Answer the publication's audience as sources.yaml describes it now; of a correction the first one's.

    Raises:
        StuifmailError: it is gone.
    """
    first = publication
    while first.corrects and not first.audience_id:
        first = publication_table.get_dossier(connection, first.corrects).revision.publication
    audience = house.config.audience(first.audience_id)
    if audience is None:
        raise StuifmailError(
            f"sources.yaml has no audience {first.audience_id}",
            place=publication.id,
            remedy="put the audience back under audiences",
        )
    return audience


def list_contacts(house: House) -> tuple[Sequence[Contact], tuple[Problem, ...]]:
    """Answer the contacts of the sheet as it is now, completed by the ledger, and its unusable rows.

    Raises:
        StuifmailError: the sheet is gone.
        InvalidSheet: it lacks columns, or cannot be read.
    """
    settings = house.config.contacts
    sheet = read_contacts(
        _read_file(house, settings.file, "the contacts sheet", "contacts.file"),
        file=settings.file,
        columns=settings.columns,
        default_language=house.config.organisation.languages[0],
    )
    members = {member.id: member for member in house.config.members}
    today = house.clock().astimezone(ZoneInfo(house.config.organisation.time_zone)).date()
    return [complete_contact(contact, members, today) for contact in sheet.contacts], sheet.problems


def list_desks(house: House) -> PressSheet:
    """Answer the press list as it is now; nobody where the newsroom makes no releases.

    Raises:
        StuifmailError: the sheet is gone.
        InvalidSheet: it lacks columns, or cannot be read.
    """
    press = house.config.press
    if press is None:
        return PressSheet(desks=())
    return read_press(
        _read_file(house, press.list.file, "the press list", "press.list.file"),
        file=press.list.file,
        columns=press.list.columns,
        languages=tuple(press.audiences),
        themes=tuple(theme.id for theme in house.config.vocabularies.themes),
    )


def list_respondents(house: House, event_id: str) -> tuple[Sequence[Respondent], tuple[Problem, ...]]:
    """Answer everybody in the participants sheets of an event, each address once, and unusable rows.

    Raises:
        StuifmailError: a sheet is gone.
        InvalidSheet: it lacks columns, or cannot be read.
    """
    people: list[Respondent] = []
    problems: list[Problem] = []
    sheets = [source for source in house.config.sources if _is_sheet_of(source, event_id)]
    for source in sheets:
        if source.file is None:
            problems.append(_report_remote(source))
            continue
        content = _read_file(house, source.file, f"the participants sheet {source.id}", "the source's file")
        sheet = read_respondents(content, file=source.file, columns=source.columns)
        people += sheet.people
        problems += sheet.problems
    return merge_people(people), tuple(problems)


def _is_sheet_of(source: Source, event_id: str) -> bool:
    return source.holds == "participants" and source.about == event_id and bool(event_id)


def _report_remote(source: Source) -> Problem:
    return Problem(
        file="sources.yaml",
        key=source.id,
        message="people are not stored, so nobody of a sheet that is fetched from the web can get mail",
        remedy="save the sheet in the newsroom's folder and say file: instead of url:",
    )


def _read_file(house: House, file: str, what: str, setting: str) -> bytes:
    try:
        return (house.root / file).read_bytes()
    except OSError as error:
        raise StuifmailError(
            f"{what} cannot be read ({error.strerror})",
            place=file,
            remedy=f"put it back, or correct {setting} in sources.yaml",
        ) from error


def _describe_occasion(house: House, publication: Publication, people: Sequence[Respondent]) -> Occasion:
    event = house.config.event(publication.event_id)
    first = house.config.organisation.languages[0]
    title = event.title.get(first, event.id) if event else publication.event_id
    return Occasion(
        responses=publication.responses,
        people=people,
        is_practical="practical" in publication.purposes,
        basis=f"in the participants sheet of {title}",
        languages=publication.languages,
    )


def _gather_desks(
    house: House,
    connection: Connection,
    publication: Publication,
    audience: Audience,
    suppressions: Mapping[str, str],
) -> Readership:
    sheet = list_desks(house)
    readers = select_desks(
        sheet.desks,
        audience,
        languages=publication.languages,
        suppressions=suppressions,
        told=find_told(connection, publication, sheet.desks),
    )
    return Readership(
        audience=audience,
        readers=readers,
        problems=sheet.problems,
        silenced=_silence_desks(sheet.desks, suppressions),
        known=frozenset(_names(sheet.desks)),
    )


def _gather_recipients(
    house: House,
    connection: Connection,
    publication: Publication,
    audience: Audience,
    suppressions: Mapping[str, str],
) -> Readership:
    """Exactly those who got the first version, in the edition they got, wherever they are now.

    The law goes before the correction: who withdrew since is not written to any more.
    """
    if audience.of == "press":
        sheet = list_desks(house)
        problems, silenced = sheet.problems, _silence_desks(sheet.desks, suppressions)
    else:
        contacts, problems = list_contacts(house)
        silenced = _silence(contacts, audience, suppressions)
    trusted = {
        reader.address
        for reader in publication_table.get_approved_readers(connection, publication.corrects)
        if reader.is_trusted
    }
    got = delivery_table.list_deliveries(connection, publication.corrects, states=_GOT_IT)
    readers = tuple(
        Reader(
            contact_id=copy.contact_id,
            address=copy.address,
            name=copy.name,
            edition=choose_edition(copy.edition, publication.languages),
            suppressed=silenced.get(copy.address.lower(), ""),
            is_trusted=copy.address in trusted,
            basis=f"got {publication.corrects}",
        )
        for copy in got
    )
    return Readership(
        audience=audience,
        readers=readers,
        problems=problems,
        silenced=silenced,
        known=frozenset(),
        parted_count=sum(bool(reader.suppressed) for reader in readers),
    )


def _silence(
    contacts: Sequence[Contact], audience: Audience, suppressions: Mapping[str, str]
) -> dict[str, str]:
    reasons = {address: f"on the suppression list: {why}" for address, why in suppressions.items()}
    for contact in contacts:
        if reason := why_suppressed(contact, audience, suppressions):
            reasons |= {contact.address: reason, contact.id: reason}
    return reasons


def _silence_desks(desks: Sequence[PressDesk], suppressions: Mapping[str, str]) -> dict[str, str]:
    reasons = {address: f"on the suppression list: {why}" for address, why in suppressions.items()}
    for desk in desks:
        if reason := why_not(desk, suppressions):
            reasons |= {desk.address: reason, desk.id: reason}
    return reasons


def _names(rows: Sequence[Contact] | Sequence[PressDesk]) -> list[str]:
    return [name for row in rows for name in (row.address, row.id)]
