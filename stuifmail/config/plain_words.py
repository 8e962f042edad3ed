"""Types in plain words, for messages and for the reference."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal, get_args, get_origin

from pydantic import AwareDatetime

from stuifmail.config.shapes import (
    bare,
    is_by_language,
    is_structured,
    list_member,
    mapping_types,
    members_of,
    variants_of,
    words_of,
)

_MOMENT = "a moment with its offset, such as 2026-05-04T09:00:00+02:00"
_PLAIN: dict[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a day, such as 2026-05-04",
    datetime: _MOMENT,
    AwareDatetime: _MOMENT,
}
_LIMITS = (("from", "ge"), ("above", "gt"), ("to", "le"), ("below", "lt"))


def say_type(annotation: Any, limits: Sequence[Any] = ()) -> str:
    """Answer the type in plain words, with its article: "a whole number from 1 to 20".

    Args:
        annotation: the type, with annotations.
        limits: pydantic's constraints on it.
    """
    if words := words_of(annotation):
        return str(words)
    if len(variants := variants_of(annotation)) > 1:
        return " or ".join(say_type(variant) for variant in variants)
    kind = bare(annotation)
    if get_origin(kind) is Literal:
        return f"one of {', '.join(map(str, get_args(kind)))}"
    return _say_compound(kind) or _PLAIN.get(kind, "a value") + _say_limits(limits)


def _say_compound(kind: Any) -> str:
    if member := list_member(kind):
        return f"a list, each member {say_type(member)}"
    if pair := mapping_types(kind):
        return f"{say_type(pair[1])} by {'language' if is_by_language(kind) else 'name'}"
    if is_structured(kind):
        return f"a group of keys ({', '.join(members_of(kind))})"
    return ""


def _say_limits(limits: Sequence[Any]) -> str:
    found = [
        f" {word} {value}"
        for word, name in _LIMITS
        for limit in limits
        if (value := getattr(limit, name, None)) is not None
    ]
    return "".join(found)
