"""Runs that keep no paths say what runs that keep them say."""

from __future__ import annotations

import subprocess
import sys
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

import simulator as sim
from simulator.engine import stream as module
from simulator.engine.selection import Selector
from simulator.results.exact import Exact
from tests.cases import contract
from tests.results.runs import scenario as simple

PATHS = 40_000
"""Not a multiple of a block with plain random draws; 65,536 paths with Sobol points."""
EXACT = ["npv_acquirer", "max_price"]


def run(keep: str, sampler: str, **settings: object) -> sim.Result:
    given = {"paths": PATHS, "seed": 11, "threads": 2, **settings}
    return sim.run(contract(), sampler=sampler, keep=keep, **given)


@pytest.fixture(scope="module", params=["random", "sobol"])
def pair(request: pytest.FixtureRequest) -> tuple[sim.Result, sim.Result]:
    return run("paths", request.param), run("summary", request.param)


def test_means_and_deviations_are_the_same(pair: tuple[sim.Result, sim.Result]) -> None:
    kept, counted = (result.summary(yearly=True) for result in pair)
    assert list(kept.index) == list(counted.index)
    assert list(kept.columns) == list(counted.columns)
    pd.testing.assert_frame_equal(kept[["n", "undefined"]], counted[["n", "undefined"]])
    for name in ("mean", "se", "sd", "sd_se"):
        size = kept[name].abs() + 1e-3 * kept["sd"]
        apart = (counted[name] - kept[name]).abs() / size.where(size > 0, 1.0)
        assert apart.max() < (1e-12 if name in ("mean", "sd") else 1e-9), apart.idxmax()


def test_quantiles_lie_within_a_fraction_of_their_error(
    pair: tuple[sim.Result, sim.Result],
) -> None:
    kept, counted = (result.summary(yearly=True) for result in pair)
    bell = NormalDist()
    for name in ("p5", "p25", "p50", "p75", "p95"):
        p = float(name[1:]) / 100
        plain = np.sqrt(p * (1 - p) / PATHS) / bell.pdf(bell.inv_cdf(p)) * kept["sd"]
        apart = (counted[name] - kept[name]).abs() / plain.where(plain > 0, 1.0)
        assert apart.max() < 1.0, apart.idxmax()
        assert apart.median() < 0.1
        ratio = (counted[f"{name}_se"] / kept[f"{name}_se"]).dropna()
        assert abs(ratio.median() - 1) < 0.02


def test_value_and_price_are_exact(pair: tuple[sim.Result, sim.Result]) -> None:
    kept, counted = (result.summary().loc[EXACT] for result in pair)
    names = [f"p{p}{e}" for p in (5, 25, 50, 75, 95) for e in ("", "_se")]
    pd.testing.assert_frame_equal(kept[names], counted[names], check_exact=True)
    a, b = pair
    assert a.var(0.95) == b.var(0.95)
    assert a.var(0.99) == b.var(0.99)
    assert a.walk_away_price(0.75) == b.walk_away_price(0.75)
    pd.testing.assert_frame_equal(a.bid_curve(), b.bid_curve(), check_exact=True)
    for p in (0.9, 0.95, 0.99):
        assert b.cvar(p).value == pytest.approx(a.cvar(p).value, rel=1e-12)
        assert b.cvar(p).se == pytest.approx(a.cvar(p).se, rel=1e-2)


def test_chances_claims_and_risks_are_the_same(pair: tuple[sim.Result, sim.Result]) -> None:
    a, b = pair
    for name in ("p_loss", "value_created"):
        one, two = getattr(a, name), getattr(b, name)
        assert one.value == two.value
        assert one.se == pytest.approx(two.se, rel=1e-12)
    drop = ["median"]
    pd.testing.assert_frame_equal(
        a.claims().drop(columns=drop), b.claims().drop(columns=drop), rtol=1e-12
    )
    pd.testing.assert_frame_equal(a.risks(), b.risks(), rtol=1e-9)
    for name in ("claims.1", "irr.mean", "combined.gross_margin.2026.sd"):
        assert a.estimate(name).value == pytest.approx(b.estimate(name).value, rel=1e-12)


@pytest.mark.parametrize("sampler", ["random", "sobol"])
def test_threads_change_no_bit(sampler: str) -> None:
    found = {run("summary", sampler, threads=threads).digest for threads in (1, 2, 3)}
    assert len(found) == 1


def test_a_level_nobody_foresaw_is_exact_too(pair: tuple[sim.Result, sim.Result]) -> None:
    a, b = pair
    assert a.var(0.9321) == b.var(0.9321)
    assert b.cvar(0.8765).value == pytest.approx(a.cvar(0.8765).value, rel=1e-12)
    assert a.walk_away_price(0.333) == b.walk_away_price(0.333)


def test_paths_that_were_missed_are_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first guess of where quantiles lie is made a wrong one."""
    right = Selector._around

    def wrong(self: Selector, ends: np.ndarray, width: float) -> np.ndarray:
        found = right(self, ends, width)
        if width > 2.0:  # not what is needed in the end
            found[:] = False
        return found

    kept, seen = run("paths", "random"), []
    monkeypatch.setattr(Selector, "_around", wrong)
    counted = run("summary", "random", progress=lambda done, total, _: seen.append((done, total)))
    monkeypatch.undo()
    assert seen[-1] == (3 * PATHS, 3 * PATHS), "once more for each of the two metrics"
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert kept.var(0.95) == counted.var(0.95)
    assert kept.walk_away_price() == counted.walk_away_price()
    pd.testing.assert_frame_equal(kept.risks(), counted.risks(), rtol=1e-9)


@pytest.mark.parametrize("paths", [1, 2, 17, 300])
@pytest.mark.parametrize("sampler", ["random", "sobol"])
def test_few_paths(paths: int, sampler: str) -> None:
    a, b = (run(keep, sampler, paths=paths) for keep in ("paths", "summary"))
    columns = ["mean", "n", "undefined"]
    pd.testing.assert_frame_equal(
        a.summary()[columns], b.summary()[columns], rtol=1e-11, atol=1e-9
    )
    pd.testing.assert_frame_equal(a.risks(), b.risks(), rtol=1e-7, atol=1e-9)
    assert a.var(0.95).value == b.var(0.95).value


def test_a_value_that_many_paths_share_needs_no_memory() -> None:
    """Paths that do not close all cost the same fees, in the middle of the collected bins."""
    failing = {"risks.review_fails.probability": 0.4, "deal.fees": 0.02}
    given = {"paths": 30_000, "seed": 3, "sampler": "random"}
    a, b = (sim.run(simple().replace(failing), keep=keep, **given) for keep in ("paths", "summary"))
    assert np.unique(a.values("npv_acquirer"), return_counts=True)[1].max() > 9_000
    collected = b.sample("npv_acquirer")
    assert isinstance(collected, Exact)
    assert collected.selection.values.size < 20_000
    row = [f"p{p}{e}" for p in (5, 25, 50, 75, 95) for e in ("", "_se")]
    one, two = (result.summary().loc[EXACT, row] for result in (a, b))
    pd.testing.assert_frame_equal(one, two, check_exact=True)
    assert b.cvar(0.5).value == pytest.approx(a.cvar(0.5).value, rel=1e-12)
    pd.testing.assert_frame_equal(a.risks(), b.risks(), rtol=1e-2)


def test_an_uncertain_price_and_uncertain_chances() -> None:
    law = {"dist": "triangular", "low": 0.1, "mode": 0.2, "high": 0.6}
    price = {"dist": "uniform", "low": 2000, "high": 3000}
    scenario = contract().replace(
        {"deal.price": price, "risks.staff_leave.probability": law,
         "risks.route_change.hazard": law}
    )  # fmt: skip
    given = {"paths": 8192, "seed": 3, "sampler": "random"}
    a, b = (sim.run(scenario, keep=keep, **given) for keep in ("paths", "summary"))
    pd.testing.assert_frame_equal(a.risks(), b.risks(), rtol=1e-9)
    one, two = (result.raw.drawn_once("deal.price") for result in (a, b))
    assert two.mean().value == pytest.approx(one.mean().value, rel=1e-12)
    assert two.quantile(0.25).value == pytest.approx(one.quantile(0.25).value, abs=1.0)


def test_what_needs_paths_says_what_to_do() -> None:
    result = run("summary", "random", paths=500)
    for ask in (
        lambda: result.paths, lambda: result.draws, lambda: result.values("irr"),
        lambda: result.drawn,
    ):  # fmt: skip
        with pytest.raises(sim.UsageError, match=r'500 paths .* not kept .* keep="paths"'):
            ask()
    with pytest.raises(sim.UsageError, match="keep must be \"paths\" or \"summary\", got 'all'"):
        run("all", "random")


def test_paths_that_are_not_there_cannot_be_compared() -> None:
    result = run("summary", "random", paths=500)
    for analysis in (sim.prerequisites, sim.reverse_stress):
        with pytest.raises(sim.UsageError, match="500 paths of this run were not kept"):
            analysis(result)
    with pytest.raises(sim.UsageError, match="500 paths of this run were not kept"):
        sim.compare(result, run("paths", "random", paths=500))


def test_stopped_between_blocks() -> None:
    def stop(done: int, total: int, seconds: float) -> None:
        raise KeyboardInterrupt("stopped")

    with pytest.raises(KeyboardInterrupt, match="stopped"):
        run("summary", "random", progress=stop)


def test_a_saved_run_is_verified(tmp_path: object) -> None:
    result = run("summary", "sobol", paths=2048)
    folder = result.save(str(tmp_path))
    again = sim.open_run(folder)
    assert again.raw.keep == "summary"
    assert again.digest == result.digest
    pd.testing.assert_frame_equal(again.summary(), result.summary())


MEMORY = """
import sys
import simulator as sim
from tests.cases import contract
result = sim.run(contract(), paths=int(sys.argv[1]), threads=2, keep="summary", sampler="random")
result.summary(), result.cvar(0.95), result.bid_curve(), result.risks()
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(int(status["VmHWM"].split()[0]) // 1024)
"""


linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def peak(paths: int) -> int:
    """Peak memory of a process of its own, MB.

    `getrusage` would count the parent's memory at the fork: its maximum survives `exec`.
    """
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(paths)], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.slow
@linux
def test_memory_does_not_grow_with_the_paths() -> None:
    """Kept, half a million paths more would take a gigabyte."""
    peak(5000)  # compiles
    assert peak(600_000) < peak(100_000) + 60


@linux
@pytest.mark.slow
def test_ten_million_paths_fit_into_400_megabytes() -> None:
    peak(5000)
    assert peak(10_000_000) < 400


def test_first_look_is_part_of_the_run() -> None:
    assert module.FIRST % module.BLOCK == 0
