"""The models of what is harvested: members, closed lists and sources."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from stuifmail.config.curation import Domain
from stuifmail.config.organisation import Picture
from stuifmail.config.selectors import Selector
from stuifmail.config.values import (
    Country,
    Email,
    File,
    Id,
    Language,
    Model,
    Name,
    Text,
    Url,
    wrong,
)


class Membership(Model):
    """A membership, or a tier, that came to an end."""

    tier: Id = Field(description="one of vocabularies.tiers")
    joined: date = Field(description="first day")
    left: date = Field(description="first day on which it was no longer so")

    @model_validator(mode="after")
    def _leave_after_joining(self) -> "Membership":
        if self.left <= self.joined:
            message = f"it ended ({self.left}) before it began ({self.joined})"
            raise wrong(message, "correct one of the two days", "left")
        return self


class Member(Model):
    """One member of the coalition."""

    id: Id = Field(description="short name; sources and sheets refer to it")
    name: Name = Field(description="the name as it is printed")
    aliases: tuple[str, ...] = Field((), description="other spellings that mean this member")
    kind: Id = Field(description="one of vocabularies.member_kinds")
    country: Country = Field("NL", description="ISO 3166 code; EU for the European Union")
    tier: Id = Field(description="one of vocabularies.tiers")
    joined: date = Field(description="first day of membership")
    left: date | None = Field(None, description="first day without membership")
    earlier: tuple[Membership, ...] = Field(
        (),
        description="earlier memberships and tiers, oldest first; `joined` is since when it is as it is now",
    )
    signed: date | None = Field(None, description="day on which it signed the declaration")
    website: Url | None = Field(None, description="the member's own site")
    contact: Email | None = Field(None, description="role mailbox for questions about their source")
    language: Language | None = Field(
        None, description="in which we write to the member; empty: the newsroom's first language"
    )

    @model_validator(mode="after")
    def _leave_after_joining(self) -> "Member":
        if self.left and self.left < self.joined:
            message = f"the member left ({self.left}) before it joined ({self.joined})"
            raise wrong(message, "correct one of the two days", "left")
        return self


class PageSelectors(Model):
    """Where the news stands on a page without a feed, as CSS selectors; "" for what it has not."""

    entry: Selector = Field(min_length=1, description="each piece of news, such as article.news")
    title: Selector = Field("h1, h2, h3, a", description="in the piece: its title")
    link: Selector = Field("a[href]", description="in the piece: its link")
    date: Selector = Field("time", description="in the piece: its date, from datetime= or its words")
    text: Selector = Field("p", description="in the piece: its text")
    image: Selector = Field("img", description="in the piece: its picture")


class Source(Model):
    """Where news, dates or results come from. Either `url` or `file`."""

    id: Id = Field(description="short name; it must stay the same, items are known by it")
    member: Id | None = Field(None, description="whose it is; empty for the secretariat's own")
    kind: Literal["feed", "calendar", "sheet", "page"] = Field(
        description="feed: RSS, Atom or JSON Feed; calendar: iCalendar; sheet: CSV or XLSX; "
        "page: a web page without a feed, read by `page`"
    )
    holds: Literal["news", "events", "submissions", "toolbox", "participants"] = Field(
        "news", description="what is in it; only a sheet may hold submissions, toolbox or participants"
    )
    url: Url | None = Field(None, description="address to fetch")
    file: File | None = Field(None, description="path from the newsroom's folder")
    base: Url | None = Field(None, description="address that relative links in a file belong to")
    language: Language | None = Field(None, description="when the source does not say, or says it wrong")
    trust_language: bool = Field(True, description="false: use `language` whatever the feed says")
    page: PageSelectors | None = Field(None, description="for a page: where the news stands on it")
    aggregator: bool = Field(
        False, description="true: it passes on news of others, so it is never the origin of a story"
    )
    every_hours: float | None = Field(
        None, gt=0, le=744, description="how often to look; empty: as the server and harvest say"
    )
    columns: dict[str, str] = Field(
        default_factory=dict,
        description="for a sheet: our column name, then the sheet's, where they differ",
    )
    about: Id | None = Field(None, description="participants: the event, such as congres-2026")
    count_press: bool = Field(
        False, description="participants: true counts journalists, too; such numbers are compared apart"
    )
    note: str = Field("", description="a remark for colleagues; never sent")

    @model_validator(mode="after")
    def _one_place(self) -> "Source":
        if self.url is None and self.file is None:
            raise wrong("the source has neither url nor file", "say where it is: url or file", "id")
        if self.url is not None and self.file is not None:
            raise wrong("the source has both url and file", "keep one of the two", "file")
        if self.holds in ("submissions", "toolbox", "participants") and self.kind != "sheet":
            raise wrong(f"a {self.kind} cannot hold {self.holds}", "only a sheet can: kind: sheet", "holds")
        if (self.kind == "page") != (self.page is not None):
            message = "a page has no selectors" if self.page is None else f"a {self.kind} has no selectors"
            raise wrong(message, "kind: page goes with page: entry: …, and only with it", "kind")
        if self.holds == "participants" and not self.about:
            raise wrong("participants of what", "add about: the event they took part in", "holds")
        return self


class Theme(Model):
    """A theme with the words that betray it."""

    id: Id = Field(description="short name; focus points refer to it")
    name: Text = Field(description="the theme's name, by language")
    keywords: dict[Language, tuple[str, ...]] = Field(
        default_factory=dict, description="words, by language, by which an item is known to be about it"
    )
    picture: Picture | None = Field(None, description="house illustration for stories on this theme")


class Term(Model):
    """A word of a closed list."""

    id: Id = Field(description="short name; other places refer to it")
    name: Text = Field(description="the word, by language")


class FocusPoint(Model):
    """A focus point of one year."""

    id: Id = Field(description="short name")
    year: int = Field(ge=2000, le=2100, description="the year in which it counts")
    name: Text = Field(description="what the focus is on, by language")
    themes: tuple[Id, ...] = Field((), description="themes that belong to it")


class Vocabularies(Model):
    """Closed lists: words that other places may use."""

    member_kinds: tuple[Term, ...] = Field(min_length=1, description="what members can be")
    tiers: tuple[Term, ...] = Field(min_length=1, description="the steps of membership")
    themes: tuple[Theme, ...] = Field((), description="what news can be about")
    domains: tuple[Domain, ...] = Field((), description="fields of work")
    focus_points: tuple[FocusPoint, ...] = Field((), description="what gets attention in a year")


class Harvest(Model):
    """How sources are fetched."""

    schedule: str = Field(
        "FREQ=DAILY;BYHOUR=6;BYMINUTE=30", description="RRULE (RFC 5545) of the unattended harvest"
    )
    timeout_s: float = Field(
        20.0, gt=0, le=300, description="longest time for one source, in all, in seconds"
    )
    max_bytes: int = Field(10_000_000, gt=0, description="largest document in bytes, also after unpacking")
    max_connections: int = Field(200, gt=0, le=1000, description="sources fetched at the same time")
    per_host: int = Field(2, gt=0, le=200, description="of these, at one server")
    user_agent: str = Field("", description="empty: stuifmail with the organisation's website and mailbox")
    allow_private: tuple[str, ...] = Field(
        (),
        description="names or networks inside our own walls that may be fetched, such as 127.0.0.0/8; "
        "for development: all others that are not public are refused",
    )
    max_entries: int = Field(2_000, gt=0, le=100_000, description="most entries read of one document")
    parse_timeout_s: float = Field(
        20.0, gt=0, le=300, description="longest time for reading one document, in seconds"
    )
    min_hours: float = Field(1.0, ge=0, le=168, description="look at a source at most once in so many hours")
    max_hours: float = Field(
        24.0, gt=0, le=744, description="look at least once in so many hours, whatever the server asks"
    )
    keep_days: int = Field(
        90, ge=0, le=3650, description="how long fetched documents are kept that no issue refers to"
    )
    quiet_days: int = Field(
        90, gt=0, le=3650, description="a source without anything new for so long has gone quiet"
    )

    @model_validator(mode="after")
    def _hours_in_order(self) -> "Harvest":
        if self.max_hours < self.min_hours:
            message = f"max_hours ({self.max_hours:g}) is less than min_hours ({self.min_hours:g})"
            raise wrong(message, "make max_hours the larger one", "max_hours")
        return self
