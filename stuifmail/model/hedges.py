"""Round numbers with a word that is true: "ruim 80", "bijna 50", "zo'n 60".

A hedge is allowed by rule only, so that a text never says more than was counted:

- bijna N, nearly N: at most a tenth below N, and below it;
- ruim N, meer dan N, more than N: above N, and at most a tenth above it;
- zo'n N, about N: within a twentieth of N on either side.

Source: the newsroom's rule for results; "more than forty" of a list that holds eighty is not it.
"""

from typing import Literal, TypeAlias

HedgeKind: TypeAlias = Literal["below", "above", "about"]

#: Words by language that say how a round number stands to the real one, the longest first.
HEDGE_WORDS: dict[str, dict[str, HedgeKind]] = {
    "nl": {
        "net geen": "below",
        "bijna": "below",
        "haast": "below",
        "meer dan": "above",
        "ruim": "above",
        "rond de": "about",
        "ongeveer": "about",
        "zo'n": "about",
        "circa": "about",
        "ca.": "about",
    },
    "en": {
        "just under": "below",
        "nearly": "below",
        "almost": "below",
        "more than": "above",
        "just over": "above",
        "over": "above",
        "approximately": "about",
        "roughly": "about",
        "around": "about",
        "about": "about",
        "some": "about",
    },
}
#: The words that `hedge` itself takes.
_CHOSEN: dict[str, dict[HedgeKind, str]] = {
    "nl": {"below": "bijna", "above": "ruim"},
    "en": {"below": "nearly", "above": "more than"},
}
_THOUSANDS = {"nl": ".", "en": ","}

#: Below this a number is short enough to be said as it is.
SMALLEST_ROUND = 20


def is_fair(kind: HedgeKind, said: int, value: int) -> bool:
    """Answer whether this hedge before the number that is said may be used of the value.

    Args:
        kind: of the hedge word.
        said: the round number in the text.
        value: what was counted.
    """
    match kind:
        case "below":
            return 9 * said <= 10 * value < 10 * said
        case "above":
            return 10 * said < 10 * value <= 11 * said
        case "about":
            return 19 * said <= 20 * value <= 21 * said


def hedge(value: int, language: str) -> str:
    """Answer the number as a journalist would round it: "ruim 80" for 84, "nearly 50" for 47.

    Round numbers are tens up to two hundred, then fifties, hundreds, five hundreds. The nearest one
    is taken; of two as near the lower, so that a text rather says too little than too much.

    Args:
        value: what was counted, from 0.
        language: nl or en; in another language the number stays as it is.

    Returns:
        The number itself below twenty, when it is round already, and when no hedge is allowed.
    """
    words = _CHOSEN.get(language)
    if value < SMALLEST_ROUND or words is None:
        return _write(value, language)
    step = _step(value)
    lower = value // step * step
    kinds: tuple[tuple[HedgeKind, int], ...] = (("above", lower), ("below", lower + step))
    fair = [(abs(value - said), kind, said) for kind, said in kinds if is_fair(kind, said, value)]
    if lower == value or not fair:
        return _write(value, language)
    _, kind, said = min(fair, key=lambda choice: choice[0])
    return f"{words[kind]} {_write(said, language)}"


def _step(value: int) -> int:
    """10 for 20 to 199, 50 to 999, 100 to 1,999, 500 to 9,999, and so on."""
    power: int = 10 ** (len(str(value)) - 1)
    return max(10, power // 10 if value < 2 * power else power // 2)


def _write(value: int, language: str) -> str:
    return f"{value:,}".replace(",", _THOUSANDS.get(language, ""))
