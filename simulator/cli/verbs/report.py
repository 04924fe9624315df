"""`simulator report DIR`: the report of a saved run, made again."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli.options import common
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst


@click.command("report", cls=ExamplesFirst)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@common
def command(folder: Path, quiet: bool, no_color: bool) -> int:
    """Make report.html and figures/ of a saved run again.

    \b
    Examples:
      simulator report out/

    The run is repeated from its run.json where its paths were not kept.
    """
    from simulator.analysis.findings import read_findings
    from simulator.cli.again import reopened
    from simulator.cli.compiling import notice
    from simulator.cli.folder import refuse_unusable, whole
    from simulator.cli.laws import laws

    screen = Screen(quiet, no_color)
    refuse_unusable(folder)
    result = reopened(folder, screen)
    from simulator.report.collect import collect
    from simulator.report.write import write_report
    from simulator.results.record import read_record

    record = read_record(folder)
    with notice(screen.message):
        sheet = collect(
            result, settings=record.overrides, stress=record.stress, laws=laws(result.scenario),
            findings=read_findings(folder),
        )  # fmt: skip
    with whole(folder) as temporary:
        write_report(temporary, sheet, result)
    screen.message(f"wrote {folder}/report.html, figures/")
    return 0
