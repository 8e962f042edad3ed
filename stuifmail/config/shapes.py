"""What a type asks for at each place of a document: members, list members, variants, words.

Validation tells from it which keys there are and which variant of a union is meant; the
reference is written from it.
"""

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from dataclasses import Field as DataclassField
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from stuifmail.config.values import Words

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One key of a model or dataclass.

    Args:
        annotation: its type, with annotations.
        default: its default, None when it is required or computed.
        limits: pydantic's constraints on it.
    """

    name: str
    annotation: Any
    description: str = ""
    is_required: bool = True
    default: Any = None
    limits: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place of a document, with what is asked for there.

    Args:
        path: keys and list positions from the top.
        annotation: the type asked for, Any when the key is unknown.
        value: what stands there, None when nothing does.
        owner: the model or dataclass that the last key belongs to.
        of_key: True when it is about a mapping's key, not about its value.
        undecided: the variants of a union, when the value's `kind` names none of them.
        is_union: True for a union whose variants are no groups, such as a moment or a day.
    """

    path: Path
    annotation: Any
    value: Any
    owner: Any = None
    of_key: bool = False
    undecided: tuple[Any, ...] = ()
    is_union: bool = False


@cache
def members_of(kind: Any) -> Mapping[str, Member]:
    """Answer the keys of a model or dataclass by name, in its order; none for other types."""
    if not is_structured(kind):
        return {}
    hints = get_type_hints(kind, include_extras=True)
    if issubclass(kind, BaseModel):
        return {name: _model_member(kind, name, hints[name]) for name in kind.model_fields}
    return {item.name: _dataclass_member(item, hints[item.name]) for item in fields(kind)}


def _model_member(kind: type[BaseModel], name: str, hint: Any) -> Member:
    info = kind.model_fields[name]
    return Member(
        name=name,
        annotation=hint,
        description=info.description or "",
        is_required=info.is_required(),
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        limits=tuple(info.metadata),
    )


def _dataclass_member(item: "DataclassField[Any]", hint: Any) -> Member:
    required = item.default is MISSING and item.default_factory is MISSING
    default = None if item.default is MISSING else item.default
    return Member(name=item.name, annotation=hint, is_required=required, default=default)


def is_structured(kind: Any) -> bool:
    """Answer whether the type is a model or dataclass, with keys of its own."""
    return isinstance(kind, type) and (issubclass(kind, BaseModel) or is_dataclass(kind))


def bare(annotation: Any) -> Any:
    """Answer the type without annotations and without "or None"."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if _is_union(annotation):
        others = [arg for arg in get_args(annotation) if arg is not types.NoneType]
        return bare(others[0]) if len(others) == 1 else annotation
    return annotation


def words_of(annotation: Any) -> Words | None:
    """Answer the words that explain the values of this type, None when it has none."""
    if get_origin(annotation) is Annotated:
        kind, *extras = get_args(annotation)
        return next((extra for extra in extras if isinstance(extra, Words)), None) or words_of(kind)
    if _is_union(annotation):
        others = [arg for arg in get_args(annotation) if arg is not types.NoneType]
        return words_of(others[0]) if len(others) == 1 else None
    return None


def variants_of(annotation: Any) -> tuple[Any, ...]:
    """Answer the types of a union without None; one type for everything else."""
    kind = bare(annotation)
    if _is_union(kind):
        return tuple(bare(arg) for arg in get_args(kind) if arg is not types.NoneType)
    return (kind,)


def kind_values(variants: Sequence[Any]) -> dict[str, Any]:
    """Answer each variant by the value of its `kind`; empty when they are not told apart so."""
    values: dict[str, Any] = {}
    for variant in variants:
        member = members_of(variant).get("kind")
        literal = bare(member.annotation) if member else None
        if get_origin(literal) is not Literal:
            return {}
        values.update(dict.fromkeys(get_args(literal), variant))
    return values


def list_member(annotation: Any) -> Any:
    """Answer the type of a list's members, None when the type is no list."""
    kind = bare(annotation)
    origin = get_origin(kind)
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return get_args(kind)[0]
    return None


def mapping_types(annotation: Any) -> tuple[Any, Any] | None:
    """Answer the types of a mapping's keys and values, None when the type is no mapping."""
    kind = bare(annotation)
    origin = get_origin(kind)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        keys, values = get_args(kind)
        return keys, values
    return None


def is_by_language(annotation: Any) -> bool:
    """Answer whether the type holds something for each language: `Text`, or the model's `LocalText`."""
    pair = mapping_types(annotation)
    if pair is None:
        return False
    words = words_of(pair[0])
    return get_origin(bare(annotation)) is Mapping or bool(words and "language" in words.noun)


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, types.UnionType)


def follow(kind: Any, loc: Sequence[str | int], data: Any) -> Spot | None:
    """Answer the place that a validation error is about.

    Args:
        kind: the type of the whole document.
        loc: pydantic's location, with the labels of union variants in it.
        data: the whole document.

    Returns:
        None when the error is about a variant of a union that is not meant.
    """
    spot = Spot(path=(), annotation=kind, value=data)
    rest = list(loc)
    while rest:
        variants = variants_of(spot.annotation)
        if len(variants) > 1:
            by_kind = kind_values(variants)
            if not by_kind:
                return replace(spot, is_union=True)
            meant = by_kind.get(_kind_of(spot.value))
            if meant is None:
                return replace(spot, undecided=variants)
            if rest.pop(0) != meant.__name__:
                return None
            spot = replace(spot, annotation=meant)
            continue
        if len(rest) > 1 and rest[1] == "[key]":
            keys = mapping_types(spot.annotation)
            return Spot(
                path=(*spot.path, rest[0]), annotation=keys[0] if keys else Any, value=rest[0], of_key=True
            )
        spot = step(spot, rest.pop(0))
    return spot


def step(spot: Spot, part: str | int) -> Spot:
    """Answer the place one key or list position further."""
    kind = bare(spot.annotation)
    value: Any = None
    if (isinstance(spot.value, dict) and isinstance(part, str)) or (
        isinstance(spot.value, list) and isinstance(part, int) and part < len(spot.value)
    ):
        value = spot.value.get(part) if isinstance(spot.value, dict) else spot.value[int(part)]
    member = members_of(kind).get(str(part))
    pair = mapping_types(kind)
    annotation = member.annotation if member else pair[1] if pair else list_member(kind) or Any
    return Spot(path=(*spot.path, part), annotation=annotation, value=value, owner=kind)


def _kind_of(value: Any) -> Any:
    kind = value.get("kind") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else None


def walk(spot: Spot) -> Iterator[Spot]:
    """Yield this place and every place below it that holds a value, in document order."""
    yield spot
    if isinstance(spot.value, dict):
        for key in spot.value:
            yield from walk(step(spot, key))
    elif isinstance(spot.value, list):
        for index in range(len(spot.value)):
            yield from walk(step(spot, index))
