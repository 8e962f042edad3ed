"""Words of a piece as signs: what its title says, its numbers, names and moments."""

import re
from functools import lru_cache
from itertools import pairwise

from stuifmail.model.names import fold_name

#: What systems and press officers put before a title.
_PREFIX = re.compile(
    r"^\W*(?:(?:gezamenlijk\s+)?persbericht|press\s+(?:release|statement)|update|bijgewerkt|breaking"
    r"|nieuws(?:bericht)?|news|ledennieuws|nieuws\s+van\s+(?:onze\s+)?leden|video|opinie)"
    r"(?:\s*[:|–—-]\s*|(?<=update)\s+)",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"[\[(](?:update\w*|bijgewerkt|gecorrigeerd|corrected|video|\w*herhaling)[\])]", re.IGNORECASE
)
#: " - Naam van de site": few words and no number, for "deel 2" is no name.
_SUFFIX = re.compile(r"\s+[-–—|]\s+[^-–—|\d]{2,40}$")
_FEWEST_WORDS = 3

_STOP = frozenset(
    """de het een en van in op te voor met aan bij om is zijn was wordt worden die dat dit deze er als naar
    uit door over tot ook niet nog maar dan zo wel of al ons onze wij we u uw je jij ze zij hij hun haar
    zich meer nu na per tegen onder tussen weer heeft hebben kan kunnen wil gaat gaan geen alle hoe wat wie
    the a an and of in on to for with at by is are was be been this that these it its as from or not no we
    our us you your they their has have had can will more new into over out up about than but how what who
    s t""".split()
)
#: Words of titles that come back every month, in every organisation.
_GENERIC = frozenset(
    """vacature vacatures gezocht nieuwsbrief agenda uitnodiging update persbericht nieuws bericht berichten
    uur fte open dag dagen avond jaarvergadering ledenvergadering vergadering jaarverslag verslag terugblik
    nummer week maand jaar lid leden werk weg excursie lezing workshop cursus enquete oproep aanmelden
    newsletter vacancy job news report annual meeting event agenda issue no number month week year invitation
    call press release""".split()
)
_MONTHS = """januari februari maart april mei juni juli augustus september oktober november december
    january february march may june july august october""".split()
_DAYS = """maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    monday tuesday wednesday thursday friday saturday sunday""".split()
_MOMENTS = frozenset((*_MONTHS, *_DAYS))
_DUTCH_NUMBERS = """twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien
    zestien zeventien achttien negentien twintig""".split()
_ENGLISH_NUMBERS = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty""".split()
_NUMBERS = {
    word: str(value) for words in (_DUTCH_NUMBERS, _ENGLISH_NUMBERS) for value, word in enumerate(words, 2)
} | {"dertig": "30", "thirty": "30", "zestig": "60", "sixty": "60", "honderd": "100", "hundred": "100"}
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = frozenset(".!?:\n•|\"'“”‘’")
_LOOKS_BACK = re.compile(
    r"\b(?:terugblik\w*|terugkijken|verslag\s+(?:van|over)|geslaagd\w*|recap|look(?:ing)?\s+back|report\s+of"
    r"|impressie|uitgebloeid|afgelopen)\b",
    re.IGNORECASE,
)
_UPDATE = re.compile(r"\b(?:update|bijgewerkt|gecorrigeerd|updated|corrected)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
#: Letters that are compared of a word, so that endings make no difference.
_STEM = 7


def strip_title(title: str) -> str:
    """Answer a title without "Persbericht |" before it and the site's name behind it."""
    bare = _MARKS.sub(" ", title)
    while (shorter := _PREFIX.sub("", bare, count=1)) != bare and shorter.strip():
        bare = shorter
    shorter = _SUFFIX.sub("", bare.rstrip())
    return shorter if len(shorter.split()) >= _FEWEST_WORDS else bare


def title_words(title: str) -> tuple[str, ...]:
    """Answer the words of a title that mean something, folded, in order."""
    return tuple(word for word in _fold(strip_title(title)).split() if word not in _STOP)


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    return fold_name(text)


def split_words(text: str) -> list[str]:
    """Answer the words and numbers of a text as written, numbers without thousands' signs."""
    return [_THOUSANDS.sub("", word) if word[0].isdigit() else word for word in _WORD.findall(text)]


@lru_cache(maxsize=16_384)
def tells(word: str) -> bool:
    """Answer whether a word of a title is of this piece, not of every month's, as "agenda" and "mei" are."""
    return not (word in _GENERIC or is_moment(word) or number_of(word))


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    """Answer the beginning of a word in small letters, "" for one that means nothing by itself."""
    low = word.casefold()
    if low in _STOP or len(low) < 2:
        return ""
    return _NUMBERS.get(low, low[:_STEM])


@lru_cache(maxsize=65_536)
def number_of(word: str) -> str:
    """Answer a number as digits ("4,1" gives "4.1", "vier" gives "4"), "" for other words."""
    if word[0].isdigit():
        return word.replace(",", ".")
    return _NUMBERS.get(word.casefold(), "")


def is_moment(word: str) -> bool:
    """Answer whether this is the name of a month or a day."""
    return word.casefold() in _MOMENTS


def is_year(number: str) -> bool:
    """Answer whether a number may be a year: shared by pieces that have nothing else in common."""
    return bool(_YEAR.fullmatch(number))


def is_specific(word: str, *, starts_sentence: bool = False) -> bool:
    """Answer whether a word tells one of a series from the next: a number, a name, a month."""
    return bool(number_of(word)) or is_moment(word) or (word[0].isupper() and not starts_sentence)


def find_names(text: str) -> frozenset[str]:
    """Answer the capitalised words within sentences, folded; months, days and stop words are none."""
    found = set()
    spans = list(_WORD.finditer(text))
    for before, this in pairwise(spans):
        word = this.group()
        if word[0].isupper() and not _SENTENCE_END & set(text[before.end() : this.start()]):
            low = word.casefold()
            if low not in _MOMENTS and low not in _STOP and low not in _NUMBERS and len(low) > 2:
                found.add(low)
    return frozenset(found)


def find_numbers(words: list[str]) -> frozenset[str]:
    """Answer the numbers among words, as digits, years aside."""
    return frozenset(number for word in words if (number := number_of(word)) and not is_year(number))


def looks_back(title: str) -> bool:
    """Answer whether a title says that the piece looks back on an event."""
    return bool(_LOOKS_BACK.search(title))


def is_update(title: str) -> bool:
    """Answer whether a title says that the piece is a later version of another."""
    return bool(_UPDATE.search(title))
