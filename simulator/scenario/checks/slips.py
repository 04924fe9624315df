"""Slips of the unit: 35 where 0.35 is meant. Only sizes that no firm shows are refused."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from simulator.scenario.checks.commas import meant_by_commas
from simulator.scenario.document import Document
from simulator.scenario.overlay import find
from simulator.scenario.quantity import Distribution
from simulator.scenario.report import Report
from simulator.scenario.spelling import shortened
from simulator.scenario.targets import fits
from simulator.scenario.tree import get
from simulator.scenario.uncertain import drivers, statics

RATES: dict[str, tuple[float, float]] = {
    "segments.*.growth": (-1, 3),
    "segments.*.price_decline": (-3, 1),
    "segments.*.supply.growth": (-1, 3),
    "companies.*.utilization": (0, 1.5),
    "companies.*.cost_decline": (-3, 1),
    "companies.*.wacc": (-1, 1),
    "companies.*.lines.*.share_growth": (-1, 3),
    "fx.*.return": (-3, 3),
    "synergies.*.realization": (-10, 10),
    "synergies.*.effects.*.scale": (-5, 10),
    "risks.*.effects.*.scale": (-5, 10),
    "risks.*.hazard": (-math.inf, 20),
}
"""Quantities that are fractions, with the sizes believed; spreads and tails are not looked at."""

RATIOS: dict[str, tuple[float, float]] = {
    "segments.*.supply.normal_utilization": (0, 2),
    "segments.*.supply.sensitivity": (0, 10),
    "companies.*.interest": (0, 1),
    "companies.*.share_volatility": (0, 3),
    "companies.*.rnd_ratio": (-3, 3),
    "companies.*.sga_ratio": (-3, 3),
    "companies.*.depreciation_ratio": (0, 3),
    "companies.*.capex_ratio": (0, 3),
    "companies.*.nwc_ratio": (-3, 3),
    "companies.*.inflation": (-1, 3),
    "companies.*.terminal.growth": (-1, 1),
    "companies.*.terminal.roic": (0, 5),
    "companies.*.lines.*.pass_through": (-3, 3),
    "deal.debt_rate": (0, 1),
    "deal.lost_interest": (0, 1),
    "deal.fees": (0, 1),
    "deal.fees_if_failed": (0, 1),
    "deal.subsidy.rate": (0, 1),
    "deal.earnouts.*.rate": (0, 20),
    "deal.earnouts.*.discount": (0, 1),
}
"""Plain numbers that are fractions."""

_MIDDLES = ("mean", "median", "low", "mode", "high", "values", "x")


def check_slips(document: Document, report: Report) -> None:
    """Report fractions of a size that only percent would have."""
    for path, value in (statics(document) | drivers(document)).items():
        limits = _limits(path)
        if limits is None:
            continue
        if isinstance(value, Distribution):
            middles = {key: given for key, given in value.parameters().items() if key in _MIDDLES}
            for key, given in middles.items():
                _hold(f"{path}.{key}", _numbers(given), limits, report)
        else:
            _hold(path, _numbers(value), limits, report)
    for pattern, limits in RATIOS.items():
        for place in find(report.raw, pattern):
            try:
                value = get(report.raw, place)
            except KeyError:
                continue
            _hold(place, _numbers(value), limits, report)


def _limits(path: str) -> tuple[float, float] | None:
    parts = path.split(".")
    return next((lim for pattern, lim in RATES.items() if fits(parts, pattern.split("."))), None)


def _hold(path: Any, values: list[float], limits: tuple[float, float], report: Report) -> None:
    low, high = limits
    for value in values:
        if not low <= value <= high:
            rule = f"must be a fraction between {low:g} and {high:g}"
            remedy = "write a fraction"
            if 100 * low <= value <= 100 * high:
                remedy = f"write {shortened(round(value / 100, 12))} for {value:g} %"
            if isinstance(path, str) and (meant := meant_by_commas(path, report)):
                remedy = f"write {meant} with decimal points"
            report.fault(path, rule, remedy)
            report.distrust(path)
            return


def _numbers(value: Any) -> list[float]:
    """The numbers in a value, lists flattened; nothing where it is no number at all."""
    if isinstance(value, Iterable) and not isinstance(value, str | dict):
        return [number for inner in value for number in _numbers(inner)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []
