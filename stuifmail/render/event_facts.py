"""The facts of an event in words, each with what it is called."""

from dataclasses import replace
from datetime import datetime

from stuifmail.model.blocks import DetailsBlock
from stuifmail.model.records import EventFacts, Venue
from stuifmail.model.texts import LocalText
from stuifmail.render.dates import describe_both_clocks, describe_when
from stuifmail.render.filters import long_date, number
from stuifmail.render.letter_words import LetterWords
from stuifmail.render.part_views import FactView
from stuifmail.render.places import country_in_text, language_name
from stuifmail.render.spans import describe_span
from stuifmail.render.word_views import LinkView, Words


class EventFactsTeller:
    """Tells the facts of events in one edition's language.

    Args:
        words: speaks that language.
        home: IANA name of the organisation's zone; country: ISO 3166 code of its country.
        calendar_url: of the file that puts the event into a calendar, "" for none.
    """

    def __init__(self, words: LetterWords, home: str, country: str, calendar_url: str = "") -> None:
        self._words = words
        self._calendar_url = calendar_url
        self._home = home
        self._country = country

    def facts(self, block: DetailsBlock) -> tuple[FactView, ...]:
        """Answer what the block shows, in its order, without what is not known."""
        told = {
            "when": self._when,
            "where": self._where,
            "route": lambda facts: self._text("route", facts.venue.route),
            "who": lambda _: self._text("who", block.who),
            "led_by": lambda _: self._text("led_by", block.led_by),
            "language": self._language,
            "price": lambda facts: self._text("price", facts.registration.price),
            "deadline": self._deadline,
            "places": self._places,
            "contact": self._contact,
        }
        views = (told[name](block.facts) for name in block.show if name in told)
        return tuple(view for view in views if view)

    def when(self, facts: EventFacts) -> str:
        """Answer day and time in words, of an open date what is known of it."""
        language, labels = self._words.language, self._words.labels
        if facts.starts_at is None:
            known = facts.span and describe_span(facts.span, "", language=language, labels=labels)
            return known or labels.facts.day_unknown
        if not isinstance(facts.starts_at, datetime):
            when = describe_when(
                facts.starts_at,
                facts.ends_at,
                facts.time_zone,
                language=language,
                labels=labels,
                home=self._home,
                year=0,
            )
        else:
            when = describe_both_clocks(
                facts.starts_at,
                facts.ends_at if isinstance(facts.ends_at, datetime) else None,
                facts.time_zone,
                language=language,
                labels=labels,
                home=self._home,
                home_place=country_in_text(self._country, language),
            )
        return describe_span(facts.span, when, language=language, labels=labels) if facts.span else when

    def _when(self, facts: EventFacts) -> FactView:
        is_off = facts.status in ("cancelled", "postponed") and facts.starts_at is not None
        view = self._fact("when", self.when(facts), notice=self._notice(facts))
        label = self._words.label(self._words.labels.facts.add_to_calendar)
        can_save = self._calendar_url and not is_off
        return replace(
            view, is_struck=is_off, link=LinkView(href=self._calendar_url, label=label) if can_save else None
        )

    def _notice(self, facts: EventFacts) -> str:
        """Answer what readers must not miss about the date, in words and never by colour alone."""
        labels = self._words.labels
        if facts.status == "tentative" and facts.span is not None and facts.span.year_inferred:
            return labels.year_open
        notices = {
            "tentative": labels.tentative,
            "postponed": labels.facts.postponed,
            "cancelled": labels.facts.cancelled,
        }
        return notices.get(facts.status, "")

    def _where(self, facts: EventFacts) -> FactView | None:
        labels, url = self._words.labels.facts, facts.venue.online_url
        lines = [] if facts.attendance == "online" else self._address(facts.venue)
        if facts.attendance == "online":
            lines.append(labels.online)
        link = None
        if url and facts.attendance != "onsite":
            words = labels.online if facts.attendance == "online" else labels.also_online
            link = LinkView(href=url, label=self._words.label(words))
            lines = lines if facts.attendance == "mixed" else []
        elif facts.attendance == "mixed":
            lines.append(labels.also_online)
        return self._fact("where", *lines, link=link) if lines or link else None

    def _address(self, venue: Venue) -> list[str]:
        street = f"{venue.street} {venue.number}".strip()
        city = f"{venue.postcode} {venue.city}".strip()
        abroad = venue.country if venue.country and venue.country != self._country else ""
        country = country_in_text(abroad, self._words.language, in_sentence=False) if abroad else ""
        place = ", ".join(part for part in (street, city, country) if part)
        return [line for line in (venue.name, place) if line]

    def _language(self, facts: EventFacts) -> FactView | None:
        if not facts.language:
            return None
        return self._fact("language", language_name(facts.language, self._words.language))

    def _deadline(self, facts: EventFacts) -> FactView | None:
        closes_on = facts.registration.closes_on
        return self._fact("deadline", long_date(closes_on, self._words.language)) if closes_on else None

    def _places(self, facts: EventFacts) -> FactView | None:
        registration, labels = facts.registration, self._words.labels.facts
        if registration.capacity is None:
            return None
        capacity = number(registration.capacity, self._words.language)
        if registration.registered_count is None:
            return self._fact("places", labels.places_all.format(capacity=capacity))
        left = max(0, registration.capacity - registration.registered_count)
        text = labels.places_left if left else labels.places_none
        return self._fact("places", text.format(left=number(left, self._words.language), capacity=capacity))

    def _contact(self, facts: EventFacts) -> FactView | None:
        contact = facts.registration.contact
        if not contact:
            return None
        return self._fact(
            "contact", link=LinkView(href=f"mailto:{contact}", label=self._words.label(contact))
        )

    def _text(self, name: str, text: LocalText) -> FactView | None:
        words = self._words.words(text)
        return self._view(name, (words,)) if words else None

    def _fact(self, name: str, *lines: str, notice: str = "", link: LinkView | None = None) -> FactView:
        said = tuple(self._words.words({self._words.language: line}) for line in lines)
        return self._view(name, said, notice, link)

    def _view(
        self, name: str, lines: tuple[Words, ...], notice: str = "", link: LinkView | None = None
    ) -> FactView:
        label = str(getattr(self._words.labels.facts, name))
        return FactView(name=name, label=label, lines=lines, notice=notice, link=link)
