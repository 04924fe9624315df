"""`simulator compare FILE…`: alternatives of one file, or several files side by side."""

from __future__ import annotations

import click

from simulator.cli.options import as_json, common, drawing, files, threads, variant
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst


@click.command("compare", cls=ExamplesFirst)
@files()
@drawing
@threads
@variant
@as_json
@common
def command(
    files: tuple[str, ...], paths: int | None, seed: int | None, sampler: str | None,
    threads: int | None, set_: tuple[str, ...], stress: tuple[str, ...], json_: bool, quiet: bool,
    no_color: bool,
) -> int:  # fmt: skip
    """Compare deals, or the alternatives to one deal, on common random numbers.

    \b
    Examples:
      simulator compare deal.toml
      simulator compare deal.toml rival.toml --paths 100_000
      simulator compare deal.toml deal_in_shares.toml other_target.toml --json

    One FILE: doing nothing, buying, and each [alternatives.NAME] of the file, with
    the regret of each and P(buying is worth more). Several: differences of means
    with paired errors, and P(one beats the other).

    Unless --sampler says otherwise, plain random numbers are drawn where FILEs or
    alternatives draw different quantities: path i is then the same world for all.
    """
    from simulator.analysis.runs import Drawing
    from simulator.cli.loading import load_all
    from simulator.cli.memory import refuse_too_many
    from simulator.cli.side_by_side import compare_alternatives, compare_files

    screen = Screen(quiet, no_color)
    scenarios = load_all(files, set_, stress)
    for scenario in scenarios:
        refuse_too_many(paths, scenario)
    wishes = Drawing(paths, seed, sampler, threads)
    if len(files) == 1:
        return compare_alternatives(files[0], scenarios[0], wishes, screen, json_)
    return compare_files(files, scenarios, wishes, screen, json_)
