"""Drawn quantities that somebody fixed: by `--set`, or in a file that extends another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.report import Report
from simulator.scenario.spelling import dotted, shortened, written
from simulator.scenario.tree import Path, get

Laws = Mapping[Path, Mapping[str, Any]]
"""Distributions by their place in the file."""

PRICE: Path = ("deal", "price")
"""What the buyer chooses: to fix it takes no risk away."""
_ASIDE = ("stress", "alternatives", "sources", "references", "translations")
"""Tables that tell of a quantity, and are none themselves."""
_MIDDLES = ("mean", "median")
"""Parameters that may be set alone, where a law has one of them."""


def laws(raw: Mapping[str, Any], below: Mapping[str, Any]) -> Laws:
    """The distributions of a scenario's files, and of the files below the topmost one.

    An array is replaced whole by a file above: what stands in it below is not looked for.
    """
    tables = {place: law for place, law in _laws(below, ()) if all(map(_named, place))}
    return tables | dict(_laws(raw, ()))


def fixed(raw: Mapping[str, Any], before: Laws) -> Laws:
    """Those of the distributions in whose place a number stands now, or a list of numbers."""
    return {place: law for place, law in before.items() if _is_plain(_at(raw, place))}


def tell(found: Laws, report: Report, overlay: str | None) -> None:
    """Warn of quantities that are drawn no more. overlay: what laid the numbers over the files;
    None where a file says so."""
    for place, law in found.items():
        if place == PRICE:
            continue
        value, name = _at(report.raw, place), ".".join(map(str, place))
        rule = "is the same on every path now, it was drawn before"
        rule += _without_correlations(report.raw, name)
        remedy = _in_file(place, law, value) if overlay is None else _as_setting(name, law, value)
        report.warn(place, rule, remedy)


def _as_setting(name: str, law: Mapping[str, Any], value: Any) -> str:
    """What keeps the spread, on the command line and in Python."""
    moved = f"scale or shift it (--set '{name}*=0.9', sim.scaled(0.9))"
    middle = next((key for key in _MIDDLES if key in law), None)
    if middle is None:
        return f"to keep its spread, {moved}, or set one of its parameters"
    return f"to keep its spread, set its {middle} (--set '{name}.{middle}={written(value)}'), " \
           f"or {moved}"  # fmt: skip


def _in_file(place: Path, law: Mapping[str, Any], value: Any) -> str:
    """The same in a file, where a distribution is replaced whole."""
    middle = next((key for key in _MIDDLES if key in law), None)
    whole = {**law, middle: value} if middle else law
    return f"to keep its spread, write {dotted(place[-1:])} = {written(whole)}" + (
        "" if middle else " with other parameters"
    )


def _without_correlations(raw: Mapping[str, Any], name: str) -> str:
    pairs = [one for one in raw.get("correlations", ()) if name in one.get("between", ())]
    if not pairs:
        return ""
    if len(pairs) > 1:
        return f"; its {len(pairs)} correlations fall away"
    other = next((one for one in pairs[0]["between"] if one != name), name)
    return f"; its correlation with {shortened(other)[1:-1]} falls away"


def _laws(node: Any, place: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if isinstance(node, Mapping):
        if isinstance(node.get("dist"), str):
            yield place, node
            return
        for key, inner in node.items():
            if place or key not in _ASIDE:
                yield from _laws(inner, (*place, key))
    elif isinstance(node, list | tuple):
        for index, inner in enumerate(node):
            yield from _laws(inner, (*place, index))


def _named(part: str | int) -> bool:
    return isinstance(part, str)


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return bool(value) and all(map(_is_plain, value))
    return isinstance(value, int | float) and not isinstance(value, bool)


def _at(raw: Mapping[str, Any], place: Path) -> Any:
    try:
        return get(raw, place)
    except KeyError:
        return None
