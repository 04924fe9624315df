"""Charts of the figures as SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

INK, MUTED, PALE = "#1f4e79", "#c55a11", "#9dc3e6"
STYLE: Any = {
    "font.size": 9, "axes.spines.top": False, "axes.spines.right": False,
    "svg.hashsalt": "benchmarks", "figure.constrained_layout.use": True,
}  # fmt: skip


def draw(run: dict[str, Any], folder: Path) -> list[Path]:
    """A chart of every section that has one."""
    makers = {"core": _stages, "scaling": _scaling, "peers": _peers, "memory": _memory}
    drawn = []
    with plt.rc_context(STYLE):
        for name, make in makers.items():
            series = run["sections"].get(name, {}).get("series")
            if series:
                drawn.append(_saved(make(series), folder / f"{name}.svg"))
    return drawn


def draw_rqmc(measures: dict[str, Any], path: Path) -> Path:
    """Variance over paths, a panel a measure."""
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(2, 2, figsize=(8, 6))
        for axis, (name, one) in zip(axes.flat, measures.items(), strict=True):
            paths = [row["paths"] for row in one["rows"]]
            for kind, mark, colour, label in (
                ("plain", "o--", MUTED, "plain Monte Carlo"),
                ("sobol", "o-", INK, "Sobol, 16 replicates"),
            ):
                label += f": paths^{2 * one['rates'][kind]:.2f}"
                variances = [row[kind]["variance"] for row in one["rows"]]
                axis.loglog(paths, variances, mark, color=colour, label=label)
            axis.set(title=name, xlabel="paths", ylabel="variance of the estimate")
            axis.legend(frameon=False, fontsize=7, loc="upper right")
        return _saved(figure, path)


def _saved(figure: Figure, path: Path) -> Path:
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
    return path


def _stages(series: dict[str, Any]) -> Figure:
    stages = series["stages"]
    names = list(stages)[::-1]
    figure, axis = plt.subplots(figsize=(8, 3.2))
    axis.barh(names, [stages[n]["ns"] for n in names], color=PALE, label="measured")
    axis.barh(names, [stages[n]["floor"] or 0.0 for n in names], height=0.4, color=INK,
              label="its arithmetic at the processor's best")  # fmt: skip
    axis.set(xlabel="nanoseconds a path, one core", title="Where a path's time goes")
    figure.legend(frameon=False, loc="outside lower center", ncols=2)
    return figure


def _peers(series: dict[str, Any]) -> Figure:
    times = series["ns"]
    names = sorted(times, key=lambda name: -times[name])
    figure, axis = plt.subplots(figsize=(8, 3.6))
    colours = [INK if name.startswith("simulator") else PALE for name in names]
    bars = axis.barh(names, [times[n] for n in names], color=colours)
    axis.bar_label(bars, [f" {times[n]:,.0f}" for n in names])
    axis.set(xscale="log", xlabel="nanoseconds a path, one core", title="The contract deal")
    return figure


def _scaling(series: dict[str, Any]) -> Figure:
    figure, axes = plt.subplots(2, (len(series) + 1) // 2, figsize=(11, 5))
    for axis in axes.flat[len(series) :]:
        axis.set_axis_off()
    for axis, (name, points) in zip(axes.flat, series.items(), strict=False):
        axis.plot([x for x, _ in points], [y for _, y in points], "o-", color=INK)
        axis.set(xlabel=name, ylabel="ns a path", ylim=(0, None))
        if name.startswith("paths"):
            axis.set_xscale("log")
    return figure


def _memory(series: dict[str, Any]) -> Figure:
    points = series["paths"]
    figure, axis = plt.subplots(figsize=(5, 3.2))
    axis.loglog([x for x, _ in points], [y for _, y in points], "o-", color=INK)
    axis.set(xlabel="paths", ylabel="peak, MB", title="Memory of one process")
    return figure
