"""`simulator report DIR`: the report of a saved run, made again."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli.options import LANGUAGES, common, report_form
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst


@click.command("report", cls=ExamplesFirst)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="OTHER",
    help="Write into this folder and leave DIR as it is.",
)
@report_form
@common
def command(
    folder: Path, out: Path | None, lang: str, sections: tuple[str, ...], pdf: bool, quiet: bool,
    no_color: bool,
) -> int:  # fmt: skip
    """Make report.html, report.xlsx and figures/ of a saved run again.

    \b
    Examples:
      simulator report out/
      simulator report out/ --lang zh --sections short
      simulator report out/ --out to_the_board/ --sections short --pdf

    Without --out the report in DIR is replaced. The run is repeated from its run.json.
    """
    from simulator.analysis.findings import read_findings
    from simulator.cli.again import reopened
    from simulator.cli.compiling import notice
    from simulator.cli.folder import listed, refuse_unusable, unused, whole
    from simulator.cli.laws import laws
    from simulator.cli.pdf import add_pdfs, refuse_without_weasyprint

    screen = Screen(quiet, no_color)
    target = out or folder
    if folder.is_file():
        remedy = "name one"
        if folder.suffix == ".toml":
            remedy = f"make one: simulator run {folder} --out {unused()}"
        raise click.UsageError(f'"{folder}" is a file, not the folder of a saved run; {remedy}')
    refuse_unusable(target)
    if pdf:
        refuse_without_weasyprint()
    result = reopened(folder, screen)
    from simulator.report.collect import collect
    from simulator.report.wishes import Form, possible_files
    from simulator.report.write import write_report
    from simulator.results.record import read_record

    record = read_record(folder)
    form = Form(sections, LANGUAGES[lang], pdf)
    with notice(screen.message):
        sheet = collect(
            result, settings=record.overrides, stress=record.stress, laws=laws(result.scenario),
            findings=read_findings(folder),
        )  # fmt: skip
    with whole(target, possible_files()) as temporary:
        write_report(temporary, sheet, result, form=form)
        add_pdfs(temporary, form, "report", screen)
        written = listed(temporary)
    screen.message(f"wrote {target}/{written}")
    return 0
