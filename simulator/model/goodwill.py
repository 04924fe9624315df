"""Goodwill and its impairment, year end by year end."""

from __future__ import annotations

from simulator.algebra import clip, larger, smaller, sqrt, where
from simulator.model.constants import TOLERANCE
from simulator.model.formula import formula


@formula("U R r r s2")
def value_backwards(values, flows, terminal, wacc, half, half_terminal):
    """values += a target's at each year end: V_y = (FCF_{y+1}·(1 + wacc)^½ + V_{y+1})/(1 + wacc).

    The half only under the mid convention (`half` > 0). V_H is the terminal value, moved by half a
    year where it was discounted so.
    """
    w = 1.0 + wacc
    root = sqrt(w)
    v = terminal * where(half_terminal > 0.0, root, 1.0)
    own = [v]
    for flow in reversed(flows[1:]):
        v = (flow * where(half > 0.0, root, 1.0) + v) / w
        own.append(v)
    return tuple(a + b for a, b in zip(values, reversed(own), strict=True))


@formula("w R r r r s5")
def goodwill_impairment(
    values, price, close, terminated, stake, assets, intangibles, life, net_debt
):
    """stake × the impairments of all year ends from closing on; 0 where terminated.

    Scalars: stake, identifiable assets, intangibles·(1 − tax), their life, net debt of the targets.
    """
    left = larger(0.0, price / stake - assets - intangibles)
    total = 0.0 * left
    for y, value in enumerate(values, start=1):
        age = float(y) - close
        rest = intangibles * (1.0 - clip(age, 0.0, life) / life)
        carried = left + assets + rest + net_debt
        loss = smaller(left, larger(0.0, carried - value))
        loss = where(age >= -TOLERANCE, loss, 0.0)
        left = left - loss
        total = total + loss
    return where(terminated.equals(0.0), stake * total, 0.0)
