"""A document against a type: every problem at its place, each said once and in plain words."""

import json
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from stuifmail.config.shapes import Spot, follow, kind_values
from stuifmail.config.wording import UNKNOWN_KEY, explain, explain_undecided, guess_key
from stuifmail.config.yaml_reading import YamlDocument
from stuifmail.model.problems import Problem

T = TypeVar("T")

#: Errors that are about a key, and not about what stands behind it.
_ABOUT_KEYS = ("missing", *UNKNOWN_KEY)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def check_against(kind: type[T], document: YamlDocument) -> tuple[T | None, list[Problem]]:
    """Answer the value, and the problems that stand in its way.

    Values are taken strictly, as JSON gives them: a number is no text, "5" is no number.

    Args:
        kind: a pydantic model or a dataclass.
        document: as `read_yaml` answered it.

    Returns:
        The value, None when the document does not fit; and all problems, of YAML and of the
        type, in no particular order.
    """
    problems = list(document.problems)
    if not document.is_readable:
        return None, problems
    try:
        hashable: Any = kind
        value: T = _adapter(hashable).validate_json(json.dumps(document.data), strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [*problems, *_explain_all(kind, document, details)]
    return value, problems


def _explain_all(kind: Any, document: YamlDocument, details: list[ErrorDetails]) -> list[Problem]:
    """Answer one problem a place; errors of variants that are not meant are left out."""
    found = [(follow(kind, detail["loc"], document.data), detail) for detail in details]
    misspelt = {(*s.path[:-1], guess_key(s)) for s, d in found if s and d["type"] in UNKNOWN_KEY}
    problems: dict[Any, Problem] = {}
    for spot, detail in found:
        if spot is None or _is_echo(spot, detail):
            continue
        if detail["type"] != "missing" or spot.path not in misspelt:
            same = (spot.path, "" if spot.undecided or spot.is_union else detail["type"])
            problems.setdefault(same, _explain_one(document, spot, detail))
    return list(problems.values())


def _is_echo(spot: Spot, detail: ErrorDetails) -> bool:
    """Answer whether a list only counts as too short because of its members' own problems."""
    return (
        detail["type"] == "too_short"
        and isinstance(spot.value, list)
        and len(spot.value) >= detail["ctx"]["min_length"]
    )


def _explain_one(document: YamlDocument, spot: Spot, detail: ErrorDetails) -> Problem:
    if spot.undecided:
        key, message, remedy = explain_undecided(spot, tuple(kind_values(spot.undecided)))
        has_value = not key or key in spot.value
        return document.problem((*spot.path, key) if key else spot.path, message, remedy, of_value=has_value)
    if spot.is_union:
        detail = {**detail, "type": "union"}
    message, remedy, key = explain(detail, spot, _line_of(document, spot))
    of_value = not (spot.of_key or detail["type"] in _ABOUT_KEYS or key or spot.value is None)
    return document.problem((*spot.path, key) if key else spot.path, message, remedy, of_value=of_value)


def _line_of(document: YamlDocument, spot: Spot) -> str:
    line, _ = document.locate(spot.path)
    return document.line(line)
