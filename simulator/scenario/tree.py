"""Which keys may stand where: the format as a tree, walked along a path beside a raw mapping."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from simulator.scenario.quantity import Table

Path = tuple[str | int, ...]


@cache
def fields(table: type[Table]) -> dict[str, Any]:
    """Keys of a table as they stand in a file, with their type annotations."""
    hints = get_type_hints(table, include_extras=True)
    return {info.alias or name: hints[name] for name, info in table.model_fields.items()}


def alternatives(annotation: Any) -> list[Any]:
    """The members of a union, without the wrapping of Annotated and without None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return alternatives(get_args(annotation)[0])
    if origin is Union or origin is types.UnionType:
        return [leaf for part in get_args(annotation) for leaf in alternatives(part)]
    return [] if annotation is type(None) else [annotation]


def table_at(annotation: Any, value: Any) -> type[Table] | None:
    """The table class that a raw value is (or would be) read as; None where none or several fit."""
    tables = [kind for kind in alternatives(annotation) if is_table(kind)]
    if len(tables) > 1:
        named = value if isinstance(value, Mapping) else {}
        tables = [t for t in tables if _tag(t) is not None and _tag(t) == _named(named)]
    return tables[0] if len(tables) == 1 else None


def is_table(annotation: Any) -> bool:
    """Whether an annotation is a table class (generic aliases are no classes)."""
    return (
        isinstance(annotation, type)
        and get_origin(annotation) is None
        and issubclass(annotation, Table)
    )


def names_of(annotation: Any) -> Any | None:
    """Type of the entries where a table's keys are free names (`[companies.<name>]`)."""
    for kind in alternatives(annotation):
        if get_origin(kind) is dict:
            return get_args(kind)[1]
    return None


def items_of(annotation: Any, index: int) -> Any | None:
    """Type of one entry of an array; None where no array may stand."""
    for kind in alternatives(annotation):
        if get_origin(kind) is tuple:
            inner = get_args(kind)
            if len(inner) == 2 and inner[1] is Ellipsis:
                return inner[0]
            return inner[index] if index < len(inner) else None
    return None


def child(annotation: Any, value: Any, key: str | int) -> Any | None:
    """Type of what stands (or may stand) under a key; None where the format has no such place.

    Named entries and array entries must be there in the raw value; keys of tables need not be.
    """
    if isinstance(value, list | tuple):
        if not isinstance(key, int) or not 0 <= key < len(value):
            return None
        return items_of(annotation, key)
    entries = names_of(annotation)
    if entries is not None:
        return entries if isinstance(value, Mapping) and key in value else None
    table = table_at(annotation, value)
    return fields(table).get(str(key)) if table is not None else None


def keys(annotation: Any, value: Any) -> list[str]:
    """Keys that may stand under a raw value: a table's keys, names in use, indices."""
    if isinstance(value, list | tuple):
        return [str(index) for index in range(len(value))]
    if names_of(annotation) is not None:
        return list(value) if isinstance(value, Mapping) else []
    table = table_at(annotation, value)
    return list(fields(table)) if table is not None else []


def get(raw: Any, path: Sequence[str | int]) -> Any:
    """The raw value at a path; KeyError where there is none."""
    for key in path:
        named = isinstance(raw, Mapping) and key in raw
        indexed = isinstance(raw, list | tuple) and isinstance(key, int) and 0 <= key < len(raw)
        if not (named or indexed):
            raise KeyError(key)
        raw = raw[key]
    return raw


@cache
def _tag(table: type[Table]) -> str | None:
    """The `dist` or `method` by which a table class is told from its sisters."""
    for key in ("dist", "method"):
        if key in table.model_fields:
            literal = get_args(table.model_fields[key].annotation)
            return str(literal[0]) if literal else None
    return None


def _named(value: Mapping[str, Any]) -> str | None:
    tag = value.get("dist", value.get("method"))
    return tag if isinstance(tag, str) else None
