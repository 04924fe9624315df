"""Paths without their quotes in an overlay: TOML makes tables of them, which replace the file's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.spelling import shortened
from simulator.scenario.tree import Path


def unquoted(given: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, str]:
    """Keys of an overlay whose tables drop something that the file has, with the remedy for each.

    `{ segments.fast.growth.mean = 0 }` would leave nothing of the segments but that.
    """
    found = {}
    for key, value in given.items():
        if isinstance(value, Mapping) and "." not in key and _drops(raw.get(key), value):
            entries = [f'"{path}" = {shortened(inner)}' for path, inner in _leaves((key,), value)]
            more = ", …" if len(entries) > 4 else ""
            found[key] = f"put the path in quotes: {', '.join(entries[:4])}{more}"
    return found


def _drops(old: Any, new: Any) -> bool:
    """Whether a table has keys that are not in the one that takes its place."""
    if not isinstance(old, Mapping):
        return False
    if not isinstance(new, Mapping):
        return True
    return any(key not in new or _drops(value, new[key]) for key, value in old.items())


def _leaves(place: Path, value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, inner in value.items():
        path = (*place, key)
        if isinstance(inner, Mapping) and inner and not {"dist", "method"} & inner.keys():
            yield from _leaves(path, inner)
        else:
            yield ".".join(map(str, path)), inner
