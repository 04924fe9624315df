"""Where a key path was written: the file and line to show with a fault or a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulator.errors import Fault
from simulator.scenario.layers import Origin
from simulator.scenario.reading import Layer
from simulator.scenario.report import Where
from simulator.scenario.tree import Path, get


def placing(
    layers: Sequence[Layer], changed: Mapping[Path, str], moved: Mapping[Path, Path]
) -> Where:
    """A function from key path to origin.

    A value that was laid over the files stands there; else the topmost file that has the path
    counts, at the line of its key; a missing key is shown at its table's header.
    """
    above = list(layers)[::-1]
    heights = {layer.file: height for height, layer in enumerate(layers)}
    overlays = {by: len(layers) + n for n, by in enumerate(dict.fromkeys(changed.values()))}

    def where(path: Path) -> Origin | None:
        for length in range(len(path), 0, -1):
            place = path[:length]
            if place in changed:
                return Origin(changed[place], None, overlays[changed[place]])
        for length in range(len(path), 0, -1):
            place = _written(path[:length], moved)
            for layer in above:
                if place in layer.lines:
                    layer, place = _replaced(place, layer, above)
                    return Origin(layer.file, layer.lines[place], heights[layer.file])
        return Origin(above[0].file, 1) if above and above[0].file else None

    return where


def _replaced(place: Path, layer: Layer, above: Sequence[Layer]) -> tuple[Layer, Path]:
    """A place in a layer, or the list, law or value of a higher one that took all of it away."""
    for higher in above[: above.index(layer)]:
        for length in range(1, len(place)):
            if place[:length] in higher.lines:
                value = get(higher.raw, place[:length])
                if not isinstance(value, dict) or "dist" in value:
                    return higher, place[:length]
    return layer, place


def origins(
    raw: Mapping[str, Any],
    layers: Sequence[Layer],
    changed: Mapping[Path, str],
    moved: Mapping[Path, Path],
) -> dict[Path, Origin]:
    """Origin of every table, value and array entry of a raw mapping."""
    where = placing(layers, changed, moved)
    found: dict[Path, Origin] = {}
    pending: list[tuple[Path, Any]] = [((), raw)]
    while pending:
        path, value = pending.pop()
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, below in inner:
            place = (*path, key)
            origin = where(place)
            if origin is not None:
                found[place] = origin
            if isinstance(below, dict | list):
                pending.append((place, below))
    return found


def in_order(faults: Iterable[Fault], layers: Sequence[Layer]) -> list[Fault]:
    """Faults by file, topmost first, and line, each once."""
    rank = {layer.file: index for index, layer in enumerate(list(layers)[::-1], start=1)}
    unique = dict.fromkeys(faults)
    return sorted(unique, key=lambda fault: (rank.get(fault.file or "", 0), fault.line or 0))


def _written(place: Path, moved: Mapping[Path, Path]) -> Path:
    for new, old in moved.items():
        if place[: len(new)] == new:
            return (*old, *place[len(new) :])
    return place
