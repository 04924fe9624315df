"""What effects can act on: the quantities by path, and the expansion of `*`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from simulator.errors import Fault, ScenarioError
from simulator.scenario.company import Line
from simulator.scenario.document import Document
from simulator.scenario.remembered import by_document
from simulator.scenario.spelling import did_you_mean

Way = Literal["scale", "add"]

_SEGMENT: dict[str, Way] = {"growth": "add", "price_decline": "add", "demand": "scale"}
_COMPANY: dict[str, Way] = {
    "rnd_ratio": "add", "sga_ratio": "add", "one_off": "add", "capex": "add",
}  # fmt: skip
_LINE: dict[str, Way] = {
    "orders": "scale", "capacity": "scale", "utilization": "scale", "unit_cost": "scale",
    "fixed_cost": "scale", "price": "scale", "price_paid": "scale", "launch": "add",
}  # fmt: skip


@by_document
def targets(document: Document) -> Mapping[str, Way]:
    """Every concrete path an effect may name, with the way it acts there (scale or add)."""
    found: dict[str, Way] = {}
    for name in document.segments:
        found |= {f"segments.{name}.{quantity}": way for quantity, way in _SEGMENT.items()}
    for name, company in document.companies.items():
        found |= {f"companies.{name}.{quantity}": way for quantity, way in _COMPANY.items()}
        for line_name, line in company.lines.items():
            prefix = f"companies.{name}.lines.{line_name}"
            found |= {f"{prefix}.{q}": way for q, way in _LINE.items() if not _absent(line, q)}
            if line.role == "sell":
                found |= {f"{prefix}.unit_cost.{part}": "scale" for part in line.cost_mix}
    found |= {f"synergies.{name}": "scale" for name in document.synergies}
    return found


def expand(document: Document, on: str) -> list[str]:
    """Concrete paths that `on` names, in document order; `*` stands for any one name.

    A `*` passes over places without the quantity (the unit cost of a line that buys). Companies
    outside the deal are among the paths; they are not simulated: effects on them come to nothing.
    ScenarioError where nothing matches.
    """
    resolved = resolve(document, on, targets(document))
    if resolved.problem is not None:
        raise ScenarioError([Fault(on, resolved.problem, remedy=resolved.remedy)])
    return list(resolved.paths)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Outcome of looking an effect path up: its paths and their way, or what is wrong with it."""

    paths: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    problem: str | None = None
    remedy: str = ""


def resolve(document: Document, on: str, catalog: Mapping[str, Way]) -> Resolved:
    """Look an effect path up in `targets(document)` without raising."""
    if "*" not in on:
        if on in catalog:
            return Resolved((on,), (catalog[on],))
        return _explain(document, on, list(catalog))
    pattern = on.split(".")
    matched = [path for path in catalog if fits(path.split("."), pattern)]
    if matched:
        return Resolved(tuple(matched), tuple(catalog[path] for path in matched))
    return Resolved(
        problem="must match at least one quantity that effects can change",
        remedy=did_you_mean(on, _with_stars(on, catalog)) or _REMEDY,
    )


def fits(path: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a path split at its dots is one that the split pattern names."""
    return len(path) == len(pattern) and all(
        q in ("*", p) for p, q in zip(path, pattern, strict=True)
    )


_REMEDY = (
    "name segments.<s>.growth|price_decline|demand, "
    "companies.<c>.rnd_ratio|sga_ratio|one_off|capex, "
    "companies.<c>.lines.<l>.orders|capacity|utilization|unit_cost|fixed_cost|price|price_paid|"
    "launch or synergies.<n>"
)


def _with_stars(on: str, catalog: Mapping[str, Way]) -> list[str]:
    """The catalog seen through the pattern's stars, so that a misspelling elsewhere is found."""
    pattern = on.split(".")
    seen = set()
    for path in catalog:
        parts = path.split(".")
        if len(parts) == len(pattern):
            starred = ("*" if q == "*" else p for p, q in zip(parts, pattern, strict=True))
            seen.add(".".join(starred))
    return sorted(seen)


def _absent(line: Line, quantity: str) -> str | None:
    """Why a line has no such quantity; None where it has."""
    if line.role == "buy" and quantity in ("unit_cost", "price", "capacity", "utilization"):
        return f"a line that buys has no {quantity}"
    if line.role == "sell" and quantity == "price_paid":
        return "a line that sells pays no price"
    if line.capacity is None and quantity in ("capacity", "utilization"):
        return f"a line without capacity has no {quantity}"
    return None


_ABSENT_REMEDY = {
    "unit_cost": "use price_paid or orders",
    "price": "use price_paid, or name a line that sells",
    "price_paid": 'use price, or name a line with role = "buy"',
    "capacity": "give the line a capacity, or use orders",
    "utilization": "give the line a capacity, or use orders",
}


def _explain(document: Document, on: str, catalog: list[str]) -> Resolved:
    parts = on.split(".")
    if len(parts) >= 5 and parts[0] == "companies" and parts[2] == "lines":
        company = document.companies.get(parts[1])
        line = company.lines.get(parts[3]) if company else None
        quantity = parts[4]
        if line is not None:
            reason = _absent(line, quantity)
            if reason is not None:
                return Resolved(problem=f"must exist: {reason}", remedy=_ABSENT_REMEDY[quantity])
            if quantity == "unit_cost" and len(parts) == 6:
                known = ", ".join(line.cost_mix) or "none"
                return Resolved(
                    problem="must name a component of the line's cost_mix",
                    remedy=did_you_mean(parts[5], line.cost_mix)
                    or f"add {parts[5]} to cost_mix (components now: {known})",
                )
    return Resolved(
        problem="must name a quantity that effects can change",
        remedy=did_you_mean(on, catalog) or _REMEDY,
    )
