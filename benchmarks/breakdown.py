"""Where a path's time goes: stage by stage, beside the arithmetic that each stage holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from benchmarks.assembled import Code
from benchmarks.figures import Section
from benchmarks.floor import Costs, measure_costs
from benchmarks.operations import Counts, draws, formulas, in_words
from benchmarks.timing import Rounds, in_turn, one_core
from benchmarks.workload import Workload, contract
from simulator.compiler.llvm import write
from simulator.sampling.program import COMBINE, MIX, SCORE, UNIFORM, DrawArrays

Stage = tuple[list[float], Counts | None, int, str]
"""Nanoseconds a path by round; operations; how many of what there are on a path."""


def measure(quick: bool) -> Section:
    """Whole path against NumPy's normals; then each stage and its floor."""
    section = Section("core", "The core by stage: contract.toml, one core")
    work = contract(8_192 if quick else 65_536)
    rounds = 5 if quick else 11
    with one_core():
        works = {"whole": work.simulate, "numpy": work.numpy_normals, **parts(work)}
        times = in_turn(works, rounds)
        costs = measure_costs(work.code.lanes, rounds)
    _whole(section, work, times)
    _stages(section, work, times, costs)
    for name, value in (
        ("addition, product, comparison", costs.simple), ("64-bit product, shift, xor",
        costs.integer), ("division", costs.divided), ("square root", costs.root),
        ("double written past the caches", costs.written),
    ):  # fmt: skip
        section.add(f"at best: {name}", value, "ns")
    return section


def _whole(section: Section, work: Workload, times: dict[str, Rounds]) -> None:
    n, count = work.paths, work.n_draws
    section.add("whole path", times["whole"].per(n), "ns/path", f"{work.outputs} metrics")
    section.add("whole path by year", times["whole"].per(n * work.path_years), "ns/path-year")
    section.add("draws alone", times["draws"].per(n), "ns/path", f"{count} draws")
    section.add("one draw", times["draws"].per(n * count), "ns")
    section.add("NumPy SFC64, as many normals", times["numpy"].per(n), "ns/path")
    section.add("one SFC64 normal", times["numpy"].per(n * count), "ns")
    section.add(
        "whole path / NumPy normals", times["whole"].over(times["numpy"]), "ratio",
        "must ≤ 2, goal ≤ 0.5",
    )  # fmt: skip
    section.add("draws / NumPy normals", times["draws"].over(times["numpy"]), "ratio")


def _stages(
    section: Section, work: Workload, times: dict[str, Rounds], costs: Costs
) -> None:
    section.notes += [
        "a floor is a stage's arithmetic, counted from what is compiled, at the speed of vectors "
        "in registers; loads, stores and gathers are free in it",
        "stages are measured as programs with and without them, the formulas with results that "
        "stay in the cache; what the whole takes beyond its parts goes for writing results",
    ]
    shown = {}
    for name, (own, counts, number, unit) in stages(work, times).items():
        floor = None if counts is None else costs.floor(counts)
        note = [f"{median(own) / number:.2f} ns a {unit}"] if number else []
        if floor is not None and counts is not None:
            note.append(f"floor {floor:,.0f} ns: {in_words(counts)}")
        section.add(f"stage {name}", own, "ns/path", "; ".join(note))
        shown[name] = {"ns": median(own), "floor": floor}
    section.series["stages"] = shown
    floors = sum(stage["floor"] or 0.0 for stage in shown.values())
    section.add("all floors together", floors, "ns/path")
    ratios = [whole / floors for whole in times["whole"].per(work.paths)]
    section.add("whole path / all floors", ratios, "ratio")


def parts(work: Workload) -> dict[str, Callable[[], None]]:
    """Pieces of a path, each with a clock of its own."""
    arrays = work.plan.draws.arrays
    text = write(work.program, work.code.lanes).replace(", !nontemporal !0", "")
    last = f"%y.more = icmp ult i64 %y.next, {work.path_years}\n"
    if last not in text:
        raise RuntimeError("the loop over the years is written in another way now")
    full, short = Code(text), Code(text.replace(last, "%y.more = icmp ult i64 %y.next, 1\n"))
    drawn = (SCORE, UNIFORM)
    # Kept alive by the functions below: code that nobody holds is gone.
    return {
        "words": work.words,
        "scores": _drawing(work, subset(arrays, drawn)),
        "mixed": _drawing(work, subset(arrays, (*drawn, COMBINE, MIX))),
        "draws": work.draw,
        "kept": lambda: work.formulas(full.address("core"), kept=True),
        "one year": lambda: work.formulas(short.address("core"), kept=True),
        "unsearched": work.simulate_unsearched,
    }


def _drawing(work: Workload, arrays: DrawArrays) -> Callable[[], None]:
    return lambda: work.draw(arrays)


def subset(arrays: DrawArrays, codes: tuple[int, ...]) -> DrawArrays:
    """The draw program with some of its operations alone."""
    keep = np.isin(arrays.code, codes)
    terms = np.diff(arrays.term)
    of_kept = np.repeat(keep, terms)
    same = ("code", "row", "other", "table", "key", "year", "dimension", "a", "b")
    return arrays._replace(
        term=np.concatenate([[0], np.cumsum(terms[keep])]).astype(np.int64),
        term_row=arrays.term_row[of_kept],
        term_weight=arrays.term_weight[of_kept],
        **{name: getattr(arrays, name)[keep] for name in same},
    )


def stages(work: Workload, times: dict[str, Rounds]) -> dict[str, Stage]:
    """Own time of each stage: differences of the pieces, round by round."""
    t = {name: np.array(taken.per(work.paths)) for name, taken in times.items()}
    drawing = draws(work.plan.draws.arrays)
    sections = formulas(work.program)
    ends = sections["setup"] + sections["final"]
    years: Counts = Counter()
    for name, counts in sections.items():
        if name not in ("setup", "final"):
            years += counts
    h, count = work.path_years, work.n_draws
    in_years = (t["kept"] - t["one year"]) * (h / (h - 1))
    searched = t["whole"] - t["unsearched"]
    written = t["unsearched"] - t["draws"] - t["kept"]
    found: dict[str, tuple[Any, Counts | None, int, str]] = {
        "draws: raw words": (t["words"], drawing["words"], count, "draw"),
        "draws: normal scores": (t["scores"] - t["words"], drawing["scores"], count, "draw"),
        "draws: correlation": (t["mixed"] - t["scores"], drawing["correlation"], count, "draw"),
        "draws: tables": (t["draws"] - t["mixed"], drawing["tables"], count, "draw"),
        "formulas: years": (in_years, years, h, "path-year"),
        "formulas: before, after": (t["kept"] - in_years, ends, 0, ""),
        "results written, all else": (written, None, work.outputs, "number"),
        "search for rates": (searched, None, 0, ""),
    }  # fmt: skip
    return {name: (own.tolist(), *more) for name, (own, *more) in found.items()}
