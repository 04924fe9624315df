"""The contract deal's draws as a NumPy user would make them: SFC64, and no simulator.

What is neither correlated nor persistent comes straight from `numpy.random.Generator`. The rest
goes through a Gaussian copula: normals, a Cholesky factor, persistence, then quantile functions,
either `scipy.stats`'s ppf (`exact`) or tables of them read by `numpy.interp`. The streams are
NumPy's own, so results agree with the simulator's in distribution only.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from scipy import special, stats

from benchmarks.peers.contract import Deal, H

GRID = np.linspace(-6.0, 6.0, 4097)
"""Normal scores at which quantile tables are made."""


def draw(deal: Deal, n: int, rng: np.random.Generator, exact: bool) -> dict[str, Any]:
    """Draws of n paths by name: (n,) or (H, n)."""
    out: dict[str, Any] = {}
    _markets(deal, n, rng, exact, out)
    _companies(deal, n, rng, exact, out)
    _events(deal, n, rng, out)
    return out


def _markets(
    deal: Deal, n: int, rng: np.random.Generator, exact: bool, out: dict[str, Any]
) -> None:
    fast, legacy = deal["segments"]["fast"], deal["segments"]["legacy"]
    links = [one["value"] for one in deal["correlations"][:2]]
    matrix = np.array([[1.0, links[0], links[1]], [links[0], 1.0, 0.0], [links[1], 0.0, 1.0]])
    z = rng.standard_normal((H, 3, n))
    z = np.linalg.cholesky(matrix) @ z
    g = fast["growth"]
    mean = np.array(g["mean"])[:, None]
    out["segments.fast.growth"] = mean + g["sd"] * persist(z[:, 0], g["persistence"])
    g = legacy["growth"]
    out["segments.legacy.growth"] = g["mean"] + g["sd"] * persist(z[:, 1], g["persistence"])
    d = fast["price_decline"]
    out["segments.fast.price_decline"] = quantile(
        persist(z[:, 2], d["persistence"]), *pert(d), exact
    )
    d = legacy["price_decline"]
    out["segments.legacy.price_decline"] = rng.triangular(d["low"], d["mode"], d["high"], (H, n))


def _companies(
    deal: Deal, n: int, rng: np.random.Generator, exact: bool, out: dict[str, Any]
) -> None:
    alpha, beta = deal["companies"]["alpha"], deal["companies"]["beta"]
    link = deal["correlations"][2]["value"]
    z = rng.standard_normal((2, H, n))
    z[1] = link * z[0] + np.sqrt(1.0 - link * link) * z[1]
    u = alpha["utilization"]
    score = persist(z[0], u["persistence"])
    law = (u["alpha"], u["beta"], 0.0, 1.0)
    out["companies.alpha.utilization"] = quantile(score, *law, exact)
    u = beta["utilization"]
    rows = []
    for y in range(H):
        mode = u["mode"][min(y, len(u["mode"]) - 1)]
        rows.append(quantile(z[1, y], *pert({**u, "mode": mode}), exact))
    out["companies.beta.utilization"] = np.stack(rows)
    d = alpha["cost_decline"]
    out["companies.alpha.cost_decline"] = d["mean"] + d["sd"] * rng.standard_normal((H, n))
    d = beta["cost_decline"]
    out["companies.beta.cost_decline"] = rng.uniform(d["low"], d["high"], (H, n))
    w = alpha["wacc"]
    low, high = ((bound - w["mean"]) / w["sd"] for bound in (w["min"], w["max"]))
    u = rng.uniform(special.ndtr(low), special.ndtr(high), n)
    out["companies.alpha.wacc"] = w["mean"] + w["sd"] * special.ndtri(u)
    launch = alpha["lines"]["silicon"]["launch"]
    shape = (launch["low"], launch["mode"], launch["high"])
    out["companies.alpha.lines.silicon.launch"] = rng.triangular(*shape, n)
    p = beta["lines"]["fast"]["price_ratio"]
    out["companies.beta.lines.fast.price_ratio"] = rng.uniform(p["low"], p["high"], n)
    out["companies.beta.terminal.multiple"] = beta_law(rng, beta["terminal"]["multiple"], n)


def _events(deal: Deal, n: int, rng: np.random.Generator, out: dict[str, Any]) -> None:
    s, r = deal["synergies"], deal["risks"]
    for name in ("procurement", "launch_earlier"):
        out[f"synergies.{name}.realization"] = beta_law(rng, s[name]["realization"], n)
    sizes = {
        "synergies.cross_selling.effects.0.scale": s["cross_selling"]["effects"][0]["scale"],
        "risks.loss_of_control.effects.0.add": r["loss_of_control"]["effects"][0]["add"],
    }
    for name, q in sizes.items():
        out[name] = rng.triangular(q["low"], q["mode"], q["high"], n)
    timing = r["staff_leave"]["timing"]
    out["risks.staff_leave.timing"] = rng.uniform(timing["low"], timing["high"], n)
    size = r["price_war"]["effects"][0]["add"]
    out["risks.price_war.effects.0.add"] = rng.uniform(size["low"], size["high"], n)
    c = deal["groups"]["integration"]["correlation"]
    common = np.sqrt(c) * rng.standard_normal(n)
    for name in ("staff_leave", "loss_of_control", "incompatible_technology"):
        own = np.sqrt(1.0 - c) * rng.standard_normal(n)
        out[f"risks.{name}.occurrence"] = special.ndtr(common + own)
    for name in ("route_change", "review_fails", "divestiture"):
        out[f"risks.{name}.occurrence"] = rng.random(n)
    out["risks.price_war.occurrence"] = rng.random((H, n))


def persist(z: Any, rho: float) -> Any:
    """Stationary scores over the years: x_y = ρ·x_{y−1} + √(1 − ρ²)·z_y."""
    x = np.empty_like(z)
    x[0] = z[0]
    fresh = np.sqrt(1.0 - rho * rho)
    for y in range(1, H):
        x[y] = rho * x[y - 1] + fresh * z[y]
    return x


def pert(law: dict[str, Any]) -> tuple[float, float, float, float]:
    """Both shapes, low and high of a PERT law as a beta law."""
    low, high = law["low"], law["high"]
    a = 1.0 + 4.0 * (law["mode"] - low) / (high - low)
    b = 1.0 + 4.0 * (high - law["mode"]) / (high - low)
    return a, b, low, high


def beta_law(rng: np.random.Generator, law: dict[str, Any], n: int) -> Any:
    """Independent draws of a PERT law."""
    a, b, low, high = pert(law)
    return low + (high - low) * rng.beta(a, b, n)


def quantile(score: Any, a: float, b: float, low: float, high: float, exact: bool) -> Any:
    """Beta law at normal scores."""
    if exact:
        return stats.beta.ppf(stats.norm.cdf(score), a, b, low, high - low)
    return low + (high - low) * np.interp(score, GRID, _table(a, b))


@cache
def _table(a: float, b: float) -> Any:
    return special.betaincinv(a, b, special.ndtr(GRID))
