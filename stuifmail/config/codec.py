"""Model values to JSON and back, strictly, and their hashes."""

import hashlib
import json
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Encoded:
    """A value as JSON, ready to be stored, with the hash of that text.

    Args:
        json: fields in the order of their class, so equal values have equal texts.
        sha256: hexadecimal.
    """

    json: str
    sha256: str


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_data(value: object) -> Any:
    """Answer the value as lists, dicts, strings and numbers; times as ISO 8601."""
    return _adapter(cast(Hashable, type(value))).dump_python(value, mode="json")


def from_data(kind: type[T], data: Any) -> T:
    """Answer the value of this type that `to_data` was given.

    Raises:
        pydantic.ValidationError: the data do not fit the type.
    """
    result: T = _adapter(cast(Hashable, kind)).validate_python(data)
    return result


def encode(value: object) -> Encoded:
    """Answer the value as the JSON of `to_data`, made in one go: several times as fast."""
    text = _adapter(cast(Hashable, type(value))).dump_json(value)
    return Encoded(json=text.decode(), sha256=hashlib.sha256(text).hexdigest())


def dump_json(value: object) -> str:
    """Answer JSON for the database; what is encoded already is taken as it is."""
    return value.json if isinstance(value, Encoded) else json.dumps(value)


def sha256_of(value: object) -> str:
    """Answer the SHA-256 (hexadecimal) of the value's canonical JSON (RFC 8785 in spirit)."""
    data = value if isinstance(value, dict | list) else to_data(value)
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
