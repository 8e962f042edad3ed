"""All that goes into one message around an event."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stuifmail.compose.mailings.pairs import Pair
from stuifmail.compose.mailings.texts import MailingTexts
from stuifmail.config.mailing_kinds import MailingKind
from stuifmail.config.phrases import fill, fill_lines
from stuifmail.model.blocks import ChangeLine
from stuifmail.model.figures import Breakdown, Figure
from stuifmail.model.publications import CalendarPart, Purpose
from stuifmail.model.records import EventFacts, EventRecord
from stuifmail.model.selections import Pick
from stuifmail.model.texts import LocalText

SUBJECT_LIMIT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingMaterial:
    """All that goes into one message.

    Args:
        publication_id: of the draft.
        send_at: planned moment of sending; made_at: of drafting, to which figures are counted.
        audience_id: who is written to; the kind says which of the event's people.
        texts: the editors' sentences by language; values: what they can be filled in with.
        record: the event; None for the brief before a moment of the year.
        facts: what the record tells, with the SEQUENCE under which it is told; None likewise.
        figures: all figures by id, none that is internal; breakdowns: likewise.
        shown: ids of the figures to show, in order.
        changes: what became other since readers were last told.
        asks: questions from the network; reading: news to read beforehand.
        pairs: who can help whom.
        names: of members, by id; contacts: their role mailboxes; themes: by id and language.
        joined: who joined, in words; missing: who was to join and did not.
        previous_report: where the report of the meeting before this one is.
        submit_url: where contributions are handed in.
        calendar: what readers can put into their calendar; None for nothing.
        purposes: the event's own; empty: those of the kind.
    """

    kind: MailingKind
    publication_id: str
    send_at: datetime
    made_at: datetime
    audience_id: str
    languages: tuple[str, ...]
    texts: Mapping[str, MailingTexts]
    values: Mapping[str, Mapping[str, str]]
    record: EventRecord | None = None
    facts: EventFacts | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    breakdowns: Mapping[str, Breakdown] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    asks: Sequence[Pick] = ()
    reading: Sequence[Pick] = ()
    pairs: Sequence[Pair] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    contacts: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, LocalText] = field(default_factory=dict)
    joined: LocalText = field(default_factory=dict)
    missing: LocalText = field(default_factory=dict)
    previous_report: str = ""
    submit_url: str = ""
    calendar: CalendarPart | None = None
    purposes: tuple[Purpose, ...] = ()

    def say(self, name: str) -> LocalText:
        """Answer a field of this kind's sentences, filled in, by language; without what is empty."""
        return self._each(lambda language: fill_lines(self._phrase(name, language), self.values[language]))

    def say_line(self, name: str, *, limit: int = 10_000) -> LocalText:
        """Answer the first line of a field that is known and fits; where none fits, the shortest."""

        def answer(language: str) -> str:
            lines = self._phrase(name, language).splitlines()
            known = [line for line in (fill(each, self.values[language]) for each in lines) if line]
            return next((line for line in known if len(line) <= limit), min(known, key=len, default=""))

        return self._each(answer)

    def say_part(self, name: str, **more: LocalText) -> LocalText:
        """Answer a sentence of `parts`, filled in, by language.

        Args:
            more: further blanks, each by language.
        """

        def answer(language: str) -> str:
            own = {blank: text.get(language, "") for blank, text in more.items()}
            phrase: str = getattr(self.texts[language].parts, name)
            return fill_lines(phrase, {**self.values[language], **own})

        return self._each(answer)

    def enumerate(self, several: Sequence[str]) -> LocalText:
        """Answer names joined as in "a, b and c", by language."""
        return self._each(lambda language: enumerate_names(several, self.texts[language].parts.conjunction))

    def _phrase(self, name: str, language: str) -> str:
        phrase: str = getattr(self.texts[language].of(self.kind.id), name)
        return phrase

    def _each(self, answer: Callable[[str], str]) -> LocalText:
        said = {language: answer(language) for language in self.languages}
        return {language: text for language, text in said.items() if text}


def enumerate_names(names: Sequence[str], conjunction: str) -> str:
    """Answer names joined as in "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"
