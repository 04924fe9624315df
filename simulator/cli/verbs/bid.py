"""`simulator bid FILE…`: the most to pay over the confidence wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from simulator.cli.options import as_json, common, drawing, files, threads, variant
from simulator.cli.screen import Screen
from simulator.cli.words import ExamplesFirst

if TYPE_CHECKING:
    Type = click.ParamType[Any]
else:
    Type = click.ParamType


class Confidence(Type):
    """A probability between 0 and 1: `0.75`, `75%`."""

    name = "P"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The probability; a usage error with a remedy where it is none."""
        text = str(value).strip()
        try:
            level = float(text.removesuffix("%")) / (100.0 if text.endswith("%") else 1.0)
        except ValueError:
            self.fail(f'"{text}" is no probability; write --at 0.75', param, ctx)
        if not (0.0 < level < 1.0 and 0.0 < 1.0 - level < 1.0):
            remedy = f"{level / 100:g}" if 2.0 <= level < 100.0 and "%" not in text else "0.75"
            self.fail(f"must lie between 0 and 1, got {text}; write --at {remedy}", param, ctx)
        return level


@click.command("bid", cls=ExamplesFirst)
@files()
@click.option(
    "--at", "levels", type=Confidence(), multiple=True, metavar="P",
    help="Confidence wanted, as 0.75 or 75% (repeatable); else 5 % to 95 %.",
)  # fmt: skip
@drawing
@threads
@variant
@as_json
@common
def command(
    files: tuple[str, ...], levels: tuple[float, ...], paths: int | None, seed: int | None,
    sampler: str | None, threads: int | None, set_: tuple[str, ...], stress: tuple[str, ...],
    json_: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """The most to pay: the bid curve of a deal, and where its price stands on it.

    \b
    Examples:
      simulator bid deal.toml
      simulator bid deal.toml --at 0.75 --at 0.9
      simulator bid scenarios/*.toml --at 75% --json
      simulator bid deal.toml --stress no_synergy

    For each confidence the largest all-cash price at which the deal creates value
    with that probability, over the paths on which it closes; earn-outs, subsidy and
    proceeds as they fell on each path. The interval is that of the estimate.
    """
    from simulator.analysis.runs import Drawing
    from simulator.cli.bidding import bid_files
    from simulator.cli.loading import load_all
    from simulator.cli.memory import refuse_too_many

    screen = Screen(quiet, no_color)
    scenarios = load_all(files, set_, stress)
    for scenario in scenarios:
        refuse_too_many(paths, scenario)
    return bid_files(
        files, scenarios, levels, Drawing(paths, seed, sampler, threads), screen, json_
    )
