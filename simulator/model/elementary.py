"""exp and log for lane loops: no branch and no call, so that they vectorise.

Errors are a few units in the last place (tested against the C library); the same bits on every
processor, since a fused multiply-add is rounded once by definition.
"""

from __future__ import annotations

from simulator.jit import inlined
from simulator.lanes import bits_of, float_of, fma

LOG2_E = 1.4426950408889634
LN2_HIGH = 0.6931471803691238
LN2_LOW = 1.9082149292705877e-10
ROUND = 6755399441055744.0
"""1.5·2^52: adding and subtracting it rounds to the nearest whole number."""


SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
"""Bits of √½: a mantissa is brought between √½ and √2."""

EXP = (
    1.6059043836821613e-10, 2.08767569878681e-09, 2.505210838544172e-08, 2.755731922398589e-07,
    2.7557319223985893e-06, 2.48015873015873e-05, 0.0001984126984126984, 0.001388888888888889,
    0.008333333333333333, 0.041666666666666664, 0.16666666666666666, 0.5, 1.0, 1.0,
)  # fmt: skip
"""1/n!, n = 13 … 0: e^r for |r| ≤ ln 2/2."""

LOG = tuple(1.0 / n for n in range(21, 1, -2))
"""1/n for odd n = 21 … 3: ln((1 + f)/(1 − f)) = 2f·(1 + f²·Σ)."""


@inlined
def exp_lane(x):
    """e^x for |x| ≤ 700; beyond, the value at the bound."""
    x = min(max(x, -700.0), 700.0)
    shifted = fma(x, LOG2_E, ROUND)
    n = shifted - ROUND
    r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, x))
    p = EXP[0]
    for j in range(1, 14):
        p = fma(p, r, EXP[j])
    scale = (bits_of(shifted) - bits_of(ROUND) + 1023) << 52
    return p * float_of(scale)


@inlined
def log_lane(x):
    """ln x for positive, normal x."""
    bits = bits_of(x)
    k = (bits - SQRT_HALF_BITS) >> 52
    m = float_of(bits - (k << 52))
    f = (m - 1.0) / (m + 1.0)
    s = f * f
    p = LOG[0]
    for j in range(1, 10):
        p = fma(p, s, LOG[j])
    # A whole number below 2^11 becomes a double by way of the mantissa of 2^52, without conversion.
    e = float_of(bits_of(ROUND) + k) - ROUND
    return fma(e, LN2_HIGH, fma(2.0 * f * s, p, 2.0 * f) + e * LN2_LOW)
