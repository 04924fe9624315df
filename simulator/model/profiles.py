"""Weights in time: how much of an effect is at work in a period or year."""

from __future__ import annotations

from simulator.algebra import clip, larger, smaller, where
from simulator.model.constants import NEVER, TOLERANCE
from simulator.model.formula import formula


def _integral(age, ramp, half_inverse_ramp):
    """∫ of a ramp to 1 over `ramp` years, from 0 to `age` ≥ 0 (years).

    `half_inverse_ramp` is 1/(2·ramp), or 0 without a ramp.
    """
    if ramp.known == 0.0:
        return age
    return where(age < ramp, age * age * half_inverse_ramp, age - 0.5 * ramp)


def _average(clock, date, ramp, half, duration):
    late = clip(clock.end - date, 0.0, duration)
    early = clip(clock.begin - date, 0.0, duration)
    return clock.inverse * (_integral(late, ramp, half) - _integral(early, ramp, half))


@formula("w r s3", clock=True)
def weight(clock, date, ramp, half, duration):
    """out = average over the period of what starts at `date`, ramps, ends after its duration."""
    return _average(clock, date, ramp, half, duration)


@formula("w R s3", clock=True)
def weight_of_many(clock, dates, ramp, half, duration):
    """out = min(1, sum of the weights of the starts)."""
    total = _average(clock, dates[0], ramp, half, duration)
    for date in dates[1:]:
        total = total + _average(clock, date, ramp, half, duration)
    return smaller(total, 1.0)


@formula("w r r")
def factor(size, w):
    """out = max(0, 1 + size · weight): what a scale effect multiplies by."""
    return larger(0.0, 1.0 + size * w)


@formula("u r r")
def factor_into(out, size, w):
    """out *= max(0, 1 + size · weight)."""
    return out * larger(0.0, 1.0 + size * w)


@formula("u r r", clock=True)
def lump(clock, out, amount, date):
    """out += amount where the date falls into this period: t_{k−1} ≤ date < t_k."""
    position = (date + TOLERANCE) * clock.steps
    inside = (position >= clock.number - 1.0) & (position < clock.number)
    return out + where(inside, amount, 0.0)


@formula("w r", clock=True)
def share_after(clock, date):
    """out = part of the period that lies after `date`, 0 … 1."""
    return clip(clock.end - date, 0.0, clock.end - clock.begin) * clock.inverse


@formula("u r")
def cancel(date, terminated):
    """date = never where the deal is terminated."""
    return where(terminated > 0.0, NEVER, date)
