"""The models of who sends: the organisation, its look, and the roles of its newsroom."""

from typing import Literal

from pydantic import Field

from stuifmail.config.values import (
    Colour,
    Country,
    Email,
    File,
    Id,
    Language,
    Model,
    Name,
    NameText,
    Text,
    TimeZone,
    Url,
)


class Colours(Model):
    """Colours of everything that is sent, as "#rrggbb" in quotes. Text must reach a contrast of 4.5."""

    ink: Colour = Field("#1f3a2a", description="headlines, buttons, dark bands")
    text: Colour = Field("#33352f", description="running text")
    accent: Colour = Field("#e5a31b", description="the one warm accent: marks and lines")
    accent_text: Colour = Field("#6b4e00", description="the accent where it is text on paper")
    paper: Colour = Field("#fffdf7", description="background of the letter")
    ground: Colour = Field("#efe9d9", description="background around the letter")
    soft: Colour = Field("#f5eed9", description="background of quiet bands, such as results")


class Picture(Model):
    """A picture of the newsroom."""

    file: File = Field(description="path of a PNG or JPEG, from the newsroom's folder")
    alt: Text = Field(description="what it shows, by language, for readers who do not see it")


class Organisation(Model):
    """Who sends: shown in masthead and footer, and in the headers of each message."""

    id: Id = Field(description="short name for files and addresses")
    name: NameText = Field(description="full name, by language")
    short_name: Name = Field(description="abbreviation or short name")
    email: Email = Field(description="sender and reply address: a role mailbox")
    website: Url = Field(description="the organisation's own site")
    postal_address: tuple[str, ...] = Field(
        min_length=1, description="lines of the postal address, which the law wants in each mail"
    )
    registration: str = Field("", description="chamber of commerce number or the like, for the footer")
    privacy_url: Url | None = Field(None, description="the privacy statement")
    colours: Colours = Field(Colours(), description="the house colours, where they differ from ours")
    logo: Picture | None = Field(None, description="small logo for the masthead")
    languages: tuple[Language, ...] = Field(min_length=1, description="editions, the first language first")
    time_zone: TimeZone = Field("Europe/Amsterdam", description="where the secretariat's clock hangs")
    country: Country = Field("NL", description="whose public holidays shift the schedule")


class Role(Model):
    """A role of the newsroom: who may do what. Roles, never people's names."""

    id: Id = Field(description="what is typed after --as")
    name: NameText = Field(description="the role's name, by language")
    email: Email = Field(description="the role's mailbox")
    may: tuple[Literal["edit", "approve", "send"], ...] = Field(("edit",), description="what the role may do")


class Review(Model):
    """Who reviews, and whether one pair of eyes may do."""

    roles: tuple[Role, ...] = Field(
        min_length=1, description="at least one that may approve and one that may send"
    )
    single_eye: bool = Field(
        False, description="let the last editor approve alone, if a reason is given; it is reported"
    )
