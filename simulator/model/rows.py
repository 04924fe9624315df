"""Arithmetic on rows."""

from __future__ import annotations

from math import nan

from simulator.algebra import where
from simulator.model.formula import formula


@formula("w s")
def fill(value):
    """out = scalar."""
    return value


@formula("w r")
def copy(x):
    """out = x."""
    return x


@formula("w r r")
def add(x, y):
    """out = x + y."""
    return x + y


@formula("u r")
def add_into(out, x):
    """out += x."""
    return out + x


@formula("u r s")
def add_scaled(out, x, scale):
    """out += x · scalar."""
    return out + x * scale


@formula("w r r")
def difference(x, y):
    """out = x − y."""
    return x - y


@formula("w r r")
def multiply(x, y):
    """out = x · y."""
    return x * y


@formula("w r r s")
def multiply_scaled(x, y, scale):
    """out = x · y · scalar."""
    return x * y * scale


@formula("u r")
def multiply_into(out, x):
    """out *= x."""
    return out * x


@formula("u r r")
def multiply_add(out, x, y):
    """out += x · y."""
    return out + x * y


@formula("u r")
def grow(out, rate):
    """out *= 1 + rate."""
    return out * (1.0 + rate)


@formula("w r r")
def ratio(x, y):
    """out = x / y, undefined (NaN) where y = 0."""
    return where(y.differs(0.0), x / y, nan)


@formula("w R r")
def pick_year(rows, year):
    """out = row of the year held in `year` (1, 2, …) out of the rows."""
    out = rows[0]
    for n, row in enumerate(rows[1:], start=2):
        out = where(year >= float(n), row, out)
    return out
