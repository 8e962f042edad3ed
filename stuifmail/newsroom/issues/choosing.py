"""Which news an issue is chosen from, and the choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stuifmail.config.models import Newsletter, NewsroomConfig
from stuifmail.curate.history import read_log
from stuifmail.curate.select import Selection, select_stories
from stuifmail.curate.survey import read_survey
from stuifmail.errors import InvalidSheet
from stuifmail.model.items import Item
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Dossier, PublicationState
from stuifmail.model.selections import FeatureLog, SurveyResult
from stuifmail.newsroom.house import House
from stuifmail.newsroom.issues.calendar import PlannedIssue
from stuifmail.store import items as item_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

#: News that an issue told so long ago is no news to anybody who brings it again.
_REMEMBERED = timedelta(days=120)

_UNDER_WAY = (PublicationState.APPROVED, PublicationState.QUEUED, PublicationState.SENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen for an issue, and from what.

    Args:
        starts_at: from when the issue's news is.
        survey: what the members' survey says, None when there is none.
    """

    selection: Selection
    starts_at: datetime
    survey: SurveyResult | None


def choose_stories(
    house: House, newsletter: Newsletter, planned: PlannedIssue, connection: Connection
) -> Choice:
    """Choose the stories of an issue from what was harvested; nothing is stored.

    Raises:
        InvalidSheet: the members' survey cannot be read.
    """
    now = house.clock()
    dossiers = publication_table.list_dossiers(connection, series_id=newsletter.id)
    issues = [dossier for dossier in dossiers if dossier.id != planned.id]
    earlier = _keep_told(issues, now)
    starts_at = _start_of_period(issues, earlier, planned, now)
    items = [*_late_items(connection, earlier), *item_table.list_items(connection, dated_from=starts_at)]
    config, survey = house.config, read_members_survey(house)
    weights = {**(survey.weights if survey else {}), **config.curation.theme_weights}
    selection = select_stories(
        items,
        newsletter=newsletter,
        members=config.members,
        vocabularies=config.vocabularies,
        period=(min([starts_at, *(item.dated_at for item in items)]), planned.send_at),
        already_sent=_sent_items(earlier),
        told=_told_lately(connection, earlier, now),
        now=now,
        log=_read_log(house, issues, planned.send_at.year),
        curation=config.curation,
        theme_weights=weights,
        aggregators={source.id for source in config.sources if source.aggregator},
        language=config.organisation.languages[0],
    )
    return Choice(selection=selection, starts_at=starts_at, survey=survey)


def read_members_survey(house: House) -> SurveyResult | None:
    """Answer what the members' survey says about themes, None when sources.yaml names none.

    Raises:
        InvalidSheet: the file cannot be read, or is no survey.
    """
    survey = house.config.curation.survey
    if survey is None:
        return None
    try:
        content = (house.root / survey.file).read_bytes()
    except OSError as error:
        raise InvalidSheet(
            f"the survey cannot be opened ({error.strerror})",
            place=survey.file,
            remedy="correct curation.survey.file in sources.yaml, or remove curation.survey",
        ) from error
    return read_survey(
        content,
        file=survey.file,
        taken=survey.taken,
        themes=house.config.vocabularies.themes,
        columns=survey.columns,
    )


def _read_log(house: House, issues: Sequence[Dossier], year: int) -> FeatureLog:
    """Who stood in issues that were sent or will be: a draft can still be thrown away."""
    config = house.config
    return read_log(
        [_publication(dossier) for dossier in issues if dossier.state in _UNDER_WAY],
        members=config.members,
        vocabularies=config.vocabularies,
        year=year,
        issues_back=config.curation.fairness.issues_back,
        passers_on=list_passers_on(config),
    )


def list_passers_on(config: NewsroomConfig) -> set[str]:
    """Answer the members who only pass on news of others: they are never featured by it."""
    by_member: dict[str, list[bool]] = {}
    for source in config.sources:
        by_member.setdefault(source.member or "", []).append(source.aggregator)
    return {member for member, passes_on in by_member.items() if all(passes_on)}


def _publication(dossier: Dossier) -> Publication:
    return dossier.revision.publication


def _keep_told(issues: Sequence[Dossier], now: datetime) -> list[Dossier]:
    """The issues whose news has had its turn; one that was drafted but skipped gives it back."""
    return [
        dossier
        for dossier in issues
        if dossier.state in _UNDER_WAY or dossier.revision.publication.send_at > now
    ]


def _start_of_period(
    issues: Sequence[Dossier], earlier: Sequence[Dossier], planned: PlannedIssue, now: datetime
) -> datetime:
    """Where the last issue's news ended; without one, where that of skipped ones or the schedule begins."""
    if earlier:
        return min(max(dossier.revision.publication.period_ends_at for dossier in earlier), now)
    if issues:  # the newest comes first, and has taken over the news of those skipped before it
        return issues[0].revision.publication.period_starts_at
    return planned.previous_send_at if planned.previous_send_at < now else now - timedelta(days=31)


def _late_items(connection: Connection, earlier: Sequence[Dossier]) -> list[Item]:
    """News of the last issue's period that was fetched only after that issue was drafted."""
    if not earlier:
        return []
    last = max((dossier.revision.publication for dossier in earlier), key=lambda one: one.period_ends_at)
    start, end = last.period_starts_at, last.period_ends_at
    items = item_table.list_items(connection, dated_from=start, dated_before=end)
    return [item for item in items if item.first_seen_at > end]


def _told_lately(connection: Connection, earlier: Sequence[Dossier], now: datetime) -> list[Item]:
    """What issues told not long ago: another member may bring the same news again."""
    lately = [one for one in earlier if now - one.revision.publication.send_at <= _REMEMBERED]
    return list(item_table.get_items(connection, _sent_items(lately)).values())


def _sent_items(dossiers: Sequence[Dossier]) -> set[str]:
    blocks = (block for dossier in dossiers for block in dossier.revision.publication.blocks())
    return {item_id for block in blocks if (item_id := getattr(block, "item_id", ""))}
