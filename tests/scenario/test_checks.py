"""What the rules allow, and what they offer instead of what they refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.errors import Fault, ScenarioError
from simulator.scenario import Scenario, load, loads

FILE = Path(__file__).parent.parent / "data" / "contract.toml"
CONTRACT: Scenario = load(FILE)
BUY = {"segment": "fast", "role": "buy", "volume": 10, "fixed_cost": 1, "price_ratio": 0.9}
EFFECT = {"on": "companies.alpha.one_off", "add": 1}


def law(dist: str, **parameters: Any) -> dict[str, Any]:
    return {"dist": dist, **parameters}


def fault_of(changes: dict[str, Any]) -> Fault:
    with pytest.raises(ScenarioError, match="1 fault in") as caught:
        CONTRACT.replace(changes)
    return caught.value.faults[0]


ALLOWED: dict[str, dict[str, Any]] = {
    "every spread zero": {
        "segments.*.growth.sd": 0, "companies.alpha.wacc.sd": 0,
        "segments.fast.price_decline": law("pert", low=0.1, mode=0.1, high=0.1),
        "companies.beta.cost_decline": law("uniform", low=0.04, high=0.04),
        "companies.beta.utilization": law("discrete", values=[0.9], weights=[2]),
    },
    "a degenerate law within its bounds": {
        "segments.legacy.growth": law("normal", mean=0.1, sd=0, min=0, max=1)
    },
    "quantiles without spread": {
        "segments.legacy.growth": law("quantiles", p=[0.1, 0.9], x=[0.1, 0.1])
    },
    "a drawn price far above zero": {"segments.fast.price": law("normal", mean=4000, sd=400)},
    "a lognormal demand": {"segments.fast.demand": law("lognormal", mean=8000, sd=4000)},
    "a truncated capacity": {
        "companies.alpha.lines.fast.capacity": law("normal", mean=2200, sd=900, min=100)
    },
    "a lognormal wacc": {
        "companies.beta.wacc": law("lognormal", median=0.12, sigma=0.1),
    },
    "wacc of zero without perpetuity": {"companies.beta.wacc": 0},
    "samples by year in a driver": {
        "segments.legacy.growth": law(
            "discrete", values=[[0.1, 0.2], [0.1, 0.3]], weights=[0.5, 0.5]
        )
    },
    "lists of different lengths": {
        "segments.legacy.growth": law("normal", mean=[0.1, 0.2, 0.3], sd=[0.1, 0.2])
    },
    "a launch in the past": {"companies.beta.lines.fast.launch": -3},
    "realization beyond one": {"synergies.procurement.realization": 1.4},
    "a negative realization": {"synergies.procurement.realization": law("normal", mean=0, sd=1)},
    "a line that buys": {"companies.beta.lines.supply": BUY},
    "cost mix of exactly one": {
        "companies.beta.lines.fast.cost_mix": {"a": 0.1, "b": 0.2, "c": 0.7}
    },
    "shares in tenths": {"deal.cash": 0.1, "deal.stock": 0.2, "deal.debt": 0.7},
    "a currency with a rate": {
        "fx.EUR": {"rate": 7.8}, "companies.beta.currency": "EUR", "deal.price_currency": "EUR",
    },
    "the scenario's currency by name": {"companies.beta.currency": "CNY"},
    "a negative break fee": {"deal.break_fee": -80},
    "several earn-out years": {
        "deal.earnouts.0.year": None, "deal.earnouts.0.years": [1, 2, 8],
        "deal.earnouts.0.cumulative": True,
    },
    "an exit at a price": {"deal.exit": {"year": 5, "price": 1500}},
    "an exit at a multiple": {"deal.exit": {"year": 8, "multiple": 9, "of": "revenue"}},
    "a collar": {"deal.stock_terms": {"collar": [50, 70]}},
    "fixed value": {"deal.stock_terms": "fixed_value"},
    "no synergies and risks": {
        "synergies": {}, "risks": {}, "groups": {}, "companies.alpha.lines.silicon.launch": 0,
    },
    "a market risk on a synergy": {
        "risks.route_change.effects": [{"on": "synergies.procurement", "scale": -0.5}]
    },
    "a market risk that splits a line off": {
        "risks.split": {
            "scope": "market", "hazard": 0.1,
            "divests": {"fraction": 0.1, "of": "companies.alpha.lines.legacy"},
        }
    },
    "a trigger on a company": {
        "risks.divestiture.trigger": {
            "quantity": "utilization", "of": "companies.beta", "below": 0.6,
        }
    },
    "a trigger on an industry in shortage": {
        "risks.divestiture.trigger": {
            "quantity": "industry_utilization", "of": "segments.fast", "above": 1.3,
        }
    },
    "a t copula": {"copula": {"kind": "t", "df": 3}},
    "a static in a correlation": {
        "correlations": [
            {"between": ["companies.alpha.wacc", "synergies.cross_selling.effects.0.scale"],
             "value": -1},
        ]
    },
    "a claim on a risk": {
        "claims": [{"text": "x", "metric": "risk.price_war", "at_most": 0}],
    },
    "a claim on a segment": {
        "claims": [
            {"text": "x", "metric": "segments.fast.industry_utilization", "year": 8, "at_most": 2}
        ],
    },
    "a horizon of sixty years": {"valuation.horizon": 60},
    "a horizon of one year": {
        "valuation.horizon": 1, "deal.earnouts": [], "claims": [],
    },
    "the largest seed": {"simulation.seed": 2**64 - 1},
}  # fmt: skip


@pytest.mark.parametrize("changes", ALLOWED.values(), ids=list(ALLOWED))
def test_allowed(changes: dict[str, Any]) -> None:
    CONTRACT.replace(changes)


REFUSED: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "a demand that may vanish": (
        {"segments.fast.demand": law("normal", mean=8000, sd=2000)},
        "segments.fast.demand", "must be positive wherever it is drawn", "give a min above 0",
    ),
    "a wacc with a heavy tail": (
        {"companies.beta.wacc": law("student_t", mean=0.1, scale=0.01, df=4, max=0.2)},
        "companies.beta.wacc", "must have a lower bound", "give min, such as min = 0",
    ),
    "a lognormal wacc under a perpetuity": (
        {"companies.alpha.wacc": law("lognormal", median=0.1, sigma=0.1)},
        "companies.alpha.wacc", "must be above terminal.growth = 0.025", "give min above 0.025",
    ),
    "a probability with tails": (
        {"risks.staff_leave.probability": law("normal", mean=0.3, sd=0.1)},
        "risks.staff_leave.probability", "between 0 and 1", "give min = 0 and max = 1",
    ),
    "a timing before its origin": (
        {"risks.staff_leave.timing": law("uniform", low=-1, high=1)},
        "risks.staff_leave.timing", "must not be negative", "give min = 0",
    ),
    "a trigger without capacity": (
        {"companies.beta.lines.fast.capacity": None, "companies.beta.lines.fast.additions": [],
         "risks.divestiture.trigger":
             {"quantity": "utilization", "of": "companies.beta", "below": 0.6}},
        "risks.divestiture.trigger.of", "company with capacity", "capacity",
    ),
    "a trigger on a firm outside": (
        {"companies.gamma": {"wacc": 0.1}, "risks.divestiture.trigger":
             {"quantity": "utilization", "of": "companies.gamma", "below": 0.6}},
        "risks.divestiture.trigger.of", "company of the deal", "acquirer or a target",
    ),
    "a trigger of the wrong kind": (
        {"risks.divestiture.trigger":
             {"quantity": "utilization", "of": "segments.fast", "below": 0.6}},
        "risks.divestiture.trigger.of", "must be companies.<name> for utilization",
        "one of companies.alpha, companies.beta",
    ),
    "a repeated end of the deal": (
        {"risks.review_fails": {"scope": "deal", "hazard": 1, "repeat": True, "terminates": True}},
        "risks.review_fails.repeat", "must not stand in a risk that terminates", "delete it",
    ),
    "scale and add": (
        {"risks.staff_leave.effects": [{**EFFECT, "scale": 1}]},
        "risks.staff_leave.effects.0.add", "must not stand beside scale", "delete",
    ),
    "quantities of both kinds": (
        {"risks.staff_leave.effects": [{"on": "companies.*.lines.*.*", "scale": 0.1}]},
        "risks.staff_leave.effects.0.on", "quantities of one kind", "one effect for each",
    ),
    "cumulative without years": (
        {"deal.earnouts.0.cumulative": True},
        "deal.earnouts.0.cumulative", "must stand beside years", "write years",
    ),
    "year and years": (
        {"deal.earnouts.0.years": [1]},
        "deal.earnouts.0.years", "must not stand beside year", "set deal.earnouts.0.year instead",
    ),
    "a calendar year among years": (
        {"deal.earnouts.0.year": None, "deal.earnouts.0.years": [1, 2026]},
        "deal.earnouts.0.years.1", "must be a model year", "write 2 for 2026",
    ),
    "an exit after the horizon": (
        {"deal.exit": {"year": 9, "price": 1}},
        "deal.exit.year", "must be a model year from 1 to 8", "from 1 (2025) to 8 (2032)",
    ),
    "an exit at a price of something": (
        {"deal.exit": {"year": 5, "price": 1, "of": "ebitda"}},
        "deal.exit.of", "must stand beside multiple only", "delete it",
    ),
    "a price in an unknown currency": (
        {"deal.price_currency": "EURO", "fx.EUR": {"rate": 7.8}},
        "deal.price_currency", "must be the scenario's currency", 'did you mean "EUR"?',
    ),
    "a gaussian copula with df": (
        {"copula": {"df": 5}}, "copula.df", 'must stand beside kind = "t"', 'write kind = "t"',
    ),
    "a claim with two bounds": (
        {"claims.0.at_most": 0.5}, "claims.0.at_most", "must not stand beside at_least",
        "set claims.0.at_least instead, which",
    ),
    "an unknown risk in a claim": (
        {"claims": [{"text": "x", "metric": "risk.price_wars", "at_most": 0}]},
        "claims.0.metric", "must be a metric of this deal", 'did you mean "risk.price_war"?',
    ),
    "a blank in a name": (
        {"groups.a b": {"correlation": 0.1}}, 'groups."a b"', "without dots", "such as a_b",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "path", "rule", "remedy"), REFUSED.values(), ids=list(REFUSED)
)
def test_refused(changes: dict[str, Any], path: str, rule: str, remedy: str) -> None:
    fault = fault_of(changes)
    assert fault.path == path
    assert rule in fault.rule
    assert remedy in fault.remedy


# ---- correlation matrices

TRIPLE = ["companies.alpha.utilization", "companies.beta.utilization", "segments.fast.growth"]


def triple(a: float, b: float, c: float) -> list[dict[str, Any]]:
    pairs = [(TRIPLE[0], TRIPLE[1], a), (TRIPLE[0], TRIPLE[2], b), (TRIPLE[1], TRIPLE[2], c)]
    return [{"between": [x, y], "value": value} for x, y, value in pairs]


def test_a_matrix_that_is_none_is_told_with_the_nearest_one() -> None:
    fault = fault_of({"correlations": triple(1, 1, 0)})
    assert fault.path == "correlations"
    assert "smallest eigenvalue is -0.414214" in fault.rule
    # Higham (2002), section 4: the nearest to [[1, 1, 0], [1, 1, 1], [0, 1, 1]] has 0.7607, 0.1573
    assert f"{TRIPLE[1]} ~ {TRIPLE[0]} = 0.7607" in fault.remedy
    assert f"{TRIPLE[2]} ~ {TRIPLE[1]} = 0.1573" in fault.remedy
    assert "repair_correlations = true" in fault.remedy


def test_repair_is_warned_of() -> None:
    repaired = CONTRACT.replace({"correlations": triple(1, 1, 0), "repair_correlations": True})
    (warning,) = [one for one in repaired.warnings if one.path == "correlations"]
    assert "smallest eigenvalue is -0.414214" in warning.rule
    assert len(repaired.document.correlations) == 3


@pytest.mark.parametrize("values", [(1, 1, 1), (0.5, 0.5, -0.5), (0.8, 0.6, 0), (-1, -1, 1)])
def test_matrices_on_the_edge_are_allowed(values: tuple[float, float, float]) -> None:
    CONTRACT.replace({"correlations": triple(*values)})


# ---- consequences are not told


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('acquirer = "alpha"', "acquirer = 3", "deal.acquirer"),
        ('targets = ["beta"]', "targets = 3", "deal.targets"),
        ("base_year = 2024", 'base_year = "2024"', "base_year"),
        ("horizon = 8", "horizon = 0", "valuation.horizon"),
        ('segment = "legacy"\nvolume = 3600', "segment = 1\nvolume = 3600",
         "companies.alpha.lines.legacy.segment"),
        ("stock = 0.3", 'stock = "0.3"', "deal.stock"),
        ("growth = 0.025, roic", "growth = 2.5, roic", "companies.alpha.terminal.growth"),
        ("mean = 0.095, sd = 0.006", "mean = 0.095, sd = -1", "companies.alpha.wacc.sd"),
        ("value = -0.5", 'value = "-0.5"', "correlations.1.value"),
        ('scope = "deal"\nprobability = 0.08', 'scope = 1\nprobability = 0.08',
         "risks.review_fails.scope"),
        ("capacity = 200\n", "capacity = -200\n", "companies.beta.lines.fast.capacity"),
    ],
)  # fmt: skip
def test_one_slip_is_one_fault(old: str, new: str, path: str) -> None:
    text = FILE.read_text("utf-8")
    assert text.count(old) == 1
    with pytest.raises(ScenarioError, match="1 fault in") as caught:
        loads(text.replace(old, new))
    assert caught.value.faults[0].path == path
