"""Rules of the model one by one, on numbers that can be followed in the head."""

from __future__ import annotations

import math

import pytest

from tests.reference.small import simulate

SURE = 1e-9
NEVER = 0.999999


def test_base_case() -> None:
    yearly = simulate().yearly
    assert yearly["acquirer.revenue"] == [80.0] * 4
    assert yearly["acquirer.fcf"] == [40.0] * 4
    assert yearly["target.utilization"] == [0.5] * 4
    assert yearly["combined.fcf"] == [70.0] * 4


@pytest.mark.parametrize(("mid", "expected"), [(True, 9.582352), (False, 9.136414)])
def test_gordon_value_of_one_growing_at_three_percent(mid: bool, expected: float) -> None:
    """r = 10 %, g = 3 %, N = 5, FCF_5 = 1; roic 5 leaves 99.4 % of NOPAT."""
    result = simulate(
        {
            "valuation": {"horizon": 5, "convention": "mid" if mid else "end"},
            "companies.t.terminal": {"method": "gordon", "growth": 0.03, "roic": 5},
            "companies.t.lines.y": {"segment": "s", "volume": 1, "unit_cost": 0},
        }
    )
    half = 0.5 if mid else 0.0
    flows = sum(1.1 ** -(year - half) for year in range(1, 6))
    terminal = result.metrics["ev_target"] - flows
    assert terminal / 0.994 == pytest.approx(expected, abs=5e-7)


def test_pooling_moves_unfilled_orders_after_closing() -> None:
    result = simulate({"deal.close": 0.25, "deal.pool_capacity": True})
    assert result.yearly["combined.revenue"] == pytest.approx([145.0, 150.0, 150.0, 150.0])
    ours, theirs = result.path.combined["a"], result.path.combined["t"]
    assert ours.gross_profit == pytest.approx([40 + 15 * 0.6, *[40 + 20 * 0.6] * 3])
    assert theirs.revenue == pytest.approx([50.0] * 4)
    assert theirs.lines[0].made(1) == pytest.approx(70.0)
    assert result.yearly["combined.utilization"][1] == pytest.approx(150 / 180)
    assert result.yearly["target.utilization"] == [0.5] * 4


def test_profiles_of_a_repeated_risk_add_up_to_at_most_one() -> None:
    risk = {
        "scope": "market", "hazard": 1.0, "repeat": True, "duration": 1,
        "effects": [{"on": "companies.a.sga_ratio", "add": 0.1}],
    }  # fmt: skip
    starts = [0.2, 0.1, 1.5, 0.5]
    drawn = [1 - math.exp(-wait) for wait in starts]
    result = simulate({"risks.r": risk}, {"risks.r.occurrence": drawn})
    assert result.path.events[0].starts == pytest.approx([0.2, 1.1, 3.5])
    weights = [0.8, min(1.0, 0.2 + 0.9), 0.1, 0.5]
    margins = [0.5 - 0.1 * weight for weight in weights]
    assert result.yearly["acquirer.ebitda_margin"] == pytest.approx(margins)


@pytest.mark.parametrize(
    ("above", "starts"), [(0.14, [0.25]), (0.135, [0.25]), (0.16, [3.0]), (0.2, [])]
)
def test_trigger_by_share_waits_for_the_first_year_start(above: float, starts: list[float]) -> None:
    """Shares: 0.15 in year 0 (orders count whole), 0.13 in years 1 and 2, 0.18 in year 3."""
    late = {"segment": "s", "volume": 100, "launch": 2.5, "unit_cost": 300}
    risk = {
        "scope": "market", "probability": 0.5, "timing": 0.25,
        "trigger": {"quantity": "combined_share", "of": "segments.s", "above": above},
    }  # fmt: skip
    result = simulate({"companies.t.lines.z": late, "risks.r": risk}, {"risks.r.occurrence": SURE})
    assert result.path.events[0].starts == starts
    assert result.metrics["risk.r"] == float(bool(starts))


@pytest.mark.parametrize(("close", "starts"), [(1.5, [2.0]), (2.0, [2.5]), (0.0, [1.0])])
def test_trigger_of_a_deal_risk_is_tested_from_closing(close: float, starts: list[float]) -> None:
    """Utilization is 0.5 in year 0, 0.4 in year 1 and less after it."""
    risk = {
        "scope": "deal", "probability": 0.5, "timing": 0.5,
        "trigger": {"quantity": "utilization", "of": "companies.t", "below": 0.45},
    }  # fmt: skip
    result = simulate(
        {"segments.s.growth": -0.2, "risks.r": risk, "deal.close": close},
        {"risks.r.occurrence": SURE},
    )
    assert result.path.events[0].starts == starts


LAUNCH = "companies.a.lines.z.launch"


@pytest.mark.parametrize(
    ("loss", "delay", "expected"),
    [
        (None, None, 0.8),
        (0.7, None, 1.4),
        (0.9, None, 0.8),
        (None, 0.75, 1.8),
        (None, 0.85, 0.8),
        (0.7, 1.3, 2.4),
    ],
)
def test_launch_is_shifted_by_synergies_then_by_risks(
    loss: float | None, delay: float | None, expected: float
) -> None:
    """Drawn 2.0, shift −1.5 × 0.8, not before 0.5; half of it lost, or a year of delay."""
    changes = {
        "deal.close": 0.25,
        "companies.a.lines.z": {"segment": "s", "volume": 10, "launch": 2, "unit_cost": 300},
        "synergies.early": {
            "start": 0.25, "realization": 0.8, "effects": [{"on": LAUNCH, "add": -1.5}],
        },
        "risks.loss": {
            "scope": "market", "probability": 0.5, "timing": loss or 0.0,
            "effects": [{"on": "synergies.early", "scale": -0.5, "ramp": 5}],
        },
        "risks.delay": {
            "scope": "market", "probability": 0.5, "timing": delay or 0.0,
            "effects": [{"on": LAUNCH, "add": 1}],
        },
    }  # fmt: skip
    draws = {
        "risks.loss.occurrence": NEVER if loss is None else SURE,
        "risks.delay.occurrence": NEVER if delay is None else SURE,
    }
    result = simulate(changes, draws)
    launched = result.path.combined["a"].lines[1]
    assert launched.launch == pytest.approx(expected)
    assert launched.orders[0] == pytest.approx(10 * max(0.0, 1 - expected))
    alone = 3.0 if delay is not None else 2.0
    assert result.path.alone["a"].lines[1].launch == pytest.approx(alone)


def test_divestiture_takes_orders_and_capacity_and_brings_proceeds() -> None:
    risk = {
        "scope": "deal", "probability": 0.5, "timing": 1.5,
        "divests": {"fraction": 0.4, "of": "companies.t.lines.y", "proceeds": 12},
    }  # fmt: skip
    result = simulate(
        {"risks.r": risk, "companies.t.lines.y.fixed_cost": 10}, {"risks.r.occurrence": SURE}
    )
    sold = result.path.combined["t"]
    assert sold.revenue == pytest.approx([50.0, 40.0, 30.0, 30.0])
    assert sold.proceeds == [0.0, 12.0, 0.0, 0.0]
    assert sold.fcf == pytest.approx([20.0, 24 - 8 + 12, 18 - 6, 12.0])
    assert result.path.alone["t"].revenue == pytest.approx([50.0] * 4)


def test_terminated_deal() -> None:
    changes = {
        "deal": {
            "acquirer": "a", "targets": ["t"], "price": 100, "cash": 0.5, "stock": 0.5,
            "fees": 0.03, "fees_if_failed": 0.01, "break_fee": 5, "close": 1,
            "identifiable_assets": 1, "subsidy": {"rate": 0.1},
        },
        "risks.review": {"scope": "deal", "probability": 0.5, "timing": 9, "terminates": True},
        "risks.late": {"scope": "deal", "probability": 0.5},
    }  # fmt: skip
    draws = {"risks.review.occurrence": SURE, "risks.late.occurrence": SURE}
    result = simulate(changes, draws)
    m = result.metrics
    assert m["npv_acquirer"] == pytest.approx(-6 / 1.1)
    assert m["npv_target"] == pytest.approx(5 / 1.1)
    assert (m["closed"], m["risk.review"], m["risk.late"]) == (0.0, 1.0, 0.0)
    assert (m["synergy_value"], m["subsidy"], m["goodwill_impairment"]) == (0.0, 0.0, 0.0)
    assert all(math.isnan(m[name]) for name in ("irr", "moic", "payback", "max_price"))
    assert result.yearly["combined.eps"] == result.yearly["acquirer.eps"]
    assert result.yearly["combined.accretion"] == [0.0] * 4
    assert m["consideration"] == 100.0


def test_money_of_a_foreign_company_is_exchanged_year_by_year() -> None:
    result = simulate(
        {
            "fx.EUR": {"rate": 2.0, "return": [math.log(1.5), 0.0, math.log(0.5)]},
            "companies.t.currency": "EUR",
            "companies.t.net_debt": 7,
            "companies.t.lines.y.unit_cost": 100,
            "deal.price_currency": "EUR",
            "deal.close": 1.5,
        }
    )
    margins = [1 - 100 * fx / 1000 for fx in (3.0, 3.0, 1.5, 0.75)]
    assert result.yearly["target.gross_margin"] == pytest.approx(margins)
    assert result.path.targets[0].net_debt == 14.0
    assert result.metrics["consideration"] == pytest.approx(300.0)


def test_earnouts_by_year_and_cumulative() -> None:
    earnouts = [
        {"name": "a", "metric": "revenue", "years": [1, 3], "threshold": 30, "rate": 0.5, "cap": 8},
        {"name": "b", "metric": "volume", "years": [1, 2], "cumulative": True, "threshold": 90,
         "amount": 6, "discount": 0.0},
        {"name": "c", "metric": "ebitda", "year": 2, "threshold": 30.1, "amount": 6},
    ]  # fmt: skip
    result = simulate({"deal.earnouts": earnouts})
    expected = 8 / 1.1 + 8 / 1.1**3 + 6
    assert result.metrics["earnout"] == pytest.approx(expected)


def test_exit_takes_the_place_of_what_comes_later() -> None:
    leaving = {"year": 2, "multiple": 4, "of": "ebitda"}
    m = simulate({"deal.exit": leaving, "deal.stake": 0.5}).metrics
    assert m["moic"] == pytest.approx(0.5 * (30 + 30 + 120) / 100)
    assert math.isnan(m["payback"])


def test_payback_is_a_discount_date() -> None:
    assert simulate({"deal.price": 60}).metrics["payback"] == 1.5
    assert simulate({"deal.price": 60, "valuation.steps_per_year": 4}).metrics["payback"] == 1.875
    assert simulate({"deal.price": 121}).metrics["payback"] != 3.5
