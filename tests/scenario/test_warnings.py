"""Warnings: given where a scenario is doubtful, and only there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.errors import Fault
from simulator.scenario import Scenario, load

FILE = Path(__file__).parent.parent / "data" / "contract.toml"
CONTRACT: Scenario = load(FILE)


FIXED = "is the same on every path now"


def warnings(changes: dict[str, Any]) -> dict[tuple[str, str], Fault]:
    """Warnings that a change adds, by path and first words of the rule, but for the change itself:
    that a number took the place of a distribution."""
    before = {(one.path, one.rule) for one in CONTRACT.warnings}
    after = [one for one in CONTRACT.replace(changes).warnings if not one.rule.startswith(FIXED)]
    return {(one.path, one.rule): one for one in after if (one.path, one.rule) not in before}


def test_a_number_in_place_of_a_distribution() -> None:
    (told,) = [one for one in CONTRACT.replace({"segments.fast.growth": 0.1}).warnings
               if one.rule.startswith(FIXED)]  # fmt: skip
    assert (told.path, told.value, told.file) == ("segments.fast.growth", "0.1", "override")
    assert told.remedy == (
        "to keep its spread, set its mean (--set 'segments.fast.growth.mean=0.1'), or scale or "
        "shift it (--set 'segments.fast.growth*=0.9', sim.scaled(0.9))"
    )
    for quiet in ({"segments.fast.growth.sd": 0.1}, {"deal.fees": 0.03}, {"deal.price": 100},
                  {"segments.fast.growth": {"dist": "uniform", "low": 0, "high": 1}}):  # fmt: skip
        assert not [o for o in CONTRACT.replace(quiet).warnings if o.rule.startswith(FIXED)]


def test_a_list_in_place_of_a_distribution() -> None:
    """A course by year is typed just so, and takes the spread away all the same."""
    (told,) = [one for one in CONTRACT.replace({"segments.fast.growth": [0.5, 0.4]}).warnings
               if one.rule.startswith(FIXED)]  # fmt: skip
    assert told.rule.endswith("; its 2 correlations fall away")
    assert "--set 'segments.fast.growth.mean=[0.5, 0.4]'" in told.remedy


def test_a_file_that_fixes_what_the_one_below_draws(tmp_path: Path) -> None:
    (tmp_path / "below.toml").write_bytes(FILE.read_bytes())
    top = tmp_path / "top.toml"
    top.write_text('extends = "below.toml"\n[segments.fast]\ngrowth = [0.5, 0.4]\n')
    scenario = load(top, overrides={"deal.fees": 0.01})
    (told,) = [one for one in scenario.warnings if one.rule.startswith(FIXED)]
    assert (told.file, told.line, told.path) == (str(top), 3, "segments.fast.growth")
    assert told.rule.endswith("; its 2 correlations fall away")
    kept = 'to keep its spread, write growth = { dist = "normal", mean = [0.5, 0.4], sd = '
    assert told.remedy.startswith(kept)
    assert not [one for one in scenario.warnings if one.path.startswith("correlations")]


@pytest.mark.parametrize(
    ("path", "units", "remedy"),
    [
        ("deal.price", 45_000_000, "money is in millions: write 45 for 45 million"),
        ("deal.price", 2_500_000_000, "money is in millions: write 2500 for 2,500 million"),
        ("companies.beta.net_debt", -60_500_000, "write -60.5 for -60.5 million"),
        ("companies.beta.lines.fast.capacity", 1_600_000, "write 1600 for 1,600,000 units"),
    ],
)
def test_the_remedy_is_the_number_that_was_meant(path: str, units: float, remedy: str) -> None:
    told = [one.remedy for (at, _), one in warnings({path: units}).items() if at == path]
    assert any(remedy in one for one in told), told


def test_those_of_the_contract() -> None:
    told = {warning.path: warning for warning in CONTRACT.warnings}
    assert set(told) == {"companies.alpha.wacc", "segments.legacy"}
    assert "charges risk twice" in told["companies.alpha.wacc"].rule
    assert "drawn independently" in told["segments.legacy"].rule
    for warning in told.values():
        assert warning.severity == "warning"
        assert warning.remedy
        assert warning.file == str(FILE)
        assert warning.line


CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "sampled wacc": (
        {"companies.beta.wacc": {"dist": "uniform", "low": 0.1, "high": 0.14}},
        "companies.beta.wacc", "charges risk twice",
    ),
    "spread under two points": (
        {"companies.alpha.terminal.growth": 0.056}, "companies.alpha.wacc", "under 2 points",
    ),
    "full synergy in year 1": (
        {"synergies.procurement.ramp": 0, "synergies.procurement.start": 0.4},
        "synergies.procurement", "full weight in year 1",
    ),
    "full synergy by the ramp of its effect": (
        {"synergies.procurement.effects.0.ramp": 0, "deal.close": 0},
        "synergies.procurement", "full weight in year 1",
    ),
    "a price in single units": (
        {"deal.price": 210_000_000}, "deal.price", "times what the targets sell a year",
    ),
    "debt in single units": (
        {"companies.beta.net_debt": 60_000_000}, "companies.beta.net_debt",
        "the sum is over 100 times what is sold a year (",
    ),
    "cash in single units": (
        {"companies.beta.net_debt": -60_000_000}, "companies.beta.net_debt", "is sold a year",
    ),
    "fixed cost in single units": (
        {"companies.beta.lines.fast.fixed_cost": 9_000_000}, "companies.beta.lines.fast.fixed_cost",
        "is sold a year",
    ),
    "cost to achieve in single units": (
        {"synergies.procurement.cost_to_achieve": 3_000_000},
        "synergies.procurement.cost_to_achieve", "is sold a year",
    ),
    "a promise in single units": (
        {"claims.0": {"text": "x", "metric": "synergy_value", "at_least": 45_000_000}},
        "claims.0.at_least", "is sold a year",
    ),
    "capacity in single units": (
        {"companies.beta.lines.fast.capacity": 1_600_000}, "companies.beta.lines.fast.capacity",
        "the line could make over 100 times what its segment buys",
    ),
    "a sum for a multiple": (
        {"companies.beta.terminal": {"method": "exit_multiple", "of": "ebitda", "multiple": 700}},
        "companies.beta.terminal.multiple", "a multiple above 100 is implausible",
    ),
    "decimal commas in a list by year": (
        {"segments.fast.supply.growth": [0, 1, 0, 2]}, "segments.fast.supply.growth",
        "as if decimal commas were meant",
    ),
    "decimal commas in a parameter by year": (
        {"segments.fast.growth.mean": [0, 1, 0, 2]}, "segments.fast.growth.mean",
        "as if decimal commas were meant",
    ),
    "shares in single units": (
        {"companies.alpha.shares": 40_000_000}, "companies.alpha.shares",
        "more than 1,000,000 million shares",
    ),
    "more than all is saved": (
        {"synergies.procurement.effects.0.scale": -5}, "synergies.procurement.effects.0.scale",
        "more than all of it is taken away",
    ),
    "a risk takes more than all": (
        {"risks.route_change.effects.0.scale": -1.5}, "risks.route_change.effects.0.scale",
        "more than all of it is taken away",
    ),
    "a risk after the horizon": (
        {"risks.staff_leave.timing": 27}, "risks.staff_leave.timing",
        "on average it begins at the horizon (year 8) or later",
    ),
    "a synergy after the horizon": (
        {"synergies.cross_selling.start": 12}, "synergies.cross_selling.start",
        "on average it begins at the horizon (year 8) or later",
    ),
    "no cost to achieve": (
        {"synergies.*.cost_to_achieve": 0}, "synergies", "no synergy has a cost_to_achieve",
    ),
    "drivers left independent": (
        {"correlations": []}, "segments.fast", "drawn independently",
    ),
    "an alternative that leaves the acquirer alone as it is": (
        {"alternatives.cheap": {"set": {"deal.price": 2000, "companies.beta.overhead": 3}}},
        "alternatives.cheap.set", "nothing here changes the acquirer alone",
    ),
    "company outside the deal": (
        {"companies.gamma": {"wacc": 0.1}}, "companies.gamma", "takes no part in the deal",
    ),
    "idle risk": (
        {"risks.flood": {"scope": "market", "hazard": 0.1}}, "risks.flood", "changes nothing",
    ),
    "effects that never act": (
        {"risks.review_fails.effects": [{"on": "companies.alpha.one_off", "add": 1}]},
        "risks.review_fails", "never act",
    ),
    "synergy without effects": (
        {"synergies.cross_selling.effects": []}, "synergies.cross_selling", "has no effects",
    ),
    "rate of the own currency": ({"fx.CNY": {"rate": 1}}, "fx.CNY", "needs no rate"),
    "source that names nothing": (
        {"sources": {"deal.prise": "x"}}, 'sources."deal.prise"', "should be a path",
    ),
    "claim that is never defined": (
        {"claims.0.metric": "accretion", "companies.alpha.shares": None, "deal.stock": 0,
         "deal.cash": 0.9},
        "claims.0.metric", "not defined in this deal",
    ),
    "correlation of a plain number": (
        {"correlations.2.between": ["companies.alpha.utilization", "deal.close"]},
        "correlations.2.between.1", "has no effect",
    ),
    "a mean that max cuts away": (
        {"segments.legacy.growth": {"dist": "normal", "mean": [0.1, 0.5], "sd": 0.06, "max": 0.3}},
        "segments.legacy.growth.mean",
        "the mean 0.5 lies above max = 0.3 (year 2): what is drawn has mean 0.284",
    ),
    "a mode that min cuts away": (
        {"deal.close": {"dist": "triangular", "low": 0, "mode": 0.2, "high": 1, "min": 0.4}},
        "deal.close.mode", "the mode 0.2 lies below min = 0.4: what is drawn has mean 0.6",
    ),
    "closing at the horizon": ({"deal.close": 8}, "deal.close", "at the horizon (year 8) or later"),
    "closing drawn past the horizon": (
        {"deal.close": {"dist": "uniform", "low": 0.5, "high": 9}}, "deal.close", "or later",
    ),
    "temporary synergy in the last year": (
        {"synergies.cross_selling.duration": 6}, "synergies.cross_selling.duration",
        "a temporary effect is still at work in the last year",
    ),
    "temporary effect of a deal risk": (
        {"risks.loss_of_control.effects.0.duration": 7}, "risks.loss_of_control.effects.0.duration",
        "it ends 7.5 years from signing at the latest",
    ),
    "nothing after the horizon": (
        {"companies.beta.terminal": {"method": "none"}}, "companies.beta.terminal",
        "nothing after the horizon is valued",
    ),
    "no tax": ({"companies.beta.tax_rate": 0}, "companies.beta.tax_rate", "no tax is paid"),
    "no discounting": ({"companies.beta.wacc": 0}, "companies.beta.wacc", "nothing is discounted"),
    "inflation in per cent": (
        {"companies.beta.inflation": 2}, "companies.beta.inflation", "more than 0.3 a year",
    ),
    "hazard in per cent": (
        {"risks.price_war.hazard": 15}, "risks.price_war.hazard", "more than 3 a year",
    ),
    "large fees": ({"deal.fees": 0.25}, "deal.fees", "more than 0.2 of the price"),
    "sd of growth in per cent": (
        {"segments.fast.growth.sd": [0.1, 12]}, "segments.fast.growth.sd", "a sd above 1",
    ),
    "sd of cost decline in per cent": (
        {"companies.alpha.cost_decline.sd": 2}, "companies.alpha.cost_decline.sd", "a sd above 1",
    ),
    "growth in per cent": (
        {"segments.fast.growth": {"dist": "normal", "mean": [3, 2], "sd": 0.1}},
        "segments.fast.growth", "demand at least doubles in every year: 8.75e+03 times as much",
    ),
    "growth of capacity in per cent": (
        {"segments.fast.supply": {"capacity": 9000, "growth": [3, 2], "normal_utilization": 0.8,
         "sensitivity": 0}},
        "segments.fast.supply.growth", "capacity at least doubles in every year",
    ),
    "growth of the share in per cent": (
        {"companies.beta.lines.fast.share_growth": 2}, "companies.beta.lines.fast.share_growth",
        "its market share at least doubles",
    ),
    "a price that rises alone": (
        {"segments.legacy.price_decline": -0.02, "companies.alpha.lines.legacy.pass_through": 0,
         "companies.alpha.cost_decline": 0}, "companies.alpha.lines.legacy.unit_cost",
        "the price rises by 17% to the horizon, unit cost does not",
    ),
    "sold below cost": (
        {"companies.beta.lines.fast.unit_cost": 3900}, "companies.beta.lines.fast.unit_cost",
        "below its unit cost in the base year (at 3840 a unit)",
    ),
    "sells more than the segment": (
        {"companies.beta.lines.fast.volume": 120_000}, "companies.beta.lines.fast.volume",
        "more than its whole segment in the base year (8000)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "path", "words"), CASES.values(), ids=list(CASES))
def test_warning(changes: dict[str, Any], path: str, words: str) -> None:
    told = warnings(changes)
    assert any(at == path and words in rule for at, rule in told), told
    assert len(told) == 1, told


QUIET: dict[str, dict[str, Any]] = {
    "two points exactly": {"companies.alpha.terminal.growth": 0.055},
    "later start without ramp": {"synergies.procurement.ramp": 0, "synergies.procurement.start": 1},
    "independent but certain": {"segments.legacy.price_decline": 0.1},
    "independent but without spread": {"segments.legacy.growth.sd": 0},
    "a drawn cost to achieve": {
        "synergies.procurement.cost_to_achieve": {"dist": "uniform", "low": 1, "high": 2}
    },
    "closing with a thin tail": {
        "deal.close": {"dist": "lognormal", "median": 0.5, "sigma": 0.4},
    },
    "over before the last year": {"synergies.cross_selling.duration": 5.5},
    "meant to last": {"synergies.cross_selling.duration": 20},
    "a launch is no yearly figure": {"synergies.launch_earlier.duration": 7},
    "nothing beyond the exit": {
        "companies.beta.terminal": {"method": "none"},
        "deal.exit": {"year": 5, "of": "ebitda", "multiple": 9},
    },
    "unit cost in a foreign currency": {
        "companies.beta.currency": "JPY",
        "fx": {"JPY": {"rate": 0.5}},
        "companies.beta.lines.fast.unit_cost": 7600,
    },
    "a market that takes off": {"segments.fast.growth.mean": [3, 2, 0.4]},
    "cost that follows the price": {
        "segments.legacy.price_decline": -0.02,
        "companies.alpha.cost_decline": 0,
    },
    "cost that rises of itself": {
        "segments.legacy.price_decline": -0.02,
        "companies.alpha.lines.legacy.pass_through": 0,
        "companies.alpha.cost_decline": [0, -0.01],
    },
    "a price that hardly rises": {
        "segments.legacy.price_decline": -0.006,
        "companies.alpha.lines.legacy.pass_through": 0,
        "companies.alpha.cost_decline": 0,
    },
    "sources with stars": {"sources": {"companies.*.lines.*.volume": "x", "deal": "y"}},
}


@pytest.mark.parametrize("changes", QUIET.values(), ids=list(QUIET))
def test_no_warning(changes: dict[str, Any]) -> None:
    assert warnings(changes) == {}
