"""The uncertain quantities of a document by name: their paths in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

from simulator.scenario.document import Document
from simulator.scenario.fields import Driver, Quantity
from simulator.scenario.quantity import Distribution, Table
from simulator.scenario.remembered import by_document

Role = Literal["static", "driver"]


def statics(document: Document) -> dict[str, float | Distribution]:
    """Every quantity drawn once a path, number or distribution, by path.

    Tables come in the order of the format, named tables in file order; optional quantities that
    are absent are left out, defaults given. Examples: `deal.close`, `synergies.s.effects.0.scale`.
    """
    return {path: value for path, role, value in _quantities(document) if role == "static"}


def drivers(document: Document) -> dict[str, float | tuple[float, ...] | Distribution]:
    """Every yearly rate, number, list by year or distribution, by path (`fx.EUR.return`)."""
    return {path: value for path, role, value in _quantities(document) if role == "driver"}


def uncertain(document: Document) -> dict[str, Distribution]:
    """The statics and drivers that are distributions, hence drawn and open to correlation."""
    return {
        path: value for path, _, value in _quantities(document) if isinstance(value, Distribution)
    }


@by_document
def _quantities(document: Document) -> tuple[tuple[str, Role, Any], ...]:
    """All quantities: path, role, value."""
    return tuple(_walk(document, ""))


def _walk(node: Any, prefix: str) -> Iterator[tuple[str, Role, Any]]:
    if isinstance(node, Table):
        roles = _roles(type(node))
        for name, info in type(node).model_fields.items():
            value = getattr(node, name)
            if value is None:
                continue
            path = f"{prefix}{info.alias or name}"
            if name in roles:
                yield path, roles[name], value
            else:
                yield from _walk(value, f"{path}.")
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from _walk(value, f"{prefix}{key}.")
    elif isinstance(node, tuple):
        for index, value in enumerate(node):
            yield from _walk(value, f"{prefix}{index}.")


@cache
def _roles(table: type[Table]) -> dict[str, Role]:
    """Which fields of a table are quantities, and which of them drivers."""
    hints = get_type_hints(table, include_extras=True)
    roles: dict[str, Role] = {}
    for name in table.model_fields:
        forms = (hints[name], *get_args(hints[name]))
        if Driver in forms:
            roles[name] = "driver"
        elif Quantity in forms:
            roles[name] = "static"
    return roles
