"""Numbers that are written in words, in Dutch and English: to ninety-nine, and round hundreds."""

from collections.abc import Callable
from functools import cache

_NL_ONES = ("", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_NL_TEENS = tuple("tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split())
_NL_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_EN_ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_EN_TEENS = tuple("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split())
_EN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@cache
def number_words(language: str) -> dict[str, int]:
    """Answer the numbers from two by their words in a language; "one" is an article too often."""
    if language == "nl":
        return _small(_NL_ONES, _NL_TEENS, _NL_TENS, _dutch) | _dutch_hundreds()
    if language == "en":
        return _small(_EN_ONES, _EN_TEENS, _EN_TENS, _english) | _english_hundreds()
    return {}


def _small(
    ones: tuple[str, ...], teens: tuple[str, ...], tens: tuple[str, ...], join: Callable[[str, str], str]
) -> dict[str, int]:
    words = {word: value for value, word in enumerate(ones) if value > 1}
    words |= {word: 10 + at for at, word in enumerate(teens)}
    for at, ten in enumerate(tens, start=2):
        words[ten] = 10 * at
        words |= {join(ones[one], ten): 10 * at + one for one in range(1, 10)}
    return words


def _dutch(one: str, ten: str) -> str:
    return f"{one}{'ën' if one.endswith('e') else 'en'}{ten}"


def _english(one: str, ten: str) -> str:
    return f"{ten}-{one}"


def _dutch_hundreds() -> dict[str, int]:
    hundreds = {f"{_NL_ONES[one] if one > 1 else ''}honderd": 100 * one for one in range(1, 10)}
    return hundreds | {f"{_NL_ONES[one] if one > 1 else ''}duizend": 1000 * one for one in range(1, 10)}


def _english_hundreds() -> dict[str, int]:
    hundreds = {f"{_EN_ONES[one]} hundred": 100 * one for one in range(1, 10)}
    return hundreds | {f"{_EN_ONES[one]} thousand": 1000 * one for one in range(1, 10)}
