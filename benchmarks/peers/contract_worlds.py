"""Lines and companies of the contract deal: alpha alone, beta alone, both combined."""

from __future__ import annotations

from benchmarks.peers.contract import (
    Deal,
    Draws,
    Flows,
    H,
    additions,
    cash,
    cost_indices,
    profile,
    weights,
)
from benchmarks.peers.library import Array, Numbers

CLOSE_PART = (0.5, *[1.0] * (H - 1))
"""Part of each year after closing."""


def worlds(
    t: Deal, draws: Draws, segments: dict[str, Flows], xp: Numbers
) -> tuple[dict[str, Flows], Flows]:
    """Statements of alpha and beta alone ("alpha", "beta") and combined ("alpha+", "beta+")."""
    alpha, beta, risks = t["companies"]["alpha"], t["companies"]["beta"], t["risks"]
    close = t["deal"]["close"]

    def happens(name: str) -> Array:
        return draws[f"risks.{name}.occurrence"] < risks[name]["probability"]

    alive = ~happens("review_fails")
    on = xp.as_number(alive)
    leave, control = happens("staff_leave") & alive, happens("loss_of_control") & alive
    clash = xp.as_number(happens("incompatible_technology") & alive)
    controlled = xp.as_number(control)

    # What synergies come to, and the risks that act on them.
    spoilt = 1.0 - clash * xp.column(weights(close))
    saved = draws["synergies.procurement.realization"] * on * spoilt
    s = t["synergies"]["procurement"]
    start = close + s["start"]
    saved = saved * xp.column([s["effects"][0]["scale"] * w for w in weights(start, s["ramp"])])
    cost_of_synergy = s["cost_to_achieve"] / s["cost_years"]
    achieve = on * xp.column([cost_of_synergy * w for w in weights(start, 0.0, s["cost_years"])])
    s = t["synergies"]["cross_selling"]
    cross = weights(close + s["start"], s["ramp"])
    crossed = 1.0 + draws["synergies.cross_selling.effects.0.scale"] * on * (
        spoilt * xp.column(cross)
    )

    # The launch of alpha's own development, alone and combined.
    drawn = draws["companies.alpha.lines.silicon.launch"]
    launched = launch(t, draws, drawn, leave, clash, alive, xp)

    # Orders.
    turn = -xp.log1p(-draws["risks.route_change.occurrence"]) / risks["route_change"]["hazard"]
    turned = 1.0 - 0.5 * profile(xp, turn, risks["route_change"]["effects"][0]["ramp"])
    fast, legacy = segments["fast"], segments["legacy"]
    lines = alpha["lines"]
    grown = xp.column([(1.0 + lines["fast"]["share_growth"]) ** (y + 1) for y in range(H)])
    orders_fast = lines["fast"]["volume"] * grown * fast["index"]
    orders_legacy = lines["legacy"]["volume"] * legacy["index"]
    wanted_silicon = lines["silicon"]["volume"] * fast["index"] * turned
    wanted_beta = beta["lines"]["fast"]["volume"] * fast["index"] * turned
    harm = risks["loss_of_control"]["effects"][1]
    lost = xp.column([harm["scale"] * w for w in weights(close, 0.0, harm["duration"])])
    wanted_beta_combined = wanted_beta * crossed * (1.0 + controlled * lost)

    # Capacity and volume.
    run_a = xp.minimum(xp.maximum(draws["companies.alpha.utilization"], 0.0), 1.0)
    run_b = xp.minimum(xp.maximum(draws["companies.beta.utilization"], 0.0), 1.0)
    plant_fast, plant_beta = additions(lines["fast"]), additions(beta["lines"]["fast"])
    usable_fast = run_a * xp.column(plant_fast)
    own_fast = xp.minimum(orders_fast, usable_fast)
    sold_legacy = xp.minimum(orders_legacy, run_a * lines["legacy"]["capacity"])
    usable_beta = run_b * xp.column(plant_beta)
    own_beta = xp.minimum(wanted_beta, usable_beta)
    silicon = {}
    for world, date in (("alpha", drawn), ("alpha+", launched)):
        there = profile(xp, date)
        usable = run_a * there * lines["silicon"]["capacity"]
        orders = wanted_silicon * profile(xp, date, lines["silicon"]["ramp"])
        silicon[world] = (there, orders, usable, xp.minimum(orders, usable))
    pooled = pool(
        t, draws, alive, fast["demand"], (orders_fast, usable_fast, own_fast),
        silicon["alpha+"][1:], (wanted_beta_combined, usable_beta), xp,
    )  # fmt: skip

    # Money.
    cost = cost_indices(t, draws, segments, xp)
    cost_fast = cost["alpha.fast"] * (lines["fast"]["unit_cost"] / 1000.0)
    cost_silicon = cost["alpha.fast"] * (lines["silicon"]["unit_cost"] / 1000.0)
    cost_legacy = cost["alpha.legacy"] * (lines["legacy"]["unit_cost"] / 1000.0)
    cost_beta = cost["beta.fast"] * (beta["lines"]["fast"]["unit_cost"] / 1000.0)
    price, price_legacy = fast["price"] * 1e-3, legacy["price"] * 1e-3
    price_beta = price * draws["companies.beta.lines.fast.price_ratio"]
    revenue_legacy = sold_legacy * price_legacy
    fixed = xp.column([lines["fast"]["fixed_cost"] / plant_fast[0] * p for p in plant_fast])
    fixed = fixed + lines["legacy"]["fixed_cost"]
    fixed_silicon = lines["silicon"]["fixed_cost"]
    per_plant = beta["lines"]["fast"]["fixed_cost"] / plant_beta[0]
    fixed_beta = xp.column([per_plant * p for p in plant_beta])

    there, _, _, own_silicon = silicon["alpha"]
    tied_alpha = alpha["nwc_ratio"] * sum(
        lines[n]["volume"] * t["segments"][n]["price"] / 1000.0 for n in ("fast", "legacy")
    )
    tied_beta = draws["companies.beta.lines.fast.price_ratio"] * (
        beta["nwc_ratio"] * beta["lines"]["fast"]["volume"] * t["segments"]["fast"]["price"] / 1e3
    )
    firms = {}
    firms["alpha"] = cash(
        alpha, (own_fast + own_silicon) * price + revenue_legacy,
        own_fast * cost_fast + own_silicon * cost_silicon + sold_legacy * cost_legacy
        + fixed + fixed_silicon * there,
        0.0, 0.0, 0.0, tied_alpha, xp,
    )  # fmt: skip
    firms["beta"] = cash(
        beta, own_beta * price_beta, own_beta * cost_beta + fixed_beta,
        0.0, 0.0, 0.0, tied_beta, xp,
    )  # fmt: skip

    # Combined: chips are cheaper, orders move, staff leave, parts are sold.
    chip = {n: line["cost_mix"]["chip"] for n, line in lines.items()}
    cost_fast_c = cost_fast * (1.0 + chip["fast"] * saved)
    cost_silicon_c = cost_silicon * (1.0 + chip["silicon"] * saved)
    cost_legacy_c = cost_legacy * (1.0 + chip["legacy"] * saved)
    cost_beta_c = cost_beta * (1.0 + beta["lines"]["fast"]["cost_mix"]["chip"] * saved)
    there, _, _, own_silicon = silicon["alpha+"]
    to_beta_fast, to_beta_silicon = pooled["fast>beta"], pooled["silicon>beta"]
    from_beta = pooled["beta>fast"] + pooled["beta>silicon"]
    sold = own_fast + own_silicon + to_beta_fast + to_beta_silicon
    clashed = risks["incompatible_technology"]["effects"][0]["add"]
    lump = xp.column(weights(0.0, 0.0, 1.0)) * (clashed * clash)
    firms["alpha+"] = cash(
        alpha, sold * price + revenue_legacy,
        own_fast * cost_fast_c + own_silicon * cost_silicon_c + sold_legacy * cost_legacy_c
        + (to_beta_fast + to_beta_silicon) * cost_beta_c + fixed + fixed_silicon * there,
        0.0, achieve + lump, 0.0, tied_alpha, xp,
    )  # fmt: skip
    effect = risks["loss_of_control"]["effects"][0]
    added = (
        draws["risks.loss_of_control.effects.0.add"]
        * controlled
        * xp.column(weights(close, 0.0, effect["duration"]))
    )
    effect = risks["staff_leave"]["effects"][1]
    left = close + draws["risks.staff_leave.timing"]
    gone = profile(xp, left, 0.0, effect["duration"]) * xp.as_number(leave)
    firms["beta+"] = cash(
        beta, (pooled["own"] + from_beta) * price_beta,
        pooled["own"] * cost_beta_c + pooled["beta>fast"] * cost_fast_c
        + pooled["beta>silicon"] * cost_silicon_c + fixed_beta * pooled["kept"],
        added + effect["add"] * gone, 0.0, pooled["proceeds"], tied_beta, xp,
    )  # fmt: skip

    capacity = xp.column([p + lines["legacy"]["capacity"] for p in plant_fast])
    alone = capacity + lines["silicon"]["capacity"] * silicon["alpha"][0]
    both = capacity + lines["silicon"]["capacity"] * there
    both = both + pooled["kept"] * xp.column(plant_beta)
    made_alone = own_fast + silicon["alpha"][3] + sold_legacy
    made = sold + sold_legacy + pooled["own"] + from_beta
    facts = {
        "acquirer.utilization": made_alone / alone,
        "target.utilization": own_beta / xp.column(plant_beta),
        "combined.utilization": made / both,
        "alive": alive, "on": on,
        "risk.staff_leave": xp.as_number(leave), "risk.loss_of_control": controlled,
        "risk.incompatible_technology": clash,
        "risk.route_change": xp.as_number(turn < float(H)),
        "risk.review_fails": 1.0 - on, "risk.divestiture": pooled["divested"],
    }  # fmt: skip
    return firms, facts


def launch(
    t: Deal, draws: Draws, drawn: Array, leave: Array, clash: Array, alive: Array, xp: Numbers
) -> Array:
    """Launch of the silicon line in the combined world."""
    s, close = t["synergies"]["launch_earlier"], t["deal"]["close"]
    start = close + s["start"]
    shift = s["effects"][0]["add"] * draws["synergies.launch_earlier.realization"]
    deadline = xp.maximum(drawn + shift, start)
    deadline = xp.minimum(deadline, drawn)
    left = close + draws["risks.staff_leave.timing"]
    weaker = t["risks"]["staff_leave"]["effects"][0]["scale"]
    kept = xp.where(leave & (left < deadline - 1e-9), 1.0 + weaker, 1.0)
    kept = kept * (1.0 - clash * xp.as_number(close < deadline - 1e-9))
    earlier = xp.minimum(drawn, xp.maximum(drawn + shift * kept, start))
    return xp.where(alive & (shift * kept < 0.0), earlier, drawn)


def pool(
    t: Deal, draws: Draws, alive: Array, demand: Array, fast: tuple[Array, ...],
    silicon: tuple[Array, ...], beta: tuple[Array, ...], xp: Numbers,
) -> Flows:  # fmt: skip
    """Year by year: whether part of beta is sold, its volume, and orders made by the other firm."""
    risk = t["risks"]["divestiture"]
    ready = (draws["risks.divestiture.occurrence"] < risk["probability"]) & alive
    limit, fraction = risk["trigger"]["above"], risk["divests"]["fraction"]
    base = t["companies"]["alpha"]["lines"]["fast"]["volume"]
    base += t["companies"]["beta"]["lines"]["fast"]["volume"]
    over = base / t["segments"]["fast"]["demand"] > limit
    begun = ready & over
    on = xp.as_number(alive)
    names = ("own", "kept", "proceeds", "fast>beta", "silicon>beta", "beta>fast", "beta>silicon")
    found: dict[str, list[Array]] = {name: [] for name in names}
    sold = 0.0 * on
    before = sold > 1.0
    for y in range(H):
        if y:
            share = sold / demand[y - 1]
            before, begun = begun, begun | (ready & (share > limit))
        kept = xp.where(begun, 1.0 - fraction, 1.0)
        if y == 0:  # from closing on, in the first year
            kept = xp.where(begun, 1.0 - fraction * CLOSE_PART[0], 1.0)
        orders, usable = beta[0][y] * kept, beta[1][y] * kept
        own = xp.minimum(orders, usable)
        short_f, spare_f = fast[0][y] - fast[2][y], fast[1][y] - fast[2][y]
        short_s, spare_s = silicon[0][y] - silicon[2][y], silicon[1][y] - silicon[2][y]
        short_b, spare_b = orders - own, usable - own
        after = on * CLOSE_PART[y]
        fb = xp.minimum(short_f, spare_b)
        sb = xp.minimum(short_s, spare_b - fb)
        bf = xp.minimum(short_b, spare_f)
        bs = xp.minimum(short_b - bf, spare_s)
        fb, sb, bf, bs = fb * after, sb * after, bf * after, bs * after
        sold = fast[2][y] + silicon[2][y] + own + fb + sb + bf + bs
        received = xp.as_number(begun & ~before) * risk["divests"]["proceeds"]
        for name, value in zip(names, (own, kept, received, fb, sb, bf, bs), strict=True):
            found[name].append(value)
    out = {name: xp.stack(rows) for name, rows in found.items()}
    out["divested"] = xp.as_number(begun)
    return out
