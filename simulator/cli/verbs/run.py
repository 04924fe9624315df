"""`simulator run FILE…`: simulate, print the headline, write the report."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from simulator.cli.gates import Gate, GateType, Precision, PrecisionType
from simulator.cli.options import (
    LANGUAGES,
    as_json,
    common,
    drawing,
    files,
    report_form,
    threads,
    variant,
)
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst


@click.command("run", cls=ExamplesFirst)
@files()
@drawing
@threads
@variant
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write report.html, report.xlsx, summary.csv, years.csv, run.json and figures/ (a "
    "sub-folder for each of several FILEs).",
)
@click.option(
    "--save-paths",
    type=click.Path(path_type=Path),
    metavar="FILE.parquet",
    help="Write every metric of every path (needs pyarrow).",
)
@click.option(
    "--precision",
    type=PrecisionType(),
    help="Double the paths until the standard error is that small.",
)
@click.option(
    "--fail-if",
    "gates",
    type=GateType(),
    multiple=True,
    help="Exit with 5 if the condition holds (repeatable).",
)
@click.option(
    "--keep",
    type=click.Choice(["paths", "summary"]),
    default="paths",
    show_default=True,
    help="summary: count paths and forget them, so that any number fits into memory.",
)
@click.option(
    "--no-variants",
    is_flag=True,
    help="Do not simulate the file's alternatives and stress cases as well.",
)
@report_form
@as_json
@common
def command(
    files: tuple[str, ...], paths: int | None, seed: int | None, sampler: str | None,
    threads: int | None, set_: tuple[str, ...], stress: tuple[str, ...], out: Path | None,
    save_paths: Path | None, precision: Precision | None, gates: tuple[Gate, ...],
    keep: Literal["paths", "summary"], no_variants: bool, lang: str, sections: tuple[str, ...],
    pdf: bool, json_: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Simulate scenarios: headline table here, report and data with --out.

    \b
    Examples:
      simulator run deal.toml
      simulator run deal.toml --paths 1_000_000 --out out/
      simulator run deal.toml --out out/ --lang both --sections short --pdf
      simulator run deal.toml --paths 1e9 --keep summary
      simulator run deal.toml --set deal.price=4800 --stress demand_slump
      simulator run a.toml b.toml --json > results.json
      simulator run deal.toml --fail-if 'p_loss > 0.3'
      simulator run deal.toml --precision 'npv_acquirer.mean=±1%'

    Figures for --fail-if and --precision: p_loss, value_created, var_95, cvar_95,
    walk_away_price, METRIC.mean, METRIC.p5, METRIC.YEAR, claims.1 and so on.
    """
    from simulator.report.painter import painter

    with painter(out is not None) as drawing_beside:  # gets ready while all else is loaded
        from simulator.cli.job import Job, Wishes
        from simulator.report.wishes import Form

        wishes = Wishes(
            paths, seed, sampler, threads, set_, stress, out, save_paths, precision, gates, json_,
            not no_variants, keep, Form(sections, LANGUAGES[lang], pdf),
        )  # fmt: skip
        return Job(wishes, Screen(quiet, no_color), drawing_beside).run(files)
