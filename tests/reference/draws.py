"""Draws without the engine, so that the twin can be run alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution
from simulator.scenario.uncertain import drivers, statics
from tests.reference.laws import quantile

RARE = 0.999
"""Uniform of an occurrence that does not happen where its probability is lower."""


def median_draws(document: Document) -> dict[str, Any]:
    """Every law at its median; no risk of a probability below 0.999 occurs."""
    return _drawn(document, lambda: 0.5, lambda: RARE, lambda: 0.0)


def random_draws(document: Document, rng: np.random.Generator) -> dict[str, Any]:
    """Independent draws: persistence, correlations and groups are left out."""

    def uniform() -> float:
        return float(rng.uniform(1e-9, 1.0 - 1e-9))

    return _drawn(document, uniform, uniform, lambda: float(rng.standard_normal()))


def _drawn(
    document: Document,
    uniform: Callable[[], float],
    occurrence: Callable[[], float],
    normal: Callable[[], float],
) -> dict[str, Any]:
    horizon = document.valuation.horizon
    found: dict[str, Any] = {}
    for path, quantity in statics(document).items():
        if isinstance(quantity, Distribution):
            found[path] = quantile(quantity.dist, quantity.in_year(1), uniform())
    for path, driver in drivers(document).items():
        if isinstance(driver, Distribution):
            years = [driver.in_year(year) for year in range(1, horizon + 1)]
            found[path] = [quantile(driver.dist, one, uniform()) for one in years]
    for name, risk in document.risks.items():
        drawn = [occurrence() for _ in range(horizon if risk.repeat else 1)]
        found[f"risks.{name}.occurrence"] = drawn if risk.repeat else drawn[0]
    deal = document.deal
    if deal.stock > 0.0 and document.companies[deal.acquirer].share_volatility > 0.0:
        found["deal.share_price"] = normal()
    return found
