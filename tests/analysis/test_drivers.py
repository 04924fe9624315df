"""What drives the value: tenths, rank correlations, what the worst paths share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

import simulator as sim
from simulator.analysis import drivers as module
from simulator.analysis.drivers import driver_table, drivers
from simulator.results.ranks import mean_ranks
from simulator.results.raw import Array
from simulator.results.result import Result
from tests.cases import contract
from tests.results.runs import draw_run, scenario


@pytest.fixture(scope="module")
def result() -> Result:
    return sim.run(contract(), paths=8192, seed=3)


def test_tenths_are_those_of_the_paths(result: Result) -> None:
    npv = result.values("npv_acquirer")
    found = drivers(result)
    assert found.mean == pytest.approx(npv.mean())
    static = next(row for row in found.rows if row.kind == "static")
    values = result.drawn[static.name]
    order = np.argsort(values, kind="stable")
    tenth = round(0.1 * values.size)
    assert static.low == pytest.approx(npv[order[:tenth]].mean())
    assert static.high == pytest.approx(npv[order[-tenth:]].mean())
    assert static.low_at == pytest.approx(values[order[:tenth]].mean())


def test_a_risk_is_absent_or_occurs(result: Result) -> None:
    npv = result.values("npv_acquirer")
    row = next(row for row in drivers(result).rows if row.kind == "risk")
    occurs = result.values(f"risk.{row.name.removeprefix('risks.')}") == 1
    closed = result.values("closed") == 1
    assert row.low == pytest.approx(npv[closed & ~occurs].mean())
    assert row.high == pytest.approx(npv[closed & occurs].mean())
    assert (row.low_at, row.high_at) == (0.0, 1.0)


def test_widest_swing_first(result: Result) -> None:
    swings = [row.swing for row in drivers(result).rows]
    assert swings == sorted(swings, reverse=True)
    assert len(swings) > 10
    table = driver_table(drivers(result, most=5))
    assert list(table["swing"]) == swings[:5]


def test_correlation_is_spearmans(result: Result) -> None:
    npv = result.values("npv_acquirer")
    for row in drivers(result).rows:
        if row.kind == "static":
            expected = stats.spearmanr(result.drawn[row.name], npv).statistic
            assert row.correlation == pytest.approx(expected, abs=1e-12)
            assert row.correlation_low < row.correlation < row.correlation_high


@given(st.lists(st.integers(0, 5), min_size=2, max_size=60))
def test_ranks_are_means_of_ties(values: list[int]) -> None:
    ranks = mean_ranks(np.array(values, float))
    np.testing.assert_array_equal(ranks, stats.rankdata(values) - 1)


def test_intervals_hold_what_they_promise() -> None:
    """Reading rule: 400 intervals of 95 % hold the truth 363 to 393 times with P = 0.999."""
    random = np.random.default_rng(5)
    truth = 6 / np.pi * np.arcsin(0.5 / 2)  # Spearman's of normal scores that correlate by 0.5
    held = 0
    for _ in range(400):
        x = random.standard_normal(800)
        y = 0.5 * x + np.sqrt(0.75) * random.standard_normal(800)
        _, low, high = module._correlation(mean_ranks(x), mean_ranks(y), 1)
        held += low <= truth <= high
    assert 363 <= held <= 393


def test_what_the_worst_paths_share(result: Result) -> None:
    npv = result.values("npv_acquirer")
    first = drivers(result).worst[0]
    worst = np.argsort(npv, kind="stable")[: round(0.05 * npv.size)]
    if first.kind == "risk":
        values = result.values(f"risk.{first.name.removeprefix('risks.')}")
    else:
        values = result.drawn[first.name]
        values = values.mean(axis=0) if values.ndim == 2 else values
    assert first.mean_if == pytest.approx(values[worst].mean())
    assert first.shift.value == pytest.approx(
        (values[worst].mean() - values.mean()) / values.std(), rel=1e-9
    )


def made_up(cost: Array, close: Array, failed: NDArray[np.bool_]) -> Result:
    """npv = 9 + 6·score; where a deal fails, `cost`. All (paths,)."""
    rng = np.random.default_rng(8)
    raw = draw_run(cost.size, like=scenario())
    drawn = {"a.x": rng.standard_normal(cost.size), "a.close": close}
    scalars = {
        **raw.scalars, "npv_acquirer": np.where(failed, cost, 9 + 6 * drawn["a.x"]),
        "closed": 1.0 - failed, "risk.review_fails": failed * 1.0,
    }  # fmt: skip
    return Result(replace(raw, scalars=scalars, draws=lambda: drawn))


@pytest.mark.parametrize("discount", [0.0, 0.1])
def test_what_sorts_deals_that_fail_is_no_driver(discount: float) -> None:
    """Fees of 2, the same for all or a little less the later: a cut among them says nothing of the
    time to closing, nor does the order of the paths.
    """
    rng = np.random.default_rng(9)
    close, failed = np.sort(rng.uniform(0.1, 0.6, 20_000)), rng.random(20_000) < 0.06
    run = made_up(-2 * np.exp(-discount * close), close, failed)
    assert failed[run.raw.worst].any()
    assert not failed[run.raw.worst].all()
    found = drivers(run).worst
    assert {lean.name for lean in found} == {"a.x", "risks.review_fails"}
    (risk,) = (lean for lean in found if lean.kind == "risk")
    assert risk.mean_if == pytest.approx(run.raw.tail_share("risk.review_fails"))


def test_fees_that_differ_much_are_a_driver() -> None:
    """Late failures that cost far more than early ones are the worst for a reason."""
    rng = np.random.default_rng(9)
    close, failed = np.sort(rng.uniform(0.1, 0.6, 20_000)), rng.random(20_000) < 0.06
    found = drivers(made_up(-20 * close, close, failed)).worst
    assert "a.close" in {lean.name for lean in found}


def test_few_or_equal_paths_say_nothing() -> None:
    few = drivers(sim.run(contract(), paths=100, sampler="random"))
    assert few.rows == ()
    assert few.worst == ()


def test_more_paths_are_thinned_by_replicate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PATHS", 4096)
    result = sim.run(contract(), paths=16384, sampler="sobol")
    found = drivers(result)
    assert found.paths == 4096
    each = result.values("npv_acquirer").reshape(16, -1)[:, :256]
    assert found.mean == pytest.approx(each.mean())


def test_risks_are_told_as_in_the_table_of_risks(result: Result) -> None:
    """Both leave out the paths on which a risk of the deal cannot occur."""
    table = result.risks().set_index("name")
    told = [row for row in drivers(result).rows if row.kind == "risk"]
    assert {"risks.staff_leave", "risks.price_war"} <= {row.name for row in told}
    for row in told:
        risk = table.loc[row.name.removeprefix("risks.")]
        assert (row.high, row.low) == pytest.approx((risk["npv_if"], risk["npv_else"]), rel=1e-12)
        assert (row.high_se, row.low_se) == pytest.approx(
            (risk["npv_if_se"], risk["npv_else_se"]), rel=1e-9
        )
