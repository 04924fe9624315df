"""Charts as pictures by matplotlib: SVG for the page, PNG for slides; same data, same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.report.axes import weight
from simulator.report.charts import Charts, Fan
from simulator.report.drawing import (
    GRID,
    INK,
    QUIET,
    draw_bid,
    draw_bridge,
    draw_cumulative,
    draw_fan,
    draw_histogram,
    draw_tornado,
    driver_names,
    limits_of,
)
from simulator.report.fonts import family
from simulator.report.language import tr
from simulator.report.numbers import money_scale
from simulator.report.plain import one_line
from simulator.report.png import png
from simulator.report.ranges import draw_field

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_STYLE: Any = {
    "svg.fonttype": "none", "svg.hashsalt": "simulator",
    "font.size": 9, "axes.edgecolor": QUIET, "axes.labelcolor": INK, "text.color": INK,
    "xtick.color": QUIET, "ytick.color": QUIET, "axes.spines.top": False,
    "axes.spines.right": False, "axes.grid": True, "axes.grid.axis": "y", "grid.color": GRID,
    "grid.linewidth": 0.6, "axes.axisbelow": True, "axes.linewidth": 0.7, "text.usetex": False,
    "text.parse_math": False, "axes.unicode_minus": False,
    "text.hinting": "none",  # so many dots need none
    "axes.titley": 1.0,  # else each drawing measures all ticks, in case a title lies upon them
}  # fmt: skip


WIDE, _FAN_WIDTH = 5.0, 3.3
"""Inches: so wide that words stay legible where a phone shows the whole."""
_SHARP = 346
"""Dots an inch of a picture that fills a slide alone: 1,730 across."""


class Pictures(NamedTuple):
    """All pictures of a report."""

    svgs: dict[str, str]
    pngs: dict[str, bytes]


class Single(NamedTuple):
    """A chart that has a picture of its own."""

    name: str
    title: str
    width: float
    """Inches, as the height."""
    height: float
    draw: Callable[[Axes], None]
    long: float = 0.62
    """Inches left of the axes."""
    above: float = 0.1
    """Inches above the axes."""
    foot: float = 0.55
    """Inches below them."""


def draw(charts: Charts, currency: str, title: str) -> Pictures:
    """Draw them all: SVG by name, a fan's as `utilization.target`; PNG by the name of its file.

    PNGs are of slide size at 200 dpi, the fans of one metric side by side.
    """
    found = paint(_singles(charts, currency), title)
    with _styled():
        for metric, fans in charts.fans.items():
            pixels, dots = [], 200
            long = 0.62
            if fans[0].unit == "money":
                long = _room_of(max(abs(v) for fan in fans for v in (*fan.p5, *fan.p95)))
            for fan in fans:
                figure, axes = _canvas(_FAN_WIDTH, 2.3, long=long)
                draw_fan(axes, fan, _limits(fan, fans), currency)
                found.svgs[f"{metric}.{fan.side}"] = _svg(figure, f"{metric}-{fan.side}")
                if len(fans) == 1:  # alone on its slide
                    figure, axes = _canvas(WIDE, 2.3, long=long)
                    dots = _SHARP
                    draw_fan(axes, fan, _limits(fan, fans), currency)
                _make_room(figure, 2.3)
                axes.set_title(tr(fan.side), loc="left", fontsize=10)
                pixels.append(_pixels(figure, dots))
            found.pngs[metric] = _png(pixels)
    return found


def paint(singles: Iterable[Single], title: str) -> Pictures:
    """Charts that have a picture each, PNGs under a title."""
    found = Pictures({}, {})
    heading = one_line(title, 90)
    with _styled():
        for one in singles:
            figure, axes = _canvas(one.width, one.height, long=one.long, above=one.above,
                                   foot=one.foot)  # fmt: skip
            one.draw(axes)
            found.svgs[one.name] = _svg(figure, one.name)
            _make_room(figure, one.height, one.above)
            words = f"{heading}\n{one.title}" if one.title else heading
            axes.set_title(words, loc="left", fontsize=10, pad=72.0 * (one.above - 0.02))
            found.pngs[one.name] = _png([_pixels(figure, _SHARP)])
    return found


def names(charts: Charts, currency: str) -> list[str]:
    """What `draw` calls its SVGs, without drawing them."""
    singles = [one.name for one in _singles(charts, currency)]
    fans = (fan for fans in charts.fans.values() for fan in fans)
    return [*singles, *(f"{fan.metric}.{fan.side}" for fan in fans)]


def svgs(charts: Charts, currency: str) -> dict[str, str]:
    """Every chart as the text of an `<svg>` element, by name."""
    return draw(charts, currency, "").svgs


def pngs(charts: Charts, currency: str, title: str) -> dict[str, bytes]:
    """The pictures for slides, by the name of their file."""
    return draw(charts, currency, title).pngs


def get_ready() -> None:
    """Load all that drawing needs: the first picture takes ten times as long as the next ones."""
    with _styled():
        _svg(_canvas(1.0, 1.0)[0], "")
        _png([_pixels(_canvas(1.0, 1.0)[0])])


def _singles(charts: Charts, currency: str) -> Iterator[Single]:
    """The charts that are there, in the order of the page."""
    c = charts
    if c.bridge:
        largest = max(abs(v) for step in c.bridge for v in (step.mean, step.worst))
        yield Single("bridge", tr("Value bridge: mean of all paths, pale: of the worst 5 %"),
                     WIDE, 2.75, lambda axes: draw_bridge(axes, c.bridge, currency),
                     _room_of(largest), foot=0.6)  # fmt: skip
    if npv := c.npv:
        yield Single("npv_acquirer", tr("Distribution of the NPV to the acquirer"), WIDE, 2.5,
                     lambda axes: draw_histogram(axes, npv, currency))  # fmt: skip
    if cdf := c.cdf:
        yield Single("npv_cdf", tr("Share of paths below each value"), WIDE, 2.35,
                     lambda axes: draw_cumulative(axes, cdf, currency))  # fmt: skip
    if field := c.field:
        yield Single("football_field", tr("Ranges of value against the price"), WIDE,
                     0.8 + 0.36 * len(field.bars),
                     lambda axes: draw_field(axes, field, currency),
                     room_for(bar.name for bar in field.bars))  # fmt: skip
    if tornado := c.tornado:
        yield Single("tornado", tr("What drives it"),
                     WIDE, 0.85 + 0.31 * len(tornado.names),
                     lambda axes: draw_tornado(axes, tornado, currency),
                     room_for(driver_names(tornado)), above=0.3)  # fmt: skip
    if bid := c.bid:
        yield Single("bid_curve", tr("Bid curve"), WIDE, 2.35,
                     lambda axes: draw_bid(axes, bid, currency),
                     _room_of(max(map(abs, (*bid.prices, bid.price)))))  # fmt: skip


def _limits(fan: Fan, fans: tuple[Fan, ...]) -> tuple[float, float]:
    """Money on a scale of its own, as firms differ in size; all else on one."""
    return limits_of((fan,) if fan.unit == "money" else fans)


@contextmanager
def _styled() -> Iterator[None]:
    import matplotlib

    with matplotlib.rc_context({**_STYLE, "font.family": family()}):
        yield


def room_for(labels: Iterable[str]) -> float:
    """Inches that the longest line of some labels takes beside the axes."""
    longest = max(weight(line) for label in labels for line in tr(label).split("\n"))
    return 0.25 + 0.068 * longest


def _room_of(largest: float) -> float:
    """Inches that the ticks of amounts and their label take beside the axes."""
    return 0.48 + 0.07 * len(f"-{largest * money_scale():,.0f}")


def _canvas(
    width: float, height: float, *, long: float = 0.62, above: float = 0.1, foot: float = 0.55,
) -> tuple[Figure, Axes]:  # fmt: skip
    """A figure of so many inches and its axes; long: room left of them, for labels.

    Rooms, and the places of labels in them, are fixed: to have them found out doubles the work.
    """
    from matplotlib.figure import Figure
    from matplotlib.transforms import blended_transform_factory as blend

    figure = Figure(figsize=(width, height))
    foot, right = (foot, 0.2) if width > 4 else (0.32, 0.1)
    figure.subplots_adjust(
        left=long / width, right=1.0 - right / width, bottom=foot / height,
        top=1.0 - above / height,
    )  # fmt: skip
    axes = figure.subplots()
    inches = figure.dpi_scale_trans
    axes.xaxis.set_label_coords(0.5, 0.24, transform=blend(axes.transAxes, inches))
    axes.yaxis.set_label_coords(0.2, 0.5, transform=blend(inches, axes.transAxes))
    return figure, axes


def _make_room(figure: Figure, height: float, above: float = 0.1) -> None:
    """Half an inch more on top, for a title."""
    more, foot = height + 0.4, figure.subplotpars.bottom * height
    figure.set_size_inches(figure.get_figwidth(), more)
    figure.subplots_adjust(top=1.0 - (above + 0.4) / more, bottom=foot / more)


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


def _pixels(figure: Figure, dots: int = 200) -> NDArray[np.uint8]:
    """The figure at so many dots an inch, (height, width, 4)."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.set_dpi(dots)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


def _png(parts: Sequence[NDArray[np.uint8]]) -> bytes:
    """Pictures of one height, side by side."""
    return png(np.concatenate(parts, axis=1) if len(parts) > 1 else parts[0], dots=200)
