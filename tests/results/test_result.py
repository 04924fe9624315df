"""Tables and risk measures of a run."""

from __future__ import annotations

import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest

from simulator.errors import UsageError
from simulator.metrics import path_metrics, yearly_metrics
from simulator.results.raw import RawRun
from simulator.results.sample import Sample
from tests.results.test_fingerprint import plain

from .runs import BASE, HORIZON, draw_result, draw_run, scenario

COLUMNS = [
    "mean", "se", "sd", "sd_se", "p5", "p25", "p50", "p75", "p95",
    "p5_se", "p25_se", "p50_se", "p75_se", "p95_se", "n", "undefined",
]  # fmt: skip


def test_paths_hold_every_metric_in_the_tables_order() -> None:
    result = draw_result()
    document = result.scenario.document
    years = [f"{n}.{BASE + y}" for n in yearly_metrics(document) for y in range(1, HORIZON + 1)]
    assert list(result.paths.columns) == [*path_metrics(document), *years]
    assert result.paths.shape[0] == 1024
    assert result.paths.index.name == "path"
    third = result.raw.yearly["combined.gross_margin"][2]
    np.testing.assert_array_equal(result.paths["combined.gross_margin.2027"], third)
    assert result.paths is result.paths


def test_nobody_writes_into_the_arrays_of_a_run() -> None:
    given = np.linspace(0, 1, 1024)
    result = draw_result(npv_acquirer=given)
    with pytest.raises(ValueError, match="read-only"):
        result.raw.scalars["npv_acquirer"][0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        result.paths.loc[0, "npv_acquirer"] = 1.0
    given[0] = 5.0  # the caller's array stays the caller's


def test_draws_hold_statics_and_on_request_drivers() -> None:
    result = draw_result()
    statics = ["segments.fast.demand", "risks.staff_leave.occurrence"]
    assert list(result.draws.columns) == statics
    drivers = [f"segments.fast.growth.{BASE + y}" for y in range(1, HORIZON + 1)]
    assert list(result.draw_frame(drivers=True).columns) == [*statics, *drivers]


def test_draws_are_made_when_asked_for_and_once() -> None:
    calls = []
    raw = draw_run()
    drawn = raw.draws()
    counting = RawRun(
        raw.scenario, 1, "random", raw.paths, 1, 1, 0.0, raw.scalars, raw.yearly,
        lambda: calls.append(1) or drawn,
    )  # fmt: skip
    result = type(draw_result())(counting)
    result.summary()
    assert calls == []
    assert result.draws.equals(result.draws)
    assert calls == [1]


def test_summary_says_what_the_sample_says() -> None:
    result = draw_result()
    table = result.summary()
    assert list(table.columns) == COLUMNS
    assert list(table.index) == list(path_metrics(result.scenario.document))
    assert table.index.name == "metric"
    row, sample = table.loc["payback"], Sample(result.values("payback"))
    assert row["mean"] == sample.mean().value
    assert row["p95_se"] == sample.quantile(0.95).se
    assert row["n"] == np.isfinite(result.values("payback")).sum()
    assert row["undefined"] == pytest.approx(1 - row["n"] / 1024)
    assert table["n"].dtype == np.int64
    every = result.summary(yearly=True)
    assert list(every.index) == list(result.paths.columns)
    pd.testing.assert_frame_equal(every.loc[table.index], table)


def test_mean_of_a_flag_is_a_probability() -> None:
    row = draw_result(risk_never=np.zeros(1024)).summary().loc["risk.never"]
    assert row["mean"] == 0
    assert row["se"] == pytest.approx(3 / 1024 / 1.96, rel=0.01)


def test_years_of_a_metric() -> None:
    result = draw_result()
    table = result.years("combined.gross_margin")
    assert list(table.index) == [2025, 2026, 2027, 2028]
    assert table.index.name == "year"
    assert list(table.columns) == COLUMNS
    assert table.loc[2026, "p50"] == np.median(result.values("combined.gross_margin", 2026))
    pd.testing.assert_frame_equal(result.years("gross_margin"), table)
    pd.testing.assert_frame_equal(result.years("accretion"), result.years("combined.accretion"))


def test_a_metric_that_is_nowhere_defined_is_a_row_of_nothing() -> None:
    nowhere = np.full((HORIZON, 1024), np.nan)
    table = draw_result(combined_eps=nowhere).years("eps")
    assert table["mean"].isna().all()
    assert (table["undefined"] == 1).all()
    assert (table["n"] == 0).all()


def test_values_of_a_yearly_metric() -> None:
    result = draw_result()
    assert result.values("combined.fcf").shape == (HORIZON, 1024)
    assert result.values("fcf", 2025).shape == (1024,)
    assert result.values("irr").shape == (1024,)


def test_unknown_names_and_years_are_told_with_a_suggestion() -> None:
    result = draw_result()
    with pytest.raises(UsageError, match=r'"gros_margin" is no metric .* "gross_margin"\?'):
        result.years("gros_margin")
    with pytest.raises(UsageError, match=r'did you mean "npv_acquirer"\?'):
        result.values("npv_aquirer")
    with pytest.raises(UsageError, match=r"npv_acquirer is one number a path .* summary\(\)"):
        result.years("npv_acquirer")
    with pytest.raises(UsageError, match="irr is one number a path and has no year, got 2026"):
        result.sample("irr", 2026)
    with pytest.raises(UsageError, match="calendar year from 2025 to 2028, got 2"):
        result.sample("revenue", 2)
    with pytest.raises(UsageError, match="one number a year: name a year from 2025 to 2028"):
        result.sample("combined.revenue")


def test_risk_measures() -> None:
    npv = np.random.default_rng(8).permutation(np.arange(1024.0) - 100)
    result = draw_result(npv_acquirer=npv)
    assert result.p_loss.value == 100 / 1024
    assert result.value_created.value == 1 - 100 / 1024
    assert result.p_loss.se == result.value_created.se > 0
    assert result.var(0.95).value == pytest.approx(-np.quantile(npv, 0.05))
    assert result.cvar(0.95).value == pytest.approx(-Sample(npv).tail_mean(0.05).value)
    assert result.cvar().value > result.var().value
    assert result.var(0.99).value > result.var(0.9).value
    assert result.cvar(0.95).se > 0


def test_a_loss_of_nothing_is_no_loss() -> None:
    assert draw_result(npv_acquirer=np.zeros(1024)).p_loss.value == 0


def test_walk_away_price_is_over_closed_paths() -> None:
    price = np.arange(1024.0)
    fails = (np.arange(1024) < 24) * 1.0
    result = draw_result(max_price=price, closed=1 - fails)
    assert result.walk_away_price(0.75).value == pytest.approx(np.quantile(price[24:], 0.25))
    # At that price three quarters of the closed paths create value.
    created = price[24:] >= result.walk_away_price(0.75).value
    assert created.mean() == pytest.approx(0.75, abs=1e-3)


def test_bid_curve_falls_and_holds_the_walk_away_price() -> None:
    result = draw_result()
    curve = result.bid_curve()
    assert list(curve.columns) == ["p", "price", "se"]
    assert (curve["price"].diff().dropna() < 0).all()
    at = curve.set_index("p").loc[0.75]
    assert at["price"] == result.walk_away_price(0.75).value
    assert at["se"] == result.walk_away_price(0.75).se
    assert result.bid_curve([0.5])["price"].item() == result.walk_away_price(0.5).value
    with pytest.raises(UsageError, match="p must lie between 0 and 1, got 1"):
        result.bid_curve([0.5, 1.0])


def test_a_deal_that_never_closes_has_no_price() -> None:
    nothing = np.full(1024, np.nan)
    result = draw_result(max_price=nothing, closed=np.zeros(1024))
    assert np.isnan(result.walk_away_price().value)
    assert result.bid_curve()["price"].isna().all()


def test_levels_in_percent_are_refused_with_the_remedy() -> None:
    for measure in ("var", "cvar", "walk_away_price"):
        with pytest.raises(UsageError, match=r"p must lie between 0 and 1, got 95; write 0\.95"):
            getattr(draw_result(), measure)(95)


def test_every_measure_has_its_error_from_the_replicates() -> None:
    result = draw_result(paths=2048, replicates=16)
    npv = result.values("npv_acquirer").reshape(16, -1)
    assert result.p_loss.df == result.var().df == result.cvar().df == 15
    expected = pytest.approx(Sample(npv.ravel(), 16).quantile(0.05).se, rel=1e-9)
    assert expected != Sample(npv.ravel()).quantile(0.05).se
    assert result.var(0.95).se == expected
    row = result.summary().loc["npv_acquirer"]
    assert row["se"] == pytest.approx(npv.mean(axis=1).std(ddof=1) / 4, rel=1e-12)
    assert row["p5_se"] == expected


def test_arrays_of_the_wrong_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"npv_acquirer must have shape \(1024,\), got \(7,\)"):
        draw_run(npv_acquirer=np.zeros(7))
    with pytest.raises(ValueError, match="multiple of replicates, got 100 and 16"):
        draw_run(paths=100, replicates=16)


def test_results_load_without_pandas_and_scipy() -> None:
    code = "import sys, simulator.results.store; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pandas", "scipy", "numba", "matplotlib"} & set(done.stdout.split())


def test_representation_names_the_run() -> None:
    assert repr(draw_result()) == '<Result of "Alpha buys Beta": 1,024 paths, random, seed 1>'


def test_digest_is_of_the_bits_and_of_nothing_else() -> None:
    like = scenario()
    one, same = draw_run(like=like), draw_run(like=like)
    assert one.digest == same.digest
    assert len(one.digest) == 64
    assert draw_run(like=like, seed=2).digest != one.digest
    minus_nan = np.copysign(np.nan, -1.0)
    plus, minus = (draw_run(irr=np.full(1024, nan)).digest for nan in (np.nan, minus_nan))
    assert plus == minus
    nudged = np.array(one.scalars["irr"])
    nudged[17] = np.nextafter(nudged[17], np.inf)
    assert draw_run(irr=nudged).digest != one.digest


def test_digest_by_hand() -> None:
    import hashlib

    run = draw_run(paths=16)
    metrics = {**run.scalars, **run.yearly}
    words = [word for name in sorted(metrics) for word in plain(metrics[name].reshape(-1))]
    data = b"".join(word.to_bytes(8, "little") for word in words)
    assert run.digest == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("replicates", [1, 16])
def test_summary_of_all_metrics_on_65536_paths_takes_a_second_at_most(replicates: int) -> None:
    result = draw_result(paths=65_536, replicates=replicates)
    begun = time.process_time()
    result.summary(yearly=True)
    first = time.process_time() - begun
    begun = time.process_time()
    result.summary(yearly=True)
    again = time.process_time() - begun
    assert first < 1.0
    assert again < first / 2
