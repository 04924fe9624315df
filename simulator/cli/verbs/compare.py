"""`simulator compare FILE…`: alternatives of one file, or several files side by side."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli.options import as_json, common, drawing, files, pages, threads, variant
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst


@click.command("compare", cls=ExamplesFirst)
@files()
@drawing
@threads
@variant
@pages("comparison.html")
@as_json
@common
def command(
    files: tuple[str, ...], paths: int | None, seed: int | None, sampler: str | None,
    threads: int | None, set_: tuple[str, ...], stress: tuple[str, ...], out: Path | None,
    lang: str, pdf: bool, json_: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Compare deals, or the alternatives to one deal, on common random numbers.

    \b
    Examples:
      simulator compare deal.toml
      simulator compare deal.toml rival.toml --paths 100_000
      simulator compare deal.toml deal_in_shares.toml other_target.toml --json
      simulator compare deal.toml rival.toml --out out/ --lang both
      simulator compare saved_run/ another_run/ --out out/

    One FILE: doing nothing, buying, and each [alternatives.NAME] of the file, with
    the regret of each and P(buying is worth more). Several: differences of means
    with paired errors, and P(one beats the other); with --out, also a page with
    charts and what they assume differently. The folder of a saved run (`run --out`)
    stands for its scenario with all that was laid over it.

    Plain random numbers are drawn where FILEs or alternatives draw different
    quantities (--sampler sobol is refused there): path i is the same world for all.
    """
    from simulator.analysis.runs import Drawing
    from simulator.cli.memory import refuse_too_many
    from simulator.cli.operands import operands
    from simulator.cli.options import LANGUAGES
    from simulator.cli.pages import Page
    from simulator.cli.side_by_side import compare_alternatives, compare_files

    screen = Screen(quiet, no_color)
    wishes = Drawing(paths, seed, sampler, threads)
    scenarios, wishes = operands(files, set_, stress, wishes)
    for scenario in scenarios:
        refuse_too_many(wishes.paths, scenario)
    if len(files) == 1:
        if out is not None:
            text = "--out needs two FILEs; `simulator run FILE --out` tells the alternatives of one"
            raise click.UsageError(text)
        return compare_alternatives(files[0], scenarios[0], wishes, screen, json_)
    page = Page.of(out, LANGUAGES[lang], pdf)
    return compare_files(files, scenarios, wishes, screen, json_, page)
