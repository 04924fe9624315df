"""The deal itself: what is paid, in what, and what each side gains."""

from __future__ import annotations

from math import ceil, nan, sqrt

from simulator.jit import kernel
from simulator.model.constants import TOLERANCE
from simulator.model.elementary import exp_lane


@kernel
def year_of_closing(S, F, A):
    """out = min(H, max(1, ⌈close⌉))."""
    for a in A:
        out, close, horizon = a[0], a[1], F[a[2]]
        for i in range(S.shape[1]):
            S[out, i] = min(horizon, max(1.0, ceil(S[close, i] - TOLERANCE)))


@kernel
def share_price_at_closing(S, F, A):
    """S_c = S_0·exp(σ√close·z − σ²·close/2)."""
    for a in A:
        out, close, z = a[0], a[1], a[2]
        today, sigma = F[a[3]], F[a[3] + 1]
        for i in range(S.shape[1]):
            c = S[close, i]
            S[out, i] = today * exp_lane(sigma * sqrt(c) * S[z, i] - 0.5 * sigma * sigma * c)


@kernel
def new_shares(S, F, A):
    """n = stock·price/clip(S, low, high) (millions); ω = shares/(shares + n).

    Scalars: stock share of the price, low, high, shares. Fixed shares: low = high = today's price.
    """
    for a in A:
        issued, owned, price, share_price = a[0], a[1], a[2], a[3]
        stock, low, high, shares = F[a[4]], F[a[4] + 1], F[a[4] + 2], F[a[4] + 3]
        for i in range(S.shape[1]):
            n = stock * S[price, i] / min(max(S[share_price, i], low), high)
            S[issued, i] = n
            S[owned, i] = shares / (shares + n)


@kernel
def subsidy_test(S, F, A, year):
    """met = 1 where the year of closing is this one and the combined revenue exceeds the bound."""
    for a in A:
        met, closing_year, revenue, bound = a[0], a[1], a[2], F[a[3]]
        for i in range(S.shape[1]):
            if S[closing_year, i] == year:
                S[met, i] = 1.0 if S[revenue, i] > bound else 0.0


@kernel
def subsidy_value(S, F, A):
    """nominal = max(0, min(rate·price, cap)) where the condition is met and the deal closes."""
    for a in A:
        out, met, price, terminated = a[0], a[1], a[2], a[3]
        rate, cap = F[a[4]], F[a[4] + 1]
        for i in range(S.shape[1]):
            paid = max(0.0, min(rate * S[price, i], cap)) * S[met, i]
            S[out, i] = paid if S[terminated, i] == 0.0 else 0.0


@kernel
def earn_out(S, F, A):
    """payment = min(cap, rate·max(0, metric − threshold) + amount where metric ≥ threshold)."""
    for a in A:
        out, metric, terminated = a[0], a[1], a[2]
        threshold, rate, amount, cap = F[a[3]], F[a[3] + 1], F[a[3] + 2], F[a[3] + 3]
        for i in range(S.shape[1]):
            excess = S[metric, i] - threshold
            due = rate * max(0.0, excess) + (amount if excess >= 0.0 else 0.0)
            S[out, i] = min(due, cap) if S[terminated, i] == 0.0 else 0.0


@kernel
def settle(S, F, A):
    """NPV of both sides, maximum price, consideration.

    Rows in: EV of the combined firm, acquirer, targets standalone, targets combined; price, DF at
    closing, PV of subsidy and of earn-outs, new shares, ω, share price at closing, terminated.
    Rows out: npv_acquirer, npv_target, synergy_value, max_price, consideration, closed.
    Scalars: net debt of acquirer and of targets, stake, cash + debt share, fees, fees if failed,
    break fee.
    """
    for a in A:
        ev_c, ev_a, ev_t, ev_t_c = a[0], a[1], a[2], a[3]
        price, df, subsidy, earnouts = a[4], a[5], a[6], a[7]
        issued, owned, share_price, terminated = a[8], a[9], a[10], a[11]
        npv_acquirer, npv_target, synergy = a[12], a[13], a[14]
        max_price, consideration, closed = a[15], a[16], a[17]
        debt_a, debt_t, stake = F[a[18]], F[a[18] + 1], F[a[18] + 2]
        paid, fees, fees_failed, break_fee = F[a[18] + 3], F[a[18] + 4], F[a[18] + 5], F[a[18] + 6]
        for i in range(S.shape[1]):
            p = S[price, i]
            d = S[df, i]
            minority = (1.0 - stake) * max(0.0, S[ev_t_c, i] - debt_t)
            before = S[ev_c, i] - debt_a - debt_t - minority + S[subsidy, i] - S[earnouts, i]
            equity_c = before - (paid + fees) * p * d
            equity_a = S[ev_a, i] - debt_a
            equity_t = S[ev_t, i] - debt_t
            done = S[terminated, i] == 0.0
            gain_a = S[owned, i] * equity_c - equity_a
            gain_t = (
                paid * p * d + S[earnouts, i] + (1.0 - S[owned, i]) * equity_c - stake * equity_t
            )
            S[npv_acquirer, i] = gain_a if done else -(break_fee + fees_failed * p) * d
            S[npv_target, i] = gain_t if done else break_fee * d
            S[synergy, i] = S[ev_c, i] - S[ev_a, i] - S[ev_t, i]
            S[max_price, i] = (before - equity_a) / ((1.0 + fees) * d) if done else nan
            S[consideration, i] = paid * p + S[issued, i] * S[share_price, i]
            S[closed, i] = 1.0 if done else 0.0


@kernel
def earnings_acquirer(S, F, A):
    """EPS alone = (EBIT − interest·debt)·(1 − tax)/shares."""
    for a in A:
        out, ebit, fx = a[0], a[1], a[2]
        interest, tax, shares = F[a[3]], F[a[3] + 1], F[a[3] + 2]
        for i in range(S.shape[1]):
            S[out, i] = (S[ebit, i] - interest * S[fx, i]) * (1.0 - tax) / shares


@kernel
def target_earnings(S, F, A):
    """out += EBIT − interest·debt of one target in the combined world."""
    for a in A:
        out, ebit, fx, interest = a[0], a[1], a[2], F[a[3]]
        for i in range(S.shape[1]):
            S[out, i] += S[ebit, i] - interest * S[fx, i]


@kernel
def earnings_combined(S, F, A, year):
    """EPS after the deal, accretion, and the pre-tax synergies that make accretion zero.

    Rows in: EBIT of the acquirer in C, its fx, the targets' earnings before tax, price, close,
    closing year, new shares, terminated, EPS alone. Scalars: interest·debt, tax, shares, stake,
    financing cost a year per unit of price, fees, intangibles/life, life.
    """
    for a in A:
        eps, accretion, gap = a[0], a[1], a[2]
        ebit, fx, targets, price, close = a[3], a[4], a[5], a[6], a[7]
        closing_year, issued, terminated, alone = a[8], a[9], a[10], a[11]
        interest, tax, shares, stake = F[a[12]], F[a[12] + 1], F[a[12] + 2], F[a[12] + 3]
        financing, fees, charge, life = F[a[12] + 4], F[a[12] + 5], F[a[12] + 6], F[a[12] + 7]
        for i in range(S.shape[1]):
            age = year - S[close, i]
            f = min(max(age, 0.0), 1.0)
            amortised = min(max(age, 0.0), life) - min(max(age - 1.0, 0.0), life)
            due = fees * S[price, i] if S[closing_year, i] == year else 0.0
            before_tax = (
                S[ebit, i] - interest * S[fx, i] + f * stake * S[targets, i]
                - f * financing * S[price, i] - stake * charge * amortised - due
            )
            count = shares + f * S[issued, i]
            income = before_tax * (1.0 - tax)
            base = S[alone, i]
            failed = S[terminated, i] > 0.0
            value = base if failed else income / count
            S[eps, i] = value
            change = value / base - 1.0
            S[accretion, i] = 0.0 if failed else (change if base > 0.0 else nan)
            S[gap, i] = 0.0 if failed else (base * count - income) / (1.0 - tax)

