"""What members' news is worth telling the press, by the points that stories have for an issue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stuifmail.compose.leads import take_lead
from stuifmail.compose.releases import StoryOfUpdate
from stuifmail.model.selections import Pick
from stuifmail.newsroom.house import House
from stuifmail.newsroom.issues.calendar import next_issue
from stuifmail.newsroom.issues.choosing import choose_stories
from stuifmail.newsroom.issues.drafting import choose_newsletter
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

#: A desk reads so many items of somebody else's members, and no more.
_STORIES_LIMIT = 3
_LEAD_WORDS = (30, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsForPress:
    """What an update could tell.

    Args:
        stories: by language, the best first.
        members: by language, ids of those whose news it is, in that order.
        since: from when the news is.
        best_points: what the best story of all weighs, 0.0 when there is none.
    """

    stories: Mapping[str, tuple[StoryOfUpdate, ...]]
    members: Mapping[str, tuple[str, ...]]
    since: datetime
    best_points: float = 0.0


def gather_news(house: House, connection: Connection, threshold: float) -> NewsForPress:
    """Answer the stories that weigh enough and that no update told before."""
    newsletter = choose_newsletter(house, house.config.newsletters[0].id)
    planned = next_issue(newsletter, house.config.organisation.country, house.clock())
    choice = choose_stories(house, newsletter, planned, connection)
    told = _told_before(connection)
    picks = sorted(
        (pick for several in choice.selection.picks.values() for pick in several),
        key=lambda pick: -pick.points,
    )
    worthy = [
        pick for pick in picks if pick.points >= threshold and _neutral(pick.item.entry.title) not in told
    ]
    by_language = {
        language: [pick for pick in worthy if pick.item.language == language][:_STORIES_LIMIT]
        for language in house.config.organisation.languages
    }
    return NewsForPress(
        stories={code: tuple(map(_story, found)) for code, found in by_language.items()},
        members={code: _members(found) for code, found in by_language.items()},
        since=choice.starts_at,
        best_points=picks[0].points if picks else 0.0,
    )


def _story(pick: Pick) -> StoryOfUpdate:
    item = pick.item
    lead = take_lead(item.entry.text, words_min=_LEAD_WORDS[0], words_max=_LEAD_WORDS[1])
    return StoryOfUpdate(
        item_id=item.id,
        title=_neutral(item.entry.title),
        text=_neutral(lead),
        origin=(item.entry.link or "").replace("@@", "%40%40"),
        why=f"{pick.points:.1f}: {pick.why}",
    )


def _members(picks: Sequence[Pick]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(member for pick in picks for member in pick.credits))


def _told_before(connection: Connection) -> frozenset[str]:
    """Titles of the items of earlier updates: what the press was told is no news to it."""
    return frozenset(
        title
        for dossier in publication_table.list_dossiers(connection, series_id="press")
        if (head := dossier.revision.publication.head) and head.stage == "update"
        for block in dossier.revision.publication.blocks()
        if block.id.startswith("story-")
        for title in getattr(block, "title", {}).values()
    )


def _neutral(text: str) -> str:
    """Take the life out of marks in text that is not ours: figures and the reader's own link."""
    return " ".join(text.replace("[[", "[ [").replace("]]", "] ]").replace("@@", "@ @").split())
