"""The deal itself: what is paid, in what, and what each side gains."""

from __future__ import annotations

from math import nan

from simulator.algebra import ceil, clip, exp, larger, smaller, sqrt, where
from simulator.model.constants import TOLERANCE
from simulator.model.formula import formula


@formula("w r s")
def year_of_closing(close, horizon):
    """out = min(H, max(1, ⌈close⌉))."""
    return smaller(horizon, larger(1.0, ceil(close - TOLERANCE)))


@formula("w r r s2")
def share_price_at_closing(close, z, today, sigma):
    """S_c = S_0·exp(σ√close·z − σ²·close/2)."""
    return today * exp(sigma * sqrt(close) * z - 0.5 * sigma * sigma * close)


@formula("w w r r s4")
def new_shares(price, share_price, stock, low, high, shares):
    """n = stock·price/clip(S, low, high) (millions); ω = shares/(shares + n).

    Scalars: stock share of the price, low, high, shares. Fixed shares: low = high = today's price.
    """
    issued = stock * price / clip(share_price, low, high)
    return issued, shares / (shares + issued)


@formula("u r r s", clock=True)
def subsidy_test(clock, met, closing_year, revenue, bound):
    """met = 1 where the year of closing is this one and the combined revenue exceeds the bound."""
    return where(closing_year.equals(clock.number), where(revenue > bound, 1.0, 0.0), met)


@formula("w r r r s2")
def subsidy_value(met, price, terminated, rate, cap):
    """nominal = max(0, min(rate·price, cap)) where the condition is met and the deal closes."""
    paid = larger(0.0, smaller(rate * price, cap)) * met
    return where(terminated.equals(0.0), paid, 0.0)


@formula("w r r s4")
def earn_out(metric, terminated, threshold, rate, amount, cap):
    """payment = min(cap, rate·max(0, metric − threshold) + amount where metric ≥ threshold)."""
    excess = metric - threshold
    due = rate * larger(0.0, excess) + where(excess >= 0.0, amount, 0.0)
    return where(terminated.equals(0.0), smaller(due, cap), 0.0)


@formula("r r r r r r r r r r r r w w w w w w s7")
def settle(
    ev_c, ev_a, ev_t, ev_t_c, price, df, subsidy, earnouts, issued, owned, share_price, terminated,
    debt_a, debt_t, stake, paid, fees, fees_failed, break_fee,
):  # fmt: skip
    """NPV of both sides, maximum price, consideration.

    Rows in: EV of the combined firm, acquirer, targets standalone, targets combined; price, DF at
    closing, PV of subsidy and of earn-outs, new shares, ω, share price at closing, terminated.
    Rows out: npv_acquirer, npv_target, synergy_value, max_price, consideration, closed.
    Scalars: net debt of acquirer and of targets, stake, cash + debt share, fees, fees if failed,
    break fee.
    """
    minority = (1.0 - stake) * larger(0.0, ev_t_c - debt_t)
    before = ev_c - debt_a - debt_t - minority + subsidy - earnouts
    equity_c = before - (paid + fees) * price * df
    equity_a = ev_a - debt_a
    equity_t = ev_t - debt_t
    done = terminated.equals(0.0)
    gain_a = owned * equity_c - equity_a
    gain_t = paid * price * df + earnouts + (1.0 - owned) * equity_c - stake * equity_t
    return (
        where(done, gain_a, -(break_fee + fees_failed * price) * df),
        where(done, gain_t, break_fee * df),
        ev_c - ev_a - ev_t,
        where(done, (before - equity_a) / ((1.0 + fees) * df), nan),
        paid * price + issued * share_price,
        where(done, 1.0, 0.0),
    )
