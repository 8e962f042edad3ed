"""The kinds of value that sources.yaml is made of, each with the words that explain it."""

import unicodedata
from dataclasses import dataclass
from typing import Annotated
from zoneinfo import ZoneInfo

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


@dataclass(frozen=True, slots=True)
class Words:
    """What a value is called in messages and in the reference.

    Args:
        noun: the value in plain words, with its article ("a two-letter language code").
        example: one that is right, as it stands in YAML.
    """

    noun: str
    example: str = ""

    def __str__(self) -> str:
        return f"{self.noun}, such as {self.example}" if self.example else self.noun


def wrong(message: str, remedy: str, key: str = "") -> PydanticCustomError:
    """Answer an error for a validator to raise.

    Args:
        message: what is wrong.
        remedy: what to do.
        key: the member of the model that is at fault; "" for the value itself.
    """
    return PydanticCustomError(
        "explained", "{message}: {remedy}", {"message": message, "remedy": remedy, "key": key}
    )


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        remedy = "write a name of the IANA time zone database, such as Europe/Amsterdam"
        raise wrong(f'there is no time zone "{name}"', remedy) from error
    return name


def _check_email(address: str) -> str:
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError as error:
        reason = str(error).rstrip(".")
        remedy = "write one bare address, such as nieuws@example.org"
        raise wrong(f'"{address}" is no e-mail address ({reason})', remedy) from error
    return address


def _check_line(text: str) -> str:
    if any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in text):
        remedy = "write it on one line: it goes into the headers of each message"
        raise wrong("it has a line break or another control character", remedy)
    return text


Id = Annotated[
    str,
    Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60),
    Words("an id of small letters, digits and hyphens", "wilgenrade"),
]
Name = Annotated[str, Field(min_length=1), AfterValidator(_check_line), Words("a name")]
Language = Annotated[
    str, Field(pattern=r"^[a-z]{2}$"), Words("a two-letter language code in small letters", "nl")
]
Country = Annotated[
    str, Field(pattern=r"^[A-Z]{2}$"), Words("a two-letter country code in capitals (ISO 3166)", "NL")
]
Colour = Annotated[
    str, Field(pattern=r"^#[0-9a-fA-F]{6}$"), Words("a colour as #rrggbb in quotes", '"#1f3a2a"')
]
Url = Annotated[
    str,
    Field(pattern=r"^https?://[^\s]+$"),
    Words("an address that starts with https:// or http://", "https://example.org/feed"),
]
Email = Annotated[str, AfterValidator(_check_email), Words("an e-mail address", "nieuws@example.org")]
ListId = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$", max_length=255),
    Words("a name like a domain's, with dots and without spaces or <>", "nieuwsbrief.coalition.example.org"),
]
ClockTime = Annotated[
    str,
    Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$"),
    Words("a time of day as hh:mm, from 00:00 to 23:59", "09:30"),
]
YearMonth = Annotated[
    str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$"), Words("a year and month as yyyy-mm", "2026-05")
]
File = Annotated[str, Field(min_length=1), Words("a path, from the newsroom's folder", "samples/news.xml")]
Text = Annotated[dict[Language, str], Field(min_length=1)]
OptionalText = dict[Language, str]
#: Names by language, fit for the headers of a message.
NameText = Annotated[dict[Language, Name], Field(min_length=1)]
OptionalNameText = dict[Language, Name]
TimeZone = Annotated[str, AfterValidator(_check_zone), Words("a time zone", "Europe/Amsterdam")]


class Model(BaseModel):
    """Frozen; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
