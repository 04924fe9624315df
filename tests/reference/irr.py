"""The internal rate of return: all roots by a dense scan, the one nearest to 0 (reading 23)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

Flow = tuple[float, float]
"""Date in years, amount."""
Function = Callable[[Sequence[Flow], float], float]

REACH = 12.0
"""The scan covers ln(1 + r) from −REACH to REACH."""


def irr(flows: Sequence[Flow]) -> float:
    """Rate r > −1 with Σ amount·(1 + r)^−date = 0 and the smallest |r|; NaN without one."""
    flows = [(date, amount) for date, amount in flows if amount != 0.0]
    signs = {amount > 0.0 for _, amount in flows}
    if len(signs) < 2:
        return math.nan
    found = [math.expm1(x) for x in roots(flows)]
    return min(found, key=abs, default=math.nan)


def roots(flows: Sequence[Flow]) -> Iterator[float]:
    """All x in [−REACH, REACH] with Σ amount·exp(−x·date) = 0.

    Between two grid points of equal sign there may be two roots; they are found through the
    extremum between them, where the slope changes its sign.
    """
    grid = list(_grid())
    at = [(x, _value(flows, x), _slope(flows, x)) for x in grid]
    for (a, va, sa), (b, vb, sb) in pairwise(at):
        if va == 0.0:
            yield a
        elif va * vb < 0.0:
            yield _bisect(flows, a, b, _value)
        elif va * sa < 0.0 < vb * sb:
            middle = _bisect(flows, a, b, _slope)
            vm = _value(flows, middle)
            if vm == 0.0:
                yield middle
            elif va * vm < 0.0:
                yield _bisect(flows, a, middle, _value)
                yield _bisect(flows, middle, b, _value)
    if at[-1][1] == 0.0:
        yield at[-1][0]


def _grid() -> Iterator[float]:
    """Points 0.02 apart near 0 and 0.1 apart far out, zero among them."""
    yield from (i / 10.0 for i in range(-int(10 * REACH), -20))
    yield from (i / 50.0 for i in range(-100, 100))
    yield from (i / 10.0 for i in range(20, int(10 * REACH) + 1))


def _value(flows: Sequence[Flow], x: float) -> float:
    """Present value, up to a positive factor that keeps the exponents at or below 0."""
    reference = _reference(flows, x)
    return math.fsum(amount * math.exp(-x * (date - reference)) for date, amount in flows)


def _slope(flows: Sequence[Flow], x: float) -> float:
    """Derivative of the present value in x, with the same factor."""
    reference = _reference(flows, x)
    return math.fsum(-date * amount * math.exp(-x * (date - reference)) for date, amount in flows)


def _reference(flows: Sequence[Flow], x: float) -> float:
    dates = [date for date, _ in flows]
    return min(dates) if x >= 0.0 else max(dates)


def _bisect(flows: Sequence[Flow], a: float, b: float, function: Function) -> float:
    """Zero of a function that changes its sign between a and b."""
    fa = function(flows, a)
    for _ in range(200):
        middle = 0.5 * (a + b)
        if middle in (a, b):
            break
        fm = function(flows, middle)
        if fm == 0.0:
            return middle
        if (fm > 0.0) == (fa > 0.0):
            a, fa = middle, fm
        else:
            b = middle
    return 0.5 * (a + b)
