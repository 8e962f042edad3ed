"""From what was harvested to the draft of the next issue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from stuifmail.compose.newsletter import IssueMaterial, compose_newsletter
from stuifmail.config.models import Newsletter
from stuifmail.curate.select import Selection, select_events
from stuifmail.errors import StuifmailError
from stuifmail.figures.membership import joined_between
from stuifmail.model.publications import Publication, StoryBlock
from stuifmail.model.reviews import PublicationState
from stuifmail.model.selections import EventPick
from stuifmail.newsroom.harvests.addresses import print_confirmed
from stuifmail.newsroom.house import House
from stuifmail.newsroom.issues.calendar import PlannedIssue, next_issue
from stuifmail.newsroom.issues.choosing import choose_stories
from stuifmail.newsroom.numbers.figures import list_figures_on
from stuifmail.newsroom.our_events.records import list_records
from stuifmail.render.filters import month_year
from stuifmail.render.labels import read_labels
from stuifmail.review.acts import record_draft
from stuifmail.store import events as event_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection
from stuifmail.store.locks import hold_lock


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReport:
    """What drafting an issue came to.

    Args:
        created: False when the issue had been drafted before: drafting never undoes edits.
        stories_count: pieces of member news in the draft.
        left_out: by title, why a piece of the period may not be in the issue.
        waiting_count: further pieces for which there was no room.
        waits_until: the day on which drafting starts, when it is not time yet; else None.
    """

    publication_id: str
    created: bool
    send_at: datetime
    state: str
    stories_count: int = 0
    left_out: tuple[tuple[str, str], ...] = ()
    waiting_count: int = 0
    waits_until: date | None = None


def draft_issue(
    house: House, newsletter_id: str | None = None, *, only_when_due: bool = False
) -> DraftReport:
    """Draft the next issue of a newsletter, unless it has been drafted before.

    Args:
        house: the open newsroom.
        newsletter_id: which newsletter; may be left out where there is only one.
        only_when_due: do nothing before the schedule's drafting day.

    Raises:
        StuifmailError: there is no such newsletter.
        Busy: another run drafts.
    """
    newsletter = choose_newsletter(house, newsletter_id)
    planned = next_issue(newsletter, house.config.organisation.country, house.clock())
    starts_on = planned.send_at.date() - timedelta(days=newsletter.schedule.draft_days)
    if only_when_due and house.clock().astimezone(planned.send_at.tzinfo).date() < starts_on:
        return DraftReport(
            publication_id=planned.id,
            created=False,
            send_at=planned.send_at,
            state="planned",
            waits_until=starts_on,
        )
    with hold_lock(house.store, "draft"), house.store.begin() as connection:
        existing = publication_table.find_dossier(connection, planned.id)
        if existing is not None:
            return DraftReport(
                publication_id=planned.id, created=False, send_at=planned.send_at, state=existing.state
            )
        publication, selection = _compose(house, newsletter, planned, connection)
        record_draft(connection, publication, at=house.clock())
    return DraftReport(
        publication_id=planned.id,
        created=True,
        send_at=planned.send_at,
        state=PublicationState.DRAFT,
        stories_count=sum(isinstance(block, StoryBlock) for block in publication.blocks()),
        left_out=tuple((left.item.entry.title or left.item.id, left.reason) for left in selection.left_out),
        waiting_count=len(selection.waiting),
    )


def choose_newsletter(house: House, newsletter_id: str | None) -> Newsletter:
    """Answer the newsletter with this id, or the only one.

    Raises:
        StuifmailError: there is none with this id, or several to choose from.
    """
    known = house.config.newsletters
    names = ", ".join(newsletter.id for newsletter in known)
    if newsletter_id is None:
        if len(known) == 1:
            return known[0]
        raise StuifmailError("which newsletter?", place="sources.yaml", remedy=f"name one of {names}")
    found = house.config.newsletter(newsletter_id)
    if found is None:
        raise StuifmailError("there is no such newsletter", place=newsletter_id, remedy=f"there is {names}")
    return found


def _compose(
    house: House, newsletter: Newsletter, planned: PlannedIssue, connection: Connection
) -> tuple[Publication, Selection]:
    now = house.clock()
    choice = choose_stories(house, newsletter, planned, connection)
    starts_at = choice.starts_at
    material = IssueMaterial(
        issue_id=planned.id,
        number=planned.number,
        period=(starts_at, now),
        send_at=planned.send_at,
        picks={
            section: print_confirmed(connection, picks) for section, picks in choice.selection.picks.items()
        },
        events=_select_events(house, connection, newsletter, planned),
        figures=list_figures_on(house, connection, now),
        records=list_records(house, connection),
        joined=_joined_names(house, starts_at, now),
        phrases=_phrases(house),
        month={code: month_year(planned.day, code) for code in house.config.organisation.languages},
    )
    return compose_newsletter(newsletter, house.config, material), choice.selection


def _select_events(
    house: House, connection: Connection, newsletter: Newsletter, planned: PlannedIssue
) -> tuple[EventPick, ...]:
    agenda = next((section for section in newsletter.sections if section.kind == "agenda"), None)
    if agenda is None:
        return ()
    organisation = house.config.organisation
    sending_day = _day(house, planned.send_at)
    return select_events(
        event_table.list_events(connection, starts_from=sending_day),
        days=agenda.days,
        limit=agenda.limit,
        today=sending_day,
        zone=organisation.time_zone,
        language=organisation.languages[0],
    )


def _joined_names(house: House, start: datetime, end: datetime) -> list[str]:
    joined = joined_between(house.config.members, _day(house, start), _day(house, end))
    return [member.name for member in joined]


def _day(house: House, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(house.config.organisation.time_zone)).date()


def _phrases(house: House) -> dict[str, Mapping[str, str]]:
    folder = house.root / house.config.templates
    labels = {
        code: read_labels(folder, code, house.config.templates)
        for code in house.config.organisation.languages
    }
    names = ("joined", "joined_why", "conjunction", "more_inside", "one_more_date", "more_dates")
    return {code: {name: getattr(found, name) for name in names} for code, found in labels.items()}
