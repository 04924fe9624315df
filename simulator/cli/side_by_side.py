"""What `compare` and `stress` do: simulate, print tables or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.about import about, drawn, facts, print_title, tell_points, tell_warnings
from simulator.cli.folder import unused
from simulator.cli.operands import short_names
from simulator.cli.progress import progress

if TYPE_CHECKING:
    from simulator.analysis.reverse import Reverse
    from simulator.analysis.runs import Drawing
    from simulator.analysis.stress import Case
    from simulator.cli.pages import Page
    from simulator.cli.screen import Screen
    from simulator.results.result import Result
    from simulator.scenario.scenario import Scenario


def compare_alternatives(
    file: str, scenario: Scenario, wishes: Drawing, screen: Screen, as_json: bool
) -> int:
    """Nothing, buy, and the alternatives of one file; a usage error where it has none."""
    if not scenario.document.alternatives:
        raise click.UsageError(
            f"{file} has no [alternatives]: add [alternatives.NAME] with "
            'set = { "path" = value }, or name a second FILE'
        )
    tell_warnings(screen, [scenario])
    from simulator.analysis.alternatives import alternatives
    from simulator.analysis.findings import Findings

    with progress(screen, Path(file).name) as moved:
        found = alternatives(
            scenario, paths=wishes.paths, seed=wishes.seed, sampler=wishes.sampler,
            threads=wishes.threads, progress=moved,
        )  # fmt: skip
    tell_points(screen, found, scenario, wishes.paths)
    if as_json:
        content = Findings(alternatives=found).as_dict()["alternatives"]
        screen.json({"verb": "compare", **about(file, scenario), **content})
        return 0
    from simulator.report.language import speaking
    from simulator.report.side_by_side import alternatives_view
    from simulator.report.wording import wording

    print_title(screen, scenario)
    with speaking("en", words=wording([scenario])):
        for part in alternatives_view(found, scenario.document.currency):
            screen.out.print(part)
    screen.next(f"simulator stress {file} --reverse", "what makes it lose money")
    return 0


def compare_files(
    files: Sequence[str], scenarios: Sequence[Scenario], wishes: Drawing, screen: Screen,
    as_json: bool, page: Page | None = None,
) -> int:  # fmt: skip
    """Several files, each against the first and against each other; a page of it where wanted."""
    currencies = {scenario.document.currency for scenario in scenarios}
    if len(currencies) > 1:
        pairs = zip(files, scenarios, strict=True)
        told = ", ".join(f"{file} is in {found.document.currency}" for file, found in pairs)
        raise click.UsageError(f"FILEs must have one currency: {told}")
    names = short_names(files)
    tell_warnings(screen, scenarios)
    from simulator.analysis.compare import compare
    from simulator.analysis.rivals import rivals
    from simulator.analysis.runs import common, same_points, simulate
    from simulator.cli.pages import write_comparison, yearly_of_page
    from simulator.metrics import path_metrics

    def metrics(scenario: Scenario) -> tuple[str, ...]:
        return (*path_metrics(scenario.document), *(yearly_of_page() if page else ()))

    if wishes.sampler == "sobol" and not same_points(scenarios, wishes.seed or 0, "sobol"):
        raise click.UsageError(
            "--sampler sobol: FILEs draw different quantities, so that path i would be another "
            "world for each; leave it out"
        )
    drawing = common(scenarios, wishes)
    results: dict[str, Result] = {}
    for name, scenario in zip(names, scenarios, strict=True):
        with progress(screen, name) as moved:
            results[name] = simulate(scenario, replace(drawing, progress=moved), metrics(scenario))
    if page is not None:
        write_comparison(page, results, files, drawing, screen)
    found = rivals(results)
    first = results[names[0]]
    tell_points(screen, first, scenarios[0], wishes.paths)
    if as_json:
        two = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
        screen.json({
            "verb": "compare",
            "files": [about(*pair) for pair in zip(files, scenarios, strict=True)],
            "currency": scenarios[0].document.currency, **drawn(first),
            "deals": [asdict(rival) for rival in found],
            "pairs": [
                {"a": a, "b": b, "metrics": compare(results[a], results[b]).to_dict("index")}
                for a, b in two
            ],
        })  # fmt: skip
        return 0
    from simulator.report.side_by_side import pair_view, rivals_view

    for part in rivals_view(found):
        screen.out.print(part)
    if len(found) == 2:
        screen.out.print()
        screen.out.print(pair_view(compare(results[names[1]], first)))
        note = "means over the paths on which both are defined; P(better): of the second"
        screen.out.print(note, style="dim")
    screen.out.print(facts(first, scenarios[0].document.currency), style="dim")
    if page is None:
        screen.next(f"simulator compare {' '.join(files)} --out {unused()}/", "a page of it")
    return 0


def stress_files(
    files: Sequence[str], scenarios: Sequence[Scenario], wishes: Drawing, reverse: bool,
    screen: Screen, as_json: bool,
) -> int:  # fmt: skip
    """Stress cases file by file, each with its reverse stress where that is wanted."""
    tell_warnings(screen, scenarios)
    from simulator.engine.run import run

    entries: list[dict[str, Any]] = []
    for index, (file, scenario) in enumerate(zip(files, scenarios, strict=True)):
        with progress(screen, Path(file).name) as moved:
            base = run(
                scenario, paths=wishes.paths, seed=wishes.seed, sampler=wishes.sampler,
                threads=wishes.threads, progress=moved,
            )  # fmt: skip
            cases, found = _stressed(scenario, base, replace(wishes, progress=moved), reverse)
        tell_points(screen, base, scenario, wishes.paths)
        if as_json:
            entries.append({
                **about(file, scenario), **drawn(base), "cases": [asdict(c) for c in cases],
                "reverse": None if found is None else asdict(found),
            })  # fmt: skip
            continue
        if index:
            screen.out.print()
        _print_stress(scenario, base, cases, found, screen)
    if as_json:
        screen.json({"verb": "stress", "results": entries})
        return 0
    if reverse:
        screen.next(f"simulator run {files[0]} --out {unused()}/", "a report that has them")
    else:
        screen.next(f"simulator stress {files[0]} --reverse", "what makes it lose money")
    return 0


def _stressed(
    scenario: Scenario, base: Result, wishes: Drawing, reverse: bool
) -> tuple[tuple[Case, ...], Reverse | None]:
    from simulator.analysis.reverse import reverse_stress
    from simulator.analysis.stress import stress

    found = reverse_stress(base) if reverse else None
    return stress(scenario, threads=wishes.threads, progress=wishes.progress, base=base), found


def _print_stress(
    scenario: Scenario, base: Result, cases: Sequence[Case], found: Reverse | None, screen: Screen
) -> None:
    from simulator.report.collect import deal_step
    from simulator.report.language import speaking
    from simulator.report.side_by_side import reverse_view, stress_view
    from simulator.report.variants import case_note
    from simulator.report.wording import wording

    print_title(screen, scenario)
    with speaking("en", words=wording([scenario]), step=deal_step(base)):
        screen.out.print(stress_view(cases))
        if note := case_note(cases, scenario.document):
            screen.out.print(note, style="dim")
        if found is not None:
            screen.out.print()
            for part in reverse_view(found, scenario.document):
                screen.out.print(part)
    screen.out.print(facts(base, scenario.document.currency), style="dim")
