"""Charts drawn with matplotlib: SVG text for the page, PNG for slides; same data, same bytes."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.report.chart_data import Charts, Fan, Histogram
from simulator.report.numbers import suffix
from simulator.report.plain import one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, QUIET, GRID = "#222222", "#666666", "#dddddd"
GAIN, LOSS = "#0072b2", "#d55e00"
"""Blue and vermilion of Okabe and Ito: told apart by every common form of colour blindness."""
LOWEST = -50.0
"""Per cent; margins below it leave the picture, so that the others can be told apart."""
SIDE_COLOUR = {"acquirer": "#0072b2", "target": "#b8860b", "combined": "#007a5a"}

_STYLE: Any = {
    "svg.fonttype": "path", "svg.hashsalt": "simulator", "font.family": "DejaVu Sans",
    "font.size": 9, "axes.edgecolor": QUIET, "axes.labelcolor": INK, "text.color": INK,
    "xtick.color": QUIET, "ytick.color": QUIET, "axes.spines.top": False,
    "axes.spines.right": False, "axes.grid": True, "axes.grid.axis": "y", "grid.color": GRID,
    "grid.linewidth": 0.6, "axes.axisbelow": True, "axes.linewidth": 0.7, "text.usetex": False,
    "text.parse_math": False,
}  # fmt: skip


class Pictures(NamedTuple):
    """All pictures of a report."""

    svgs: dict[str, str]
    pngs: dict[str, bytes]


def draw(charts: Charts, currency: str, title: str) -> Pictures:
    """Draw them all."""
    return Pictures(svgs(charts, currency), pngs(charts, currency, title))


def get_ready() -> None:
    """Load all that drawing needs: the first picture takes ten times as long as the next ones."""
    with _styled():
        _svg(_canvas(1.0, 1.0)[0], "")
        _png(_canvas(1.0, 1.0)[0])


def svgs(charts: Charts, currency: str) -> dict[str, str]:
    """Every chart as the text of an `<svg>` element; a fan by name as `utilization.target`."""
    drawn: dict[str, str] = {}
    with _styled():
        if charts.npv is not None:
            figure, axes = _canvas(8.6, 3.1)
            _draw_histogram(axes, charts.npv, currency)
            drawn["npv_acquirer"] = _svg(figure, "npv_acquirer")
        for metric, fans in charts.fans.items():
            limits = _limits(fans)
            for fan in fans:
                figure, axes = _canvas(3.3, 2.3)
                _draw_fan(axes, fan, limits)
                drawn[f"{metric}.{fan.side}"] = _svg(figure, f"{metric}-{fan.side}")
    return drawn


def pngs(charts: Charts, currency: str, title: str) -> dict[str, bytes]:
    """Slide-sized pictures at 200 dpi, by file name; the fans of one metric side by side."""
    drawn: dict[str, bytes] = {}
    with _styled():
        if charts.npv is not None:
            figure, axes = _canvas(8.6, 3.6)
            _draw_histogram(axes, charts.npv, currency)
            axes.set_title(one_line(title, 90), loc="left", fontsize=10)
            drawn["npv_acquirer"] = _png(figure)
        for metric, fans in charts.fans.items():
            figure, panels = _canvas(3.3 * len(fans), 2.9, len(fans))
            limits = _limits(fans)
            for axes, fan in zip(panels if len(fans) > 1 else [panels], fans, strict=True):
                _draw_fan(axes, fan, limits)
                axes.set_title(fan.side, loc="left", fontsize=10)
            drawn[metric] = _png(figure)
    return drawn


@contextmanager
def _styled() -> Iterator[None]:
    import matplotlib

    with matplotlib.rc_context(_STYLE):
        yield


def _canvas(width: float, height: float, panels: int = 1) -> tuple[Figure, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(1, panels, sharey=panels > 1)


def _draw_histogram(axes: Axes, data: Histogram, currency: str) -> None:
    middles = [(a + b) / 2.0 for a, b in pairwise(data.edges)]
    width = data.edges[1] - data.edges[0]
    colours = [GAIN if middle > 0 else LOSS for middle in middles]
    axes.bar(middles, [100.0 * share for share in data.shares], width=width, color=colours,
             edgecolor="white", linewidth=0.3)  # fmt: skip
    top = 100.0 * max(data.shares)
    axes.set_ylim(0.0, top * 1.28)
    axes.set_xlim(data.edges[0] - width, data.edges[-1] + width)
    if data.edges[0] < 0.0 < data.edges[-1]:
        axes.axvline(0.0, color=INK, linewidth=1.2)
        axes.annotate("break-even", (0.0, top * 1.26), (3, 0), textcoords="offset points",
                      va="top", fontsize=8)  # fmt: skip
    for name, position in data.marks:
        if data.edges[0] <= position <= data.edges[-1]:
            axes.plot([position] * 2, [0.0, top * 1.08], color=INK, linewidth=0.9, dashes=(4, 2))
            text = _minus(f"{name} {position:,.0f}")
            near = abs(position) < 0.1 * (data.edges[-1] - data.edges[0])
            side = ("right" if position < 0 else "left") if near else "center"
            axes.annotate(text, (position, top * 1.09), ha=side, va="bottom", fontsize=8)
    axes.set_xlabel(f"{data.label}, million {one_line(currency, 12)}")
    axes.set_ylabel("paths, %")
    axes.xaxis.set_major_formatter(_thousands())


def _draw_fan(axes: Axes, fan: Fan, limits: tuple[float, float]) -> None:
    factor = 100.0 if fan.unit == "ratio" else 1.0
    colour = SIDE_COLOUR.get(fan.side, GAIN)
    p5, p25, p50, p75, p95 = (
        [factor * v for v in row] for row in (fan.p5, fan.p25, fan.p50, fan.p75, fan.p95)
    )
    years = list(fan.years)
    axes.fill_between(years, p5, p95, color=colour, alpha=0.18, linewidth=0)
    axes.fill_between(years, p25, p75, color=colour, alpha=0.32, linewidth=0)
    axes.plot(years, p50, color=colour, linewidth=1.8, marker="o" if len(years) == 1 else "")
    axes.set_ylim(*limits)
    axes.set_xlim(years[0] - 0.3, years[-1] + 0.3)
    step = max(1, math.ceil(len(years) / 5))
    axes.set_xticks(years[::step], [str(year) for year in years[::step]])
    axes.set_ylabel(f"{fan.label}{',' if suffix(fan.unit) else ''}{suffix(fan.unit)}")
    axes.tick_params(labelleft=True)


def _limits(fans: tuple[Fan, ...]) -> tuple[float, float]:
    """One scale for all sides, to be compared by eye; deep losses leave the picture."""
    factor = 100.0 if fans[0].unit == "ratio" else 1.0
    ends = (v for fan in fans for row in (fan.p5, fan.p95) for v in row)
    seen = [factor * v for v in ends if math.isfinite(v)]
    low, high = min(seen), max(seen)
    if factor > 1.0:
        low, high = max(low, min(LOWEST, high - 10.0)), min(high, 105.0)
    room = 0.06 * (high - low) or 1.0
    return low - room, high + room


def _thousands() -> Callable[[float, float], str]:
    return lambda value, _: _minus(
        f"{value:,.0f}" if abs(value) >= 10 or value == 0 else f"{value:g}"
    )


def _minus(text: str) -> str:
    """A number with a true minus sign."""
    return text.replace("-", "\u2212")


def _svg(figure: Figure, name: str) -> str:
    """The figure as one element whose ids begin with its name: several may share a page."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    buffer = io.StringIO()
    # Not by `savefig`, which draws every figure twice.
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(buffer, metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    for before in (' id="', 'href="#', "url(#"):
        text = text.replace(before, f"{before}{name}-")
    return text


def _png(figure: Figure) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    buffer = io.BytesIO()
    figure.set_dpi(200)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(buffer, metadata={"Software": None})
    return buffer.getvalue()
