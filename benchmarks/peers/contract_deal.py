"""Values and terms of the contract deal, and its yearly metrics."""

from __future__ import annotations

from benchmarks.peers.contract import Deal, Draws, Flows, H, weights
from benchmarks.peers.contract_worlds import CLOSE_PART
from benchmarks.peers.library import Array, Numbers

NAN = float("nan")


def values(t: Deal, draws: Draws, firms: dict[str, Flows], xp: Numbers) -> Flows:
    """Enterprise values of all firms in all worlds; beta's terminal value in C."""
    alpha, beta = t["companies"]["alpha"], t["companies"]["beta"]
    growth = 1.0 + draws["companies.alpha.wacc"]
    powers = [1.0 / xp.sqrt(growth)]
    for _ in range(H - 1):
        powers.append(powers[-1] / growth)
    discount = xp.stack(powers)
    last = alpha["terminal"]
    perpetual = (1.0 + last["growth"]) * (1.0 - last["growth"] / last["roic"])
    perpetual = perpetual * (1.0 - alpha["tax_rate"]) / (growth - 1.0 - last["growth"])
    out = {"discount close": discount[0]}
    for world in ("alpha", "alpha+"):
        f = firms[world]
        terminal = xp.maximum(f["ebit"][H - 1] * perpetual, last["floor"])
        out[world] = (f["fcf"] * discount).sum(0) + terminal * discount[H - 1]
    fixed = xp.column([(1.0 + beta["wacc"]) ** -(y + 0.5) for y in range(H)])
    multiple = draws["companies.beta.terminal.multiple"]
    for world in ("beta", "beta+"):
        f = firms[world]
        terminal = xp.maximum(multiple * f["ebitda"][H - 1], 0.0)
        out[world] = (f["fcf"] * fixed).sum(0) + terminal * (1.0 + beta["wacc"]) ** -H
    out["terminal"] = terminal
    out["growth"] = growth
    return out


def terms(
    t: Deal, draws: Draws, firms: dict[str, Flows], worth: Flows, facts: Flows, xp: Numbers
) -> Flows:
    """Metrics of a path."""
    deal, alpha, beta = t["deal"], t["companies"]["alpha"], t["companies"]["beta"]
    price, fees = deal["price"], deal["fees"]
    alive, df = facts["alive"], worth["discount close"]
    shares = alpha["shares"]
    new = deal["stock"] * price / alpha["share_price"]
    old = shares / (shares + new)

    grant = deal["subsidy"]
    revenue = firms["alpha+"]["revenue"][0] + firms["beta+"]["revenue"][0]
    granted = alive & (revenue > grant["when_revenue_above"])
    subsidy = xp.where(granted, min(grant["rate"] * price, grant["cap"]) / worth["growth"], 0.0)
    earn = deal["earnouts"][0]
    excess = xp.maximum(firms["beta+"]["revenue"][earn["year"] - 1] - earn["threshold"], 0.0)
    earned = xp.minimum(earn["rate"] * excess, earn["cap"])
    earned = earned * (facts["on"] * (1.0 + earn["discount"]) ** -earn["year"])

    ev_combined = worth["alpha+"] + worth["beta+"]
    equity_a = worth["alpha"] - alpha["net_debt"]
    equity_t = worth["beta"] - beta["net_debt"]
    paid = (deal["cash"] + deal["debt"]) * price * df
    charged = fees * price * df
    equity = ev_combined - alpha["net_debt"] - beta["net_debt"] - paid - charged
    equity = equity + subsidy - earned
    failed = deal.get("fees_if_failed", fees)
    npv_acquirer = xp.where(
        alive, old * equity - equity_a, -(deal["break_fee"] + failed * price) * df
    )
    npv_target = xp.where(
        alive, paid + earned + (1.0 - old) * equity - equity_t, deal["break_fee"] * df
    )
    max_price = (equity + paid + charged - equity_a) / ((1.0 + fees) * df)
    risks = {name: value for name, value in facts.items() if name.startswith("risk.")}
    return risks | {
        "npv_acquirer": npv_acquirer, "npv_target": npv_target,
        "synergy_value": ev_combined - worth["alpha"] - worth["beta"],
        "ev_acquirer": worth["alpha"], "ev_target": worth["beta"], "ev_combined": ev_combined,
        "max_price": xp.where(alive, max_price, NAN),
        "goodwill_impairment": impairment(t, firms["beta+"]["fcf"], worth["terminal"], alive, xp),
        "earnout": earned, "subsidy": subsidy, "closed": facts["on"],
    }  # fmt: skip


def impairment(t: Deal, fcf: Array, terminal: Array, alive: Array, xp: Numbers) -> Array:
    """Goodwill written off by the horizon."""
    deal, beta = t["deal"], t["companies"]["beta"]
    keep = 1.0 - t["companies"]["alpha"]["tax_rate"]
    assets, intangibles = deal["identifiable_assets"], deal["intangibles"]
    growth = 1.0 + beta["wacc"]
    worth = [terminal]
    for y in reversed(range(1, H)):
        worth.append((fcf[y] * growth**0.5 + worth[-1]) / growth)
    worth.reverse()
    first = max(0.0, deal["price"] / deal["stake"] - assets - intangibles * keep)
    goodwill = first + 0.0 * terminal
    for y in range(H):
        used = min(1.0, (y + 1 - deal["close"]) / deal["intangibles_life"])
        carried = assets + intangibles * (1.0 - used) * keep + beta["net_debt"]
        goodwill = goodwill - xp.minimum(xp.maximum(goodwill + carried - worth[y], 0.0), goodwill)
    return xp.where(alive, first - goodwill, 0.0)


def yearly(
    t: Deal, firms: dict[str, Flows], segments: dict[str, Flows], facts: Flows, xp: Numbers
) -> Flows:
    """Metrics of a path and year: (H, n)."""
    out = {name: value for name, value in facts.items() if name.endswith(".utilization")}
    both = {name: firms["alpha+"][name] + firms["beta+"][name] for name in firms["alpha"]}
    for group, f in (("acquirer", firms["alpha"]), ("target", firms["beta"]), ("combined", both)):
        out[f"{group}.revenue"], out[f"{group}.fcf"] = f["revenue"], f["fcf"]
        one = 1.0 / f["revenue"]
        for name, part in (("gross", "gross"), ("ebitda", "ebitda"), ("operating", "ebit")):
            out[f"{group}.{name}_margin"] = f[part] * one
    for name, s in segments.items():
        out[f"segments.{name}.demand"], out[f"segments.{name}.price"] = s["demand"], s["price"]
        if "utilization" in s:
            out[f"segments.{name}.industry_utilization"] = s["utilization"]

    deal, alpha = t["deal"], t["companies"]["alpha"]
    price, keep, shares = deal["price"], 1.0 - alpha["tax_rate"], alpha["shares"]
    interest = alpha["interest"] * alpha["debt"]
    after = xp.column(CLOSE_PART)
    funding = (deal["debt_rate"] * deal["debt"] + deal["lost_interest"] * deal["cash"]) * price
    life = deal["intangibles_life"]
    written = [deal["intangibles"] / life * w for w in weights(deal["close"], 0.0, life)]
    written[0] += deal["fees"] * price
    income_alone = (firms["alpha"]["ebit"] - interest) * keep
    before_tax = firms["alpha+"]["ebit"] - interest + after * (firms["beta+"]["ebit"] - funding)
    income = (before_tax - xp.column(written)) * keep
    new = deal["stock"] * price / alpha["share_price"]
    count = shares + after * new
    alone, eps, alive = income_alone / shares, income / count, facts["alive"]
    out["acquirer.eps"] = alone
    out["combined.eps"] = xp.where(alive, eps, alone)
    gain = xp.where(alone > 0.0, eps / alone - 1.0, NAN)
    out["combined.accretion"] = xp.where(alive, gain, 0.0)
    missing = (alone * count - income) / keep
    out["combined.breakeven_synergies"] = xp.where(alive, missing, 0.0)
    return out
