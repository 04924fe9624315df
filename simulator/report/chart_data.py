"""What the charts show, as numbers: bins and bands that every renderer draws from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from math import nan

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.bars import Bar
from simulator.analysis.drivers import Drivers
from simulator.analysis.steps import Step
from simulator.metrics import Unit
from simulator.report.accretion import meaningful
from simulator.report.charts import Bars, BidCurve, Charts, Cumulative, Fan, Field, Histogram
from simulator.report.labels import label
from simulator.report.quantities import acts_on
from simulator.report.sheet import SIDES, Band, Bid, Sheet

FANS = ("revenue", "gross_margin", "ebitda_margin", "utilization", "accretion")
"""Yearly metrics shown as fans, by side; accretion is of the combined firm alone."""
SHOWN = tuple(f"{side}.{metric}" for metric in FANS for side in SIDES)
"""The same by their full names."""
BINS = 60
STEPS = 120
"""Points of a distribution function."""
FEWEST_YEARS = 3
"""Years with a value below which a fan shows no course."""
ROWS = 12
"""Drivers of a tornado."""
_ENDS = (0.002, 0.998)
_NARROWEST = 1e-290
"""Bins of less cannot be counted: floats end there."""

Values = NDArray[np.float64] | tuple[NDArray[np.float64], NDArray[np.float64]]
"""A metric by path, (paths,); or some values in ascending order, and the paths at each of them."""


@dataclass(frozen=True, slots=True)
class Material:
    """What charts are made of."""

    quantiles: Mapping[str, float]
    """Of npv_acquirer, by name: p5, …"""
    bands: Mapping[str, Band]
    """Of `SHOWN`."""
    price: float
    npv: Values | None = None
    var: float = nan
    cvar: float = nan
    bid: tuple[Bid, ...] = ()
    bridge: tuple[Step, ...] = ()
    field: tuple[Bar, ...] = ()
    drivers: Drivers | None = None
    acts_on: Mapping[str, str] = made(default_factory=dict)
    """What each effect acts on, by its path."""


def charts(sheet: Sheet, npv: Values | None) -> Charts:
    """Chart data of a run; npv holds npv_acquirer."""
    quantiles = sheet.spreads["npv_acquirer"].quantiles
    return charts_of(
        Material(
            quantiles={name: found.value for name, found in quantiles.items()}, bands=sheet.bands,
            npv=npv, var=sheet.var_95.value, cvar=sheet.cvar_95.value,
            price=sheet.price.mean.value, bid=sheet.bid, bridge=sheet.bridge,
            field=sheet.findings.field, drivers=sheet.drivers,
            acts_on=acts_on(sheet.scenario.document),
        )
    )  # fmt: skip


def charts_of(m: Material) -> Charts:
    """All charts that the material gives."""
    name, shown = label("npv_acquirer"), None
    if m.npv is not None:
        marks = tuple((name.upper(), m.quantiles[name]) for name in ("p5", "p50", "p95"))
        shown = histogram(m.npv, name, "money", marks)
    fans = {metric: _fans(m.bands, metric) for metric in FANS}
    bars = tuple(bar for bar in m.field if bar.defined)
    return Charts(
        npv=shown,
        cdf=cumulative(m.npv, name, m.var, m.cvar) if shown and m.npv is not None else None,
        bridge=m.bridge,
        field=Field(bars, m.price) if bars else None,
        tornado=_tornado(m.drivers, m.acts_on, name),
        bid=_bid_curve(m.bid, m.price),
        fans={metric: found for metric, found in fans.items() if found},
    )


def cumulative(values: Values, label: str, var: float, cvar: float) -> Cumulative:
    """The distribution function at `STEPS` quantiles between the ends of the histogram."""
    values, paths = values if isinstance(values, tuple) else (values, None)
    there = np.isfinite(values)
    finite, weights = values[there], None if paths is None else paths[there]
    shares = np.linspace(_ENDS[0], _ENDS[1], STEPS)
    if weights is None:
        found = np.quantile(finite, shares)
    else:
        ends = np.cumsum(weights)
        found = finite[np.searchsorted(ends, shares * ends[-1])]
    return Cumulative(label, tuple(map(float, found)), tuple(map(float, shares)), var, cvar)


def _tornado(
    found: Drivers | None, acts_on: Mapping[str, str], label: str
) -> Bars | None:
    if found is None or not found.rows:
        return None
    rows = found.rows[:ROWS]
    return Bars(
        label, found.mean, tuple(row.name for row in rows), tuple(row.low for row in rows),
        tuple(row.high for row in rows),
        tuple(acts_on.get(row.name.rpartition(".")[0], "") for row in rows),
    )  # fmt: skip


def _bid_curve(bids: tuple[Bid, ...], price: float) -> BidCurve | None:
    kept = [bid for bid in bids if np.isfinite(bid.price.value)]
    if len(kept) < 2:
        return None
    return BidCurve(
        tuple(bid.probability for bid in kept), tuple(bid.price.value for bid in kept),
        tuple(bid.price.se for bid in kept), price,
    )  # fmt: skip


def histogram(
    values: Values, label: str, unit: Unit, marks: tuple[tuple[str, float], ...] = (),
    bins: int = BINS,
) -> Histogram | None:  # fmt: skip
    """Bins between the 0.2 % and 99.8 % quantiles; what lies beyond goes into the outermost bins.

    None where fewer than two different finite values are given, or none that bins could part.
    """
    values, paths = values if isinstance(values, tuple) else (values, None)
    there = np.isfinite(values)
    finite, weights = values[there], None if paths is None else paths[there]
    if finite.size == 0 or float(np.ptp(finite)) == 0.0:
        return None
    low, high = _inner(finite, weights)
    if not high > low:
        low, high = float(finite.min()), float(finite.max())
    if (high - low) / bins < _NARROWEST:
        return None
    edges = bin_edges(low, high, bins)
    counts, _ = np.histogram(np.clip(finite, edges[0], edges[-1]), edges, weights=weights)
    return Histogram(
        label, unit, tuple(float(e) for e in edges),
        tuple(float(c) / float(counts.sum()) for c in counts),
        float(np.average(finite < edges[0], weights=weights)),
        float(np.average(finite > edges[-1], weights=weights)), marks,
    )  # fmt: skip


def _inner(
    values: NDArray[np.float64], paths: NDArray[np.float64] | None
) -> tuple[float, float]:
    """The quantiles between which bins lie."""
    if paths is None:
        low, high = np.quantile(values, _ENDS)
    else:
        ends = np.cumsum(paths)
        low, high = values[np.searchsorted(ends, np.array(_ENDS) * ends[-1])]
    return float(low), float(high)


def bin_edges(low: float, high: float, bins: int = BINS) -> NDArray[np.float64]:
    """Edges of about `bins` equal bins that cover [low, high], on multiples of their width.

    Break-even (0) is then an edge wherever it lies inside, so that no bin mixes loss and gain.
    """
    width = (high - low) / bins
    first, last = np.floor(low / width), np.ceil(high / width)
    edges = np.asarray(np.arange(first, last + 1) * width, np.float64)
    edges[0], edges[-1] = min(edges[0], low), max(edges[-1], high)  # the product may round inwards
    return edges


def _fans(bands: Mapping[str, Band], metric: str) -> tuple[Fan, ...]:
    found = ((side, bands.get(f"{side}.{metric}")) for side in SIDES)
    told = ((side, meaningful(band)) for side, band in found if band)
    return tuple(_fan(side, metric, band) for side, band in told if _has_values(band))


def _fan(side: str, metric: str, band: Band) -> Fan:
    columns = band.columns
    return Fan(
        side, metric, band.label, band.unit, band.years,
        columns["p5"], columns["p25"], columns["p50"], columns["p75"], columns["p95"],
    )  # fmt: skip


def _has_values(band: Band) -> bool:
    """Whether enough years have one to draw, and any of them one that is not zero: a fund sells
    nothing."""
    ends = np.array([band.columns["p5"], band.columns["p95"]])
    told = np.isfinite(ends)
    enough = told.all(axis=0).sum() >= min(FEWEST_YEARS, len(band.years))
    return bool(enough and (told & (ends != 0)).any())
