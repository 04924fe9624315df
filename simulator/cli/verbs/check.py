"""`simulator check FILE…`: every fault and every warning, nothing simulated."""

from __future__ import annotations

import click

from simulator.cli.codes import Code
from simulator.cli.faults import lines, total
from simulator.cli.options import as_json, common, files, variant
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst


@click.command("check", cls=ExamplesFirst)
@files()
@variant
@as_json
@common
def command(
    files: tuple[str, ...], set_: tuple[str, ...], stress: tuple[str, ...], json_: bool,
    quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """List every fault and every warning of scenario files.

    \b
    Examples:
      simulator check deal.toml
      simulator check scenarios/*.toml --json
      simulator check deal.toml --set deal.price=4800

    Each fault comes with its place (file:line and key), the rule, the value and
    a remedy. Exit code 3 if any file has a fault. A note tells how many names and
    texts a Chinese report could not translate.
    """
    from simulator.cli.about import tell_untranslated
    from simulator.cli.loading import load_each

    screen = Screen(quiet, no_color)
    loaded = load_each(files, set_, stress)
    faults = sum(len(entry.faults) for entry in loaded)
    warnings = sum(len(entry.warnings) for entry in loaded)
    if json_:
        screen.json({
            "verb": "check", "valid": faults == 0,
            "files": [
                {
                    "file": entry.file, "valid": entry.scenario is not None,
                    "faults": [fault.as_dict() for fault in entry.faults],
                    "warnings": [warning.as_dict() for warning in entry.warnings],
                }
                for entry in loaded
            ],
        })  # fmt: skip
        return Code.SCENARIO if faults else Code.OK
    for entry in loaded:
        for fault in (*entry.faults, *entry.warnings):
            click.echo(lines(fault))
        if entry.scenario is not None and not (quiet and not entry.warnings):
            click.echo(f"{entry.file}: valid" + (f", {total(0, len(entry.warnings))}"
                                                 if entry.warnings else ""))  # fmt: skip
        if entry.scenario is not None:
            tell_untranslated(screen, entry.file, entry.scenario)
    if faults:
        click.echo(total(faults, warnings))
        screen.message("mend the faults, then check again")
        return Code.SCENARIO
    screen.next(f"simulator run {files[0]}", "simulates it")
    return Code.OK
