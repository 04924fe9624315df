"""Two runs side by side: laws, common random numbers, what cannot be compared."""

from __future__ import annotations

import warnings
from functools import cache

import numpy as np
import pytest

import simulator as sim
from simulator.analysis.rivals import rivals
from tests.cases import contract


@cache
def run(
    price: float = 2600.0, paths: int = 2048, sampler: str = "random", seed: int = 3
) -> sim.Result:
    scenario = contract().replace({"deal.price": price})
    return sim.run(scenario, paths=paths, sampler=sampler, seed=seed)


@pytest.mark.parametrize("sampler", ["random", "sobol"])
def test_a_run_does_not_differ_from_itself(sampler: str) -> None:
    table = sim.compare(run(sampler=sampler), run(sampler=sampler))
    assert (table["difference"] == 0).all()
    assert (table["se"] == 0).all()
    assert (table["p_equal"].dropna() == 1).all()
    assert (table["p_better"].dropna() == 0).all()


@pytest.mark.parametrize("sampler", ["random", "sobol"])
def test_exchanged_runs_differ_by_the_opposite(sampler: str) -> None:
    a, b = run(sampler=sampler), run(2000.0, sampler=sampler)
    there, back = sim.compare(a, b), sim.compare(b, a)
    np.testing.assert_allclose(there["difference"], -back["difference"], rtol=1e-12)
    np.testing.assert_allclose(there["se"], back["se"], rtol=1e-9)
    judged = there["p_better"].notna()
    total = there["p_better"] + back["p_better"] + there["p_equal"]
    np.testing.assert_allclose(total[judged], 1.0, rtol=1e-12)


def test_a_lower_price_is_better_on_every_path() -> None:
    row = sim.compare(run(2000.0), run()).loc["npv_acquirer"]
    assert row["p_better"] == 1.0
    assert row["difference"] > 0
    assert row["unit"] == "million CNY"


def test_less_is_better_where_it_is() -> None:
    table = sim.compare(run(2000.0), run())
    assert table.loc["goodwill_impairment", "p_better"] > 0.5
    assert np.isnan(table.loc["consideration", "p_better"])
    assert np.isnan(table.loc["closed", "p_better"])


def test_common_random_numbers_shrink_the_error() -> None:
    paired = sim.compare(run(2000.0), run()).loc["npv_acquirer"]
    apart = np.hypot(*[r.sample("npv_acquirer").mean().se for r in (run(2000.0), run())])
    assert paired["se"] < apart / 5
    assert paired["correlation"] > 0.98


def test_a_yearly_metric_by_its_year() -> None:
    table = sim.compare(run(), run(), ["combined.gross_margin.2026", "gross_margin.2027"])
    assert table["a"].between(0, 1).all()
    with pytest.raises(sim.UsageError, match="did you mean"):
        sim.compare(run(), run(), ["npv_aquirer"])


def test_runs_on_other_numbers_are_warned_of() -> None:
    with pytest.warns(UserWarning, match="seed 3, random against seed 4, random"):
        sim.compare(run(), run(seed=4))
    fixed = sim.run(
        contract().replace({"synergies.procurement.realization": 0.7}), paths=2048,
        sampler="sobol", seed=3,
    )
    with pytest.warns(UserWarning, match='sampler = "random"'):
        sim.compare(run(sampler="sobol"), fixed)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sim.compare(run(), run(2000.0))


def test_what_cannot_be_paired_is_refused() -> None:
    with pytest.raises(sim.UsageError, match=r"both must have the same paths .* 2,048 paths"):
        sim.compare(run(), run(paths=1024))
    euro = sim.run(contract().replace({"currency": "EUR"}), paths=2048, sampler="random", seed=3)
    with pytest.raises(sim.UsageError, match="one currency, got CNY and EUR"):
        sim.compare(run(), euro)


def test_of_several_deals_each_beats_some() -> None:
    found = rivals({"dear": run(), "cheap": run(2000.0), "cheapest": run(1500.0)})
    dear, cheap, cheapest = found
    assert cheapest.p_best.value == 1.0
    assert dear.beats["cheap"].value == 0.0
    assert cheap.beats["dear"].value == 1.0
    assert cheap.over["dear"].value == -dear.over["cheap"].value > 0
    assert sum(rival.p_best.value for rival in found) == pytest.approx(1.0)
