"""The models of what is sent and to whom: contacts, audiences and newsletters."""

from typing import Literal

from pydantic import Field

from stuifmail.config.organisation import Picture
from stuifmail.config.values import (
    ClockTime,
    Country,
    File,
    Id,
    Language,
    Model,
    NameText,
    OptionalText,
    Text,
    TimeZone,
    Url,
    YearMonth,
)
from stuifmail.model.publications import Purpose


class Contacts(Model):
    """The sheet with everybody who may get mail."""

    file: File = Field(description="CSV or XLSX, path from the newsroom's folder")
    columns: dict[str, str] = Field(
        default_factory=dict, description="our column name, then the sheet's, where they differ"
    )


class Audience(Model):
    """Who may get a publication. A contact must match every rule that is given."""

    id: Id = Field(description="short name; newsletters refer to it")
    name: NameText = Field(description="the audience's name, by language")
    purpose: Literal["newsletter", "service"] = Field(
        "newsletter", description="newsletter needs confirmed consent; service also reaches members without"
    )
    of: Literal["contacts", "press"] = Field(
        "contacts", description="contacts: people of the contacts sheet; press: desks of the press list"
    )
    lists: tuple[str, ...] = Field((), description="on at least one of these lists")
    tiers: tuple[Id, ...] = Field((), description="of one of these tiers")
    functions: tuple[str, ...] = Field((), description="with one of these functions")
    member_kinds: tuple[Id, ...] = Field((), description="of a member of one of these kinds")
    members: tuple[Id, ...] = Field((), description="of one of these members")
    languages: tuple[Language, ...] = Field((), description="in one of these languages")
    countries: tuple[Country, ...] = Field((), description="press: of one of these countries")
    themes: tuple[Id, ...] = Field((), description="press: desks that want one of these themes, or all")
    media: tuple[str, ...] = Field((), description="press: of one of these kinds (daily, trade, …)")
    why: Text = Field(description="why you get this: the sentence in the footer, by language")


class Section(Model):
    """A part of the newsletter, in the order of the letter."""

    id: Id = Field(description="short name")
    kind: Literal["lead", "stories", "agenda", "results", "asks", "welcome"] = Field(
        description="what stands in it, and so its layout"
    )
    heading: OptionalText = Field(
        default_factory=dict, description="the heading, by language; the lead needs none"
    )
    limit: int = Field(6, ge=1, le=20, description="most blocks")
    minimum: int = Field(0, ge=0, le=20, description="with fewer blocks the section is left out")
    holds: tuple[str, ...] = Field((), description="only items of these kinds (help_request, toolbox, …)")
    sources: tuple[Id, ...] = Field((), description="only from these sources; not for results")
    events: tuple[Id, ...] = Field((), description="results: of which of our events, in this order")
    metrics: tuple[str, ...] = Field(
        ("participants", "organisations"), description="results: which figures, in this order"
    )
    days: int = Field(90, ge=1, le=400, description="agenda: how many days ahead")


class Schedule(Model):
    """When an issue is sent: an iCalendar RRULE in a time zone, shifted off holidays."""

    rrule: str = Field(description="rule of RFC 5545, such as FREQ=MONTHLY;BYDAY=1TU: each first Tuesday")
    time: ClockTime = Field("10:00", description="civil time, hh:mm")
    time_zone: TimeZone = Field("Europe/Amsterdam", description="the zone of that time")
    shift: Literal["after", "before", "none"] = Field(
        "after", description="where to go when the day is a weekend day or a public holiday"
    )
    draft_days: int = Field(6, ge=0, le=60, description="how many days before sending it is drafted")


class Newsletter(Model):
    """A series of issues."""

    id: Id = Field(description="short name; issues are called after it")
    name: NameText = Field(description="the newsletter's name, by language")
    audience: Id = Field(description="id of the audience that gets it")
    schedule: Schedule = Field(description="when issues are sent")
    first_number: int = Field(1, ge=1, description="number of the issue named in first_issue")
    first_issue: YearMonth = Field(description="year and month of that issue")
    sections: tuple[Section, ...] = Field(min_length=1, description="the parts, in the order of the letter")
    intro: OptionalText = Field(
        default_factory=dict, description="standing introduction, by language; editable in each issue"
    )
    closing: OptionalText = Field(
        default_factory=dict, description="last words, by language: copy deadline, call"
    )
    submit_url: Url | None = Field(None, description="where members hand in news")
    join_url: Url | None = Field(None, description="where others can join")
    hero: Picture | None = Field(None, description="picture for a lead story without its own")
    purposes: tuple[Purpose, ...] = Field(
        ("connect", "inspire", "content", "show"), description="what issues are for, in the yearly report"
    )
    per_member: int = Field(2, ge=1, le=20, description="most items per member in one issue")
    template: str = Field(
        "newsletters/newsletter", description="template in the templates folder, without its ending"
    )
