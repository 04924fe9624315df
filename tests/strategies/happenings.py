"""Synergies and risks with effects on everything that effects can change."""

from __future__ import annotations

from tests.strategies.dice import chance, number, pick
from tests.strategies.firms import RATES, Draft, Raw
from tests.strategies.quantities import quantity

_RATIOS = ("rnd_ratio", "sga_ratio")
_LUMPS = ("one_off", "capex")
_SEGMENT = ("growth", "price_decline", "demand")


def add_synergies(draft: Draft) -> None:
    """None to three synergies."""
    dice = draft.dice
    total = sum(draft.revenue.values())
    found: Raw = {}
    for name in ("first", "second", "third")[: dice.upto(3)]:
        table: Raw = {"effects": _effects(draft, deal=True, segments=False, gains=True)}
        optional: Raw = {
            "start": quantity(dice, 0.0, 1.5),
            "ramp": number(dice, 0.0, 2.0, 8),
            "duration": number(dice, 0.25, 3.0, 11),
            "realization": quantity(dice, 0.1, 1.1),
            "cost_to_achieve": quantity(dice, 0.0, 0.03 * total),
            "cost_years": pick(dice, (0.0, 0.5, 1.5, 2.0)),
        }
        shown = {"duration": 25}
        table |= {k: v for k, v in optional.items() if chance(dice, shown.get(k, 65))}
        found[name] = table
    if found:
        draft.raw["synergies"] = found


def add_risks(draft: Draft) -> None:
    """None to four risks, some in a group."""
    dice = draft.dice
    found: Raw = {}
    for name in ("alpha", "beta", "gamma", "delta")[: dice.upto(4)]:
        found[name] = _risk(draft)
    if not found:
        return
    draft.raw["risks"] = found
    if any("group" in risk for risk in found.values()):
        draft.raw["groups"] = {"g": {"correlation": pick(dice, (0.4, 0.0, 0.8, 1.0))}}


def _risk(draft: Draft) -> Raw:
    dice = draft.dice
    market = chance(dice, 45)
    table: Raw = {"scope": "market" if market else "deal"}
    kind = pick(dice, ("probability", "hazard", "repeat"))
    ends = not market and kind != "repeat" and chance(dice, 25)
    if kind == "probability":
        likely = (0.02, 0.25) if ends else (0.2, 0.95)
        table["probability"] = quantity(dice, *likely)
        if chance(dice, 60):
            table["timing"] = quantity(dice, 0.0, min(2.5, draft.horizon))
    else:
        high = 0.1 if ends else 0.9
        table["hazard"] = quantity(dice, 0.02, high) if chance(dice, 95) else 0.0
        if kind == "repeat":
            table["repeat"] = True
    if chance(dice, 40):
        table["group"] = "g"
    if ends:
        return table | {"terminates": True}
    if chance(dice, 60):
        table["ramp"] = number(dice, 0.0, 2.0, 8)
    if chance(dice, 45):
        table["duration"] = number(dice, 0.0, 2.5, 10)
    if chance(dice, 35):
        trigger = _trigger(draft)
        if trigger:
            table["trigger"] = trigger
    if chance(dice, 25):
        table["divests"] = _divestiture(draft)
    table["effects"] = _effects(draft, deal=not market, segments=market, gains=False)
    return table


def _divestiture(draft: Draft) -> Raw:
    dice = draft.dice
    lines = _lines(draft)
    if not lines:
        lines = [(("seller", "one"), {})]
    (company, line), _ = pick(dice, lines)
    table: Raw = {"fraction": quantity(dice, 0.1, 1.0), "of": f"companies.{company}.lines.{line}"}
    if chance(dice, 60):
        table["proceeds"] = quantity(dice, 0.0, 0.4 * _size(draft, company))
    return table


def _trigger(draft: Draft) -> Raw | None:
    dice = draft.dice
    way = pick(dice, ("above", "below"))
    kind = pick(dice, ("combined_share", "industry_utilization", "utilization"))
    segments, deal = draft.raw["segments"], draft.raw["deal"]
    if kind == "combined_share":
        of = pick(dice, list(segments))
        return {"quantity": kind, "of": f"segments.{of}", way: number(dice, 0.02, 0.6)}
    if kind == "industry_utilization":
        supplied = [name for name, table in segments.items() if "supply" in table]
        if not supplied:
            return None
        of = pick(dice, supplied)
        return {"quantity": kind, "of": f"segments.{of}", way: number(dice, 0.6, 1.2)}
    members = (deal["acquirer"], *deal["targets"])
    equipped = {name for (name, _), line in _lines(draft) if "capacity" in line}
    able = [name for name in members if name in equipped]
    if not able:
        return None
    return {"quantity": kind, "of": f"companies.{pick(dice, able)}", way: number(dice, 0.3, 1.0)}


def _effects(draft: Draft, deal: bool, segments: bool, gains: bool) -> list[Raw]:
    dice = draft.dice
    count = 1 + dice.upto(2)
    return [_effect(draft, deal, segments, gains) for _ in range(count)]


def _effect(draft: Draft, deal: bool, segments: bool, gains: bool) -> Raw:
    """One effect; `gains` for synergies, which do not act on synergies or segments."""
    dice = draft.dice
    kinds = ["line", "line", "line", "company"]
    kinds += ["segment"] if segments else []
    kinds += ["synergy"] if not gains and draft.raw.get("synergies") else []
    kind = pick(dice, kinds)
    if kind == "line" and not _lines(draft):
        kind = "company"
    if kind == "line":
        effect = _on_line(draft)
    elif kind == "company":
        effect = _on_company(draft)
    elif kind == "segment":
        effect = _on_segment(draft)
    else:
        name = pick(dice, [*draft.raw["synergies"], "*"])
        effect = {"on": f"synergies.{name}", "scale": quantity(dice, -1.2, 0.5, tails=True)}
    if chance(dice, 30):
        effect["ramp"] = number(dice, 0.0, 2.0, 8)
    if chance(dice, 30):
        effect["duration"] = number(dice, 0.0, 3.0, 12)
    return effect


def _on_line(draft: Draft) -> Raw:
    dice = draft.dice
    (company, name), line = pick(dice, _lines(draft))
    quantities = ["orders", "launch", "fixed_cost", "orders", "launch"]
    if line.get("role") == "buy":
        quantities += ["price_paid", "price_paid"]
    else:
        quantities += ["unit_cost", "price"]
        quantities += [f"unit_cost.{part}" for part in line.get("cost_mix", ())]
        quantities += ["capacity", "utilization"] if "capacity" in line else []
    what = pick(dice, quantities)
    company = pick(dice, (company, company, "*"))
    name = pick(dice, (name, name, "*"))
    if what.startswith("unit_cost.") and chance(dice, 20):
        what = "unit_cost.*"
    on = f"companies.{company}.lines.{name}.{what}"
    if what == "launch":
        return {"on": on, "add": quantity(dice, -2.5, 1.5, tails=True)}
    low = pick(dice, (-0.5, -0.3, -1.4))
    return {"on": on, "scale": quantity(dice, low, 0.5, tails=True)}


def _on_company(draft: Draft) -> Raw:
    dice = draft.dice
    companies = [*draft.raw["companies"]]
    what = pick(dice, (*_RATIOS, *_LUMPS))
    company = pick(dice, [*companies, "*"])
    size = 0.05
    if what in _LUMPS:
        size = 0.08 * (_size(draft, company) if company != "*" else 200.0)
    add = quantity(dice, -0.4 * size, size, tails=True)
    return {"on": f"companies.{company}.{what}", "add": add}


def _on_segment(draft: Draft) -> Raw:
    dice = draft.dice
    what = pick(dice, _SEGMENT)
    name = pick(dice, [*draft.raw["segments"], "*"])
    way = "scale" if what == "demand" else "add"
    return {"on": f"segments.{name}.{what}", way: quantity(dice, -0.3, 0.2, tails=True)}


def _lines(draft: Draft) -> list[tuple[tuple[str, str], Raw]]:
    """All lines with the names of their company and their own."""
    return [
        ((company, name), line)
        for company, table in draft.raw["companies"].items()
        for name, line in table["lines"].items()
    ]


def _size(draft: Draft, company: str) -> float:
    """Base revenue of a company in its own currency."""
    currency = draft.raw["companies"][company].get("currency", "")
    return draft.revenue[company] / RATES.get(currency, 1.0)
