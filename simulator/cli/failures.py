"""What is said, and which code is given, when a command fails."""

from __future__ import annotations

import os
import sys
import traceback

import click

from simulator.cli.codes import Code


def report_failure(failure: BaseException) -> int:
    """Tell a failure on stderr in the user's terms; gives the exit code."""
    from simulator.errors import ScenarioError, SimulatorError

    if isinstance(failure, click.exceptions.Exit):
        return failure.exit_code
    if isinstance(failure, SystemExit):
        return failure.code if isinstance(failure.code, int) else int(Code.INTERNAL)
    if isinstance(failure, KeyboardInterrupt | click.Abort):
        if isinstance(failure, KeyboardInterrupt):  # click has closed the line of ^C before Abort
            click.echo(err=True)
        click.echo("interrupted: no file was left half-written", err=True)
        return int(Code.INTERRUPTED)
    if isinstance(failure, click.ClickException):
        return _usage(failure)
    if isinstance(failure, ScenarioError):
        from simulator.cli.faults import print_faults

        print_faults(failure.faults)
        return int(Code.SCENARIO)
    if isinstance(failure, SimulatorError):
        click.echo(f"error: {failure}", err=True)
        return failure.exit_code
    if isinstance(failure, OSError):
        click.echo(f"error: {failure.strerror or failure}: {failure.filename or ''}", err=True)
        return int(Code.INTERNAL)
    return _internal(failure)


def _usage(failure: click.ClickException) -> int:
    if isinstance(failure, click.exceptions.NoArgsIsHelpError):
        click.echo(failure.format_message(), err=True)
        return int(Code.USAGE)
    click.echo(f"error: {failure.format_message()}", err=True)
    context = getattr(failure, "ctx", None)
    if context is not None:
        click.echo(f'try "{context.command_path} --help"', err=True)
    return int(Code.USAGE)


def _internal(failure: BaseException) -> int:
    if os.environ.get("SIMULATOR_DEBUG", "") not in ("", "0"):
        traceback.print_exception(failure, file=sys.stderr)
    click.echo(f"internal error: {type(failure).__name__}: {failure}", err=True)
    click.echo("this is a defect; SIMULATOR_DEBUG=1 shows where it happened", err=True)
    return int(Code.INTERNAL)
