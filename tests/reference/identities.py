"""What must hold on every path, to rounding (MODEL.md section 13)."""

from __future__ import annotations

import math

from simulator.metrics import metric_of
from simulator.scenario.document import Document
from tests.reference.inputs import Draws
from tests.reference.lines import LineRun
from tests.reference.twin import PathResult, simulate_path

RELATIVE = 1e-9


def check_identities(document: Document, result: PathResult) -> None:
    """Assert the identities that one path shows by itself: 1, 2 and 4."""
    gains_sum_to_synergies(document, result)
    combined_is_sum_of_parts(document, result)
    volumes_fit(result)


def close_to(a: float, b: float, *scale: float) -> bool:
    """Equality to rounding, relative to the largest of the terms that the two are made of."""
    size = max(1.0, abs(a), abs(b), *(abs(term) for term in scale))
    return abs(a - b) <= RELATIVE * size


def gains_sum_to_synergies(document: Document, result: PathResult) -> None:
    """Identity 1: what both sides gain is the synergies, less fees, plus the subsidy."""
    deal, m, t = document.deal, result.metrics, result.terms
    if not m["closed"]:
        failed = deal.fees if deal.fees_if_failed is None else deal.fees_if_failed
        expected = -failed * t.price * t.closing_discount
    elif deal.stake == 1.0:
        expected = m["synergy_value"] - deal.fees * t.price * t.closing_discount + m["subsidy"]
    else:
        return
    gained = m["npv_acquirer"] + m["npv_target"]
    scale = (m["ev_combined"], m["ev_acquirer"], t.price, m["npv_target"])
    assert close_to(gained, expected, *scale), f"identity 1: {gained} ≠ {expected}"


def combined_is_sum_of_parts(document: Document, result: PathResult) -> None:
    """Identity 2: without deal effects and pooling the combined firm is worth its parts."""
    deal, m = document.deal, result.metrics
    deal_risks = any(risk.scope == "deal" for risk in document.risks.values())
    acts = document.synergies or deal_risks or deal.pool_capacity
    if acts and m["closed"]:
        return
    parts = m["ev_acquirer"] + m["ev_target"]
    assert close_to(m["ev_combined"], parts, m["ev_acquirer"]), "identity 2"


def volumes_fit(result: PathResult) -> None:
    """Identity 4: 0 ≤ volume ≤ usable; Σ volume ≤ Σ orders in a segment."""
    for statements in (result.path.combined, result.path.alone):
        runs = [run for statement in statements.values() for run in statement.lines]
        for period in result.path.clock.periods():
            _fits(runs, period.index)


def _fits(runs: list[LineRun], k: int) -> None:
    made: dict[str, float] = {}
    orders: dict[str, float] = {}
    for run in runs:
        if not run.line.sells:
            continue
        slack = RELATIVE * max(1.0, run.orders[k])
        assert -slack <= run.made(k) <= run.usable[k] + slack, "identity 4: volume within usable"
        assert run.sold(k) <= run.orders[k] + slack, "identity 4: sold within orders"
        segment = run.line.table.segment
        made[segment] = made.get(segment, 0.0) + run.made(k)
        orders[segment] = orders.get(segment, 0.0) + run.orders[k]
    for segment, volume in made.items():
        assert volume <= orders[segment] * (1.0 + RELATIVE) + RELATIVE, "identity 4: segment"


def same_on_all_paths(results: list[PathResult]) -> None:
    """Identity 3: without spread, every path has the same metrics."""
    first, *others = results
    for other in others:
        for name, value in first.metrics.items():
            assert _same(value, other.metrics[name]), f"identity 3: {name}"
        for name, values in first.yearly.items():
            assert all(map(_same, values, other.yearly[name])), f"identity 3: {name}"


def money_doubles(single: PathResult, double: PathResult) -> None:
    """Identity 5: with all money × 2, amounts double; ratios, dates and flags stay."""
    for name, value in single.metrics.items():
        _times(name, value, double.metrics[name])
    for name, values in single.yearly.items():
        for value, twice in zip(values, double.yearly[name], strict=True):
            _times(name, value, twice)


def pays_its_maximum(document: Document, draws: Draws, result: PathResult) -> None:
    """Identity 6: all cash at the path's max_price, subsidy held, the acquirer gains nothing."""
    if not result.metrics["closed"]:
        return
    best = result.metrics["max_price"]
    terms = {"price": best, "price_currency": None, "cash": 1.0, "stock": 0.0, "debt": 0.0}
    deal = document.deal.model_copy(update=terms)
    again = simulate_path(document.model_copy(update={"deal": deal}), draws)
    gained = again.metrics["npv_acquirer"]
    gained += result.metrics["subsidy"] - again.metrics["subsidy"]
    scale = (best, again.metrics["ev_combined"], again.metrics["ev_acquirer"])
    assert close_to(gained, 0.0, *scale), f"identity 6: {gained}"


def _times(name: str, value: float, twice: float) -> None:
    unit = metric_of(name).unit
    factor = 2.0 if unit in ("money", "money_per_share", "price") else 1.0
    same = math.isclose(twice, factor * value, rel_tol=1e-7, abs_tol=1e-6)
    assert same or (math.isnan(twice) and math.isnan(value)), f"identity 5: {name}"


def _same(a: float, b: float) -> bool:
    return a == b or (math.isnan(a) and math.isnan(b))
