"""Runs made of synthetic arrays: no engine takes part in these tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from simulator.metrics import metric_of, path_metrics, yearly_metrics
from simulator.results.raw import RawRun
from simulator.results.result import Result
from simulator.scenario import Scenario, from_mapping

HORIZON = 4
BASE = 2024

DOCUMENT: dict[str, Any] = {
    "format": 1, "title": "Alpha buys Beta", "currency": "CNY", "base_year": BASE,
    "valuation": {"horizon": HORIZON},
    "segments": {
        "fast": {
            "demand": {"dist": "uniform", "low": 900, "high": 1100}, "price": 4000,
            "growth": {"dist": "normal", "mean": 0.2, "sd": 0.1},
            "supply": {"capacity": 1200, "normal_utilization": 0.85, "sensitivity": 0.3},
        },
        "legacy": {"demand": 2000, "price": 800},
    },
    "companies": {
        "alpha": {
            "wacc": 0.1, "shares": 800, "share_price": 60,
            "lines": {"a": {"segment": "fast", "volume": 100, "capacity": 120, "unit_cost": 2300}},
        },
        "beta": {
            "wacc": 0.12,
            "lines": {"b": {"segment": "legacy", "volume": 50, "capacity": 80, "unit_cost": 500}},
        },
    },
    "deal": {"acquirer": "alpha", "targets": ["beta"], "price": 500, "close": 0.5},
    "risks": {
        "staff_leave": {
            "scope": "deal", "probability": 0.3,
            "effects": [{"on": "companies.beta.rnd_ratio", "add": 0.04}],
        },
        "route_change": {
            "scope": "market", "hazard": 0.1,
            "effects": [{"on": "segments.fast.demand", "scale": -0.5}],
        },
        "review_fails": {"scope": "deal", "probability": 0.1, "terminates": True},
        "never": {
            "scope": "deal", "hazard": 0.2,
            "effects": [{"on": "companies.beta.sga_ratio", "add": 0.01}],
        },
    },
    "claims": [
        {
            "text": "margin of 30 %", "metric": "combined.gross_margin", "year": 2026,
            "at_least": 0.3,
        },
        {"text": "back in 3 years", "metric": "payback", "at_most": 3.0},
    ],
}  # fmt: skip


def scenario(**changes: Any) -> Scenario:
    """The scenario, with some of its tables replaced."""
    return from_mapping({**DOCUMENT, **changes})


def draw_run(
    paths: int = 1024, replicates: int = 1, seed: int = 1, changes: Mapping[str, Any] | None = None,
    like: Scenario | None = None, **given: Any,
) -> RawRun:  # fmt: skip
    """A run with every metric drawn at random, save the given ones (names with `_` for `.`)."""
    found = like or scenario(**(changes or {}))
    rng = np.random.default_rng(seed)
    scalars: dict[str, np.ndarray] = {}
    for name in path_metrics(found.document):
        flag = metric_of(name).unit == "flag"
        scalars[name] = (rng.random(paths) < 0.4) * 1.0 if flag else rng.normal(100, 50, paths)
    scalars["closed"] = 1 - scalars["risk.review_fails"]
    scalars["close"] = np.full(paths, 0.5)
    scalars["max_price"] = np.where(scalars["closed"] == 1, scalars["max_price"], np.nan)
    scalars["payback"] = np.where(rng.random(paths) < 0.2, np.nan, scalars["payback"] / 30)
    yearly = {n: rng.normal(0.3, 0.1, (HORIZON, paths)) for n in yearly_metrics(found.document)}
    draws = {
        "segments.fast.demand": rng.uniform(900, 1100, paths),
        "risks.staff_leave.occurrence": rng.random(paths),
        "segments.fast.growth": rng.normal(0.2, 0.1, (HORIZON, paths)),
    }
    for name, values in given.items():
        (scalars if np.ndim(values) == 1 else yearly)[_dotted(name, scalars, yearly)] = values
    return RawRun(
        found, seed, "sobol" if replicates > 1 else "random", paths, replicates, 2, 0.25,
        scalars, yearly, lambda: draws,
    )  # fmt: skip


def _dotted(name: str, *tables: Mapping[str, Any]) -> str:
    return next(known for table in tables for known in table if known.replace(".", "_") == name)


def draw_result(*args: Any, **kwargs: Any) -> Result:
    return Result(draw_run(*args, **kwargs))
