"""The editors' sentences for messages around events: templates/mailings/texts.<language>.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from stuifmail.model.records import EventKind, RecordStatus

_STRICT = {"extra": "forbid"}

#: What phrases may name in braces, with its meaning.
BLANKS: Mapping[str, str] = {
    "us": "our own name",
    "title": "the event's name",
    "short_title": "the event's name, without what stands behind a colon",
    "event": "the event's id, for figures: [[{event}.participants]]",
    "the_event": 'what it is, with its article: "the workshop"',
    "The_event": "the same at the start of a sentence",
    "day": '"Monday 8 June", when the date is sure',
    "short_day": '"8 June", when the date is sure',
    "maybe_day": "what is known of a date that is not sure",
    "when": "day and time in words, when the date is sure",
    "place": "building, street and town",
    "city": "the town",
    "online_url": "where it can be followed online",
    "lead": "the event's opening question",
    "description": "what happens there",
    "summary": "one or two sentences afterwards",
    "deadline": "the last day on which people can sign up",
    "capacity": "the number of places",
    "contact": "role mailbox for questions",
    "on_site": "the function of who can be reached there",
    "phone": "the number of who can be reached there",
    "report_url": "where the report is",
    "previous_title": "the meeting before this one",
    "told_day": "change: the day as readers were told it",
    "participants": "a figure, when it is counted",
    "participants_about": "the same as a round number with its hedge, when it is counted",
    "organisations": "a figure, when it is counted",
    "municipalities": "a figure, when it is counted",
    "presentations": "a figure, when it is counted",
    "new_members": "a figure, when it is counted and not nought",
    "names": "who joined",
    "missing": "who was to join and did not",
    "functions": "for whom in particular",
    "group": "the group that meets",
    "moment": "the moment of the year",
    "lines": "lines to take",
    "contacts": "role mailboxes for questions about the moment",
    "asker": "who asks for help",
    "asker_contact": "role mailbox of who asks for help",
    "frontrunner": "who is far",
    "starter": "who begins",
    "themes": "what they have in common",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTexts:
    """The sentences of one kind of message.

    Args:
        subject: several lines: the first that fits counts.
        preheader: likewise.
        lead: stands out above the text; mostly none.
        heading: above the text; mostly none.
        text: one sentence on each line, an empty line between paragraphs.
        action: what the button says; action_note: the line below it.
        closing: the last words.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    subject: str
    preheader: str
    lead: str = ""
    heading: str = ""
    text: str
    action: str = ""
    action_note: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTexts:
    """Headings and sentences that several kinds of messages share."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    previous_report: str
    previous_report_text: str
    previous_report_link: str
    programme: str
    figures: str
    growth: str
    welcome: str
    welcome_why: str
    asks: str
    ask_answer: str
    reading: str
    pairs: str
    pairs_text: str
    pair: str
    pair_themes: str
    pairs_why: str
    contacts: str
    contacts_text: str
    who: str
    changes: str
    conjunction: str
    in_sentence: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTexts:
    """What facts are called where they change, and how states of an event are said."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    status: str
    when: str
    where: str
    online_url: str
    deadline: str
    places: str
    unknown: str
    online: str
    places_left: str
    places_none: str
    statuses: dict[RecordStatus, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingTexts:
    """All sentences of one language.

    Args:
        kinds: what events are, with the article: "de workshop".
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kinds: dict[EventKind, str]
    save_the_date: MessageTexts
    invitation: MessageTexts
    call_for_input: MessageTexts
    practical_update: MessageTexts
    group: MessageTexts
    programme: MessageTexts
    reminder: MessageTexts
    last_reminder: MessageTexts
    content_update: MessageTexts
    practical_update_2: MessageTexts
    thank_you: MessageTexts
    results: MessageTexts
    results_absent: MessageTexts
    report: MessageTexts
    moment_brief: MessageTexts
    change: MessageTexts
    cancellation: MessageTexts
    parts: PartTexts
    facts: FactTexts

    def of(self, kind: str) -> MessageTexts:
        """Answer the sentences of one kind of message."""
        found: MessageTexts = getattr(self, kind)
        return found
