"""What the charts show, as numbers: bins and bands that every renderer draws from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.metrics import Unit
from simulator.report.labels import label
from simulator.report.sheet import SIDES, Band, Sheet

FANS = ("gross_margin", "ebitda_margin", "utilization")
"""Yearly metrics shown as fans, by side."""
SHOWN = tuple(f"{side}.{metric}" for metric in FANS for side in SIDES)
"""The same by their full names."""
BINS = 60
_ENDS = (0.002, 0.998)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Shares of paths by bin; the last bins at both ends hold all that lies beyond."""

    label: str
    unit: Unit
    edges: tuple[float, ...]
    """(bins + 1,), equally wide; 0 is an edge where it lies inside."""
    shares: tuple[float, ...]
    """(bins,), summing to 1."""
    below: float
    """Share of paths left of the first edge, counted in the first bin."""
    above: float
    marks: tuple[tuple[str, float], ...]
    """Named positions: P5, P50, P95."""


@dataclass(frozen=True, slots=True)
class Fan:
    """Quantile bands of one yearly metric on one side of the deal."""

    side: str
    metric: str
    label: str
    unit: Unit
    years: tuple[int, ...]
    p5: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p95: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Charts:
    """All charts of a report."""

    npv: Histogram | None
    """None where all paths are equal or none is kept."""
    fans: dict[str, tuple[Fan, ...]]
    """Metric -> fans of the sides that have the metric at all."""


Values = NDArray[np.float64] | tuple[NDArray[np.float64], NDArray[np.float64]]
"""A metric by path, (paths,); or some values in ascending order, and the paths at each of them."""


def charts(sheet: Sheet, npv: Values | None) -> Charts:
    """Chart data of a run; npv holds npv_acquirer."""
    quantiles = sheet.spreads["npv_acquirer"].quantiles
    return charts_of({name: found.value for name, found in quantiles.items()}, sheet.bands, npv)


def charts_of(
    quantiles: Mapping[str, float], bands: Mapping[str, Band], npv: Values | None
) -> Charts:
    """The same without a sheet: from npv_acquirer's quantiles and the bands of `SHOWN`."""
    marks = tuple((name.upper(), quantiles[name]) for name in ("p5", "p50", "p95"))
    shown = histogram(npv, label("npv_acquirer"), "money", marks) if npv is not None else None
    fans = {metric: _fans(bands, metric) for metric in FANS}
    return Charts(shown, {metric: found for metric, found in fans.items() if found})


def histogram(
    values: Values, label: str, unit: Unit, marks: tuple[tuple[str, float], ...] = ()
) -> Histogram | None:
    """Bins between the 0.2 % and 99.8 % quantiles; what lies beyond goes into the outermost bins.

    None where fewer than two different finite values are given.
    """
    values, paths = values if isinstance(values, tuple) else (values, None)
    there = np.isfinite(values)
    finite, weights = values[there], None if paths is None else paths[there]
    if finite.size == 0 or float(np.ptp(finite)) == 0.0:
        return None
    low, high = _inner(finite, weights)
    if not high > low:
        low, high = float(finite.min()), float(finite.max())
    edges = bin_edges(low, high)
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
    return tuple(_fan(side, metric, band) for side, band in found if band and _has_values(band))


def _fan(side: str, metric: str, band: Band) -> Fan:
    columns = band.columns
    return Fan(
        side, metric, band.label, band.unit, band.years,
        columns["p5"], columns["p25"], columns["p50"], columns["p75"], columns["p95"],
    )  # fmt: skip


def _has_values(band: Band) -> bool:
    return bool(np.isfinite(band.columns["p50"]).any())
