"""Model values to JSON and back, strictly, and their hashes."""

import hashlib
import json
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

T = TypeVar("T")


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


def sha256_of(value: object) -> str:
    """Answer the SHA-256 (hexadecimal) of the value's canonical JSON (RFC 8785 in spirit)."""
    data = value if isinstance(value, dict | list) else to_data(value)
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
