"""The parts of the benchmark suite: tables, comparisons, scenarios of any size, counted stages."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import run
from benchmarks.against import compare
from benchmarks.figures import Figure, Section
from benchmarks.generator import scenario
from benchmarks.rqmc import coverage
from benchmarks.stages import prefixes
from benchmarks.table import shown
from benchmarks.timing import in_turn
from benchmarks.workload import Workload
from simulator import Estimate


def test_figures_keep_median_and_range() -> None:
    assert Figure.of("x", [3.0, 1.0, 2.0], "ns") == Figure("x", 2.0, "ns", 1.0, 3.0)


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


def test_a_program_cut_short_ends_with_the_whole() -> None:
    work = Workload(scenario(), 256)
    names = [name for name, _ in prefixes(work.program)]
    assert names[0] == "draws"
    assert names[-1] == "output"
    for _, program in prefixes(work.program):
        work.program = program
        work.by_path[:] = np.nan
        work.simulate()
    assert np.isfinite(work.results()["npv_acquirer"]).all()


def test_coverage_counts_intervals_that_hold_the_truth() -> None:
    assert coverage([Estimate(0.0, 1.0), Estimate(3.0, 1.0)], truth=0.5) == 0.5


def test_the_command_prints_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "results.json"
    assert run.main(["--only", "memory", "--quick", "--no-plots", "--json", str(target)]) == 0
    assert "bytes a path" in capsys.readouterr().out
    written = json.loads(target.read_text())
    assert {"processor", "versions", "commit"} <= written["machine"].keys()
    names = [figure["name"] for figure in written["sections"]["memory"]["figures"]]
    assert names == ["256 paths", "65,536 paths", "bytes a path"]
