"""Charts of runs side by side: their distributions over one another, and what one adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from simulator.report.axes import few_ticks, legend_above, money_label, short_name, wrapped
from simulator.report.chart_data import cumulative, histogram
from simulator.report.charts import Cumulative, Histogram
from simulator.report.contest import Contest
from simulator.report.drawing import GRID, INK, draw_histogram
from simulator.report.figures import WIDE, Single
from simulator.report.labels import label
from simulator.report.language import tr
from simulator.report.numbers import money_scale
from simulator.results.sample import Sample

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#0072b2", "#d55e00", "#007a5a", "#b8860b", "#cc79a7", "#56b4e9")
"""After Okabe and Ito."""
DASHES: Sequence[tuple[float, ...]] = ((), (5, 2), (1.5, 1.5), (6, 2, 1.5, 2))
"""With them lines can be told apart in print, too."""


@dataclass(frozen=True)
class ContestCharts:
    """What the charts of a comparison show; money in millions."""

    curves: Mapping[str, Cumulative]
    """Distribution of npv_acquirer by title of the run."""
    gains: Mapping[str, Histogram]
    """By name of each other run: its npv_acquirer less that of the first, path by path."""


def contest_charts(contest: Contest) -> ContestCharts:
    """Chart data; a difference that is the same on all paths has no chart."""
    name = label("npv_acquirer")
    curves, gains = {}, {}
    for run, title in zip(contest.names, contest.heads, strict=True):
        result = contest.results[run]
        data = histogram(contest.values(run), name, "money")
        if data is not None:
            curves[title] = cumulative(
                contest.values(run), name, result.var(0.95).value, result.cvar(0.95).value
            )
    for run in contest.others:
        sample = Sample(contest.gains(run))
        found = sample.quantiles([0.05, 0.5, 0.95])
        marks = tuple(zip(("P5", "P50", "P95"), (q.value for q in found), strict=True))
        data = histogram(contest.gains(run), "npv_acquirer", "money", marks)
        if data is not None:
            gains[run] = data
    return ContestCharts(curves, gains)


def singles(charts: ContestCharts, contest: Contest) -> Iterator[Single]:
    """The pictures of the page."""
    currency = contest.currency
    if charts.curves:
        above = 0.1 + 0.17 * len(charts.curves)
        yield Single("distributions", tr("Share of paths below each value"), WIDE, 2.4 + above,
                     lambda axes: draw_curves(axes, charts.curves, currency),
                     above=above)  # fmt: skip
    first = contest.heads[0]
    for number, (run, data) in enumerate(charts.gains.items(), 1):
        title = tr("%s less %s, path by path") % (contest.brief(run), first)
        draw = partial(_draw_gain, data=data, label=title, currency=currency)
        yield Single(f"gain_{number}", title, WIDE, 2.7, draw, foot=0.75)


def draw_curves(axes: Axes, curves: Mapping[str, Cumulative], currency: str) -> None:
    """Shares of paths below each value, a line a run."""
    scale = money_scale()
    for number, (title, data) in enumerate(curves.items()):
        axes.plot(
            [value * scale for value in data.values], [100.0 * share for share in data.shares],
            color=COLOURS[number % len(COLOURS)], linewidth=1.8, label=short_name(title),
            dashes=DASHES[number % len(DASHES)],
        )  # fmt: skip
    for level in (5.0, 50.0, 95.0):
        axes.axhline(level, color=GRID, linewidth=0.8, zorder=0)
    low, high = axes.get_xlim()
    if low < 0.0 < high:
        axes.axvline(0.0, color=INK, linewidth=1.2)
        axes.annotate(tr("break-even"), (0.0, 113.0), (3, 0), va="top",
                      textcoords="offset points", fontsize=8)  # fmt: skip
    axes.set_yticks([5, 25, 50, 75, 95])
    axes.set_ylim(0.0, 114.0)  # words of break-even stand above the curves
    axes.set_xlabel(money_label(tr(next(iter(curves.values())).label), currency))
    axes.set_ylabel(tr("paths below, %"))
    few_ticks(axes, (low, high))
    legend_above(axes, 1)


def _draw_gain(axes: Axes, *, data: Histogram, label: str, currency: str) -> None:
    draw_histogram(axes, data, currency)
    axes.set_xlabel(wrapped(money_label(label, currency), 50), va="center", linespacing=1.4)
