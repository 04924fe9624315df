"""`simulator show FILE [PATH]`: the resolved scenario, value by value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.options import as_json, common, files, variant
from simulator.cli.screen import WIDTH, Screen
from simulator.cli.words import ExamplesFirst

if TYPE_CHECKING:
    from simulator.report.assumptions import Leaf
    from simulator.report.sheet import Law
    from simulator.scenario.scenario import Scenario

_ALL_YEARS = 12
"""Up to so many leaves, all years and all notes are shown; of more, first and last year only."""


@click.command("show", cls=ExamplesFirst)
@files(many=False)
@click.argument("path", required=False, metavar="[PATH]")
@variant
@as_json
@common
def command(
    file: str, path: str | None, set_: tuple[str, ...], stress: tuple[str, ...], json_: bool,
    quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Show the resolved scenario: every value with file and line, source note,
    and for an uncertain quantity its mean and P5/P50/P95.

    \b
    Examples:
      simulator show deal.toml
      simulator show deal.toml companies.alpha.lines
      simulator show deal.toml 'segments.*.growth' --json
      simulator show deal.toml deal.price --set deal.price=4800

    PATH is a place in the file; * stands for any one name.
    """
    from simulator.cli.laws import laws
    from simulator.cli.loading import load_all
    from simulator.report.assumptions import leaves

    screen = Screen(quiet, no_color)
    (scenario,) = load_all([file], set_, stress)
    everything = [leaf for leaf in leaves(scenario) if leaf.value != ""]
    chosen = everything if path is None else _chosen(everything, path)
    known = laws(scenario)
    if json_:
        screen.json({
            "verb": "show", "file": file, "title": scenario.document.title,
            "scenario_sha256": scenario.sha256,
            "values": [_form(leaf, known.get(leaf.path, ())) for leaf in chosen],
        })  # fmt: skip
        return 0
    _print(screen, scenario, chosen, known)
    screen.next(f"simulator run {file}", "simulates it")
    return 0


def _chosen(everything: Sequence[Leaf], path: str) -> list[Leaf]:
    """Leaves at or below a path; UsageError with a suggestion where there is none."""
    wanted = path.split(".")

    def fits(leaf: Leaf) -> bool:
        parts = leaf.path.split(".")
        return len(parts) >= len(wanted) and all(
            w in ("*", p) for w, p in zip(wanted, parts, strict=False)
        )

    found = [leaf for leaf in everything if fits(leaf)]
    if not found:
        from simulator.errors import UsageError
        from simulator.scenario.spelling import did_you_mean, listing

        places = dict.fromkeys(
            ".".join(leaf.path.split(".")[:n])
            for leaf in everything for n in range(1, leaf.path.count(".") + 2)
        )  # fmt: skip
        near = did_you_mean(path, places)
        hint = near or f"at the top there are: {listing([p for p in places if '.' not in p], 40)}"
        raise UsageError(f'"{path}" is no place of this scenario; {hint}')
    return found


def _print(
    screen: Screen, scenario: Scenario, chosen: Sequence[Leaf], known: dict[str, tuple[Law, ...]]
) -> None:
    from rich.text import Text

    from simulator.report.plain import one_line

    screen.out.print(Text(one_line(scenario.document.title, 200), "bold"))
    few = len(chosen) <= _ALL_YEARS
    note = None
    for leaf in chosen:
        for text, style in _lines(leaf, known.get(leaf.path, ()), few):
            screen.hanging(text, style)
        if leaf.kind == "choice":
            continue
        if leaf.note is not None and (few or leaf.note != note):
            screen.hanging(f"    {leaf.kind}: {one_line(leaf.remark, 600)}", "green")
        note = leaf.note


def _lines(leaf: Leaf, laws: Sequence[Law], all_years: bool) -> Iterator[tuple[str, str]]:
    """Path, value and unit on one line with the origin at its right end where that fits."""
    from simulator.report.plain import one_line

    unit = f" {leaf.unit}" if leaf.unit else ""
    on = f"  (on {leaf.about})" if leaf.about and not leaf.path.endswith(".on") else ""
    value = f"{leaf.path} = {one_line(leaf.text, 2000)}{unit}{on}"
    origin = _short(leaf.origin)
    gap = WIDTH - len(value) - len(origin)
    style = "dim" if leaf.origin == "default" else ""
    if gap >= 2:
        yield f"{value}{' ' * gap}{origin}", style
    else:
        yield value, style
        yield f"{origin:>{WIDTH}}", "dim"
    shown = laws if all_years or len(laws) <= 2 else (laws[0], laws[-1])
    for law in shown:
        year = f"{law.years}: " if law.year is not None else ""
        mean, p5, p50, p95 = map(law.told, (law.mean, law.p5, law.p50, law.p95))
        yield f"    {year}mean {mean}, P5 {p5}, P50 {p50}, P95 {p95}", "cyan"


def _short(origin: str) -> str:
    return origin if len(origin) <= WIDTH // 2 else "…" + origin[-(WIDTH // 2 - 1) :]


def _form(leaf: Leaf, laws: Sequence[Law]) -> dict[str, Any]:
    from dataclasses import asdict

    from simulator.scenario.overlay import plain

    return {
        "path": leaf.path, "value": plain(leaf.value), "unit": leaf.unit, "origin": leaf.origin,
        "kind": leaf.kind, "source": leaf.note, "on": leaf.about or None,
        "laws": [asdict(law) for law in laws],
    }  # fmt: skip
