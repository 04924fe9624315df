"""Present values: discount factors and terminal values."""

from __future__ import annotations

from simulator.algebra import exp, larger, log
from simulator.model.formula import formula


@formula("w r s")
def discount_factor(rate, years):
    """out = (1 + rate)^(−years)."""
    return exp(-years * log(1.0 + rate))


@formula("w r r")
def discount_at(rate, date):
    """out = (1 + rate)^(−date)."""
    return exp(-date * log(1.0 + rate))


@formula("w r r r r s4")
def gordon(ebit, one_off, wacc, fx, tax, g, roic, floor):
    """Value driver formula: NOPAT·(1 + g)·(1 − g/roic)/(wacc − g), not less than its floor."""
    keep = (1.0 - tax) * (1.0 + g) * (1.0 - g / roic)
    return larger((ebit + one_off) * keep / (wacc - g), floor * fx)


@formula("w r r r r s")
def exit_multiple(base, one_off, multiple, fx, floor):
    """multiple × (EBITDA without one-offs, or revenue), not less than its floor."""
    return larger((base + one_off) * multiple, floor * fx)
