"""The contract deal path by path in plain Python, year by year, written for this deal alone.

The same metrics as the array peers. Numbers that no path changes are worked out beforehand.
"""

from __future__ import annotations

from itertools import pairwise
from math import inf, log1p
from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.peers.contract import LEAST, Deal, H, additions, investments, weights
from benchmarks.peers.plain_deal import close
from benchmarks.peers.plain_worlds import Worlds

Path = dict[str, Any]
"""Draws of a path: a number, or a list by year."""


def loop(deal: Deal, draws: dict[str, Any], paths: int) -> dict[str, Any]:
    """The first paths, one after the other; metrics by name: (n,) or (H, n)."""
    fixed = beforehand(deal)
    found = [simulate(fixed, path_of(draws, i)) for i in range(paths)]
    return {name: np.array([one[name] for one in found]).T for name in found[0]}


def path_of(draws: dict[str, Any], i: int) -> Path:
    """Draws of one path."""
    return {
        name: float(values[i]) if values.ndim == 1 else values[:, i].tolist()
        for name, values in draws.items()
    }


def beforehand(t: Deal) -> SimpleNamespace:
    """What is the same on all paths."""
    alpha, beta, at = t["companies"]["alpha"], t["companies"]["beta"], t["deal"]["close"]
    lines, s = alpha["lines"], t["synergies"]
    start = at + s["procurement"]["start"]
    saving = s["procurement"]["effects"][0]["scale"]
    spread, cost = s["procurement"]["cost_years"], s["procurement"]["cost_to_achieve"]
    control = t["risks"]["loss_of_control"]["effects"]
    capacity, room = t["segments"]["fast"]["supply"]["capacity"], []
    for growth in t["segments"]["fast"]["supply"]["growth"]:
        capacity *= 1.0 + growth
        room.append(1.0 / capacity)
    plant_fast, plant_beta = additions(lines["fast"]), additions(beta["lines"]["fast"])
    fast, beta_fast = lines["fast"], beta["lines"]["fast"]
    sold = fast["volume"] + beta_fast["volume"]
    return SimpleNamespace(
        t=t, alpha=alpha, beta=beta, room=room, plant_fast=plant_fast, plant_beta=plant_beta,
        saving=[saving * w for w in weights(start, s["procurement"]["ramp"])],
        achieve=[cost / spread * w for w in weights(start, 0.0, spread)],
        crossed=weights(at + s["cross_selling"]["start"], s["cross_selling"]["ramp"]),
        closed=weights(at), harmed=weights(at, 0.0, control[0]["duration"]),
        lost=[control[1]["scale"] * w for w in weights(at, 0.0, control[1]["duration"])],
        fixed=[
            fast["fixed_cost"] / plant_fast[0] * p + lines["legacy"]["fixed_cost"]
            for p in plant_fast
        ],
        fixed_beta=[beta_fast["fixed_cost"] / plant_beta[0] * p for p in plant_beta],
        grown=[(1.0 + fast["share_growth"]) ** (y + 1) for y in range(H)],
        discount_beta=[(1.0 + beta["wacc"]) ** -(y + 0.5) for y in range(H)],
        last_discount_beta=(1.0 + beta["wacc"]) ** -H,
        first_share=sold / t["segments"]["fast"]["demand"],
        tied_alpha=alpha["nwc_ratio"] * sum(
            lines[n]["volume"] * t["segments"][n]["price"] / 1000.0 for n in ("fast", "legacy")
        ),
        tied_beta=beta["nwc_ratio"] * beta_fast["volume"] * t["segments"]["fast"]["price"] / 1e3,
        invested={"alpha": investments(alpha), "beta": investments(beta)},
    )  # fmt: skip


def simulate(f: SimpleNamespace, d: Path) -> dict[str, Any]:
    """All metrics of one path."""
    market = _market(f, d)
    happened = _happened(f, d)
    worlds = Worlds(f, d, market, happened, _launches(f, d, happened))
    for y in range(H):
        worlds.year(y)
    firms = {name: one.rows for name, one in worlds.books.items()}
    return worlds.metrics() | close(f, d, firms, market, happened["alive"])


def gone_by(date: float, ramp: float = 0.0, duration: float = inf) -> list[float]:
    """Profile of a drawn date, by year."""
    x = [min(max(y - date, 0.0), duration) for y in range(H + 1)]
    if ramp:
        x = [0.5 * v * v / ramp if v < ramp else v - 0.5 * ramp for v in x]
    return [b - a for a, b in pairwise(x)]


def _market(f: SimpleNamespace, d: Path) -> dict[str, dict[str, list[float]]]:
    hazard, size = f.t["risks"]["price_war"]["hazard"], d["risks.price_war.effects.0.add"]
    decline, spill = [], 0.0
    for u in d["risks.price_war.occurrence"]:
        wait = -log1p(-u) / hazard
        weight = (1.0 - wait if wait < 1.0 else 0.0) + spill
        spill = wait if wait < 1.0 else 0.0
        decline.append(size * min(weight, 1.0))
    out = {}
    for name in ("fast", "legacy"):
        s = f.t["segments"][name]
        supply = s.get("supply")
        growth, falls = d[f"segments.{name}.growth"], d[f"segments.{name}.price_decline"]
        index, price = 1.0, s["price"]
        used = s["demand"] / supply["capacity"] if supply else 0.0
        rows: dict[str, list[float]] = {k: [] for k in ("index", "demand", "price", "change")}
        utilization = []
        for y in range(H):
            index *= max(1.0 + growth[y], LEAST)
            fall = falls[y] + decline[y]
            if supply:
                fall += supply["sensitivity"] * (supply["normal_utilization"] - used)
                used = s["demand"] * index * f.room[y]
                utilization.append(used)
            change = max(1.0 - fall, LEAST)
            price *= change
            for row, value in zip(
                rows.values(), (index, s["demand"] * index, price, change), strict=True
            ):
                row.append(value)
        out[name] = rows | ({"utilization": utilization} if supply else {})
    return out


def _happened(f: SimpleNamespace, d: Path) -> dict[str, Any]:
    risks = f.t["risks"]

    def happens(name: str) -> bool:
        return bool(d[f"risks.{name}.occurrence"] < risks[name]["probability"])

    alive = not happens("review_fails")
    leave, gone = happens("staff_leave") and alive, [0.0] * H
    left = f.t["deal"]["close"] + d["risks.staff_leave.timing"]
    if leave:
        gone = gone_by(left, 0.0, risks["staff_leave"]["effects"][1]["duration"])
    route = risks["route_change"]
    turn = -log1p(-d["risks.route_change.occurrence"]) / route["hazard"]
    return {
        "alive": alive, "leave": leave, "left": left,
        "control": happens("loss_of_control") and alive,
        "clash": happens("incompatible_technology") and alive,
        "divest": happens("divestiture") and alive,
        "turned": [1.0 - 0.5 * w for w in gone_by(turn, route["effects"][0]["ramp"])],
        "gone": gone, "route_change": float(turn < H),
    }  # fmt: skip


def _launches(f: SimpleNamespace, d: Path, happened: dict[str, Any]) -> dict[str, Any]:
    """Weights of alpha's own development by year: (there, orders), alone and combined."""
    s, at = f.t["synergies"]["launch_earlier"], f.t["deal"]["close"]
    drawn, start = d["companies.alpha.lines.silicon.launch"], at + s["start"]
    shift = s["effects"][0]["add"] * d["synergies.launch_earlier.realization"]
    deadline = min(max(drawn + shift, start), drawn)
    kept = 1.0
    if happened["leave"] and happened["left"] < deadline - 1e-9:
        kept = 1.0 + f.t["risks"]["staff_leave"]["effects"][0]["scale"]
    if happened["clash"] and at < deadline - 1e-9:
        kept = 0.0
    launched = drawn
    if happened["alive"] and shift * kept < 0.0:
        launched = min(drawn, max(drawn + shift * kept, start))
    ramp = f.alpha["lines"]["silicon"]["ramp"]
    return {
        world: (gone_by(date), gone_by(date, ramp))
        for world, date in (("alone", drawn), ("combined", launched))
    }
