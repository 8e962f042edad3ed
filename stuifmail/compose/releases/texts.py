"""The editors' sentences for press releases: templates/releases/texts.<language>.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from stuifmail.model.records import EventKind

_STRICT = {"extra": "forbid"}

Stage = Literal["announcement", "results", "update"]

#: What phrases may name in braces, with its meaning; docs/press.md lists them for editors.
BLANKS: Mapping[str, str] = {
    "organisation": "our own name",
    "short_name": "our name in short",
    "event": "the event's name, without what stands behind a colon",
    "called": 'the event in a sentence: "the congress ‘Green in town’", "the workshop for beginners"',
    "label": "what this edition is called",
    "kind": 'what it is, with its article: "the congress"',
    "kind_capital": "the same at the start of a sentence",
    "super_event": "the event that it is a part of",
    "super_kind": "what that is, with its article",
    "super_called": "the same as it is called in a sentence",
    "work_session": "the work session that is a part of it",
    "day": '"Tuesday 18 November 2025"',
    "short_date": '"18 November"',
    "dated": "the day of the release",
    "since": "update: from when the news is",
    "starts": "when it starts, in the event's own zone",
    "ends": "when it ends",
    "time": "in `clock` only: the time itself",
    "city": "the town of the event, else where releases come from",
    "place": "building, street and town",
    "names": "who joined, when two or more did",
    "names_short": "the same without articles, for headlines",
    "name": "who joined, when only one did",
    "name_short": "the same without an article",
    "count": "how many joined, as a word",
    "announced": "who was to join, when two or more were",
    "announced_short": "the same without articles",
    "announced_one": "who was to join, when only one was",
    "announced_one_short": "the same without an article",
    "announced_count": "how many were to join, as a word",
    "missing": "who was to join and did not",
    "union": "the European Union, when it joined",
    "previous_label": "what the previous edition is called, when it was counted alike",
    "talks": "the presentations of the programme, with who gave them",
    "summary": "the event's summary",
    "lead": "the event's opening question",
    "description": "the event's description",
    "report_url": "where the report is",
    "contact": "mailbox of the press office",
    "phone": "its number",
    "reachable": "when it can be reached",
    "images": "where pictures are",
    "on_site": "who can be reached at the event",
    "story": "update: the first item's title",
    "members": "update: whose news it is",
    "members_short": "the same without articles",
    "grew": "for `needs`: more participants than the edition before",
    "shrank": "for `needs`: no more participants than the edition before",
    "first": "for `needs`: there is no edition before that was counted alike",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph with its subhead.

    Args:
        needs: the paragraph is left out while this is not known.
        text: one sentence on each line.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    title: str = ""
    needs: str = ""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePhrases:
    """What is said at one stage of one kind of event.

    Args:
        headline, subhead: one on each line; the first that is known and fits is taken.
        lead: one sentence on each line.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    headline: str
    subhead: str = ""
    lead: str
    body: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePhrases:
    """What stands after the end of the release.

    Args:
        definitions: by metric, what is counted.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    heading: str
    contact_title: str
    contact: str
    parts: tuple[Paragraph, ...] = ()
    figures_title: str
    definitions: Mapping[str, str] = field(default_factory=dict)
    about_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseTexts:
    """All phrases of one language.

    Args:
        in_sentence: by code, countries that have an article in running text.
        clock: how a time is said, with {time}.
        difference: for the editor only: who was announced and who joined.
        announcement, results, update: by kind of event, with `default` for the others.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    conjunction: str
    in_sentence: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[EventKind, str]
    clock: str
    preheader: str
    difference: str
    announcement: Mapping[EventKind | Literal["default"], StagePhrases]
    results: Mapping[EventKind | Literal["default"], StagePhrases]
    update: Mapping[Literal["default"], StagePhrases]
    notes: NotePhrases

    def phrases_of(self, stage: Stage, kind: str) -> StagePhrases:
        """Answer what is said at this stage of this kind of event.

        Raises:
            KeyError: the file has neither the kind nor `default`.
        """
        found: Mapping[str, StagePhrases] = getattr(self, stage)
        return found[kind] if kind in found else found["default"]
