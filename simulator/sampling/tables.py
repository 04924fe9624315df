"""Any function of a normal score as a piecewise cubic that a kernel reads in a nanosecond.

The score, kept within its domain, is mapped to x in [−B/2, B/2]; the nearest integer is its bucket,
t = x − bucket in [−½, ½]. A smooth function takes one cubic a bucket, read without a branch
(DIRECT). Kinks, jumps and steep places split buckets into several pieces, of which the first one
that reaches t counts (SCAN). A straight line needs no table (LINE).

A cubic runs through four equally spaced points of its piece, so that the curve is continuous and
its error is h⁴·|f''''|/1944. Pieces are halved until the error, measured at three points between,
is at most TOLERANCE of the function's scale.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from simulator.sampling.law import NO_KINKS, Vector

LINE, DIRECT, SCAN = 0, 1, 2
REACH = 6.5
"""Scores are kept within ±REACH; a 32-bit uniform has |z| ≤ 6.34."""
TOLERANCE = 5e-9
"""Error in units of the scale; the promise is 1e-8, the tests ask for it."""
DIRECT_WIDTH, SCAN_WIDTH = 4, 6
"""Numbers a piece takes: c0..c3 around the bucket's middle; or c0..c3, left edge, right edge."""
_FEW, _MANY = 16, 16384
_DIRECT_MOST, _DIRECT_KINKS = 640, 12
_RARE = 0.004
"""Share of draws that may meet a bucket of several pieces (a branch mispredicted)."""
_ROUNDING = 1e-15
_NARROWEST, _MOST_POOR = 1e-6, 4
"""Where the function itself is too rough to go on: width in buckets; poor pieces for each edge."""

_NODES = np.array([-0.5, -1 / 6, 1 / 6, 0.5])
_BETWEEN = np.array([-1 / 3, 0.0, 1 / 3])
_TO_POWERS = np.asarray(np.linalg.inv(np.vander(_NODES, 4, increasing=True)), np.float64)
_TO_BETWEEN = np.vander(_BETWEEN, 4, increasing=True) @ _TO_POWERS
_LEFT_POWERS = np.asarray(np.linalg.inv(np.vander(_NODES + 0.5, 4, increasing=True)), np.float64)


@dataclass(frozen=True)
class Table:
    """A tabulated function. For LINE, `pieces` holds intercept and slope.

    pieces: flat, DIRECT_WIDTH or SCAN_WIDTH numbers a piece; first: [buckets + 1], the first piece
    of each bucket (SCAN only).
    """

    kind: int
    buckets: int
    domain: tuple[float, float]
    pieces: Vector
    first: NDArray[np.int64]

    @property
    def finite(self) -> bool:
        """Whether all its values are."""
        width = {LINE: 2, DIRECT: DIRECT_WIDTH, SCAN: SCAN_WIDTH}[self.kind]
        return bool(np.all(np.isfinite(self.pieces.reshape(-1, width)[:, :4])))

    def moved(self, location: float, stretch: float) -> Table:
        """The table of location + stretch·f."""
        width = {LINE: 2, DIRECT: DIRECT_WIDTH, SCAN: SCAN_WIDTH}[self.kind]
        rows = self.pieces.reshape(-1, width).copy()
        rows[:, : min(width, 4)] *= stretch
        rows[:, 0] += location
        return replace(self, pieces=rows.ravel())

    def __call__(self, z: Vector) -> Vector:
        """The tabulated values, by the kernel's own steps; for tests and pictures."""
        if self.kind == LINE:
            return np.asarray(self.pieces[0] + self.pieces[1] * z)
        low, high = self.domain
        x = (np.clip(z, low, high) - 0.5 * (low + high)) * (self.buckets / (high - low))
        bucket = np.rint(x)
        t, index = x - bucket, bucket.astype(np.int64) + self.buckets // 2
        if self.kind == DIRECT:
            c = self.pieces.reshape(-1, DIRECT_WIDTH)[index]
        else:
            rows = self.pieces.reshape(-1, SCAN_WIDTH)
            piece = self.first[index]
            while np.any(beyond := t > rows[piece, 5]):
                piece = piece + beyond
            c = rows[piece]
            t = t - c[:, 4]
        return np.asarray(c[:, 0] + t * (c[:, 1] + t * (c[:, 2] + t * c[:, 3])))


_NOTHING = np.empty(0, dtype=np.int64)


def line(intercept: float, slope: float) -> Table:
    """intercept + slope·z."""
    return Table(LINE, 0, (-REACH, REACH), np.array([intercept, slope]), _NOTHING)


def steps(values: Vector, jumps: Vector) -> Table:
    """values[k] up to and including jumps[k], values[-1] beyond the last one."""
    if len(values) == 1:
        return line(float(values[0]), 0.0)
    buckets = _even(np.clip(8 * len(jumps), 4 * _FEW, _MANY))
    edges = jumps * (buckets / (2 * REACH))
    start = _with_bucket_edges(edges, buckets)
    value = values[np.searchsorted(edges, start[:-1], side="right")]
    cubic = np.zeros((len(value), 4))
    cubic[:, 0] = value
    return _scan(buckets, (-REACH, REACH), start[:-1], start[1:], cubic)


def tabulate(
    function: Callable[[Vector], Vector],
    *,
    kinks: Vector = NO_KINKS[0],
    domain: tuple[float, float] = (-REACH, REACH),
    scale: float | None = None,
    tolerance: float = TOLERANCE,
) -> Table:
    """Table of a continuous function, smooth but for its kinks.

    scale: the unit of the tolerance where values lie near the middle's; further out, the distance
    from the middle. By default half the way from z = −1 to z = 1; 0 asks for relative accuracy.
    """
    low, high = domain
    if scale is None:
        inner = function(np.array([-3.0, -1.0, 0.0, 1.0, 3.0]))
        scale = float(max(0.5 * (inner[3] - inner[1]), 1e-3 * (inner[4] - inner[0])))
        centre = float(inner[2])
    else:
        centre = 0.0

    def unit(values: Vector) -> Vector:
        wide = tolerance * np.maximum(np.maximum(scale, np.abs(values - centre)), 1e-300)
        return np.asarray(np.maximum(wide, _ROUNDING * np.abs(values)))

    kinks = kinks[(kinks > low) & (kinks < high)]
    everywhere, mostly = _bucket_counts(function, unit, kinks, domain)
    buckets, direct = _even(mostly), False
    if everywhere <= _DIRECT_MOST and len(kinks) <= _DIRECT_KINKS:
        aligned = _align(kinks, domain, everywhere)
        if aligned is not None:
            (buckets, domain), direct = aligned, True
    for grown in (1.15, 1.3, 0.0):
        middle, width = 0.5 * (domain[0] + domain[1]), (domain[1] - domain[0]) / buckets
        edges = _with_bucket_edges(() if direct else (kinks - middle) / width, buckets)
        start, end, values = _refine(partial(_stretched, function, middle, width), unit, edges)
        if len(start) == buckets + 1 or not (direct and grown):
            break
        buckets, domain = _align(kinks, domain, grown * buckets) or (buckets, domain)
    if len(start) == buckets + 1:
        cubic = _powers(values, _TO_POWERS)
        return Table(DIRECT, buckets, domain, cubic.ravel(), _NOTHING)
    by_width = (end - start)[:, None] ** np.arange(4.0)
    return _scan(buckets, domain, start, end, _powers(values, _LEFT_POWERS) / by_width)


def _powers(values: NDArray[np.float64], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coefficients of the cubics through four values each; exact where all four are one."""
    first = values[:, :1]
    cubic = (values - first) @ matrix.T
    cubic[:, :1] += first
    return np.asarray(cubic)


def _stretched(
    function: Callable[[Vector], Vector], middle: float, width: float, x: Vector
) -> Vector:
    """The function over x, the place in buckets."""
    return function(middle + x * width)


def _bucket_counts(
    function: Callable[[Vector], Vector], unit: Callable[[Vector], Vector], kinks: Vector,
    domain: tuple[float, float],
) -> tuple[float, float]:
    """How many buckets leave no error anywhere but at kinks, and where most draws fall."""
    trial = 48
    bucket = np.arange(-trial // 2, trial // 2 + 1)
    middle, width = 0.5 * (domain[0] + domain[1]), (domain[1] - domain[0]) / trial
    grid = function(middle + width * (np.arange(-3 * trial - 3, 3 * trial + 4) / 6))
    nodes = np.column_stack([grid[:-1:2].reshape(-1, 3), grid[6::6]])
    between = np.column_stack([grid[1::6], grid[3::6], grid[5::6]])
    error = np.max(np.abs(nodes @ _TO_BETWEEN.T - between) / unit(between), axis=1)
    wanted: Vector = trial * np.maximum(error, 1e-9) ** 0.25 * 1.03
    edge = middle + (bucket + 0.5) * width
    wanted[np.searchsorted(kinks, edge) != np.searchsorted(kinks, edge - width)] = 0
    order = np.argsort(-wanted)
    rare = np.cumsum(_mass(bucket, middle, width)[order]) > _RARE
    mostly = max(wanted[order][np.argmax(rare)], 96 * min(len(kinks), 1), 6 * len(kinks))
    return max(float(wanted.max()), _FEW), float(np.clip(mostly, _FEW, _MANY))


def _align(
    kinks: Vector, domain: tuple[float, float], least: float
) -> tuple[int, tuple[float, float]] | None:
    """Buckets of which every kink is an edge, `least` or up to twice as many; None if none are."""
    low, high = domain
    if len(kinks) == 0:
        return _even(least), domain
    width = (high - low) / least
    span = kinks[-1] - kinks[0]
    if span > 0:
        fewest = int(np.ceil(span / width))
        for n in range(fewest, 2 * fewest + 1):
            place = (kinks - kinks[0]) / (span / n)
            if np.allclose(place, np.rint(place), rtol=0, atol=1e-9):
                break
        else:
            return None
        width = span / n
    middle = kinks[0] + width * (0.5 + np.rint((0.5 * (low + high) - kinks[0]) / width))
    buckets = _even(2 * max(high - middle, middle - low) / width)
    return buckets, (float(middle - 0.5 * buckets * width), float(middle + 0.5 * buckets * width))


def _even(count: float) -> int:
    """The least even integer not below."""
    return 2 * int(np.ceil(count / 2))


def _with_bucket_edges(inner: Vector | tuple[()], buckets: int) -> Vector:
    """Ascending edges of all pieces: those between buckets, and the given ones, each once."""
    edges = np.arange(-buckets // 2, buckets // 2 + 2) - 0.5
    return np.unique(np.concatenate([edges, np.asarray(inner, dtype=np.float64)]))


def _refine(
    at: Callable[[Vector], Vector], unit: Callable[[Vector], Vector], edges: Vector
) -> tuple[Vector, Vector, NDArray[np.float64]]:
    """Halve pieces until their cubics are good enough; start, end, values at four nodes."""
    start, end = edges[:-1], edges[1:]
    done: list[tuple[Vector, Vector, NDArray[np.float64]]] = []
    most = _MOST_POOR * len(edges)
    values = _sample(at, start, end, _NODES)
    while True:
        between = _sample(at, start, end, _BETWEEN)
        good = np.all(np.abs(values @ _TO_BETWEEN.T - between) <= unit(between), axis=1)
        good |= end - start < _NARROWEST
        done.append((start[good], end[good], values[good]))
        if np.all(good) or np.sum(~good) > most:
            done.append((start[~good], end[~good], values[~good]))
            break
        start, end, values, between = start[~good], end[~good], values[~good], between[~good]
        middle = 0.5 * (start + end)
        left = np.column_stack([values[:, 0], between[:, 0], values[:, 1], between[:, 1]])
        right = np.column_stack([between[:, 1], values[:, 2], between[:, 2], values[:, 3]])
        start, end = np.concatenate([start, middle]), np.concatenate([middle, end])
        values = np.concatenate([left, right])
    start, end, values = (np.concatenate(part) for part in zip(*done, strict=True))
    order = np.argsort(start)
    return start[order], end[order], values[order]


def _sample(
    at: Callable[[Vector], Vector], start: Vector, end: Vector, where: Vector
) -> NDArray[np.float64]:
    """Values at points of each piece given in [−½, ½] of its width: [pieces, points]."""
    x = (0.5 * (start + end))[:, None] + (end - start)[:, None] * where
    return at(x.ravel()).reshape(x.shape)


def _scan(
    buckets: int, domain: tuple[float, float], start: Vector, end: Vector,
    cubic: NDArray[np.float64],
) -> Table:
    """Pieces with their edges, found by scanning on from the first one of a bucket."""
    bucket = np.rint(0.5 * (start + end))
    count = np.arange(-buckets // 2, buckets // 2 + 1)
    first = np.searchsorted(bucket, count).astype(np.int64)
    edge = end - bucket
    edge[np.searchsorted(bucket, count, side="right") - 1] = np.inf
    rows = np.column_stack([cubic, start - bucket, edge])
    return Table(SCAN, buckets, domain, rows.ravel(), first)


def _mass(bucket: NDArray[np.int64], middle: float, width: float) -> Vector:
    """Probability of a normal score within each bucket."""
    edge = middle + (bucket + 0.5) * width
    return np.asarray(ndtr(edge) - ndtr(edge - width))
