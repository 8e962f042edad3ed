"""Validation errors in words for people who write newsletters: what is wrong, what to do."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Literal, TypeAlias, get_args, get_origin

from pydantic_core import ErrorDetails

from stuifmail.config.plain_words import say_type
from stuifmail.config.shapes import (
    Spot,
    bare,
    is_by_language,
    is_structured,
    list_member,
    mapping_types,
    members_of,
    words_of,
)

Advice: TypeAlias = tuple[str, str]

#: What pydantic says of a key that the model, or the dataclass, does not have.
UNKNOWN_KEY = ("extra_forbidden", "unexpected_keyword_argument")
_SHOWN = 60
_SECRET = re.compile(r"passw|secret|token|api_?key|access_?key|user(_?name)?$", re.IGNORECASE)
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_LOOSE_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


def explain(detail: ErrorDetails, spot: Spot, line: str) -> tuple[str, str, str]:
    """Answer what is wrong, what to do, and the key below the place that it is about, or "".

    Args:
        detail: one error of pydantic.
        spot: the place it is about.
        line: the source line of that place, to recognise what became a comment.
    """
    context = detail.get("ctx", {})
    if detail["type"] == "explained":
        return context["message"], context["remedy"], context["key"]
    if detail["type"] == "missing":
        return *_explain_missing(spot), ""
    if detail["type"] in UNKNOWN_KEY:
        return *_explain_unknown_key(spot), ""
    if spot.value is None and not spot.of_key:
        return *_explain_nothing(spot, line), ""
    teller = _TELLERS.get(detail["type"], _explain_misfit)
    return *teller(spot, context), ""


def explain_undecided(spot: Spot, kinds: Sequence[str]) -> tuple[str, str, str]:
    """Answer key, message and remedy for a group whose `kind` is missing or unknown."""
    allowed = ", ".join(kinds)
    if not isinstance(spot.value, dict):
        return "", f"is {show(spot.value)}, where a group of keys is needed", f"start it with kind: {allowed}"
    if "kind" not in spot.value:
        return "kind", "is missing", f"say which it is: {allowed}"
    value = spot.value["kind"]
    return "kind", f"{show(value)} is not possible here", suggest(str(value), kinds)


def suggest(name: str, allowed: Iterable[str], noun: str = "possible") -> str:
    """Answer "did you mean …?" and the allowed names, the likely one first.

    Args:
        name: what was written.
        allowed: what may be written.
        noun: what the allowed names are called in the sentence.
    """
    names = list(dict.fromkeys(allowed))
    close = _closest(name, names)
    hint = f'did you mean "{close}"? ' if close else ""
    return f"{hint}{noun}: {', '.join(names) or 'none yet'}"


def guess_key(spot: Spot) -> str:
    """Answer the key that an unknown key is likely to be meant for, "" when there is none."""
    return _closest(str(spot.path[-1]), members_of(spot.owner))


def _closest(name: str, names: Iterable[str]) -> str:
    folded = {candidate.casefold(): candidate for candidate in names}
    close = get_close_matches(name.casefold(), folded, 1, cutoff=0.6)
    return folded[close[0]] if close else ""


def show(value: Any) -> str:
    """Answer the value as it is shown in a message, in quotes, shortened."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return f"{value}".lower()
    text = " ".join(str(value).split())
    return f'"{text[: _SHOWN - 1]}…"' if len(text) > _SHOWN else f'"{text}"'


#: Keys that once stood in a model and now stand elsewhere, with what a participants sheet is about.
_MOVED = {"Source": ("label", "previous", "title", "summary", "report_url")}


def _explain_missing(spot: Spot) -> Advice:
    member = members_of(spot.owner).get(str(spot.path[-1])) if spot.path else None
    words = say_type(spot.annotation, member.limits if member else ())
    purpose = f" ({member.description})" if member and member.description else ""
    return "is missing", f"add it: {words}{purpose}"


def _explain_unknown_key(spot: Spot) -> Advice:
    name = str(spot.path[-1])
    if _SECRET.search(name):
        remedy = "user names and passwords belong in environment variables (STUIFMAIL_…), never in this file"
        return "a secret must not stand here", remedy
    if name in _MOVED.get(getattr(spot.owner, "__name__", ""), ()):
        return "this key is not known here", f"it stands with the event now: move {name} to events:"
    members = members_of(spot.owner)
    for member in members.values():
        if name in members_of(bare(member.annotation)):
            return "this key is not known here", f"it belongs below {member.name}:"
    return "this key is not known here", suggest(name, members, "known here")


def _explain_nothing(spot: Spot, line: str) -> Advice:
    comment = re.search(r":\s+(#\S+)", line)
    if comment:
        remedy = f'put the value in quotes: "{comment[1]}"'
        return "has no value, because # starts a comment", remedy
    if is_structured(bare(spot.annotation)) or list_member(spot.annotation):
        return "has nothing below it", f"remove the line, or write {say_type(spot.annotation)}"
    return "has no value", f"remove the line, or write {say_type(spot.annotation)}"


def _explain_text(spot: Spot, _: Mapping[str, Any]) -> Advice:
    words = words_of(spot.annotation)
    if isinstance(spot.value, bool):
        return f"{show(spot.value)} without quotes is no text", f'put it in quotes: "{show(spot.value)}"'
    if isinstance(spot.value, int | float):
        also = f"; it must be {words}" if words and words.example else ""
        return (
            f"{spot.value} without quotes is a number, no text",
            f"put it in quotes, so that nothing of it gets lost{also}",
        )
    text = _named(spot.annotation)
    return f"is {show(spot.value)}, where {text} is needed", _how_to_write_text(spot)


def _how_to_write_text(spot: Spot) -> str:
    if isinstance(spot.value, dict):
        return "if the text has a colon in it, put it in quotes; else write it on one line"
    return "write one text, without dashes or brackets; a text that starts with [ needs quotes"


def _explain_pattern(spot: Spot, _: Mapping[str, Any]) -> Advice:
    words = words_of(spot.annotation)
    if words is None:
        return _explain_misfit(spot, _)
    return f"{show(spot.value)} is not {words.noun}", f"write it like {words.example}"


def _explain_choice(spot: Spot, _: Mapping[str, Any]) -> Advice:
    allowed = get_args(bare(spot.annotation)) if get_origin(bare(spot.annotation)) is Literal else ()
    return f"{show(spot.value)} is not possible here", suggest(str(spot.value), map(str, allowed))


def _explain_number(spot: Spot, _: Mapping[str, Any]) -> Advice:
    noun = _named(spot.annotation)
    if isinstance(spot.value, str) and re.fullmatch(r"[-+]?\d+(\.\d+)?", spot.value):
        return f"{show(spot.value)} in quotes is text, no number", f"write it without quotes: {spot.value}"
    return f"{show(spot.value)} is not {noun}", f"write {say_type(spot.annotation, _limits(spot))}"


def _explain_range(spot: Spot, _: Mapping[str, Any]) -> Advice:
    return f"{spot.value} is out of range", f"write {say_type(spot.annotation, _limits(spot))}"


def _explain_yes_or_no(spot: Spot, _: Mapping[str, Any]) -> Advice:
    return (
        f"{show(spot.value)} is neither true nor false",
        "write true or false, in small letters without quotes",
    )


def _explain_day(spot: Spot, _: Mapping[str, Any]) -> Advice:
    text = str(spot.value)
    guess = ""
    if match := _DUTCH_DAY.fullmatch(text):
        guess = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    elif match := _LOOSE_DAY.fullmatch(text):
        guess = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    hint = f"did you mean {guess}? " if guess and guess != text else ""
    return (
        f"{show(spot.value)} is no day of the calendar",
        f"{hint}write it as yyyy-mm-dd, such as 2026-05-04",
    )


def _explain_moment(spot: Spot, _: Mapping[str, Any]) -> Advice:
    remedy = "write day, time and offset, such as 2026-05-04T09:00:00+02:00"
    return f"{show(spot.value)} is no moment", remedy


def _explain_no_offset(spot: Spot, _: Mapping[str, Any]) -> Advice:
    remedy = f"add the offset: {spot.value}+02:00 for Dutch summer time, {spot.value}+01:00 for winter time"
    return f"{show(spot.value)} does not say in which time zone", remedy


def _explain_list(spot: Spot, _: Mapping[str, Any]) -> Advice:
    if isinstance(spot.value, dict):
        return "is a group of keys, where a list is needed", 'put "- " before the first key of each member'
    return f"{show(spot.value)} is no list", f"write it between brackets, [{spot.value}], or after a dash"


def _explain_group(spot: Spot, _: Mapping[str, Any]) -> Advice:
    pair = mapping_types(spot.annotation)
    if pair and is_by_language(spot.annotation) and not isinstance(spot.value, list):
        return (
            f"{show(spot.value)} does not say its language",
            f'write it as "nl: {spot.value}", indented below',
        )
    if pair:
        return (
            f"is {show(spot.value)}, where names with values are needed",
            f"write {say_type(spot.annotation)}",
        )
    keys = ", ".join(members_of(bare(spot.annotation)))
    return (
        f"is {show(spot.value)}, where a group of keys is needed",
        f"indent the keys below it; known here: {keys}",
    )


def _explain_short_list(spot: Spot, context: Mapping[str, Any]) -> Advice:
    count = context.get("min_length", 1)
    if not spot.value:
        return "is empty", f"write {say_type(spot.annotation)}"
    return "is too short", f"write at least {count}"


def _explain_short_text(spot: Spot, context: Mapping[str, Any]) -> Advice:
    if not str(spot.value).strip():
        return "is empty", f"write {say_type(spot.annotation)}"
    return "is too short", f"write at least {context.get('min_length', 1)} characters"


def _explain_long(spot: Spot, context: Mapping[str, Any]) -> Advice:
    return f"{show(spot.value)} is too long", f"at most {context.get('max_length', '')} fit"


def _explain_misfit(spot: Spot, _: Mapping[str, Any]) -> Advice:
    return f"{show(spot.value)} does not fit here", f"write {say_type(spot.annotation)}"


def _named(annotation: Any) -> str:
    words = words_of(annotation)
    return words.noun if words else say_type(annotation)


def _limits(spot: Spot) -> tuple[Any, ...]:
    member = members_of(spot.owner).get(str(spot.path[-1])) if spot.path else None
    return member.limits if member else ()


_TELLERS: dict[str, Callable[[Spot, Mapping[str, Any]], Advice]] = {
    "string_type": _explain_text,
    "string_pattern_mismatch": _explain_pattern,
    "string_too_short": _explain_short_text,
    "string_too_long": _explain_long,
    "literal_error": _explain_choice,
    "int_type": _explain_number,
    "int_from_float": _explain_number,
    "int_parsing_size": _explain_range,
    "float_type": _explain_number,
    "greater_than": _explain_range,
    "greater_than_equal": _explain_range,
    "less_than": _explain_range,
    "less_than_equal": _explain_range,
    "bool_type": _explain_yes_or_no,
    "date_type": _explain_day,
    "date_parsing": _explain_day,
    "date_from_datetime_parsing": _explain_day,
    "date_from_datetime_inexact": _explain_day,
    "datetime_type": _explain_moment,
    "datetime_parsing": _explain_moment,
    "datetime_from_date_parsing": _explain_moment,
    "timezone_aware": _explain_no_offset,
    "tuple_type": _explain_list,
    "list_type": _explain_list,
    "dict_type": _explain_group,
    "mapping_type": _explain_group,
    "model_type": _explain_group,
    "model_attributes_type": _explain_group,
    "dataclass_type": _explain_group,
    "too_short": _explain_short_list,
    "too_long": _explain_long,
}
