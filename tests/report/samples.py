"""A small deal and a made-up sheet: reports are tested without simulating anything."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.report.labels import label, unit
from simulator.report.sheet import (
    Band,
    ClaimLine,
    Figure,
    Law,
    RiskLine,
    Run,
    Sheet,
    Spread,
)
from simulator.scenario.scenario import Scenario, loads

DEAL = """\
format = 1
title = "Large buys Small"
currency = "CNY"
base_year = 2024

[valuation]
horizon = 6

[segments.modules]
demand = 1000
growth = { dist = "normal", mean = [0.3, 0.2, 0.1], sd = 0.1, persistence = 0.5 }
price = 4000
price_decline = 0.1

[companies.large]
wacc = 0.1
tax_rate = 0.15
utilization = 0.9

[companies.large.lines.modules]
segment = "modules"
volume = 300
capacity = 500
unit_cost = 2800
pass_through = 0.8

[companies.small]
wacc = 0.12
utilization = { dist = "pert", low = 0.4, mode = 0.7, high = 0.95 }

[companies.small.lines.modules]
segment = "modules"
volume = 60
capacity = 100
unit_cost = 3000
pass_through = 0.8

[deal]
acquirer = "large"
targets = ["small"]
price = 400
fees = 0.02

[synergies.purchasing]
start = 0.5
ramp = 1
cost_to_achieve = 10
effects = [{ on = "companies.*.lines.*.unit_cost", scale = -0.02 }]

[risks.staff_leave]
text = "key staff leave within a year"
scope = "deal"
probability = 0.3
effects = [{ on = "synergies.purchasing", scale = -0.5 }]

[[claims]]
text = "gross margin of at least 25 % in 2026"
metric = "combined.gross_margin"
year = 2026
at_least = 0.25

[sources]
"segments.*" = "fact: market study, § 2.1"
"companies.small.*" = "assumption: no accounts published"
"deal.price" = "public: https://example.org/filing"
"""
YEARS = tuple(range(2025, 2031))


def scenario(**changes: Any) -> Scenario:
    """The deal, with values laid over it."""
    return loads(DEAL, changes, file="deal.toml")


def npv(paths: int = 4096) -> NDArray[np.float64]:
    """Made-up values of npv_acquirer, shape (paths,)."""
    return np.random.default_rng(7).normal(-120.0, 260.0, paths)


def spread(metric: str, mean: float, sd: float, undefined: float = 0.0) -> Spread:
    """A normal spread."""
    levels = {"p5": -1.645, "p25": -0.674, "p50": 0.0, "p75": 0.674, "p95": 1.645}
    se = sd / 64.0
    quantiles = {name: Figure(mean + z * sd, 1.5 * se) for name, z in levels.items()}
    return Spread(metric, label(metric), unit(metric), Figure(mean, se), sd, quantiles, undefined)


def band(metric: str, start: float, step: float, sd: float) -> Band:
    """A yearly metric that moves by a step a year."""
    mean = [start + step * i for i in range(len(YEARS))]
    z = {"mean": 0.0, "p5": -1.645, "p25": -0.674, "p50": 0.0, "p75": 0.674, "p95": 1.645}
    columns = {name: tuple(m + factor * sd for m in mean) for name, factor in z.items()}
    columns |= {"se": (sd / 64.0,) * len(YEARS), "sd": (sd,) * len(YEARS)}
    return Band(metric, label(metric), unit(metric), YEARS, columns)


def sheet(deal: Scenario | None = None, **changes: Any) -> Sheet:
    """A complete sheet of made-up numbers."""
    spreads = [
        spread("npv_acquirer", -120.0, 260.0), spread("npv_target", 95.2, 31.0),
        spread("synergy_value", 88.1, 44.0), spread("ev_acquirer", 3120.4, 800.0),
        spread("ev_target", 310.7, 120.0), spread("ev_combined", 3519.2, 850.0),
        spread("max_price", 280.0, 250.0, 0.08), spread("irr", 0.071, 0.05, 0.093),
        spread("moic", 1.31, 0.4, 0.08), spread("closed", 0.92, 0.271),
    ]  # fmt: skip
    bands = [
        band(f"{side}.{metric}", start, 0.01, 0.03)
        for side in ("acquirer", "target", "combined")
        for metric, start in (
            ("gross_margin", 0.28), ("ebitda_margin", 0.12), ("operating_margin", 0.08),
            ("utilization", 0.7),
        )
    ]  # fmt: skip
    deal = scenario() if deal is None else deal
    values: dict[str, Any] = {
        "scenario": deal,
        "run": Run(4096, 7, "sobol", 16, 2, 0.8, "ab12", {"simulator": "0.1", "numpy": "2.4"}),
        "price": Spread("deal.price", "price", "money", Figure(400.0, 0.0), 0.0, {}, 0.0),
        "p_loss": Figure(0.569, 0.0021), "value_created": Figure(0.431, 0.0021),
        "var_95": Figure(547.7, 4.2),
        "cvar_95": Figure(656.1, 5.4), "walk_away": Figure(111.5, 3.3),
        "spreads": {s.metric: s for s in spreads}, "bands": {b.metric: b for b in bands},
        "claims": (
            ClaimLine("gross margin of at least 25 % in 2026", "combined.gross_margin", 2026,
                      "at least 0.25", Figure(0.91, 0.004), 0.301, "ratio"),
        ),
        "risks": (
            RiskLine("staff_leave", "key staff leave within a year", "deal",
                     Figure(0.3, 0.0071), Figure(-180.4, 7.2), Figure(-96.2, 4.9),
                     Figure(84.2, 8.7), 0.41),
        ),
        "laws": {"segments.modules.growth": (Law(2025, 0.3, 0.14, 0.3, 0.46),)},
        "warnings": ("deal.toml:50 synergies.purchasing: full synergies in year 1",),
    }  # fmt: skip
    return Sheet(**(values | changes))
