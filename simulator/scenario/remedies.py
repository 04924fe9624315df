"""Remedies that only the pile of files tells: what a file meant to change of those below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from simulator.errors import Fault
from simulator.scenario.layers import merged
from simulator.scenario.reading import Layer
from simulator.scenario.spelling import closest, written
from simulator.scenario.tree import get

_NAMED = ("segments", "companies", "risks", "synergies", "groups", "fx")
"""Tables whose entries go by names."""


def better(faults: Sequence[Fault], layers: Sequence[Layer]) -> list[Fault]:
    """The faults, those about something that a file below has already with the remedy for that."""
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
    if fault.rule == "must be given" and len(names) > 2 and names[0] in _NAMED:
        known = below.get(names[0])
        if isinstance(known, dict) and names[1] not in known:
            near = closest(names[1], known)
            if near is not None:
                text = f'did you mean "{names[0]}.{near}"? {names[1]} is new here: {fault.remedy}'
                return replace(fault, remedy=text)
    return fault
