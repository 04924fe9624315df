"""Values and terms of the contract deal on one path, and its yearly metrics, in plain Python."""

from __future__ import annotations

from math import nan, sqrt
from types import SimpleNamespace
from typing import Any

from benchmarks.peers.contract import H, weights
from benchmarks.peers.contract_worlds import CLOSE_PART

Firms = dict[str, dict[str, list[float]]]


def close(
    f: SimpleNamespace, d: dict[str, Any], firms: Firms, market: dict[str, Any], alive: bool
) -> dict[str, Any]:
    """All metrics that come from the statements."""
    return _terms(f, d, firms, alive) | _yearly(f, firms, alive) | _segments(market)


def _terms(f: SimpleNamespace, d: dict[str, Any], firms: Firms, alive: bool) -> dict[str, float]:
    alpha, beta, deal = f.alpha, f.beta, f.t["deal"]
    growth = 1.0 + d["companies.alpha.wacc"]
    first = discount = 1.0 / sqrt(growth)
    ev = {"alpha": 0.0, "alpha+": 0.0, "beta": 0.0, "beta+": 0.0}
    for y in range(H):
        if y:
            discount /= growth
        for name in ("alpha", "alpha+"):
            ev[name] += firms[name]["fcf"][y] * discount
        for name in ("beta", "beta+"):
            ev[name] += firms[name]["fcf"][y] * f.discount_beta[y]
    last = alpha["terminal"]
    perpetual = (1.0 + last["growth"]) * (1.0 - last["growth"] / last["roic"])
    perpetual *= (1.0 - alpha["tax_rate"]) / (growth - 1.0 - last["growth"])
    for name in ("alpha", "alpha+"):
        ev[name] += max(firms[name]["ebit"][-1] * perpetual, last["floor"]) * discount
    terminal = 0.0
    for name in ("beta", "beta+"):
        multiple = d["companies.beta.terminal.multiple"]
        terminal = max(multiple * firms[name]["ebitda"][-1], 0.0)
        ev[name] += terminal * f.last_discount_beta
    price, fees, df = deal["price"], deal["fees"], first
    old = alpha["shares"] / (alpha["shares"] + deal["stock"] * price / alpha["share_price"])
    grant, earn = deal["subsidy"], deal["earnouts"][0]
    revenue = firms["alpha+"]["revenue"][0] + firms["beta+"]["revenue"][0]
    subsidy = 0.0
    if alive and revenue > grant["when_revenue_above"]:
        subsidy = min(grant["rate"] * price, grant["cap"]) / growth
    earned = 0.0
    if alive:
        excess = max(firms["beta+"]["revenue"][earn["year"] - 1] - earn["threshold"], 0.0)
        earned = min(earn["rate"] * excess, earn["cap"])
        earned *= (1.0 + earn["discount"]) ** -earn["year"]
    combined = ev["alpha+"] + ev["beta+"]
    equity_a, equity_t = ev["alpha"] - alpha["net_debt"], ev["beta"] - beta["net_debt"]
    paid = (deal["cash"] + deal["debt"]) * price * df
    equity = combined - alpha["net_debt"] - beta["net_debt"] - paid - fees * price * df
    equity += subsidy - earned
    out = {
        "synergy_value": combined - ev["alpha"] - ev["beta"], "ev_acquirer": ev["alpha"],
        "ev_target": ev["beta"], "ev_combined": combined, "earnout": earned, "subsidy": subsidy,
        "goodwill_impairment": _impairment(f, firms["beta+"]["fcf"], terminal) if alive else 0.0,
    }  # fmt: skip
    if not alive:
        failed = deal["break_fee"] + deal.get("fees_if_failed", fees) * price
        return out | {
            "npv_acquirer": -failed * df, "npv_target": deal["break_fee"] * df, "max_price": nan
        }  # fmt: skip
    return out | {
        "npv_acquirer": old * equity - equity_a,
        "npv_target": paid + earned + (1.0 - old) * equity - equity_t,
        "max_price": (equity + paid + fees * price * df - equity_a) / ((1.0 + fees) * df),
    }


def _impairment(f: SimpleNamespace, fcf: list[float], terminal: float) -> float:
    deal, beta, keep = f.t["deal"], f.beta, 1.0 - f.alpha["tax_rate"]
    assets, intangibles = deal["identifiable_assets"], deal["intangibles"]
    growth = 1.0 + beta["wacc"]
    worth = [terminal]
    for y in range(H - 1, 0, -1):
        worth.append((fcf[y] * growth**0.5 + worth[-1]) / growth)
    first = goodwill = max(0.0, deal["price"] / deal["stake"] - assets - intangibles * keep)
    for y in range(H):
        used = min(1.0, (y + 1 - deal["close"]) / deal["intangibles_life"])
        carried = assets + intangibles * (1.0 - used) * keep + beta["net_debt"]
        goodwill -= min(max(goodwill + carried - worth[-1 - y], 0.0), goodwill)
    return first - goodwill


def _yearly(f: SimpleNamespace, firms: Firms, alive: bool) -> dict[str, list[float]]:
    both = {
        name: [a + b for a, b in zip(rows, firms["beta+"][name], strict=True)]
        for name, rows in firms["alpha+"].items()
    }
    out = {}
    for group, one in (("acquirer", firms["alpha"]), ("target", firms["beta"]), ("combined", both)):
        out[f"{group}.revenue"], out[f"{group}.fcf"] = one["revenue"], one["fcf"]
        for name, part in (("gross", "gross"), ("ebitda", "ebitda"), ("operating", "ebit")):
            rows = zip(one[part], one["revenue"], strict=True)
            out[f"{group}.{name}_margin"] = [a / b for a, b in rows]
    deal, alpha = f.t["deal"], f.alpha
    price, keep, shares = deal["price"], 1.0 - alpha["tax_rate"], alpha["shares"]
    interest = alpha["interest"] * alpha["debt"]
    funding = (deal["debt_rate"] * deal["debt"] + deal["lost_interest"] * deal["cash"]) * price
    life, new = deal["intangibles_life"], deal["stock"] * price / alpha["share_price"]
    written = [deal["intangibles"] / life * w for w in weights(deal["close"], 0.0, life)]
    rows = {name: [] for name in ("acquirer.eps", "combined.eps", "combined.accretion",
                                  "combined.breakeven_synergies")}  # fmt: skip
    for y in range(H):
        alone = (firms["alpha"]["ebit"][y] - interest) * keep / shares
        after = CLOSE_PART[y]
        count = shares + after * new
        before_tax = firms["alpha+"]["ebit"][y] - interest - written[y]
        before_tax += after * (firms["beta+"]["ebit"][y] - funding)
        income = (before_tax - (0.0 if y else deal["fees"] * price)) * keep
        eps = income / count
        gain = eps / alone - 1.0 if alone > 0.0 else nan
        found = (alone, eps, gain, (alone * count - income) / keep)
        for row, value in zip(rows.values(), found if alive else (alone, alone, 0.0, 0.0),
                              strict=True):  # fmt: skip
            row.append(value)
    return out | rows


def _segments(market: dict[str, Any]) -> dict[str, list[float]]:
    out = {}
    for name, s in market.items():
        out[f"segments.{name}.demand"], out[f"segments.{name}.price"] = s["demand"], s["price"]
        if "utilization" in s:
            out[f"segments.{name}.industry_utilization"] = s["utilization"]
    return out
