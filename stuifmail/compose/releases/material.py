"""All that goes into one press release."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from stuifmail.compose.releases.texts import ReleaseTexts, Stage
from stuifmail.compose.releases.wording import Facts
from stuifmail.model.publications import Embargo
from stuifmail.model.records import EventRecord
from stuifmail.model.texts import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryOfUpdate:
    """A member's news in an update to the press, in one language.

    Args:
        text: one paragraph, whole sentences.
        origin: where it was first published: an address, "" when it has none.
        why: why it was chosen, for the editor.
    """

    item_id: str
    title: str
    text: str
    origin: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseMaterial:
    """All that goes into one language version.

    Args:
        facts_id: what the versions have in common; each is called after it and its language.
        number: 1 for the announcement of an event, 2 for its results, 3 and on for updates.
        record: None for an update, which is about no event.
        place: of the dateline, by language; dated_on: likewise.
        period: from when the news is, and when the release was drafted.
        difference: for the editor: who was announced and who joined, "" when they are the same.
    """

    facts_id: str
    number: int
    stage: Stage
    form: Literal["nl", "international"]
    language: str
    texts: ReleaseTexts
    facts: Facts
    record: EventRecord | None = None
    place: LocalText
    dated_on: date
    period: tuple[datetime, datetime]
    send_at: datetime
    embargo: Embargo | None = None
    stories: tuple[StoryOfUpdate, ...] = ()
    difference: str = ""

    @property
    def values(self) -> Mapping[str, str]:
        """What the blanks of phrases are filled in with."""
        return self.facts.values
