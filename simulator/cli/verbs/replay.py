"""`simulator replay FILE --path I`: why did it come out so?"""

from __future__ import annotations

import click

from simulator.cli.options import INDEX, as_json, common, drawing, files, variant
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst


@click.command("replay", cls=ExamplesFirst)
@files(many=False)
@click.option(
    "--path", "index", type=INDEX, required=True, metavar="I", help="Number of the path, from 0."
)
@drawing
@variant
@as_json
@common
def command(
    file: str, index: int, paths: int | None, seed: int | None, sampler: str | None,
    set_: tuple[str, ...], stress: tuple[str, ...], json_: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Replay one path: every draw, risk, line, company and effect, year by year.

    \b
    Examples:
      simulator replay deal.toml --path 4711
      simulator replay deal.toml --path 0 --seed 7 --json

    Seed, sampler and (with sobol) the number of paths must be those of the run.
    """
    from dataclasses import asdict

    from simulator.cli.compiling import notice
    from simulator.cli.loading import load_all

    screen = Screen(quiet, no_color)
    (scenario,) = load_all([file], set_, stress)
    from simulator.engine.replay import replay

    with notice(screen.message):
        found = replay(scenario, index, seed=seed, sampler=sampler, paths=paths)
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
    variant = "".join(f" --set {s}" for s in set_) + "".join(f" --stress {s}" for s in stress)
    screen.next(f"simulator show {file}{variant}", "the assumptions behind it")
    return 0
