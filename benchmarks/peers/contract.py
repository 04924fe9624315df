"""`tests/data/contract.toml` in array code: all paths at once, written from the model's formulas.

The structure of the deal stands in the code, its numbers come from the file. Arrays are (H, n),
years first, or (n,). Nothing is changed in place, so that the same lines serve NumPy, JAX and
PyTorch. What the deal leaves alone is worked out once for both worlds. Left out: irr, moic and
payback.
"""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

from benchmarks.peers.library import Array, Numbers

FILE = Path(__file__).parents[2] / "tests" / "data" / "contract.toml"
H = 8
LEAST = 0.05
Deal = dict[str, Any]
Draws = dict[str, Array]
Flows = dict[str, Array]


def load(path: Path = FILE) -> Deal:
    """The scenario as plain mappings."""
    return tomllib.loads(path.read_text())


def weights(origin: float, ramp: float = 0.0, duration: float = math.inf) -> list[float]:
    """Profile of a fixed date by year."""

    def integral(date: float) -> float:
        x = min(max(date - origin, 0.0), duration)
        return x * x / (2.0 * ramp) if x < ramp else x - ramp / 2.0

    return [integral(y + 1.0) - integral(y) for y in range(H)]


def profile(xp: Numbers, date: Array, ramp: float = 0.0, duration: float | None = None) -> Array:
    """Profile of a drawn date (n,): (H, n)."""
    x = xp.maximum(xp.column(range(H + 1)) - date, 0.0)
    if duration is not None:
        x = xp.minimum(x, duration)
    if ramp:
        x = xp.where(x < ramp, x * x * (0.5 / ramp), x - 0.5 * ramp)
    return x[1:] - x[:-1]


def market(t: Deal, draws: Draws, xp: Numbers) -> dict[str, Flows]:
    """Demand, price, their ratios to the base year and the year before, industry utilization."""
    war = t["risks"]["price_war"]
    wait = -xp.log1p(-draws["risks.price_war.occurrence"]) / war["hazard"]
    begun = wait < 1.0
    spill = xp.where(begun, wait, 0.0)
    weight = xp.where(begun, 1.0 - wait, 0.0) + xp.concat([0.0 * spill[:1], spill[:-1]])
    decline = draws["risks.price_war.effects.0.add"] * xp.minimum(weight, 1.0)
    out = {}
    for name in ("fast", "legacy"):
        s = t["segments"][name]
        index = xp.cumprod(xp.maximum(1.0 + draws[f"segments.{name}.growth"], LEAST))
        fall = draws[f"segments.{name}.price_decline"] + decline
        found = {"index": index, "demand": s["demand"] * index}
        if "supply" in s:
            supply = s["supply"]
            room, capacity = [], supply["capacity"]
            for growth in supply["growth"]:
                capacity *= 1.0 + growth
                room.append(1.0 / capacity)
            used = found["demand"] * xp.column(room)
            base = s["demand"] / supply["capacity"] + 0.0 * used[:1]
            slack = supply["normal_utilization"] - xp.concat([base, used[:-1]])
            fall = fall + supply["sensitivity"] * slack
            found["utilization"] = used
        found["change"] = xp.maximum(1.0 - fall, LEAST)
        found["price"] = s["price"] * xp.cumprod(found["change"])
        out[name] = found
    return out


def cost_indices(t: Deal, draws: Draws, segments: dict[str, Flows], xp: Numbers) -> Flows:
    """Unit cost over that of the base year by company and segment; all lines pass on alike."""
    out = {}
    for company, segment in (("alpha", "fast"), ("alpha", "legacy"), ("beta", "fast")):
        share = t["companies"][company]["lines"][segment]["pass_through"]
        fall = draws[f"companies.{company}.cost_decline"]
        fall = fall + share * (1.0 - segments[segment]["change"])
        out[f"{company}.{segment}"] = xp.cumprod(xp.maximum(1.0 - fall, LEAST))
    return out


def additions(line: Deal) -> list[float]:
    """Capacity by year: what is installed at the year's start."""
    steps = line.get("additions", [])
    return [
        line["capacity"] + sum(a["capacity"] for a in steps if a["year"] <= y) for y in range(H)
    ]


def investments(company: Deal) -> tuple[list[float], list[float]]:
    """Capex of additions and their straight-line depreciation by year."""
    capex, charged = [0.0] * H, [0.0] * H
    for line in company["lines"].values():
        for a in line.get("additions", []):
            life = company.get("asset_life", 7)
            capex[int(a["year"])] += a["capex"]
            for y, weight in enumerate(weights(a["year"], 0.0, life)):
                charged[y] += a["capex"] / life * weight
    return capex, charged


def cash(
    company: Deal, revenue: Array, costs: Array, added: Array | float, one_off: Array | float,
    proceeds: Array | float, tied_before: Array | float, xp: Numbers,
) -> Flows:  # fmt: skip
    """From revenue and cost of sales to free cash flow; losses are carried forward."""
    capex, charged = investments(company)
    gross = revenue - costs
    ratios = company["rnd_ratio"] + company["sga_ratio"] + added
    ebitda = gross - ratios * revenue - one_off
    depreciation = company["depreciation_ratio"] * revenue + xp.column(charged)
    ebit = ebitda - depreciation
    losses = company.get("nol", 0) + 0.0 * ebit[0]
    taxable = []
    for y in range(H):
        taxable.append(xp.maximum(ebit[y] - losses, 0.0))
        losses = xp.maximum(losses - ebit[y], 0.0)
    tied = company["nwc_ratio"] * revenue
    change = xp.concat([(tied[0] - tied_before)[None], tied[1:] - tied[:-1]])
    spent = company["capex_ratio"] * revenue + xp.column(capex)
    tax = company["tax_rate"] * xp.stack(taxable)
    fcf = ebit - tax + depreciation - spent - change + proceeds
    return {"revenue": revenue, "gross": gross, "ebitda": ebitda, "ebit": ebit, "fcf": fcf}


def simulate(t: Deal, draws: Draws, xp: Numbers) -> dict[str, Array]:
    """All metrics of all paths, by the simulator's names."""
    from benchmarks.peers.contract_deal import terms, values, yearly
    from benchmarks.peers.contract_worlds import worlds

    segments = market(t, draws, xp)
    firms, facts = worlds(t, draws, segments, xp)
    worth = values(t, draws, firms, xp)
    out = terms(t, draws, firms, worth, facts, xp)
    return out | yearly(t, firms, segments, facts, xp)
