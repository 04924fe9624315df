"""What `deals` does: find the deals of a folder, simulate each, print tables, JSON or CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.about import tell_points
from simulator.cli.codes import Code
from simulator.cli.faults import lines
from simulator.cli.folder import whole_file, writable
from simulator.cli.loading import load_each
from simulator.cli.progress import progress
from simulator.errors import ScenarioError, SimulatorError, UsageError
from simulator.report.plain import one_line

if TYPE_CHECKING:
    from simulator.analysis.comparables import Comparables
    from simulator.analysis.deals import Deals, Standing
    from simulator.analysis.runs import Drawing
    from simulator.cli.pages import Page
    from simulator.cli.screen import Screen
    from simulator.scenario.scenario import Scenario


@dataclass
class Found:
    """What a folder holds."""

    deals: dict[str, Scenario] = field(default_factory=dict)
    """By name of the file."""
    skipped: list[str] = field(default_factory=list)
    """Files without a deal."""
    failed: dict[str, SimulatorError] = field(default_factory=dict)
    """Files with what is wrong with them."""


def deal_folder(
    folder: Path, targets: Sequence[str], table: Path | None, wishes: Drawing, screen: Screen,
    as_json: bool, page: Page | None = None,
) -> int:  # fmt: skip
    """Simulate the deals of a folder; gives the exit code: that of the first file that failed."""
    if not folder.is_dir():
        raise click.UsageError(f'"{folder}" is no folder; name one that holds scenario files')
    _refuse_missing(targets, folder)
    found = _look(folder)
    for name in (*targets, *([] if found.deals or found.failed else [""])):
        _refuse_unknown(name, folder, found)
    if table is not None:
        _refuse_unwritable(table)
    others = _others(folder, found)
    for name in found.skipped:
        screen.message(f"{folder / name}: no [deal], skipped")
    standings = _simulate(found, others, wishes, screen)
    for name, error in found.failed.items():
        _tell(folder / name, error)
    code = next((error.exit_code for error in found.failed.values()), int(Code.OK))
    if not standings:
        return code
    from simulator.analysis.deals import deals

    all_ = deals(standings, others)
    if table is not None:
        _write(table, all_)
        screen.message(f"wrote {table}")
    if page is not None:
        from simulator.cli.pages import write_portfolio
        from simulator.report.wording import wording

        words = wording(found.deals.values())
        write_portfolio(page, all_, folder, words, partial(_write, all_=all_), screen)
    shown = [name for name in dict.fromkeys(targets) if name in all_.implied]
    if as_json:
        screen.json({"verb": "deals", "folder": str(folder), **_form(all_, found)})
        return code
    _print(all_, shown, screen)
    if not shown:
        screen.next(f"simulator deals {folder} --target {standings[0].name}", "its football field")
    return code


def _look(folder: Path) -> Found:
    """Every .toml of the folder; a file that neither holds nor inherits a deal is skipped."""
    from simulator.scenario.layers import merged, stack
    from simulator.scenario.reading import read

    found = Found()
    for file in sorted(folder.glob("*.toml")):
        if file.is_dir():
            continue
        try:
            if "deal" not in merged(stack(read(str(file)))):
                found.skipped.append(file.name)
                continue
        except ScenarioError as error:
            found.failed[file.name] = error
            continue
        (loaded,) = load_each([str(file)])
        if loaded.scenario is None:
            found.failed[file.name] = ScenarioError(loaded.faults)
        else:
            found.deals[file.stem] = loaded.scenario
    return found


def _refuse_missing(targets: Sequence[str], folder: Path) -> None:
    """UsageError for a target without a file, before all the others are read."""
    stems = [file.stem for file in sorted(folder.glob("*.toml")) if file.is_file()]
    for name in targets:
        if stems and name not in stems:
            raise _no_deal(name, folder, stems)


def _no_deal(name: str, folder: Path, known: Sequence[str]) -> click.UsageError:
    from simulator.scenario.spelling import did_you_mean_any, listing

    near = did_you_mean_any(name, known) or f"there are: {listing(known)}"
    return click.UsageError(f'--target "{name}" is no deal of "{folder}"; {near}')


def _refuse_unknown(name: str, folder: Path, found: Found) -> None:
    if name in found.deals or f"{name}.toml" in found.failed:
        return
    if not found.deals and not found.failed:
        raise click.UsageError(f'no .toml file of "{folder}" holds a [deal]')
    raise _no_deal(name, folder, list(found.deals))


def _refuse_unwritable(table: Path) -> None:
    """UsageError where the CSV could not be written: told before anything is simulated."""
    if table.is_dir():
        raise click.UsageError(f'--csv "{table}" is a folder; name a file')
    place = table.absolute().parent
    if not place.is_dir() or not writable(place):
        raise click.UsageError(f'--csv: "{place}" is no folder that can be written to')


def _others(folder: Path, found: Found) -> Comparables:
    """Real transactions; a faulty data file is told like a faulty deal."""
    from simulator.analysis.comparables import FOLDER, Comparables, comparables

    try:
        return comparables(folder)
    except ScenarioError as error:
        found.failed[f"{FOLDER}/"] = error
        return Comparables()


def _simulate(found: Found, others: Comparables, wishes: Drawing, screen: Screen) -> list[Standing]:
    """One deal after the other, of which only the figures are kept."""
    from simulator.analysis.deals import standing
    from simulator.analysis.runs import whole
    from simulator.cli.memory import refuse_too_many

    for scenario in found.deals.values():
        refuse_too_many(wishes.paths, scenario)
    standings = []
    for number, (name, scenario) in enumerate(found.deals.items(), 1):
        screen.message(f"{number} of {len(found.deals)}: {name}")
        for warning in scenario.warnings:
            screen.message(lines(warning))
        try:
            with progress(screen, name) as moved:
                result = whole(scenario, replace(wishes, progress=moved))
                standings.append(standing(name, result, others.ports))
            tell_points(screen, result, scenario, wishes.paths)
        except UsageError:
            raise
        except SimulatorError as error:
            found.failed[f"{name}.toml"] = error
    return standings


def _tell(file: Path, error: SimulatorError) -> None:
    """A file that did not come through, with every fault."""
    faults = error.faults if isinstance(error, ScenarioError) else ()
    click.echo(f"{file}: left out" if faults else f"{file}: left out: {error}", err=True)
    for fault in faults:
        click.echo(lines(fault), err=True)


def _print(all_: Deals, fields: Sequence[str], screen: Screen) -> None:
    """All deals; or only those whose field is wanted, each with its field."""
    from simulator.report.deals import deals_view, football, standings_view

    for part in standings_view(all_, fields) if fields else deals_view(all_):
        screen.out.print(part)
    for name in fields or (list(all_.implied) if len(all_.standings) == 1 else []):
        screen.out.print()
        for part in football(all_, name):
            screen.out.print(part)


def _form(all_: Deals, found: Found) -> dict[str, Any]:
    return {
        "deals": [
            {
                **asdict(one), "claims_met": one.met,
                "enterprise_price": one.paid.enterprise, "multiples": _multiples(one),
                "implied": [asdict(entry) for entry in all_.implied[one.name]],
                "field": [asdict(bar) for bar in all_.field(one.name)],
            }
            for one in all_.standings
        ],
        "comparables": [
            {"name": name, **deal.model_dump(), "price_to_revenue": deal.multiple}
            for name, deal in all_.comparables.deals.items()
        ],
        "left_out": all_.comparables.left_out,
        "skipped": found.skipped,
        "failed": [
            {"file": name, "faults": [fault.as_dict() for fault in error.faults]}
            if isinstance(error, ScenarioError) else {"file": name, "error": str(error)}
            for name, error in found.failed.items()
        ],
    }  # fmt: skip


def _multiples(one: Standing) -> dict[str, float]:
    from simulator.analysis.multiples import KINDS

    return {f"price_to_{kind}": one.paid.multiple(kind) for kind in KINDS}


def _write(file: Path, all_: Deals) -> None:
    """A row a deal; numbers in full, empty where undefined."""
    rows = [_row(one, all_) for one in all_.standings]
    with whole_file(file) as temporary, temporary.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(
            {key: "" if value != value else value for key, value in row.items()} for row in rows
        )


def _row(one: Standing, all_: Deals) -> dict[str, Any]:
    row: dict[str, Any] = {
        "deal": one.name, "title": one_line(one.title, 400), "currency": one.currency,
        "paths": one.paths, "seed": one.seed, "sampler": one.sampler, "price": one.paid.price,
        "stake": one.paid.stake, "enterprise_price": one.paid.enterprise,
        "revenue": one.paid.revenue, "ebitda": one.paid.ebitda, "capacity": one.paid.capacity,
        **_multiples(one),
    }  # fmt: skip
    for name in ("npv", "p_loss", "p_close", "walk_away"):
        found = getattr(one, name)
        row |= {name: found.value, f"{name}_se": found.se}
    for name in ("alone", "max_price"):
        for level, found in zip(("p5", "p50", "p95"), getattr(one, name), strict=True):
            row |= {f"{name}_{level}": found.value}
    row |= {"claims": len(one.claims), "claims_met": one.met}
    for entry in all_.implied[one.name]:
        for end, price in zip(("low", "middle", "high"), entry.prices, strict=True):
            row |= {f"by_{entry.kind}_{end}": price}
    return row
