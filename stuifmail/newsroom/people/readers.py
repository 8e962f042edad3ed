"""Who is on the press list, and who would get what: rows for the secretariat to look at."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from stuifmail.config.codec import to_data
from stuifmail.config.models import Audience
from stuifmail.errors import StuifmailError
from stuifmail.model.people import PressDesk
from stuifmail.model.publications import Publication
from stuifmail.newsroom.house import House
from stuifmail.newsroom.people.audiences import Readership, gather_readers, list_desks
from stuifmail.people.press import is_wanted, why_not
from stuifmail.store import publications as publication_table
from stuifmail.store import suppressions as suppression_table

Row = dict[str, Any]

#: A desk that nobody spoke to for so long is due for a look: people move, desks close.
_REVIEW_MONTHS = 24


def describe_press_list(house: House) -> Row:
    """Answer the desks of the press list with what keeps mail away from them, and unusable rows.

    Raises:
        StuifmailError: the newsroom makes no releases, or the list is gone.
        InvalidSheet: it lacks columns, or cannot be read.
    """
    if house.config.press is None:
        raise StuifmailError(
            "this newsroom makes no press releases",
            place="sources.yaml",
            remedy="describe them under press, and name the press list there",
        )
    sheet = list_desks(house)
    with house.store.begin() as connection:
        suppressions = suppression_table.all_suppressions(connection)
    today = house.clock().astimezone(ZoneInfo(house.config.organisation.time_zone)).date()
    audiences = [audience for audience in house.config.audiences if audience.of == "press"]
    return {
        "desks": [
            {
                **to_data(desk),
                "audiences": _list_audiences(desk, audiences),
                "why_not": why_not(desk, suppressions),
                "is_due": is_due(desk.last_contact, today),
            }
            for desk in sheet.desks
        ],
        "problems": [to_data(problem) for problem in sheet.problems],
    }


def _list_audiences(desk: PressDesk, audiences: Sequence[Audience]) -> list[str]:
    return [audience.id for audience in audiences if is_wanted(desk, audience)]


def is_due(last_contact: date | None, today: date) -> bool:
    """Answer whether the last contact is unknown, or longer ago than two years."""
    if last_contact is None:
        return True
    months = (today.year - last_contact.year) * 12 + today.month - last_contact.month
    return months > _REVIEW_MONTHS or (months == _REVIEW_MONTHS and today.day > last_contact.day)


def describe_audience(house: House, name: str) -> Row:
    """Answer who would get a publication, or anything sent to an audience, and who would not, and why.

    Args:
        name: id of a publication, or of an audience.

    Raises:
        UnknownPublication: there is neither.
        StuifmailError: a sheet is gone.
        InvalidSheet: a sheet lacks columns, or cannot be read.
    """
    audience = house.config.audience(name)
    with house.store.begin() as connection:
        if audience is not None:
            publication = _stand_in(house, audience)
        else:
            publication = publication_table.get_dossier(connection, name).revision.publication
        found = gather_readers(house, connection, publication)
    return _describe(found, "" if audience else name)


def _stand_in(house: House, audience: Audience) -> Publication:
    """Something to be sent to an audience, in every language in which it may be."""
    config, now = house.config, house.clock()
    languages = config.organisation.languages
    if audience.of == "press" and config.press is not None:
        chosen = [code for code, each in config.press.audiences.items() if each == audience.id]
        languages = tuple(chosen) or languages
    return Publication(
        id=audience.id,
        kind="mailing",
        series_id="mailings",
        number=0,
        period_starts_at=now,
        period_ends_at=now,
        send_at=now,
        audience_id=audience.id,
        languages=languages,
        subject={},
        preheader={},
    )


def _describe(found: Readership, publication_id: str) -> Row:
    mailed = [reader for reader in found.readers if not reader.suppressed]
    return {
        "audience": found.audience.id,
        "publication": publication_id,
        "readers_count": len(mailed),
        "suppressed_count": len(found.readers) - len(mailed),
        "editions": dict(sorted(Counter(reader.edition for reader in mailed).items())),
        "readers": [to_data(reader) for reader in found.readers],
        "problems": [to_data(problem) for problem in found.problems],
    }
