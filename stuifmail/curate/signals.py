"""What a text tells about its news value, read from its words: nothing is guessed.

Only title and lead count, in which news has to say what it is.
"""

import re
from collections.abc import Sequence
from datetime import date

from stuifmail.config.models import Member
from stuifmail.model.items import Entry

#: So many words of the text are taken for its lead.
LEAD_WORDS = 120

#: A one-word name shorter than this ("Zoem") is too often another word.
_NAME_LETTERS = 6

_NUMBER = re.compile(r"(?<![\w.,:/-])\d[\d.,]*(?![\w/:-])")
_NO_RESULT = re.compile(
    r"\b(?:19|20)\d\d\b"  # a year
    r"|\b\d{1,2}[.:]\d\d\s*(?:uur|u\b|h\b|am\b|pm\b|a\.m|p\.m)"  # a time
    r"|\b\d{1,2}(?:\s*(?:-|–|t/m|tot|to|until)\s*\d{1,2})?\s+(?:of\s+)?(?:jan|feb|mrt|maart|mar|apr|mei|may"
    r"|jun|jul|aug|sep|okt|oct|nov|dec)\w*"  # a day of a month
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\b(?:uiterlijk|deadline|sluitingsdatum|no later than"
    r"|(?:aanmelden|inschrijven|opgeven|reageren) (?:kan|voor|tot)|meld u aan|geef u op"
    r"|(?:register|apply|sign up|respond) (?:by|before)|closes on)\b",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"\b(?:beleid|gemeenteraad|raadsbesluit|wethouder|verordening|motie\b|kamerbrief|minister"
    r"|wetsvoorstel|subsidieregeling|omgevingsplan|policy|policies|regulation|legislation|parliament"
    r"|directive|city council|town council)",
    re.IGNORECASE,
)
_PRACTICES = ("good_practice", "lesson_learned")


def read_lead(entry: Entry) -> str:
    """Answer title and first words of the text."""
    return f"{entry.title}. {' '.join(entry.text.split()[:LEAD_WORDS])}"


def has_results(entry: Entry) -> bool:
    """Answer whether title and lead give two different numbers that are no date, year or time."""
    counted = {found.rstrip(".,") for found in _NUMBER.findall(_NO_RESULT.sub(" ", read_lead(entry)))}
    return len(counted) >= 2


def has_deadline(entry: Entry) -> bool:
    """Answer whether the reader has to be in time: a term in title or lead, or a call for help."""
    return entry.kind == "help_request" or bool(_DEADLINE.search(read_lead(entry)))


def is_policy(entry: Entry) -> bool:
    """Answer whether title or lead are about what authorities decide."""
    return bool(_POLICY.search(read_lead(entry)))


def is_practice(entry: Entry) -> bool:
    """Answer whether others can do it after them, or avoid it."""
    return entry.kind in _PRACTICES


class Mentions:
    """Finds which members a text names.

    Args:
        members: those with a site of their own are looked for, by name and aliases; a country is
            named too often to mean anything.
        today: who left before is not looked for.
    """

    def __init__(self, members: Sequence[Member], today: date) -> None:
        self._ids = {
            name: member.id
            for member in members
            if member.website and not (member.left and member.left <= today)
            for name in (member.name, *member.aliases)
            if len(name.split()) > 1 or len(name) >= _NAME_LETTERS
        }
        names = sorted(map(re.escape, self._ids), key=lambda name: (-len(name), name))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)") if names else None

    def find(self, entry: Entry) -> frozenset[str]:
        """Answer the ids of the members that title or lead name."""
        if self._pattern is None:
            return frozenset()
        return frozenset(self._ids[name] for name in self._pattern.findall(read_lead(entry)))
