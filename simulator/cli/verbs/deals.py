"""`simulator deals [DIR]`: all deals of a folder side by side, and what others paid."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli.options import as_json, common, drawing, pages, threads
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst


@click.command("deals", cls=ExamplesFirst)
@click.argument(
    "folder", metavar="[DIR]", default="scenarios", type=click.Path(path_type=Path)
)
@click.option(
    "--target", "targets", multiple=True, metavar="NAME",
    help="Tell this deal alone, NAME.toml of DIR, with its football field (repeatable).",
)
@click.option(
    "--csv", "csv", type=click.Path(path_type=Path), metavar="FILE",
    help="Write the figures of all deals, a row a deal.",
)
@pages("deals.html")
@drawing
@threads
@as_json
@common
def command(
    folder: Path, targets: tuple[str, ...], csv: Path | None, out: Path | None, lang: str,
    pdf: bool, paths: int | None, seed: int | None, sampler: str | None, threads: int | None,
    json_: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Set the deals of a folder side by side: NPV, walk-away price, claims met,
    multiples paid, and the value that the others' multiples imply for each.

    \b
    Examples:
      simulator deals
      simulator deals scenarios --paths 20_000 --csv deals.csv
      simulator deals scenarios --target innolight_silicon_photonics
      simulator deals scenarios --out out/ --lang both
      simulator deals scenarios --json > deals.json

    Every .toml of DIR (by default "scenarios") that holds a deal; sub-folders are
    not looked into. A deal's own multiples are left out of the range that is laid
    on it. Real transactions beside them come from DIR/comparables/*.toml. A faulty
    file is told and left out; exit code 3 then.
    """
    from simulator.analysis.runs import Drawing
    from simulator.cli.deal_folder import deal_folder
    from simulator.cli.options import LANGUAGES
    from simulator.cli.pages import Page

    screen = Screen(quiet, no_color)
    wishes = Drawing(paths, seed, sampler, threads)
    page = Page.of(out, LANGUAGES[lang], pdf)
    return deal_folder(folder, targets, csv, wishes, screen, json_, page)
