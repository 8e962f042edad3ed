"""Whether two pieces tell the same news, and how sure that is."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias

from rapidfuzz.distance import Levenshtein

from stuifmail.curate.addresses import twin_key
from stuifmail.curate.phrases import is_specific, number_of
from stuifmail.curate.traits import Traits

#: Further apart, nothing is the same news but one and the same page, and that not next year.
WINDOW = timedelta(days=60)
PAGE_WINDOW = timedelta(days=120)

#: The same words in a title mean the same news only for so long.
TITLE_WINDOW = timedelta(days=14)

#: A piece is brought up to date within these days.
UPDATE_WINDOW = timedelta(days=3)

#: Fewer runs of words prove nothing: a greeting, a slogan.
FEWEST_RUNS = 14

#: Titles with fewer words that mean something ("Open dag") are too common.
FEWEST_WORDS = 3

#: A title with so many is of one piece only, even where a text is missing.
LONG_TITLE = 5

#: So much of the shorter text stands in the longer one.
COPIED = 0.45
PARTLY_COPIED = 0.15

#: So many of the telling words of the shorter title stand in the other.
ALIKE = 0.6

#: So many of the shorter piece's words are in the other, where it links to it, or where facts are shared.
RETOLD = 0.4

#: Two accounts of one thing without a shared sentence come within these days.
FACTS_WINDOW = timedelta(days=4)

#: Points of shared numbers and names (see `_weigh`) beside a like title or a link, and where a link or
#: picture joins two languages.
SOME_POINTS = 2.0
FEW_POINTS = 1.0

#: Longer stretches that differ are another text, not another name or date.
LONGEST_SWAP = 3

Sign: TypeAlias = Literal[
    "", "page", "translation", "title", "text", "linked", "picture", "facts", "update", "template"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What comparing two pieces came to.

    Args:
        strength: above 0 for the same news, 1 for certain; 0 for no sign; -1 for certainly not.
        sign: what showed it.
    """

    strength: float
    sign: Sign = ""


NONE = Likeness(strength=0.0)
TEMPLATE = Likeness(strength=-1.0, sign="template")


def compare_pieces(one: Traits, other: Traits) -> Likeness:
    """Answer whether two pieces tell the same news; the order makes no difference.

    One page, translations and copied text tell by themselves. What is only alike does not: two
    pieces of one template say the same with another place, date or number, and then are two.
    """
    if (one.dated_at, one.item.id) > (other.dated_at, other.item.id):
        one, other = other, one
    apart = other.dated_at - one.dated_at
    same_page = bool(one.link) and one.link == other.link
    if apart > (PAGE_WINDOW if same_page else WINDOW):
        return NONE
    if same_page:
        return Likeness(strength=1.0, sign="page")
    if _translate(one, other):
        return Likeness(strength=0.95, sign="translation")
    if one.looks_back != other.looks_back:
        return NONE
    if _from_one_house(one, other):
        return _compare_within(one, other, apart)
    return _compare_between(one, other, apart)


def _from_one_house(one: Traits, other: Traits) -> bool:
    # Several members hand in rows of one sheet; all sources without a member are not one house.
    if one.item.member_id or other.item.member_id:
        return one.item.member_id == other.item.member_id
    return one.item.source_id == other.item.source_id


def _translate(one: Traits, other: Traits) -> bool:
    """The pages say that they are each other's translation, or one stands at the other's place."""
    if (
        one.own in other.translations
        or other.own in one.translations
        or one.translations & other.translations
    ):
        return True
    if one.item.language == other.item.language:
        return False
    (key, language), (other_key, other_language) = twin_key(one.link), twin_key(other.link)
    return bool(key) and key == other_key and language != other_language


def _compare_within(one: Traits, other: Traits, apart: timedelta) -> Likeness:
    """Two pieces of one member: a second version or a second feed, else two of a series."""
    if one.item.language != other.item.language or apart > UPDATE_WINDOW:
        return NONE
    copied, alike = _copied(one, other), _alike(one, other)
    if one.title == other.title and _is_second_version(one, other):
        return Likeness(strength=0.9, sign="update")
    if other.is_update and alike >= ALIKE and copied >= PARTLY_COPIED:
        return Likeness(strength=0.8, sign="update")
    if copied >= COPIED and alike >= ALIKE and not _is_next_of_series(one, other):
        return Likeness(strength=0.7, sign="update")
    return TEMPLATE if copied >= COPIED else NONE


def _is_next_of_series(one: Traits, other: Traits) -> bool:
    """Whether a word took another's place in the title, and that is not a figure that was corrected."""
    if one.words == other.words:
        return False
    if min(len(one.title), len(other.title)) < FEWEST_WORDS:
        return True
    return any(
        tag == "replace" and len(old) == len(new) and not (_tells(one, old) and _tells(other, new))
        for tag, old, new in _blocks(one.title, other.title)
    )


def _tells(piece: Traits, words: tuple[str, ...]) -> bool:
    """Whether words of a title are numbers that the text tells, and not that of a list."""
    told = {number_of(word) for word in piece.words}
    return all((number := number_of(word)) and number in told for word in words)


def _is_second_version(one: Traits, other: Traits) -> bool:
    """Whether two texts under one title are one text; a long title without a text tells enough."""
    if len(one.title) < FEWEST_WORDS:
        return False
    fewest = min(len(one.runs), len(other.runs))
    if not fewest:
        return one.words == other.words or len(one.telling) >= LONG_TITLE
    # A later version has other figures; with another name it is the next entry of a log.
    return len(one.runs & other.runs) >= COPIED * fewest and not _swaps(one.words, other.words, names=True)


def _compare_between(one: Traits, other: Traits, apart: timedelta) -> Likeness:
    """Two pieces of different members: a copy, the same title, a link, or the same facts."""
    copied, alike = _copied(one, other), _alike(one, other)
    if (copied >= PARTLY_COPIED or alike >= ALIKE) and _is_template(one, other):
        return TEMPLATE
    if copied >= COPIED:
        return Likeness(strength=min(0.6 + 0.4 * copied, 0.99), sign="text")
    if apart <= TITLE_WINDOW and _same_title(one, other, copied):
        return Likeness(strength=0.8, sign="title")
    return _compare_facts(one, other, apart, copied, alike)


def _compare_facts(one: Traits, other: Traits, apart: timedelta, copied: float, alike: float) -> Likeness:
    """Two accounts in different words: what joins them counts only with facts that both tell."""
    points, retold = _shared_points(one, other), _retold(one, other)
    abroad = one.item.language != other.item.language
    enough = FEW_POINTS if abroad else SOME_POINTS
    if _links(one, other) and (retold >= RETOLD or copied > 0 or points >= enough):
        return Likeness(strength=0.7, sign="linked")
    if one.picture and one.picture == other.picture and points >= FEW_POINTS:
        return Likeness(strength=0.65, sign="picture")
    if apart <= TITLE_WINDOW and alike >= ALIKE and points >= SOME_POINTS:
        return Likeness(strength=0.6, sign="title")
    if apart <= FACTS_WINDOW and retold >= RETOLD and _weigh(one.rare & other.rare) >= SOME_POINTS:
        return Likeness(strength=0.5, sign="facts")
    return NONE


def _copied(one: Traits, other: Traits) -> float:
    """Share of the shorter text's runs of words that stand in the other."""
    fewest = min(len(one.runs), len(other.runs))
    if fewest < FEWEST_RUNS:
        return 0.0
    return len(one.runs & other.runs) / fewest


def _alike(one: Traits, other: Traits) -> float:
    """Share of the shorter title's telling words that are in the other; 0 where there are few."""
    fewest = min(len(one.telling), len(other.telling))
    return len(one.telling & other.telling) / fewest if fewest >= 2 else 0.0


def _same_title(one: Traits, other: Traits, copied: float) -> bool:
    if one.title != other.title or len(one.title) < FEWEST_WORDS:
        return False
    return len(one.telling) >= 2 or copied > PARTLY_COPIED


def _links(one: Traits, other: Traits) -> bool:
    return (bool(one.own) and one.own in other.links) or (bool(other.own) and other.own in one.links)


def _retold(one: Traits, other: Traits) -> float:
    fewest = min(len(one.stems), len(other.stems))
    return len(one.stems & other.stems) / fewest if fewest else 0.0


def _shared_points(one: Traits, other: Traits) -> float:
    """Weigh the numbers and names that both have; a name that all have may be the coalition's own."""
    return _weigh(one.numbers & other.numbers) + _weigh(one.names & other.names) / 2


def _weigh(signs: frozenset[str]) -> float:
    """A name counts for one; a number for less when it is short, for short ones are everywhere."""
    return sum(min(len(sign), 4) / 4 if sign[0].isdigit() else 1.0 for sign in signs)


def _is_template(one: Traits, other: Traits) -> bool:
    """Whether a place, date or number stands in one where another one stands in the other."""
    return _swaps(one.title, other.title, edges=True) or _swaps(one.words, other.words)


def _swaps(one: tuple[str, ...], other: tuple[str, ...], *, edges: bool = False, names: bool = False) -> bool:
    """Whether amid the same words a specific one takes another's place.

    Args:
        edges: also at the beginning and the end, where a text may have a dateline.
        names: names only, no numbers.
    """
    blocks = _blocks(one, other)
    if edges:
        blocks = [("equal", (), ()), *blocks, ("equal", (), ())]
    return any(
        tag == "replace" and before[0] == after[0] == "equal" and _takes_place(old, new, names=names)
        for before, (tag, old, new), after in zip(blocks, blocks[1:], blocks[2:], strict=False)
    )


def _blocks(
    one: tuple[str, ...], other: tuple[str, ...]
) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What turns one row of words into the other: "equal", "replace", "insert" or "delete", old, new."""
    steps = Levenshtein.opcodes([word.casefold() for word in one], [word.casefold() for word in other])
    return [
        (step.tag, one[step.src_start : step.src_end], other[step.dest_start : step.dest_end])
        for step in steps
    ]


def _takes_place(old: tuple[str, ...], new: tuple[str, ...], *, names: bool) -> bool:
    if len(old) != len(new) or len(old) > LONGEST_SWAP:
        return False
    return any(
        is_specific(a) and is_specific(b) and not (names and (number_of(a) or number_of(b)))
        for a, b in zip(old, new, strict=True)
    )
