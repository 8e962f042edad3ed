"""The models of press releases and of the desks that get them."""

from typing import Literal

from pydantic import Field

from stuifmail.config.values import (
    ClockTime,
    Country,
    Email,
    File,
    Id,
    Language,
    Model,
    NameText,
    OptionalText,
    Text,
    TimeZone,
)


class PressList(Model):
    """The sheet with the desks that get releases."""

    file: File = Field(description="CSV or XLSX, path from the newsroom's folder")
    columns: dict[str, str] = Field(
        default_factory=dict, description="our column name, then the sheet's, where they differ"
    )


class Boilerplate(Model):
    """The standing text about us, below each release."""

    version: str = Field(min_length=1, max_length=20, description="what this text is called, such as 2026-1")
    text: Text = Field(description="40 to 80 words, by language")


class PressHours(Model):
    """When desks of one country like to get a release."""

    country: Country = Field(description="ISO 3166 code")
    time: ClockTime = Field("09:30", description="civil time")
    time_zone: TimeZone = Field("Europe/Amsterdam", description="the zone of that time")


class Press(Model):
    """Press releases: who they come from, what stands in each, and who gets them."""

    list: PressList = Field(description="the desks")
    contact: Email = Field(description="role mailbox of the press office")
    phone: str = Field("", description="number on which editors can call")
    reachable: OptionalText = Field(default_factory=dict, description="when, by language")
    images: OptionalText = Field(
        default_factory=dict, description="where pictures are and how they may be used, by language"
    )
    boilerplate: Boilerplate = Field(description="the text about us")
    place: NameText = Field(description="where releases come from, by language, when the news has no place")
    audiences: dict[Language, Id] = Field(
        min_length=1, description="by language of the release: the audience, one of audiences"
    )
    forms: dict[Language, Literal["nl", "international"]] = Field(
        default_factory=dict, description="by language: order and words; nl for Dutch, else international"
    )
    hours: tuple[PressHours, ...] = Field((), description="when desks like to get a release, by country")
    update_points: float = Field(
        8.0, ge=0, description="an update tells only stories that weigh this much in stuifmail rank"
    )
    schedule: str = Field(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=7;BYMINUTE=45",
        description='RRULE (RFC 5545) by which updates are drafted unattended; "" for never',
    )
    urgency: int = Field(5, ge=1, le=9, description="news value for machines: 1 is the highest")
    template: str = Field("releases/release", description="template in the templates folder")
