"""`simulator replay FILE --path I`, or the worst one: why did it come out so?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.options import INDEX, as_json, common, drawing, files, variant
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst

if TYPE_CHECKING:
    from simulator.analysis.runs import Drawing
    from simulator.scenario.scenario import Scenario


@click.command("replay", cls=ExamplesFirst)
@files(many=False)
@click.option("--path", "index", type=INDEX, metavar="I", help="Number of the path, from 0.")
@click.option(
    "--worst", is_flag=True,
    help="The path with the lowest NPV to the acquirer; all are simulated to find it.",
)
@drawing
@variant
@as_json
@common
def command(
    file: str, index: int | None, worst: bool, paths: int | None, seed: int | None,
    sampler: str | None, set_: tuple[str, ...], stress: tuple[str, ...], json_: bool, quiet: bool,
    no_color: bool,
) -> int:  # fmt: skip
    """Replay one path: every draw, risk, line, company and effect, year by year.

    \b
    Examples:
      simulator replay deal.toml --path 4711
      simulator replay deal.toml --path 0 --seed 7 --json
      simulator replay deal.toml --worst
      simulator replay saved_run/ --worst

    Seed, sampler and (with sobol) the number of paths must be those of the run; of the folder of a
    saved run they are taken.
    """
    from dataclasses import asdict

    from simulator.analysis.runs import Drawing
    from simulator.cli.compiling import notice
    from simulator.cli.operands import operands

    if worst == (index is not None):
        raise click.UsageError("write either --path I, from 0, or --worst")
    screen = Screen(quiet, no_color)
    (scenario,), drawing = operands(
        [file], set_, stress, Drawing(paths=paths, seed=seed, sampler=sampler)
    )
    from simulator.engine.replay import replay

    with notice(screen.message):
        found = replay(
            scenario, _worst(scenario, drawing) if index is None else index,
            seed=drawing.seed, sampler=drawing.sampler, paths=drawing.paths,
        )  # fmt: skip
    if json_:
        screen.json({
            "verb": "replay", "file": file, "title": scenario.document.title,
            "currency": scenario.document.currency, "scenario_sha256": scenario.sha256,
            **asdict(found),
        })  # fmt: skip
        return 0
    from simulator.report.path import story

    for part in story(found, scenario):
        screen.out.print(part)
    if Path(file).is_dir():
        return 0
    variant = "".join(f" --set {s}" for s in set_) + "".join(f" --stress {s}" for s in stress)
    screen.next(f"simulator show {file}{variant}", "the assumptions behind it")
    return 0


def _worst(scenario: Scenario, drawing: Drawing) -> int:
    """Number of the path with the lowest npv_acquirer."""
    from simulator.engine.run import run

    npv = "npv_acquirer"
    result = run(
        scenario, paths=drawing.paths, seed=drawing.seed, sampler=drawing.sampler, metrics=[npv]
    )
    return int(result.values(npv).argmin())
