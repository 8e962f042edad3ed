"""Which questions and which news go into a message around an event."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from stuifmail.config.models import Section
from stuifmail.curate.select import Selection, select_stories
from stuifmail.curate.themes import Vocabulary
from stuifmail.model.records import EventRecord
from stuifmail.model.selections import Pick
from stuifmail.model.texts import pick_text
from stuifmail.newsroom.house import House
from stuifmail.store import items as item_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

#: A question stays open so long, unless its asker says otherwise.
_ASKED_DAYS = 60
#: News that is worth reading before an event.
_READING_KINDS = ("news", "good_practice", "lesson_learned", "research", "policy")
_READING_LIMIT, _ASKS_LIMIT, _WEIGHED_LIMIT = 4, 5, 20
#: What an event is about: its best themes.
_THEMES_COUNT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsForEvent:
    """What members ask and tell.

    Args:
        asks: open questions, the best first.
        reading: news on the event's themes, the best first.
    """

    asks: Sequence[Pick] = ()
    reading: Sequence[Pick] = ()


def choose_news(
    house: House, connection: Connection, record: EventRecord, *, holds: Collection[str], audience_id: str
) -> NewsForEvent:
    """Answer the open questions of these kinds and the news on an event's themes.

    Questions that are answered or out of date are left out, and those that the same readers had before.

    Args:
        holds: kinds of items that count as questions.
        audience_id: who reads it.
    """
    kinds = tuple(holds) or ("help_request",)
    reading = tuple(kind for kind in _READING_KINDS if kind not in kinds)
    sections = (
        Section(id="asks", kind="asks", holds=kinds, limit=_ASKS_LIMIT),
        Section(id="reading", kind="stories", holds=reading, limit=_WEIGHED_LIMIT),
    )
    selection = _select(house, connection, sections, _asked_before(connection, audience_id))
    wanted = _themes_of(house, record)
    on_theme = [pick for pick in selection.picks["reading"] if wanted.intersection(_about(pick, selection))]
    return NewsForEvent(asks=selection.picks["asks"], reading=on_theme[:_READING_LIMIT])


def _select(
    house: House, connection: Connection, sections: tuple[Section, ...], known: Collection[str]
) -> Selection:
    now, config = house.clock(), house.config
    period = (now - timedelta(days=_ASKED_DAYS), now)
    series = config.newsletters[0].model_copy(update={"sections": sections})
    return select_stories(
        item_table.list_items(connection, dated_from=period[0]),
        newsletter=series,
        members=config.members,
        vocabularies=config.vocabularies,
        period=period,
        already_sent=frozenset(known),
        now=now,
        curation=config.curation,
        theme_weights=config.curation.theme_weights,
        aggregators={source.id for source in config.sources if source.aggregator},
        language=config.organisation.languages[0],
    )


def _asked_before(connection: Connection, audience_id: str) -> set[str]:
    """Answer the items that earlier messages brought to the same readers, or will bring."""
    dossiers = publication_table.list_dossiers(connection, series_id="mailings")
    publications = [each.revision.publication for each in dossiers if each.killed_at is None]
    return {
        item_id
        for publication in publications
        if publication.audience_id == audience_id
        for block in publication.blocks()
        if (item_id := getattr(block, "item_id", ""))
    }


def _themes_of(house: House, record: EventRecord) -> set[str]:
    language = house.config.organisation.languages[0]
    text = " ".join(pick_text(each, language) for each in (record.lead, record.description))
    found = Vocabulary(house.config.vocabularies.themes).find(
        pick_text(record.facts.title, language), text, language
    )
    return {match.id for match in found[:_THEMES_COUNT]}


def _about(pick: Pick, selection: Selection) -> list[str]:
    subjects = selection.subjects.get(pick.item.id)
    return [match.id for match in subjects.themes[:_THEMES_COUNT]] if subjects else []
