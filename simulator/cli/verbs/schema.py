"""`simulator schema`: JSON Schema of the scenario format."""

from __future__ import annotations

import json

import click

from simulator.cli.options import common
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst


@click.command("schema", cls=ExamplesFirst)
@common
def command(quiet: bool, no_color: bool) -> int:
    """Print the JSON Schema of the scenario format.

    \b
    Examples:
      simulator schema > scenario.schema.json

    Editors complete and check scenario files that begin with a line
    "#:schema scenario.schema.json" (Even Better TOML, taplo, tombi).
    """
    from simulator.scenario.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    Screen(quiet, no_color).next("simulator check deal.toml", "checks a file against it and more")
    return 0
