"""`simulator stress FILE…`: every stress case against the file; with --reverse, what breaks it."""

from __future__ import annotations

import click

from simulator.cli.options import as_json, common, drawing, files, settings, threads
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst


@click.command("stress", cls=ExamplesFirst)
@files()
@click.option(
    "--reverse", is_flag=True,
    help="Also: which drivers, and which together, most likely make the deal lose money.",
)  # fmt: skip
@drawing
@threads
@settings
@as_json
@common
def command(
    files: tuple[str, ...], reverse: bool, paths: int | None, seed: int | None,
    sampler: str | None, threads: int | None, set_: tuple[str, ...], json_: bool, quiet: bool,
    no_color: bool,
) -> int:  # fmt: skip
    """Stress a deal: each [stress.NAME] of its file against the file as it stands.

    \b
    Examples:
      simulator stress deal.toml
      simulator stress scenarios/*.toml --paths 20_000
      simulator stress deal.toml --reverse

    All cases are drawn with the same seed; the error of a change is that of the
    paired differences. --reverse works from the paths of the file as it stands.
    """
    from simulator.analysis.runs import Drawing
    from simulator.cli.loading import load_all
    from simulator.cli.memory import refuse_too_many
    from simulator.cli.side_by_side import stress_files

    screen = Screen(quiet, no_color)
    scenarios = load_all(files, set_)
    for scenario in scenarios:
        refuse_too_many(paths, scenario)
    if not reverse and not any(scenario.document.stress for scenario in scenarios):
        raise click.UsageError(
            f"{', '.join(files)} has no stress case: add [stress.NAME] with "
            'set = { "path" = value }, or write --reverse'
        )
    drawing = Drawing(paths, seed, sampler, threads)
    return stress_files(files, scenarios, drawing, reverse, screen, json_)
