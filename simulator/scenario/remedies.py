"""Remedies that only the pile of files tells: what a file meant to change of those below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from simulator.errors import Fault
from simulator.scenario.checks.doubts import IDLE
from simulator.scenario.layers import merged
from simulator.scenario.reading import Layer
from simulator.scenario.spelling import closest, written
from simulator.scenario.tree import get

_NAMED = ("segments", "companies", "risks", "synergies", "groups", "fx")
"""Tables whose entries go by names."""

def better(faults: Sequence[Fault], layers: Sequence[Layer]) -> list[Fault]:
    """Faults or warnings; those about what a file below has already get the remedy for that."""
    if len(layers) < 2:
        return list(faults)
    below = merged(layers[:-1])
    return [_better(fault, below, layers[-1].raw) for fault in faults]


def _better(fault: Fault, below: dict[str, Any], top: dict[str, Any]) -> Fault:
    names = fault.path.split(".")
    if fault.rule.startswith("must name its distribution"):
        try:
            given, here = get(below, names), get(top, names)
        except KeyError:
            return fault
        if isinstance(given, dict) and isinstance(here, dict) and "dist" in given:
            whole = written(given | here)
            text = f"a distribution is replaced whole; write {names[-1]} = {whole}"
            return replace(fault, remedy=text)
    wanting = fault.rule == "must be given" or fault.rule.startswith("must have ")
    if (wanting or fault.rule in IDLE) and (slip := _misspelled(names, below)):
        text = f'did you mean "{slip[1]}"? {slip[0]} is new here: {fault.remedy}'
        return replace(fault, remedy=text)
    return fault


def _misspelled(names: Sequence[str], below: dict[str, Any]) -> tuple[str, str] | None:
    """Name of a new entry on the way to a fault, and the path of the one that it comes near to."""
    depths = [2] if names[0] in _NAMED else []
    if names[0] == "companies" and len(names) > 3 and names[2] == "lines":
        depths.append(4)
    for depth in depths:
        *above, name = names[:depth]
        try:
            known = get(below, above)
        except KeyError:
            return None
        if isinstance(known, dict) and name not in known:
            near = closest(name, known)
            return (name, ".".join((*above, near))) if near is not None else None
    return None
