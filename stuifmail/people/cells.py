"""What people write in a cell: languages, days, yes and no, several values."""

import re
from datetime import date

_LANGUAGES = {
    "nederlands": "nl",
    "dutch": "nl",
    "engels": "en",
    "english": "en",
    "frans": "fr",
    "french": "fr",
    "français": "fr",
    "duits": "de",
    "german": "de",
    "deutsch": "de",
    "spaans": "es",
    "spanish": "es",
    "español": "es",
}
_YES = ("true", "1", "yes", "ja", "x", "y", "j", "waar", "hard")
_NO = ("", "false", "0", "no", "nee", "n", "onwaar")
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")


def read_language(text: str) -> str:
    """Answer the two-letter code of "nl", "NL-nl" or "Dutch"; "" when it is none."""
    folded = text.strip().casefold()
    code = _LANGUAGES.get(folded, re.split(r"[-_]", folded)[0])
    return code if re.fullmatch(r"[a-z]{2}", code) else ""


def read_day(text: str) -> date | None:
    """Answer the day of "2026-05-04" or "4-5-2026"; None when the cell is empty.

    Raises:
        ValueError: it is no day.
    """
    if not text:
        return None
    if dutch := _DUTCH_DAY.fullmatch(text):
        return date(*(int(part) for part in reversed(dutch.groups())))
    return date.fromisoformat(text[:10])


def read_yes(text: str) -> bool | None:
    """Answer whether the cell says yes; an empty one says no; None when it says neither."""
    folded = text.strip().casefold()
    if folded in _YES:
        return True
    return False if folded in _NO else None


def split_values(text: str) -> tuple[str, ...]:
    """Answer the values of a cell with several, parted by semicolons, each once."""
    return tuple(dict.fromkeys(part for part in (" ".join(part.split()) for part in text.split(";")) if part))
