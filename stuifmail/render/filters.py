"""What templates can do with values: dates and numbers in words, text in paragraphs and lines.

Every filter is pure and takes the language as a two-letter code where it matters.
"""

import textwrap
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_month_names
from babel.numbers import format_decimal

from stuifmail.render.html import paragraphs, sanitise

#: The English of the editions is European: day before month, 24 hours.
_LOCALES = {"en": "en_GB"}


def locale_of(language: str) -> Locale:
    """Answer the locale for a two-letter language code.

    Raises:
        ValueError: no such language is known.
    """
    try:
        return Locale.parse(_LOCALES.get(language, language))
    except UnknownLocaleError as error:
        raise ValueError(f"no dates and numbers are known for language {language!r}") from error


def long_date(day: date, language: str) -> str:
    """Answer "dinsdag 5 mei 2026" or "Tuesday 5 May 2026"; a moment counts in its own zone."""
    return format_date(day, "EEEE d MMMM y", locale=locale_of(language))


def medium_date(day: date, language: str) -> str:
    """Answer "5 mei 2026" or "5 May 2026"."""
    return format_date(day, "d MMMM y", locale=locale_of(language))


def short_date(day: date, language: str) -> str:
    """Answer "5 mei" or "5 May"."""
    return format_date(day, "d MMMM", locale=locale_of(language))


def format_day(day: date, pattern: str, language: str) -> str:
    """Answer the day by a CLDR pattern, such as "EEE d MMM"."""
    return format_date(day, pattern, locale=locale_of(language))


def month_name(day: date, language: str) -> str:
    """Answer "mei" or "May": the month as it stands alone."""
    names = get_month_names("wide", "stand-alone", locale=locale_of(language))
    return str(names[day.month])


def month_year(day: date, language: str) -> str:
    """Answer "mei 2026" or "May 2026"."""
    return f"{month_name(day, language)} {day.year}"


def clock(moment: datetime, language: str) -> str:
    """Answer "14.30" in Dutch, "14:30" elsewhere: hours and minutes in the moment's own zone."""
    pattern = "H.mm" if language == "nl" else "HH:mm"
    return format_time(moment.timetz(), pattern, locale=locale_of(language))


def in_zone(moment: datetime, zone: str) -> datetime:
    """Answer the same moment as the clocks of this IANA time zone show it."""
    return moment.astimezone(ZoneInfo(zone))


def number(value: float, language: str) -> str:
    """Answer "1.234" in Dutch, "1,234" in English."""
    return str(format_decimal(value, locale=locale_of(language)))


def lines(text: str, width: int = 72, indent: str = "", first: str | None = None) -> str:
    """Answer the text broken into lines, paragraphs parted by blank lines.

    Args:
        width: most characters in a line; an address is never broken.
        indent: put before each line.
        first: put before the first line instead ("- " with indent "  ").
    """
    wrapped = [
        textwrap.fill(
            " ".join(part.split()),
            width,
            initial_indent=indent if first is None or position else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for position, part in enumerate(text.split("\n\n"))
        if part.strip()
    ]
    return "\n\n".join(wrapped)


def underline(text: str, mark: str = "-") -> str:
    """Answer the text with a line of marks of the same length under it."""
    return f"{text}\n{mark * len(text)}"


#: The filters by the name that templates use.
FILTERS: Mapping[str, Callable[..., Any]] = {
    "long_date": long_date,
    "medium_date": medium_date,
    "short_date": short_date,
    "format_day": format_day,
    "month_name": month_name,
    "month_year": month_year,
    "clock": clock,
    "in_zone": in_zone,
    "number": number,
    "lines": lines,
    "underline": underline,
    "paragraphs": paragraphs,
    "sanitise": sanitise,
}
