"""The group of verbs, each loaded when it is called; the place where errors become exit codes."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module

import click

from simulator.cli.codes import DESCRIPTION, Code
from simulator.cli.failures import report_failure
from simulator.cli.interrupts import remembered
from simulator.cli.words import examples_first

VERBS = {
    "run": "Simulate scenarios: headline table, files and report.",
    "check": "List every fault and warning of scenario files; nothing is simulated.",
    "show": "The resolved scenario: each value, its origin, source and spread.",
    "schema": "JSON Schema of the scenario format, for editors.",
    "compare": "Deals, or alternatives to a deal, side by side on the same paths.",
    "stress": "Stress cases of deals; what most likely makes them lose money.",
    "bid": "The most to pay over the confidence wanted.",
    "deals": "The deals of a folder side by side; what others paid for the like.",
    "replay": "One path, year by year: every draw, line, company and effect.",
    "verify": "Repeat a saved run and compare the results bit by bit.",
    "report": "Make the report of a saved run again.",
}
"""Verb -> what it does, in the order of a working day; `simulator.cli.verbs.<verb>` holds each."""


class Verbs(click.Group):
    """Commands that are imported only when called, so that help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a working day, not of the alphabet."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f"simulator.cli.verbs.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that is meant; an unknown one is told with what is near."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in VERBS:
            raise click.NoSuchCommand(name, _unknown(name), VERBS, ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, then usage, options and verbs."""
        examples_first(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs, none of them imported."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


def _unknown(name: str) -> str:
    if os.path.exists(name) or name.endswith(".toml"):
        return f'No such verb: "{name}" looks like a scenario file. Try "simulator run {name}".'
    return f'No such verb: "{name}". There are: {", ".join(VERBS)}.'


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        for name in ("merger-simulator", "simulator"):
            try:
                click.echo(f"simulator {version(name)}")
                ctx.exit()
            except PackageNotFoundError:
                continue
        click.echo("simulator (not installed)")
        ctx.exit()


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog=DESCRIPTION,
    no_args_is_help=True,
)
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version,
              help="Print the version.")  # fmt: skip
def group() -> None:
    """Value mergers and acquisitions by Monte Carlo simulation.

    \b
    Examples:
      simulator run scenarios/innolight_silicon_photonics.toml --out out/
      simulator check scenarios/*.toml
      simulator show deal.toml companies.alpha

    \b
    Completion for bash (zsh and fish likewise):
      eval "$(_SIMULATOR_COMPLETE=bash_source simulator)"
    """


def execute(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; gives the exit code and never raises."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    # numbers beyond all bounds are told as inf or nan where they are shown
    warnings.filterwarnings("ignore", r"[a-z ]+ encountered in ", RuntimeWarning)
    try:
        with remembered():
            code = group.main(
                None if arguments is None else list(arguments), "simulator", standalone_mode=False
            )
        sys.stdout.flush()
        return int(code or Code.OK)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Code.OK)
    except BaseException as failure:  # the edge of the program: every failure becomes a code
        return report_failure(failure)
