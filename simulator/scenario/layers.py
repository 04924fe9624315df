"""`extends`: files laid under a file, table by table, and where each value comes from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.errors import Fault, ScenarioError
from simulator.scenario.reading import Layer, read
from simulator.scenario.spelling import dotted, shortened
from simulator.scenario.tree import Path, get

MAX_LAYERS = 100
"""Files in all that one scenario may be made of."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was written."""

    file: str
    """File as the user named it, or "override", or "stress <name>"."""
    line: int | None
    height: int = field(default=0, compare=False)
    """What is laid over what: values of a higher one win."""


def stack(top: Layer) -> list[Layer]:
    """The file and all it extends, bottom first; every fault on the way in one ScenarioError."""
    layers: list[Layer] = []
    faults: list[Fault] = []
    _pile(top, (top.file,), layers, faults)
    if faults:
        raise ScenarioError(dict.fromkeys(faults))
    return layers


def _pile(layer: Layer, chain: tuple[str, ...], layers: list[Layer], faults: list[Fault]) -> None:
    for place, name in _bases(layer, faults):
        file = os.path.normpath(os.path.join(os.path.dirname(layer.file), name))
        line = layer.lines.get(place, layer.lines.get(("extends",)))
        cited = Fault("extends", "", shortened(name), file=layer.file, line=line)
        real = [os.path.realpath(one) for one in chain]
        if "\0" not in file and os.path.realpath(file) in real:
            start = real.index(os.path.realpath(file))
            cycle = " → ".join((*chain[start:], file))
            faults.append(
                Fault(
                    "extends",
                    f"must not go in a circle ({cycle})",
                    shortened(name),
                    "delete one of these extends",
                    file=layer.file,
                    line=line,
                )
            )
        elif len(layers) + len(chain) >= MAX_LAYERS:
            faults.append(
                Fault(
                    "extends",
                    f"must not pile up more than {MAX_LAYERS} files",
                    shortened(name),
                    "lay fewer files under one another",
                    file=layer.file,
                    line=line,
                )
            )
            return
        else:
            try:
                _pile(read(file, cited), (*chain, file), layers, faults)
            except ScenarioError as error:
                faults.extend(error.faults)
        if len(faults) >= MAX_LAYERS:
            return
    layers.append(layer)


def _bases(layer: Layer, faults: list[Fault]) -> list[tuple[Path, str]]:
    """File names under `extends` with the path of each."""
    if misplaced := _below_a_header(layer.raw):
        above = [key for key in misplaced[:-1] if isinstance(key, str)]
        faults.append(
            Fault(
                dotted(misplaced),
                f"must stand above the first table: here it is a key of [{dotted(above)}]",
                shortened(get(layer.raw, misplaced)),
                "move it to the top of the file",
                file=layer.file,
                line=layer.lines.get(misplaced),
            )
        )
        return []
    entry = layer.raw.get("extends", [])
    if isinstance(entry, str):
        return [(("extends",), entry)]
    if isinstance(entry, list) and all(isinstance(name, str) for name in entry):
        return [(("extends", index), name) for index, name in enumerate(entry)]
    faults.append(
        Fault(
            "extends",
            "must be a file name or a list of file names",
            shortened(entry),
            'write extends = "market/base.toml"',
            file=layer.file,
            line=layer.lines.get(("extends",)),
        )
    )
    return []


def _below_a_header(raw: Mapping[str, Any]) -> Path:
    """Place of an `extends` that became a key of a table, as it stands below the table's header."""
    pending: list[tuple[Path, Any]] = [((key,), raw[key]) for key in raw if _holds(raw[key])]
    while pending:
        place, value = pending.pop()
        if isinstance(value, dict):
            entry = value.get("extends")
            if isinstance(entry, str | list) and _are_files(entry):
                return (*place, "extends")
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        pending += [((*place, key), below) for key, below in inside if _holds(below)]
    return ()


def _holds(value: Any) -> bool:
    return isinstance(value, dict | list)


def _are_files(entry: str | list[Any]) -> bool:
    names = [entry] if isinstance(entry, str) else entry
    return bool(names) and all(isinstance(one, str) and one.endswith(".toml") for one in names)


def merged(layers: Iterable[Layer]) -> dict[str, Any]:
    """One raw mapping of all layers, later ones winning; `extends` itself is left out."""
    result: dict[str, Any] = {}
    for layer in layers:
        result = _over(result, {k: v for k, v in layer.raw.items() if k != "extends"})
    return result


def _over(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(under)
    for key, value in over.items():
        below = result.get(key)
        if isinstance(value, dict) and isinstance(below, dict) and not _whole(below, value):
            result[key] = _over(below, value)
        else:
            result[key] = value
    return result


def _whole(below: Mapping[str, Any], value: Mapping[str, Any]) -> bool:
    """Whether a table is replaced whole: a distribution, or a terminal value by another method."""
    if "dist" in below or "dist" in value:
        return True
    return "method" in value and "method" in below and value["method"] != below["method"]
