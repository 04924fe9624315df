"""The market that all worlds share: demand, price, the industry's capacity."""

from __future__ import annotations

from simulator.algebra import exp, larger
from simulator.model.constants import LEAST_GROWTH
from simulator.model.formula import formula


@formula("u w w r r r r")
def demand(level, growth, added, scale, base):
    """D_y = D_{y−1}·max(0.05, 1 + G_y + Σ adds); used D_y·scale; relative to the base year."""
    level = level * larger(LEAST_GROWTH, 1.0 + growth + added)
    used = level * scale
    return level, used, used / base


@formula("u w r r r s2")
def price(level, decline, added, utilization, normal, sensitivity):
    """P_y = P_{y−1}·max(0.05, 1 − d_y − Σ adds − sensitivity·(normal − U_{y−1}))."""
    feedback = sensitivity * (normal - utilization)
    change = larger(LEAST_GROWTH, 1.0 - decline - added - feedback)
    return level * change, change


@formula("u w r r")
def industry(capacity, growth, used):
    """S_y = S_{y−1}·(1 + g_y); U_y = D_y/S_y."""
    capacity = capacity * (1.0 + growth)
    return capacity, used / capacity


@formula("w r r")
def currency_step(last, rate):
    """FX_y = FX_{y−1}·exp(r_y)."""
    return last * exp(rate)
