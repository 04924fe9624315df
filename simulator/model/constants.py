"""Numbers that all kernels share."""

TOLERANCE = 1e-9
"""Years within which two dates are the same."""

NEVER = 1e30
"""The date of what does not happen on a path: beyond every horizon, finite so that sums stay so."""

LEAST_GROWTH = 0.05
"""Least yearly factor of demand, price and unit cost."""
