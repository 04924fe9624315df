"""Values laid over a raw mapping by path: `--set`, `Scenario.replace`, stress overlays."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from simulator.errors import Fault
from simulator.scenario.document import Document
from simulator.scenario.moving import Move, MoveError
from simulator.scenario.quantity import Table
from simulator.scenario.spelling import did_you_mean, dotted, listing, shortened
from simulator.scenario.synonyms import meant
from simulator.scenario.tree import Path, child, get, keys, names_of

MOVED = {
    "simulation.copula": "copula",
    "simulation.repair_correlations": "repair_correlations",
    "deal.share_volatility": "companies.{acquirer}.share_volatility",
}
"""Keys that may stand in a second place, with the place where they belong."""


_MANY = 4
"""Paths of which one fewer are told."""
_RIVALS = {
    "probability": "hazard", "hazard": "probability", "scale": "add", "add": "scale",
    "price": "multiple", "multiple": "price",
}  # fmt: skip
"""Keys of which a table has one or the other."""
_YEARLY = {"growth", "price_decline", "utilization", "cost_decline", "return"}
"""Names of what is given by year."""
_SAMPLES = ("values", "weights", "p", "x")
"""Parameters that are lists in a single year."""
_ASIDE = (("stress",), ("alternatives",), ("sources",), ("references",), ("translations",))


def settle(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[Path, Path], list[Path]]:
    """Move keys to where they belong.

    Gives the mapping, the old place of every moved key by its new one, and the places that were
    given beside the place where they belong (a fault).
    """
    result = copy.copy(raw)
    places: dict[Path, Path] = {}
    doubled: list[Path] = []
    for old, new in MOVED.items():
        table, key = old.split(".")
        inner = result.get(table)
        if not isinstance(inner, dict) or key not in inner:
            continue
        *above, last = _current(new, raw)
        target: Any = result
        for part in above:
            below = target.get(part) if isinstance(target, dict) else None
            if not isinstance(below, dict):
                target = None
                break
            target[part] = below = dict(below)
            target = below
        if target is None:
            continue
        result[table] = {k: v for k, v in result[table].items() if k != key}
        if last in target:
            doubled.append((table, key))
        else:
            target[last] = inner[key]
            places[*above, last] = (table, key)
    return result, places, doubled


def _current(path: str, raw: Mapping[str, Any]) -> list[str]:
    deal = raw.get("deal")
    acquirer = deal.get("acquirer") if isinstance(deal, dict) else None
    return [str(acquirer) if part == "{acquirer}" else part for part in path.split(".")]


def lay(
    raw: dict[str, Any], values: Mapping[str, Any], source: str
) -> tuple[dict[str, Any], set[Path], list[Fault]]:
    """Lay values over a copy of a raw mapping; gives it, the places changed, and the faults.

    `*` in a path stands for any one name. None as a value takes the key away. A table as a value
    may be put under a new name (`risks.another`).
    """
    result = copy.deepcopy(raw)
    changed: set[Path] = set()
    faults: list[Fault] = []
    for pattern, given in values.items():
        move = given if isinstance(given, Move) else None
        value = None if move else plain(given)
        places = find(result, pattern)
        if not places and isinstance(value, dict) and "*" not in pattern:
            places = _new_name(result, pattern)
        if not places:
            rule, remedy = unknown(result, pattern)
            faults.append(Fault(pattern, rule, str(move) if move else shortened(value), remedy,
                                file=source))
        for place in places:
            try:
                _assign(result, place, _moved(result, place, move) if move else
                        copy.deepcopy(value))  # fmt: skip
            except MoveError as error:
                faults.append(Fault(dotted(place), error.rule, str(move), error.remedy,
                                    file=source))  # fmt: skip
            changed.add(place)
    return result, changed, faults


def _moved(raw: Mapping[str, Any], place: Path, move: Move) -> Any:
    """What a place holds, moved; MoveError where it holds nothing of its own."""
    try:
        value = get(raw, place)
    except KeyError:
        remedy = _elsewhere(raw, place, move)
        raise MoveError("has no value in the file to be moved", remedy) from None
    return move.of(value)


def _elsewhere(raw: Mapping[str, Any], place: Path, move: Move) -> str:
    """Remedy for a place that is empty, perhaps because its table has another key instead."""
    *above, last = place
    rival = _RIVALS.get(str(last), "")
    try:
        get(raw, (*above, rival))
    except KeyError:
        return "set it with ="
    there = dotted((*above, rival))
    return f"{dotted(above)} has a {rival} instead: write '{there}{move.written}'"


def find(raw: dict[str, Any], pattern: str) -> list[Path]:
    """Places in the format that a path names; named tables and array entries must be in the raw
    mapping, the keys of a table need not be."""
    for old, new in MOVED.items():
        if pattern == old or pattern.startswith(f"{old}."):
            pattern = ".".join(_current(new, raw)) + pattern[len(old) :]
    return [place for place, _, _ in _match(raw, pattern.split("."))]


def _match(raw: dict[str, Any], parts: list[str]) -> list[tuple[Path, Any, Any]]:
    """Places with their type and raw value."""
    found: list[tuple[Path, Any, Any]] = [((), Document, raw)]
    for part in parts:
        found = [
            ((*place, key), below, _below(value, key))
            for place, annotation, value in found
            for key, below in _steps(annotation, value, part)
        ]
    return found


def _steps(annotation: Any, value: Any, part: str) -> Iterator[tuple[str | int, Any]]:
    for name in keys(annotation, value) if part == "*" else [part]:
        key = int(name) if isinstance(value, list) and name.isdecimal() else name
        below = child(annotation, value, key)
        if below is not None:
            yield key, below


def _below(value: Any, key: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(str(key), {})
    return value[key] if isinstance(value, list) and isinstance(key, int) else {}


def _new_name(raw: dict[str, Any], pattern: str) -> list[Path]:
    """The place of a table to be added under a name not in use yet."""
    *above, last = pattern.split(".")
    for place, annotation, _ in _match(raw, above) if above else []:
        if names_of(annotation) is not None:
            return [(*place, last)]
    return []


def unknown(raw: dict[str, Any], pattern: str) -> tuple[str, str]:
    """Rule and remedy for a path that names nothing."""
    parts = pattern.split(".")
    for count in range(len(parts)):
        here = _match(raw, parts[:count])
        if here and not _match(raw, parts[: count + 1]):
            break
    known = list(
        dict.fromkeys(key for _, annotation, value in here for key in keys(annotation, value))
    )
    rule = "must be a path that exists in the scenario"
    target, remark = meant(parts[: count + 1])
    if target or remark:
        return rule, f'did you mean "{target}"?{remark}' if target else remark
    if by_year := _years(raw, parts[:count], here[0][2], parts[count]):
        return rule, by_year
    near = did_you_mean(parts[count], known)
    if near:
        fixed = [*parts[:count], near.split('"')[1], *parts[count + 1 :]]
        return rule, f'did you mean "{".".join(fixed)}"?'
    if count == 0 and (deeper := _deeper(raw, parts)):
        return rule, f"did you mean {deeper}?"
    prefix = ".".join(parts[:count])
    if known:
        return rule, f"under {prefix or 'the top level'} there are: {listing(known, 40)}"
    return rule, f"{prefix} is {shortened(here[0][2])} and has no {parts[count]}; set it whole"


def _years(raw: Mapping[str, Any], above: list[str], value: Any, wanted: str) -> str:
    """Remedy for a place in a list by year; empty where it is no such list."""
    base = raw.get("base_year")
    if not isinstance(value, list) or not _YEARLY.intersection(above) or not isinstance(base, int):
        return ""
    last = len(value) - 1
    if not value or isinstance(value[0], list) or above[-1] in _SAMPLES:
        return ""
    years = [f"{at} is {base + 1 + at}" for at in range(last + 1)]
    shown = [*years[:2], "…", years[-1]] if last > 2 else years
    told = f"it is a list by year: {', '.join(shown)} and after"
    index = int(wanted) - base - 1 if wanted.isdecimal() else -1
    if 0 <= index <= last:
        return f"write {'.'.join(above)}.{index}: {told}"
    return f"{told}; to give more years set it whole"


def _deeper(raw: Mapping[str, Any], parts: list[str]) -> str:
    """The shortest paths that end as a mistyped one does, such as `deal.price` for `price`."""
    found: list[str] = []
    pending: list[tuple[tuple[str, ...], Any]] = [((), raw)]
    while pending and len(found) < _MANY:
        place, value = pending.pop(0)
        if len(place) > len(parts) and list(place[-len(parts) :]) == parts:
            found.append(f'"{".".join(place)}"')
        elif isinstance(value, dict) and place[:1] not in _ASIDE:
            pending += [((*place, str(key)), below) for key, below in value.items()]
    more = " …" if len(found) == _MANY else ""
    return " or ".join(found[: _MANY - 1]) + more


def _assign(raw: Any, place: Path, value: Any) -> None:
    for key, after in pairwise(place):
        if isinstance(raw, dict) and key not in raw:
            raw[key] = [] if isinstance(after, int) else {}
        raw = raw[key]
    if value is None and isinstance(raw, dict):
        raw.pop(place[-1], None)
    else:
        raw[place[-1]] = value


def plain(value: Any) -> Any:
    """A Python value as TOML would hold it: lists, dicts, numbers, text."""
    if isinstance(value, Table):
        return plain(value.model_dump(by_alias=True, exclude_none=True, exclude_defaults=False))
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if hasattr(value, "tolist"):  # numpy scalars and arrays, pandas series
        return plain(value.tolist())
    return value
