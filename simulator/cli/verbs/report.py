"""`simulator report DIR`: the report of a saved run, made again."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli.options import LANGUAGES, common, report_form
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst


@click.command("report", cls=ExamplesFirst)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@report_form
@common
def command(
    folder: Path, lang: str, sections: tuple[str, ...], quiet: bool, no_color: bool
) -> int:
    """Make report.html, report.xlsx and figures/ of a saved run again.

    \b
    Examples:
      simulator report out/
      simulator report out/ --lang zh --sections short

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
    from simulator.report.wishes import Form
    from simulator.report.write import write_report
    from simulator.results.record import read_record

    record = read_record(folder)
    with notice(screen.message):
        sheet = collect(
            result, settings=record.overrides, stress=record.stress, laws=laws(result.scenario),
            findings=read_findings(folder),
        )  # fmt: skip
    with whole(folder) as temporary:
        write_report(temporary, sheet, result, form=Form(sections, LANGUAGES[lang]))
    screen.message(f"wrote {folder}/report.html, report.xlsx, figures/")
    return 0
