"""What risks cost."""

from __future__ import annotations

from math import exp

import numpy as np
import pandas as pd
import pytest

from simulator.results.raw import RawRun
from simulator.results.result import Result
from simulator.results.risks import difference
from simulator.results.sample import Sample
from simulator.scenario import from_mapping

from .runs import DOCUMENT, HORIZON, draw_result, draw_run

N = 1024
OCCURS = (np.arange(N) % 4 == 0) * 1.0
FAILS = (np.arange(N) % 8 == 1) * 1.0


def table(**given: np.ndarray) -> pd.DataFrame:
    return draw_result(closed=1 - FAILS, risk_review_fails=FAILS, **given).risks().set_index("name")


def test_one_row_a_risk_in_file_order() -> None:
    found = draw_result().risks()
    assert list(found["name"]) == ["staff_leave", "route_change", "review_fails", "never"]
    assert list(found["scope"]) == ["deal", "market", "deal", "deal"]


def test_value_lost_is_the_difference_of_the_means() -> None:
    npv = 100.0 + np.arange(N) % 16 - 40 * OCCURS - 500 * FAILS
    row = table(risk_staff_leave=OCCURS, npv_acquirer=npv).loc["staff_leave"]
    closed, there = FAILS == 0, OCCURS == 1
    assert row["probability"] == 0.25
    assert row["npv_if"] == pytest.approx(npv[there].mean())
    # Terminated paths are not among the others: a deal risk cannot occur there.
    others = npv[closed & ~there]
    assert row["npv_else"] == pytest.approx(others.mean())
    assert row["value_lost"] == pytest.approx(others.mean() - npv[there].mean())
    pooled = npv[there].var(ddof=1) / there.sum() + others.var(ddof=1) / others.size
    assert row["value_lost_se"] == pytest.approx(np.sqrt(pooled), rel=1e-12)


def test_terminations_and_market_risks_are_compared_on_all_paths() -> None:
    npv = np.where(FAILS == 1, -80.0, 100.0)
    found = table(risk_route_change=OCCURS, npv_acquirer=npv)
    assert found.loc["review_fails", "npv_if"] == -80.0
    assert found.loc["review_fails", "value_lost"] == 180.0
    assert found.loc["route_change", "npv_else"] == pytest.approx(npv[OCCURS == 0].mean())


def test_share_of_the_worst_paths() -> None:
    worst = np.zeros(N)
    worst[:51] = 1
    npv = np.where(worst == 1, -1000.0, 10.0)
    found = table(risk_route_change=worst, risk_staff_leave=1 - worst, npv_acquirer=npv)
    assert found.loc["route_change", "tail_share"] == 1
    assert found.loc["staff_leave", "tail_share"] == 0


def test_a_risk_that_never_occurs_costs_nothing_that_is_known() -> None:
    row = table(risk_never=np.zeros(N)).loc["never"]
    assert row["probability"] == 0
    assert row["se"] == pytest.approx(3 / N / 1.96, rel=0.01)
    assert row[["npv_if", "value_lost", "value_lost_se"]].isna().all()
    assert np.isfinite(row["npv_else"])
    assert row["tail_share"] == 0


def test_stated_chances() -> None:
    found = draw_result().risks().set_index("name")["stated"]
    assert found["staff_leave"] == 0.3
    assert found["review_fails"] == 0.1
    assert found["route_change"] == pytest.approx(1 - exp(-0.1 * HORIZON))
    # The hazard of a deal risk begins at closing, half a year on.
    assert found["never"] == pytest.approx(1 - exp(-0.2 * (HORIZON - 0.5)))


def test_stated_chance_of_an_uncertain_probability_is_the_mean_of_its_draws() -> None:
    risk = {**DOCUMENT["risks"]["staff_leave"]}
    risk["probability"] = {"dist": "uniform", "low": 0.1, "high": 0.5}
    run = draw_run(changes={"risks": {**DOCUMENT["risks"], "staff_leave": risk}})
    drawn = np.linspace(0.1, 0.5, N)
    result = draw_result(like=run.scenario)
    object.__setattr__(result.raw, "draws", lambda: {"risks.staff_leave.probability": drawn})
    stated = result.risks().set_index("name").loc["staff_leave", "stated"]
    assert stated == pytest.approx(0.3)


def test_error_of_a_difference_from_replicates_is_that_of_the_replicates_differences() -> None:
    run = draw_run(paths=4096, replicates=16)
    values = run.scalars["npv_acquirer"]
    first = np.arange(4096) % 4 == 0  # as many in each replicate
    one, two = (Sample(np.where(set_, values, np.nan), 16) for set_ in (first, ~first))
    _, _, lost = difference(one, two)
    parts = values.reshape(16, -1)
    each = first.reshape(16, -1)
    gaps = [p[~e].mean() - p[e].mean() for p, e in zip(parts, each, strict=True)]
    assert lost.value == pytest.approx(np.mean(gaps), rel=1e-12)
    assert lost.se == pytest.approx(np.std(gaps, ddof=1) / 4, rel=1e-12)
    assert lost.df == 15


def test_a_scenario_without_risks_has_an_empty_table() -> None:
    like = from_mapping({key: value for key, value in DOCUMENT.items() if key != "risks"})
    found = Result(
        RawRun(
            like, 1, "random", 8, 1, 1, 0.0,
            {"npv_acquirer": np.arange(8.0), "closed": np.ones(8)}, {}, dict,
        )
    ).risks()  # fmt: skip
    assert found.empty
    assert "value_lost" in found.columns
