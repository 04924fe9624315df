"""The declared table of metrics."""

from __future__ import annotations

import subprocess
import sys

import pytest

from simulator.metrics import (
    METRICS,
    full_name,
    metric_of,
    never_defined,
    path_metrics,
    yearly_metrics,
)

from .runs import scenario

FIRM = ("revenue", "gross_margin", "ebitda_margin", "operating_margin", "utilization", "fcf")


def test_path_metrics_are_those_of_the_model_page() -> None:
    names = path_metrics(scenario().document)
    assert set(names) == {
        "npv_acquirer", "npv_target", "synergy_value", "ev_acquirer", "ev_target", "ev_combined",
        "max_price", "irr", "moic", "payback", "goodwill_impairment", "earnout", "subsidy",
        "consideration", "close", "closed", "risk.staff_leave", "risk.route_change",
        "risk.review_fails", "risk.never",
    }  # fmt: skip


def test_yearly_metrics_are_those_of_the_model_page() -> None:
    names = set(yearly_metrics(scenario().document))
    firms = {f"{world}.{m}" for world in ("acquirer", "target", "combined") for m in FIRM}
    earnings = {"acquirer.eps", "combined.eps", "combined.accretion"}
    segments = {f"segments.{s}.{m}" for s in ("fast", "legacy") for m in ("demand", "price")}
    expected = firms | earnings | segments
    expected |= {"combined.breakeven_synergies", "segments.fast.industry_utilization"}
    assert names == expected


def test_every_name_belongs_to_exactly_one_entry() -> None:
    document = scenario().document
    yearly = yearly_metrics(document)
    for name in (*path_metrics(document), *yearly):
        entries = [metric for metric in METRICS if metric.matches(name)]
        assert len(entries) == 1
        assert entries[0] is metric_of(name)
        assert entries[0].yearly == (name in yearly)
        assert entries[0].meaning.endswith(".")


def test_unknown_names_have_no_entry() -> None:
    for name in ("npv", "risk.", "combined", "segments..price", "segments.fast.growth"):
        with pytest.raises(KeyError, match="'"):
            metric_of(name)


def test_units_in_words() -> None:
    assert metric_of("npv_acquirer").unit_in("CNY") == "million CNY"
    assert metric_of("segments.fast.price").unit_in("USD") == "USD per unit"
    assert metric_of("risk.x").unit == "flag"


def test_short_names_mean_the_combined_firm() -> None:
    known = yearly_metrics(scenario().document)
    assert full_name("accretion", known) == "combined.accretion"
    assert full_name("acquirer.eps", known) == "acquirer.eps"
    assert full_name("nonsense", known) == "nonsense"


def test_metrics_that_no_path_defines_come_with_the_reason() -> None:
    assert never_defined(scenario().document) == {}
    companies = {
        "alpha": {"wacc": 0.1},
        "beta": {
            "wacc": 0.1, "lines": {"b": {"segment": "fast", "volume": 1, "unit_cost": 1}},
        },
    }  # fmt: skip
    reasons = never_defined(scenario(companies=companies).document)
    assert "companies.alpha.shares" in reasons["combined.accretion"]
    assert "sell" in reasons["acquirer.gross_margin"]
    assert "target.gross_margin" not in reasons
    assert "capacity" in reasons["combined.utilization"]
    assert set(reasons) <= set(yearly_metrics(scenario(companies=companies).document))


def test_the_table_imports_nothing_heavy() -> None:
    code = "import sys, simulator.metrics; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "pandas", "scipy", "numba", "pydantic"} & set(done.stdout.split())
    assert "simulator.metrics" in done.stdout
