"""When risks strike: dates of occurrence, terminations, triggers."""

from __future__ import annotations

from simulator.algebra import floor, larger, log, smaller, where
from simulator.model.constants import NEVER, TOLERANCE
from simulator.model.formula import formula


@formula("w r r r r")
def date_once(u, p, origin, timing):
    """date = origin + timing with probability p (where u < p), else never."""
    return where(u < p, origin + timing, NEVER)


@formula("w r r r")
def date_hazard(u, hazard, origin):
    """date = origin − ln(1 − u)/hazard: the first event of a Poisson process."""
    return where(hazard > 0.0, origin - log(1.0 - u) / hazard, NEVER)


@formula("w r r r n")
def date_in_year(u, hazard, origin, j):
    """date = origin + j + wait if the exponential wait is under a year, else never; j = 0, 1, …"""
    wait = -log(1.0 - u) / hazard
    return where(wait < 1.0, origin + float(j) + wait, NEVER)


@formula("w R")
def earliest(dates):
    """out = first of the dates."""
    out = dates[0]
    for date in dates[1:]:
        out = smaller(out, date)
    return out


@formula("w r s")
def occurred_before(date, bound):
    """out = 1 where date < bound, else 0."""
    return where(date < bound - TOLERANCE, 1.0, 0.0)


@formula("u r")
def either(out, x):
    """out = 1 where out or x."""
    return larger(out, x)


@formula("u r r s n", clock=True)
def trigger(clock, met, value, origin, bound, above):
    """met = y − 1 at the first year start, not before ⌊origin⌋, with the value beyond its bound."""
    beyond = value > bound if above else value < bound
    due = floor(origin + TOLERANCE) <= clock.begin
    return where((met >= NEVER) & beyond & due, clock.begin, met)


@formula("w r r")
def later_of(x, y):
    """out = max(x, y): a risk's own date, held back until its trigger is met."""
    return larger(x, y)
