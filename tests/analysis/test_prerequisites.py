"""What would have to be true for a promise to be kept."""

from __future__ import annotations

import numpy as np
import pytest

import simulator as sim
from simulator.analysis.prerequisites import LEAST, prerequisite_table
from tests.analysis.small import deal
from tests.cases import contract


def test_by_hand() -> None:
    """Revenue reaches two million where the price is 3,000: mean 2,250, sd 750."""
    (claim,) = sim.prerequisites(sim.run(deal(), paths=1024, seed=1))
    assert (claim.number, claim.kept, claim.paths) == (1, 512, 1024)
    (need,) = claim.needs
    assert (need.name, need.mean_if, need.mean) == ("segments.s.price", 3000, 2250)
    assert need.shift.value == pytest.approx(1.0)


def test_means_are_those_of_the_paths_that_keep_it() -> None:
    run = sim.run(contract(), paths=8192, seed=1, sampler="random")
    (claim,) = sim.prerequisites(run, most=3)
    kept = run.values("combined.gross_margin", 2026) >= 0.36
    assert claim.kept == kept.sum()
    assert len(claim.needs) == 3
    frame = run.draw_frame(drivers=True)
    for need in claim.needs:
        assert need.years == (2025, 2026)
        rate = frame[[f"{need.name}.2025", f"{need.name}.2026"]].to_numpy().mean(axis=1)
        assert need.mean_if == pytest.approx(rate[kept].mean())
        assert need.shift.value == pytest.approx((rate[kept].mean() - rate.mean()) / rate.std())
        assert abs(need.shift.value) > 4 * need.shift.se
    shifts = np.abs([need.shift.value for need in claim.needs])
    assert (np.diff(shifts) <= 0).all()


def test_both_sides_are_of_the_paths_on_which_the_metric_has_a_value() -> None:
    """A rate of return takes a deal that closes: what stops one does not keep the promise, nor does
    it make the risks of those that close look helpful.
    """
    claim = {"text": "x", "metric": "irr", "at_least": 0.1}
    run = sim.run(contract().replace({"claims": [claim]}), paths=8192, seed=1)
    (found,) = sim.prerequisites(run, most=99)
    irr, closed = run.values("irr"), run.values("closed") == 1
    told, kept = ~np.isnan(irr), irr >= 0.1
    assert (found.paths, found.kept) == (told.sum(), kept.sum())
    assert told.sum() < closed.size
    assert "risks.review_fails" not in {need.name for need in found.needs}
    for need in found.needs:
        if need.kind == "risk":
            occurs = run.values(f"risk.{need.name.removeprefix('risks.')}")
            assert need.mean == pytest.approx(occurs[told].mean())
            assert need.mean_if == pytest.approx(occurs[kept].mean())
        assert abs(need.shift.value) >= LEAST


@pytest.mark.parametrize("bound", [-2.0, 1.0])
def test_nothing_is_said_of_few_paths(bound: float) -> None:
    claim = {"text": "x", "metric": "combined.gross_margin", "year": 2026, "at_least": bound}
    (found,) = sim.prerequisites(sim.run(contract().replace({"claims": [claim]}), paths=1024))
    assert found.needs == ()
    assert found.kept in (0, 1024)


def test_table_has_a_row_a_need() -> None:
    found = sim.prerequisites(sim.run(contract(), paths=4096, seed=1))
    table = prerequisite_table(found)
    assert len(table) == len(found[0].needs)
    assert list(table.columns)[:2] == ["claim", "factor"]
    assert prerequisite_table(()).empty
