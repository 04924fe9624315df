"""The parts of the benchmark suite: tables, comparisons, scenarios of any size, counts."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import run
from benchmarks.against import compare
from benchmarks.breakdown import parts, stages, subset
from benchmarks.figures import Figure, Section
from benchmarks.floor import Costs
from benchmarks.generator import scenario
from benchmarks.operations import count, formulas
from benchmarks.rqmc import compared, coverage, table
from benchmarks.table import shown
from benchmarks.timing import in_turn
from benchmarks.workload import Workload, contract
from simulator import Estimate
from simulator.algebra import Graph, Value, fold, index
from simulator.compiler.sections import reachable
from simulator.sampling.program import MIX, SCORE


def test_figures_keep_median_and_range() -> None:
    assert Figure.of("x", [3.0, 1.0, 2.0], "ns") == Figure(
        "x", 2.0, "ns", 1.0, 3.0, rounds=3
    )


def test_a_table_has_a_row_a_figure() -> None:
    section = Section("core", "Core")
    section.add("whole path", [1_500.0, 1_400.0, 1_600.0], "ns/path")
    section.notes.append("noted")
    assert "whole path       1,500 ns/path       1,400 … 1,600" in shown(section)
    assert "(noted)" in shown(section)


def test_every_work_is_done_once_a_round_and_warmed() -> None:
    done: list[str] = []
    works = {"a": lambda: done.append("a"), "b": lambda: done.append("b")}
    times = in_turn(works, rounds=3, warm=1)
    assert done == ["a", "b"] * 4
    assert len(times["a"].wall) == 3


def test_comparison_marks_what_does_not_overlap() -> None:
    def made(value: float) -> dict[str, object]:
        section = Section("core", "")
        section.add("whole path", [value, value * 0.99, value * 1.01], "ns/path")
        return {"machine": {}, "quick": False, "sections": {"core": section.as_dict()}}

    assert "× 0.50 *" in compare(made(2_000.0), made(1_000.0))
    assert "× 1.01 \n" in compare(made(1_000.0), made(1_010.0))


@pytest.mark.parametrize(
    ("axis", "size"), [("years", 12), ("segments", 5), ("lines", 9), ("risks", 11), ("steps", 4)]
)
def test_generated_scenarios_have_the_size_asked_for(axis: str, size: int) -> None:
    document = scenario(**{axis: size}).document
    sizes = {
        "years": document.valuation.horizon,
        "segments": len(document.segments),
        "lines": sum(len(company.lines) for company in document.companies.values()),
        "risks": len(document.risks),
        "steps": document.valuation.steps_per_year,
    }
    assert sizes[axis] == size


@pytest.mark.parametrize("axis", ["segments", "lines", "risks"])
def test_no_two_parts_of_a_generated_scenario_are_alike(axis: str) -> None:
    """Those would be worked out once, and growth would look like none."""
    base = {"segments": 4, "lines": 8, "risks": 10}[axis]
    sizes = [_simple(Workload(scenario(**{axis: base + n}), 256)) for n in range(3)]
    added = np.diff(sizes)
    assert added[0] == added[1] > 50


def test_fewer_metrics_are_the_same_metrics() -> None:
    whole, fewer = contract(600), contract(600, only=("npv_acquirer", "combined.gross_margin"))
    whole.simulate()
    fewer.simulate()
    assert fewer.outputs == 1 + fewer.path_years
    for name, values in fewer.results().items():
        np.testing.assert_array_equal(values, whole.results()[name])
    assert _simple(fewer) < 0.8 * _simple(whole)


def test_given_draws_make_the_same_paths() -> None:
    work = contract(600)
    drawn = work.drawn()
    work.simulate()
    ours = {name: values.copy() for name, values in work.results().items()}
    work.simulate_given(drawn)
    for name, values in work.results().items():
        np.testing.assert_array_equal(values, ours[name])


def test_some_operations_of_the_draws_are_those_of_all() -> None:
    arrays = contract(256).plan.draws.arrays
    part = subset(arrays, (SCORE, MIX))
    terms = np.diff(arrays.term)[np.isin(arrays.code, (SCORE, MIX))]
    np.testing.assert_array_equal(np.diff(part.term), terms)
    assert part.term_row.size == part.term[-1] == arrays.term_row.size
    whole = subset(arrays, tuple(range(6)))
    assert all(np.array_equal(a, b) for a, b in zip(whole, arrays, strict=True))


def test_operations_are_counted_as_often_as_they_run() -> None:
    """Twice the years, twice their divisions (only additions come with more years to recur in).

    Twice the periods a year, twice what belongs to periods, and no more of the rest.
    """
    short, long = (formulas(Workload(scenario(years=n), 256).program) for n in (8, 16))
    assert long["year"]["divided"] == 2 * short["year"]["divided"] > 0
    years, quarters = (formulas(Workload(scenario(steps=n), 256).program) for n in (2, 4))
    assert quarters["period"]["simple"] == 2 * years["period"]["simple"]
    assert quarters["year_end"]["simple"] == years["year_end"]["simple"]


def test_a_loop_counts_its_rounds_and_the_same_on_all_paths_counts_once() -> None:
    graph = Graph()
    x, number = graph.fresh("load", 0), graph.node("data", payload=0)

    def body(loop: Graph, a: Value, b: Value) -> tuple[Value, ...]:
        return a + b * (index(loop) * number), b / x

    total, _ = fold(5, [x, x], body)
    counts = count(graph.nodes, reachable([total]))
    assert counts["simple"] == 2 * 5
    assert counts["divided"] == 5
    assert counts["uniform"] == 5


@pytest.mark.slow
def test_pieces_of_a_path_are_timed_and_priced() -> None:
    work = contract(512)
    works = {"whole": work.simulate, **parts(work)}
    found = stages(work, in_turn(works, rounds=2))
    assert {"draws: raw words", "formulas: years", "search for rates"} <= found.keys()
    own, counts, number, _ = found["formulas: years"]
    assert len(own) == 2
    assert number == work.path_years
    costs = Costs(simple=1.0, divided=2.0, root=2.0, integer=1.0, written=1.0)
    assert counts is not None
    assert costs.floor(counts) == max(counts["simple"], 2.0 * counts["divided"])


def _simple(work: Workload) -> float:
    return sum(counts["simple"] for counts in formulas(work.program).values())


def test_coverage_counts_intervals_that_hold_the_truth() -> None:
    assert coverage([Estimate(0.0, 1.0), Estimate(3.0, 1.0)], truth=0.5) == 0.5


def test_rates_and_ratios_of_made_up_runs() -> None:
    """Errors that fall as n^-1 and n^-1/2, by design."""
    runs = {
        power: {n: [Estimate(s * n**-power, n**-power) for s in (-1.0, 1.0)] for n in (64, 256)}
        for power in (1.0, 0.5)
    }
    found = compared(runs[1.0], runs[0.5], truth=0.0)
    assert found["rates"] == pytest.approx({"sobol": -1.0, "plain": -0.5})
    assert found["rows"][1]["plain_over_sobol"] == pytest.approx(256.0)
    assert found["rows"][0]["sobol"]["coverage"] == 1.0
    assert "error falls as paths^-1.00 (Sobol), paths^-0.50 (plain)" in table({"x": found})


@pytest.mark.slow
def test_the_command_prints_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "results.json"
    assert run.main(["--only", "memory", "--quick", "--no-plots", "--json", str(target)]) == 0
    assert "bytes a path" in capsys.readouterr().out
    written = json.loads(target.read_text())
    assert {"processor", "versions", "commit"} <= written["machine"].keys()
    names = [figure["name"] for figure in written["sections"]["memory"]["figures"]]
    assert names == ["256 paths", "65,536 paths", "bytes a path"]
