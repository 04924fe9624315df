"""What `bid` does: simulate the price that each path bears, print the curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.about import about, drawn, facts, print_title, tell_points, tell_warnings
from simulator.cli.folder import unused
from simulator.cli.progress import progress

if TYPE_CHECKING:
    from simulator.analysis.bidding import Bidding
    from simulator.analysis.runs import Drawing
    from simulator.cli.screen import Screen
    from simulator.results.estimate import Estimate
    from simulator.scenario.scenario import Scenario


def bid_files(
    files: Sequence[str], scenarios: Sequence[Scenario], levels: Sequence[float], wishes: Drawing,
    screen: Screen, as_json: bool,
) -> int:  # fmt: skip
    """The bid curve of each file, at some levels of confidence or at all usual ones."""
    tell_warnings(screen, scenarios)
    from simulator.analysis.bidding import METRICS, bidding
    from simulator.analysis.runs import simulate
    from simulator.report.collect import deal_price
    from simulator.results.tables import BID_LEVELS

    entries: list[dict[str, Any]] = []
    for index, (file, scenario) in enumerate(zip(files, scenarios, strict=True)):
        with progress(screen, Path(file).name) as moved:
            result = simulate(scenario, replace(wishes, progress=moved), METRICS)
        tell_points(screen, result, scenario, wishes.paths)
        found = bidding(result, deal_price(result), levels or BID_LEVELS)
        if as_json:
            entries.append({**about(file, scenario), **drawn(result), **_content(found)})
            continue
        from simulator.report.bid_view import bid_view

        if index:
            screen.out.print()
        print_title(screen, scenario)
        for part in bid_view(found, scenario.document):
            screen.out.print(part)
        screen.out.print(facts(result, scenario.document.currency), style="dim")
    if as_json:
        screen.json({"verb": "bid", "results": entries})
        return 0
    screen.next(f"simulator run {files[0]} --out {unused()}/", "a report with its chart")
    return 0


def _content(found: Bidding) -> dict[str, Any]:
    return {
        "price": found.price,
        "confidence": _estimate(found.confidence),
        "closes": _estimate(found.closes),
        "bid_curve": [
            {"confidence": confidence, "price": _estimate(price)}
            for confidence, price in found.points
        ],
    }


def _estimate(found: Estimate) -> dict[str, float]:
    low, high = found.interval()
    return {"value": found.value, "se": found.se, "low": low, "high": high}
