"""Merging what a source says with what an editor made of it, field by field. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Generic[V]):
    """What came of merging.

    Args:
        values: every field of the source's, with the editor's own over it.
        conflicts: fields that both changed, each otherwise; the editor's value counts.
        dissolved: fields in which the source says by now what the editor says; no edit any more.
    """

    values: Mapping[str, V]
    conflicts: frozenset[str]
    dissolved: frozenset[str]


def merge_fields(base: Mapping[str, V], theirs: Mapping[str, V], ours: Mapping[str, V]) -> Merge[V]:
    """Answer what counts when an editor changed some fields and the source may have changed them, too.

    A field that nobody edited is the source's. An edited one stays the editor's, whatever the
    source does; where the source changed it as well, and otherwise, that is told.

    Args:
        base: what the source said of the edited fields when they were edited.
        theirs: what the source says now, every field.
        ours: what the editor made of the edited fields.
    """
    dissolved = frozenset(field for field, value in ours.items() if theirs.get(field) == value)
    conflicts = frozenset(
        field for field in ours if field not in dissolved and theirs.get(field) != base.get(field)
    )
    return Merge(values={**theirs, **ours}, conflicts=conflicts, dissolved=dissolved)
