"""`simulator verify DIR`: does a saved run come out the same, bit by bit?"""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli.options import as_json, common, threads
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst
from simulator.report.plain import one_line


@click.command("verify", cls=ExamplesFirst)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@threads
@as_json
@common
def command(folder: Path, threads: int | None, json_: bool, quiet: bool, no_color: bool) -> int:
    """Repeat a saved run from its run.json and compare the results bit by bit.

    \b
    Examples:
      simulator verify out/
      simulator verify out/ --threads 1

    Exit code 4 if the results differ; the message says what has changed since.
    """
    from simulator.cli.again import reopened

    screen = Screen(quiet, no_color)
    result = reopened(folder, screen, threads, again=True)
    if json_:
        answer = {"verb": "verify", "folder": str(folder), "same": True, "digest": result.digest}
        screen.json(answer)
        return 0
    from simulator.results.record import read_record

    record = read_record(folder)
    click.echo(f"{folder}: {result.raw.paths:,} paths, the same bits: {result.digest}")
    for word, laid in (("stress", record.stress), ("changed", record.overrides)):
        if laid:
            click.echo(f"{word}: {one_line(', '.join(laid), 400)}")
    screen.next(f"simulator report {folder}", "makes its report again")
    return 0
