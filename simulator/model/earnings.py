"""Earnings per share before and after the deal."""

from __future__ import annotations

from math import nan

from simulator.algebra import clip, where
from simulator.model.formula import formula


@formula("w r r s3")
def earnings_acquirer(ebit, fx, interest, tax, shares):
    """EPS alone = (EBIT − interest·debt)·(1 − tax)/shares."""
    return (ebit - interest * fx) * (1.0 - tax) / shares


@formula("u r r s")
def target_earnings(out, ebit, fx, interest):
    """out += EBIT − interest·debt of one target in the combined world."""
    return out + (ebit - interest * fx)


@formula("w w w r r r r r r r r r s8", clock=True)
def earnings_combined(
    clock, ebit, fx, targets, price, close, closing_year, issued, terminated, alone,
    interest, tax, shares, stake, financing, fees, charge, life,
):  # fmt: skip
    """EPS after the deal, accretion, and the pre-tax synergies that make accretion zero.

    Rows in: EBIT of the acquirer in C, its fx, the targets' earnings before tax, price, close,
    closing year, new shares, terminated, EPS alone. Scalars: interest·debt, tax, shares, stake,
    financing cost a year per unit of price, fees, intangibles/life, life.
    """
    age = clock.number - close
    f = clip(age, 0.0, 1.0)
    amortised = clip(age, 0.0, life) - clip(age - 1.0, 0.0, life)
    due = where(closing_year.equals(clock.number), fees * price, 0.0)
    before_tax = (
        ebit - interest * fx + f * stake * targets
        - f * financing * price - stake * charge * amortised - due
    )  # fmt: skip
    count = shares + f * issued
    income = before_tax * (1.0 - tax)
    failed = terminated > 0.0
    eps = where(failed, alone, income / count)
    change = where(alone > 0.0, eps / alone - 1.0, nan)
    gap = (alone * count - income) / (1.0 - tax)
    return eps, where(failed, 0.0, change), where(failed, 0.0, gap)
