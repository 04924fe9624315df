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


@inlined
def exp_lane(x):
    """e^x for |x| ≤ 700; beyond, the value at the bound."""
    x = min(max(x, -700.0), 700.0)
    shifted = fma(x, LOG2_E, ROUND)
    n = shifted - ROUND
    r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, x))
    p = 1.6059043836821613e-10  # 1/13!
    p = fma(p, r, 2.08767569878681e-09)
    p = fma(p, r, 2.505210838544172e-08)
    p = fma(p, r, 2.755731922398589e-07)
    p = fma(p, r, 2.7557319223985893e-06)
    p = fma(p, r, 2.48015873015873e-05)
    p = fma(p, r, 0.0001984126984126984)
    p = fma(p, r, 0.001388888888888889)
    p = fma(p, r, 0.008333333333333333)
    p = fma(p, r, 0.041666666666666664)
    p = fma(p, r, 0.16666666666666666)
    p = fma(p, r, 0.5)
    p = fma(p, r, 1.0)
    p = fma(p, r, 1.0)
    scale = (bits_of(shifted) - bits_of(ROUND) + 1023) << 52
    return p * float_of(scale)


@inlined
def log_lane(x):
    """ln x for positive, normal x."""
    bits = bits_of(x)
    # Exponent that leaves a mantissa between √½ and √2.
    k = (bits - 0x3FE6A09E667F3BCD) >> 52
    m = float_of(bits - (k << 52))
    f = (m - 1.0) / (m + 1.0)
    s = f * f
    p = 1.0 / 21.0
    p = fma(p, s, 1.0 / 19.0)
    p = fma(p, s, 1.0 / 17.0)
    p = fma(p, s, 1.0 / 15.0)
    p = fma(p, s, 1.0 / 13.0)
    p = fma(p, s, 1.0 / 11.0)
    p = fma(p, s, 1.0 / 9.0)
    p = fma(p, s, 1.0 / 7.0)
    p = fma(p, s, 1.0 / 5.0)
    p = fma(p, s, 1.0 / 3.0)
    # A whole number below 2^11 becomes a double by way of the mantissa of 2^52, without conversion.
    e = float_of(bits_of(ROUND) + k) - ROUND
    return fma(e, LN2_HIGH, fma(2.0 * f * s, p, 2.0 * f) + e * LN2_LOW)
