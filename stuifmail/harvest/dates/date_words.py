"""The words with which Dutch and English texts say dates, as patterns."""

import re

_MONTHS = (
    "januari january jan",
    "februari february feb febr",
    "maart march mrt mar",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "augustus august aug",
    "september sept sep",
    "oktober october okt oct",
    "november nov",
    "december dec",
)
_WEEKDAYS = (
    "maandag monday ma mon",
    "dinsdag tuesday di tue tues",
    "woensdag wednesday wo wed",
    "donderdag thursday do thu thurs",
    "vrijdag friday vr fri",
    "zaterdag saturday za sat",
    "zondag sunday zo sun",
)
MONTHS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
WEEKDAYS = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
SEASONS = {
    word: month
    for month, words in {
        3: "voorjaar lente spring",
        6: "zomer summer",
        9: "najaar herfst autumn fall",
        12: "winter",
    }.items()
    for word in words.split()
}
_QUARTERS = ("eerste 1e 1ste first 1st", "tweede 2e 2de second 2nd", "derde 3e 3de third 3rd",
             "vierde 4e 4de fourth 4th")  # fmt: skip
ORDINALS = {word: number for number, words in enumerate(_QUARTERS, start=1) for word in words.split()}
#: Which third of a month or year a word means: its beginning 0, middle 1 or end 2.
PARTS = {
    word: part
    for part, words in enumerate(
        (
            "begin|start of|early|beginning of",
            "medio|half|midden|halverwege|mid|middle of",
            "eind|einde|end of|late",
        )
    )
    for word in words.split("|")
}
BEFORE = ("uiterlijk", "ten laatste", "vóór", "voor", "before", "no later than", "by", "tot en met", "t/m",
          "tot", "until")  # fmt: skip
#: Of those, the words that leave out the day which they name.
EXCLUSIVE = frozenset({"vóór", "voor", "before", "tot", "until"})
AFTER = ("met ingang van", "vanaf", "sinds", "from", "as of", "since", "na", "after", "per")
#: Of those, the words that leave out what they name.
LATER = frozenset({"na", "after"})
_UNSURE = (
    "onder voorbehoud", "voorlopig", "voorlopige datum", "nog te bevestigen", "nog niet bevestigd",
    "wordt bevestigd", "tbc", "t.b.c.", "to be confirmed", "tentative", "provisional", "waarschijnlijk",
    "vermoedelijk", "probably", "circa", "ca.", "omstreeks", "rond", "around", "richtdatum",
)  # fmt: skip


def _any(words: object) -> str:
    """Answer a pattern of any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


MONTH = rf"(?P<month>{_any(MONTHS)})\b\.?"
WEEKDAY = rf"(?:\b(?P<weekday>{_any(WEEKDAYS)})\b\.?,?\s+)?"
DAY = r"(?P<day>(?<![\d.:,])[0-3]?\d)(?:st|nd|rd|th|ste|de|e)?\b(?![:.]\d)"
YEAR = r"(?P<year>(?:19|20)\d\d)\b(?![:.]\d)"

#: "dinsdag 9 juni 2026", "9 juni", "9" (a day of the month that follows).
ATOM = re.compile(rf"{WEEKDAY}{DAY}(?:\s+(?:of\s+)?{MONTH})?(?:,?\s+(?:in\s+)?{YEAR})?", re.ASCII)
#: "June 9, 2026"; the day of "June 2026" is none.
ATOM_AMERICAN = re.compile(
    rf"{WEEKDAY}\b{MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?![:.\d])(?:,?\s+{YEAR})?", re.ASCII
)
#: "5-6-2026", "05/06/2026", "2026-06-05".
ATOM_OF_NUMBERS = re.compile(
    rf"{WEEKDAY}\b(?:(?P<day>\d{{1,2}})[-/.](?P<number>\d{{1,2}})[-/.](?P<year>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))\b",
    re.ASCII,
)
CHOICE = re.compile(r"\s*(?:,?\s*\b(?:of|or|dan wel|danwel)\b|/)\s*")
RANGE = re.compile(r"\s*(?:-|\bt/m\b|\btot en met\b|\btot\b|\buntil\b|\bthrough\b|\bto\b)\s*")
LIST = re.compile(r"\s*(?:,?\s*\b(?:en|and)\b|&|,|\+)\s*")
FROM = re.compile(r"\b(?:van|from|between|tussen)\s+(?=\S*\s*\d)")

_CLOCK = (
    r"(?:(?P<hour{n}>[01]?\d|2[0-4])(?:[:.](?P<minute{n}>[0-5]\d)(?![.\d])|\s*u\s*(?P<past{n}>[0-5]\d)\b)?"
    r"(?P<unit{n}>\s*(?:uur\b|u\b|h\b|(?P<half{n}>[ap])\.?m\b\.?))?)"
)
CLOCKS = re.compile(
    r"(?:\b(?:om|at|van|vanaf|from|tussen|between)\s+)?(?<![\d/.:-])"
    + _CLOCK.format(n=1)
    + r"(?:\s*(?:-|\btot en met\b|\btot\b|\ben\b|\bto\b|\buntil\b|\band\b)\s*"
    + _CLOCK.format(n=2)
    + r")?(?![\d/])\s*(?:\(?(?P<zone>CET|CEST|MET|MEST|MEZ|MESZ|UTC|GMT|BST|EET|EEST|EAT|[ECMP][SD]T)\b\)?)?",
    re.IGNORECASE | re.ASCII,
)

EVERY = re.compile(
    rf"\b(?:elke|iedere|every|each|wekelijks|maandelijks|jaarlijks|weekly|monthly|yearly)\b"
    rf"|\b(?:{_any(w + e for w in WEEKDAYS if len(w) > 5 for e in ('en', 's'))})\b"
)  # fmt: skip
PAST = re.compile(r"\b(?:jl|j\.l|jongstleden|afgelopen|vorige|last|past)\b\.?")
UNSURE = re.compile(rf"(?<!\w)(?:{_any(_UNSURE)})(?!\w)|\?")
TODAY = re.compile(r"\b(?:vandaag|today|nu|now|morgen|tomorrow|gisteren|yesterday)\b")
OPEN = re.compile(rf"(?<!\w)(?:(?P<before>{_any(BEFORE)})|(?P<after>{_any(AFTER)}))\s+")
PART = re.compile(
    rf"\b(?P<part>{_any(PARTS)})[\s-]+(?:(?:van|of)\s+)?(?:{MONTH}(?:,?\s+{YEAR})?|(?P<only>(?:19|20)\d\d)\b)"
)
SEASON = re.compile(rf"\b(?P<season>{_any(SEASONS)})\b(?:\s+(?:van|of)?\s*{YEAR})?")
QUARTER = re.compile(
    rf"\b(?:(?P<place>{_any(ORDINALS)})\s+(?:(?P<quarter>kwartaal|quarter)|(?:helft|half|halfjaar))"
    rf"|q(?P<short>[1-4]))\b(?:\s+(?:van|of|in)?\s*{YEAR})?"
)
WEEK = re.compile(rf"\bweek\s+(?P<week>\d{{1,2}})\b(?:\s+(?:van|of|in)?\s*{YEAR})?")
MONTH_YEAR = re.compile(rf"\b{MONTH}\s+{YEAR}")
MONTH_ONLY = re.compile(rf"\W*(?:in\s+|de maand\s+)?{MONTH}\W*")
YEAR_ONLY = re.compile(rf"\W*(?:in\s+|de loop van\s+)*{YEAR}\W*")
