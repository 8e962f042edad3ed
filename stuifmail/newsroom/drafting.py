"""From what was harvested to the draft of the next issue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from stuifmail.compose.newsletter import IssueMaterial, compose_newsletter
from stuifmail.config.models import Newsletter
from stuifmail.curate.select import select_events, select_stories
from stuifmail.errors import StuifmailError
from stuifmail.figures.membership import joined_between
from stuifmail.model.publications import Publication, StoryBlock
from stuifmail.model.reviews import Dossier, PublicationState
from stuifmail.newsroom.calendar import PlannedIssue, next_issue
from stuifmail.newsroom.figures import list_figures_on
from stuifmail.newsroom.house import House
from stuifmail.render.filters import month_year
from stuifmail.render.labels import read_labels
from stuifmail.review.acts import record_draft
from stuifmail.store import events as event_table
from stuifmail.store import items as item_table
from stuifmail.store import publications as publication_table
from stuifmail.store.locks import hold_lock


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReport:
    """What drafting an issue came to.

    Args:
        created: False when the issue had been drafted before: drafting never undoes edits.
        stories_count: pieces of member news in the draft.
        left_out: by title, why a candidate was left out.
        waits_until: the day on which drafting starts, when it is not time yet; else None.
    """

    publication_id: str
    created: bool
    send_at: datetime
    state: str
    stories_count: int = 0
    left_out: tuple[tuple[str, str], ...] = ()
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
        publication, left_out = _compose(house, newsletter, planned, connection)
        record_draft(connection, publication, at=house.clock())
    return DraftReport(
        publication_id=planned.id,
        created=True,
        send_at=planned.send_at,
        state=PublicationState.DRAFT,
        stories_count=sum(isinstance(block, StoryBlock) for block in publication.blocks()),
        left_out=left_out,
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
) -> tuple[Publication, tuple[tuple[str, str], ...]]:
    config, now = house.config, house.clock()
    earlier = [
        dossier
        for dossier in publication_table.list_dossiers(connection, series_id=newsletter.id)
        if dossier.revision.publication.period_ends_at <= now
    ]
    starts_at = max((d.revision.publication.period_ends_at for d in earlier), default=planned.previous_send_at)
    language = config.organisation.languages[0]
    selection = select_stories(
        item_table.list_items(connection, dated_from=starts_at, dated_before=now),
        newsletter=newsletter,
        members=config.members,
        themes=config.vocabularies.themes,
        focus_points=config.vocabularies.focus_points,
        period=(starts_at, now),
        featured=_featured(earlier),
        already_sent=_sent_items(earlier),
        now=now,
        language=language,
    )
    agenda = next((section for section in newsletter.sections if section.kind == "agenda"), None)
    zone = ZoneInfo(config.organisation.time_zone)
    sending_day = planned.send_at.astimezone(zone).date()
    events = (
        select_events(
            event_table.list_events(connection, starts_from=sending_day),
            days=agenda.days,
            limit=agenda.limit,
            today=sending_day,
            zone=config.organisation.time_zone,
        )
        if agenda
        else ()
    )
    publication = compose_newsletter(
        newsletter,
        config,
        IssueMaterial(
            issue_id=planned.id,
            number=planned.number,
            period=(starts_at, now),
            send_at=planned.send_at,
            picks=selection.picks,
            events=events,
            figures=list_figures_on(house, connection, now),
            joined=[
                member.name
                for member in joined_between(
                    config.members, starts_at.astimezone(zone).date(), now.astimezone(zone).date()
                )
            ],
            phrases=_phrases(house),
            month={code: month_year(planned.day, code) for code in config.organisation.languages},
        ),
    )
    return publication, tuple((left.item.entry.title or left.item.id, left.reason) for left in selection.left_out)


def _phrases(house: House) -> dict[str, Mapping[str, str]]:
    folder = house.root / house.config.templates
    labels = {
        code: read_labels(folder, code, house.config.templates) for code in house.config.organisation.languages
    }
    names = ("joined", "conjunction", "more_inside")
    return {code: {name: getattr(found, name) for name in names} for code, found in labels.items()}


def _featured(dossiers: list[Dossier]) -> dict[str, datetime]:
    """When each member was last in an issue."""
    last: dict[str, datetime] = {}
    for dossier in dossiers:
        publication = dossier.revision.publication
        for block in publication.blocks():
            for member_id in getattr(block, "members", ()):
                last[member_id] = max(last.get(member_id, publication.send_at), publication.send_at)
    return last


def _sent_items(dossiers: list[Dossier]) -> set[str]:
    blocks = (block for dossier in dossiers for block in dossier.revision.publication.blocks())
    return {item_id for block in blocks if (item_id := getattr(block, "item_id", ""))}
