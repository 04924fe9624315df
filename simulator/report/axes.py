"""What charts share: ticks, legends, and words that fit beside bars."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from simulator.report.language import tr
from simulator.report.numbers import money_unit
from simulator.report.plain import one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME = 26
"""Letters of a name beside a bar, after which it goes on in a second line."""


def thousands() -> Callable[[float, float], str]:
    """Ticks with separators and true minus signs, and the decimals that they have."""
    return lambda value, _: minus(f"{round(value, 9):,.10g}" if abs(value) < 1e9 else f"{value:g}")


def even_ticks() -> Any:
    """The same, with as many decimals on all of them."""
    from matplotlib.ticker import Formatter

    class Even(Formatter):
        def format_ticks(self, values: Sequence[float]) -> list[str]:
            plain = (f"{round(at, 9):.10g}" for at in values)
            most = max((len(t.partition(".")[2]) for t in plain if "e" not in t), default=0)
            return [minus(f"{at:,.{most}f}" if abs(at) < 1e9 else f"{at:g}") for at in values]

    return Even()


def few_ticks(axes: Axes, shown: Iterable[float]) -> None:
    """As many ticks of amounts as stand side by side below the axis."""
    from matplotlib.ticker import MaxNLocator

    longest = minus(f"{-max(abs(value) for value in shown):,.0f}00")
    most = int(1.0 / wide(axes, longest))
    axes.xaxis.set_major_locator(MaxNLocator(min(max(most, 2), 8), steps=(1, 2, 2.5, 5, 10)))
    axes.xaxis.set_major_formatter(even_ticks())


def legend_above(axes: Axes, columns: int) -> None:
    """Which colour is what, above the axes and, where they are narrow, above their labels, too."""
    from matplotlib.transforms import blended_transform_factory as blend

    figure: Any = axes.figure
    axes.legend(loc="lower right", ncols=columns, fontsize=8, handlelength=1.2, frameon=False,
                borderaxespad=0.3, borderpad=0.0, columnspacing=1.4, bbox_to_anchor=(0.98, 1.0),
                bbox_transform=blend(figure.transFigure, axes.transAxes))  # fmt: skip


def weight(text: str) -> float:
    """How long a text is, in letters; Chinese signs are wide."""
    return sum(1.7 if ord(sign) > 0x2E80 else 1.0 for sign in text)


def wide(axes: Axes, text: str) -> float:
    """The part of the width of some axes that a text in small letters takes, and a gap."""
    figure: Any = axes.figure
    inches = float(axes.get_position().width * figure.get_figwidth())
    return (0.068 * weight(text) + 0.06) / inches


def wrapped(text: str, room: int) -> str:
    """A text in lines of so many letters where it has places to break: blanks, Chinese marks.

    After a colon rather than elsewhere: what stands before it says of what the rest is.
    """
    head, colon, tail = text.rpartition(": ")
    if colon and weight(text) > room >= max(weight(head) + 1, weight(tail)):
        return f"{head}:\n{tail}"
    lines = [""]
    for piece in re.findall(r"[^ ：，、]*[ ：，、]*", text):
        if lines[-1] and weight(lines[-1] + piece.rstrip()) > room:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)


def minus(text: str) -> str:
    """A number with a true minus sign."""
    return text.replace("-", "\u2212")


def money_label(label: str, currency: str) -> str:
    """What an axis shows, and the unit of its money."""
    unit = money_unit(one_line(currency, 12))
    return tr("%s, %s") % (label, unit) if label else unit


def short_name(name: str) -> str:
    """A name or title as a label."""
    return one_line(name, 44)
