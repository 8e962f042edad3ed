"""What the sentences of messages around events are filled in with, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from stuifmail.compose.mailings.texts import BLANKS, MailingTexts
from stuifmail.config.models import NewsroomConfig
from stuifmail.config.phrases import read_phrases
from stuifmail.config.timeline import civil_days, is_date_sure
from stuifmail.model.blocks import ChangeLine
from stuifmail.model.figures import Figure
from stuifmail.model.records import EventFacts, EventRecord
from stuifmail.model.texts import LocalText, pick_text
from stuifmail.model.told import is_full
from stuifmail.newsroom.house import House
from stuifmail.render.event_facts import EventFactsTeller
from stuifmail.render.filters import format_day, long_date
from stuifmail.render.labels import Labels, read_labels
from stuifmail.render.letter_words import LetterWords

#: Figures that sentences may name, by blank.
_METRICS = ("participants", "organisations", "municipalities", "presentations", "new_members")


def read_mailing_texts(house: House) -> dict[str, MailingTexts]:
    """Answer the editors' sentences by language.

    Raises:
        InvalidTemplate, InvalidDocument: there are none, or they have problems.
    """
    folder = house.root / house.config.templates
    return {
        language: read_phrases(
            MailingTexts, folder, "mailings/texts", language, blanks=BLANKS, shown_as=house.config.templates
        )
        for language in house.config.organisation.languages
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Says facts in one language.

    Args:
        year: the year that goes without saying.
    """

    language: str
    config: NewsroomConfig
    labels: Labels
    texts: MailingTexts
    year: int

    def when(self, facts: EventFacts) -> str:
        """Answer day and time in words; what is known of an open date."""
        organisation = self.config.organisation
        words = LetterWords(self.language, self.labels, ())
        return EventFactsTeller(words, organisation.time_zone, organisation.country).when(facts)

    def day(self, facts: EventFacts, *, short: bool = False) -> str:
        """Answer the event's days in words, "" while there is no date: "maandag 8 juni"."""
        days = civil_days(facts) if facts.starts_at is not None else None
        if days is None:
            return ""
        first, last = (self._say(day, short=short) for day in days)
        return first if first == last else self.labels.day_range.format(start=first, end=last)

    def _say(self, day: date, *, short: bool) -> str:
        pattern = "d MMMM" if short else "EEEE d MMMM"
        return format_day(day, pattern if day.year == self.year else f"{pattern} y", self.language)

    def maybe(self, facts: EventFacts) -> str:
        """Answer what is known of a date that is not sure, "" of one that is, and where nothing is."""
        if is_date_sure(facts) or (facts.starts_at is None and facts.span is None):
            return ""
        said = self.when(facts)
        is_guess = facts.span is not None and facts.span.year_inferred
        return f"{said} ({self.labels.year_open})" if is_guess and self.labels.year_open not in said else said

    def fact(self, name: str, facts: EventFacts) -> str:
        """Answer one fact in words, as it stands behind "was:" and "becomes:"."""
        texts = self.texts.facts
        said = {
            "status": texts.statuses.get(facts.status, facts.status),
            "when": self.when(facts),
            "where": facts.venue.line or (texts.online if facts.attendance == "online" else ""),
            "online_url": facts.venue.online_url,
            "deadline": self._deadline(facts),
            "places": texts.places_none if is_full(facts) else texts.places_left,
        }
        return said[name] or texts.unknown

    def _deadline(self, facts: EventFacts) -> str:
        closes_on = facts.registration.closes_on
        return long_date(closes_on, self.language) if closes_on else ""


def make_speakers(house: House, texts: Mapping[str, MailingTexts]) -> dict[str, Speaker]:
    """Answer who says facts, by language."""
    folder, config = house.root / house.config.templates, house.config
    zone = ZoneInfo(config.organisation.time_zone)
    return {
        language: Speaker(
            language=language,
            config=config,
            labels=read_labels(folder, language, config.templates),
            texts=texts[language],
            year=house.clock().astimezone(zone).year,
        )
        for language in texts
    }


def say_changes(
    names: tuple[str, ...], told: EventFacts, now: EventFacts, speakers: Mapping[str, Speaker]
) -> tuple[ChangeLine, ...]:
    """Answer what became other, before and after in words by language."""
    return tuple(
        ChangeLine(
            fact=name,
            label={code: getattr(speaker.texts.facts, name) for code, speaker in speakers.items()},
            before={code: speaker.fact(name, told) for code, speaker in speakers.items()},
            after={code: speaker.fact(name, now) for code, speaker in speakers.items()},
        )
        for name in names
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the sentences say beside the event itself.

    Args:
        told: what readers were last told of it; None: nothing.
        previous_title: of the meeting before this one, by language.
    """

    told: EventFacts | None = None
    previous_title: LocalText = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)


def make_event_values(record: EventRecord, around: Around, speaker: Speaker) -> dict[str, str]:
    """Answer what an event's sentences can be filled in with in one language; "" for what is unknown."""
    facts, language, config = record.facts, speaker.language, speaker.config
    title = pick_text(facts.title, language)
    the_event = speaker.texts.kinds.get(facts.kind, "")
    is_sure = is_date_sure(facts)
    registration = facts.registration
    on_site = next((party for party in record.parties if party.on_site and party.phone), None)
    told = around.told or facts
    return {
        "us": pick_text(config.organisation.name, language),
        "title": title,
        "short_title": title.partition(": ")[0],
        "event": record.id,
        "the_event": the_event,
        "The_event": the_event[:1].upper() + the_event[1:],
        "day": speaker.day(facts) if is_sure else "",
        "short_day": speaker.day(facts, short=True) if is_sure else "",
        "maybe_day": speaker.maybe(facts),
        "when": speaker.when(facts) if is_sure else "",
        "told_day": speaker.day(told, short=True),
        "place": facts.venue.line,
        "city": facts.venue.city,
        "online_url": facts.venue.online_url,
        "lead": record.lead.get(language, ""),
        "description": record.description.get(language, ""),
        "summary": record.summary.get(language, ""),
        "deadline": speaker.fact("deadline", facts) if registration.closes_on else "",
        "capacity": str(registration.capacity or ""),
        "contact": registration.contact or config.organisation.email,
        "on_site": on_site.function.get(language, "") if on_site else "",
        "phone": on_site.phone if on_site else "",
        "report_url": record.report_url,
        "previous_title": around.previous_title.get(language, ""),
        **_figure_marks(record.id, around.figures),
    }


def _figure_marks(event_id: str, figures: Mapping[str, Figure]) -> dict[str, str]:
    """Answer the marks of what is counted; the numbers come from the records when it is rendered."""
    marks = {}
    for metric in _METRICS:
        figure = figures.get(f"{event_id}.{metric}")
        if figure is not None and (figure.value or metric != "new_members"):
            marks[metric] = f"[[{figure.id}]]"
            marks[f"{metric}_about"] = f"[[{figure.id}|about]]"
    return marks
