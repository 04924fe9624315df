"""What every verb that simulates says of its files: warnings, title, how they were drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simulator.cli.faults import lines

_NAMED = 3
"""Names that a note gives."""

if TYPE_CHECKING:
    from simulator.analysis.alternatives import Alternatives
    from simulator.cli.screen import Screen
    from simulator.results.result import Result
    from simulator.scenario.scenario import Scenario


def tell_warnings(screen: Screen, scenarios: Sequence[Scenario]) -> None:
    """Every warning of some files, on stderr."""
    for scenario in scenarios:
        for warning in scenario.warnings:
            screen.message(lines(warning))


def tell_points(
    screen: Screen, run: Result | Alternatives, scenario: Scenario, wanted: int | None
) -> None:
    """That there are more paths than wanted, on stderr, where Sobol points make it so.

    wanted: what the command line asks for; None: as many as the file says.
    """
    from simulator.results.result import Result

    drawn = run.raw if isinstance(run, Result) else run
    asked = scenario.document.simulation.paths if wanted is None else wanted
    if drawn.sampler == "sobol" and drawn.paths > asked:
        screen.message(
            f"{drawn.paths:,} paths: Sobol points come in powers of two; asked {asked:,}"
        )


def tell_untranslated(screen: Screen, file: str, scenario: Scenario) -> None:
    """How many names and texts a Chinese report tells as they stand, on stderr; none: nothing."""
    from simulator.report.plain import one_line
    from simulator.report.untranslated import untranslated

    found = untranslated(scenario)
    if not found:
        return
    first = one_line(", ".join(found[:_NAMED]), 120) + (", …" if len(found) > _NAMED else "")
    one = len(found) == 1
    what = "1 name or text has" if one else f"{len(found)} names and texts have"
    screen.message(
        f"{file}: note: {what} no Chinese\n  {first}\n"
        f"  -> for a report with --lang zh translate {'it' if one else 'them'} in [translations.zh]"
    )


def print_title(screen: Screen, scenario: Scenario) -> None:
    """The title of a deal, on a line of its own."""
    from rich.text import Text

    from simulator.report.plain import one_line

    screen.out.print(Text(one_line(scenario.document.title, 160), "bold"))


def facts(result: Result, currency: str) -> str:
    """How a run was drawn, and the unit of its money."""
    from simulator.report.numbers import count

    raw = result.raw
    return (
        f"{count(raw.paths)} paths, {raw.sampler}, seed {raw.seed}; money in million {currency}; "
        "± one standard error"
    )


def drawn(result: Result) -> dict[str, Any]:
    """The same for programs."""
    raw = result.raw
    return {"paths": raw.paths, "seed": raw.seed, "sampler": raw.sampler}


def about(file: str, scenario: Scenario) -> dict[str, Any]:
    """Which scenario it is, for programs."""
    return {
        "file": file, "title": scenario.document.title, "currency": scenario.document.currency,
        "scenario_sha256": scenario.sha256,
    }  # fmt: skip
