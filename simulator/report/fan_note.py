"""How the fans of the page are to be read: only what is to be seen there."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.report.charts import Charts
from simulator.report.drawing import LOWEST, factor_of
from simulator.report.language import tr


def fan_note(charts: Charts, sides: Sequence[str]) -> str:
    """Line and bands, the common scale, who stands alone, why a place is empty."""
    told = [
        tr("Line: median. Dark band: half of all paths (P25 to P75). Light band: nine of ten "
           "(P5 to P95)."),
        tr("Margins and utilization on one scale a row, cut off at −50 %.")
        if _cut(charts) else tr("Margins and utilization on one scale a row."),
    ]  # fmt: skip
    if "acquirer" in sides and "target" in sides:
        told.append(tr("Acquirer and target stand alone; combined is after the deal."))
    elif "target" in sides:
        told.append(tr("The target stands alone; combined is after the deal."))
    if any(1 < len(fans) < len(sides) for fans in charts.fans.values()):
        told.append(tr("No chart where the model has no such figure of a firm."))
    return " ".join(told)


def _cut(charts: Charts) -> bool:
    """Whether a margin or a utilization leaves the picture; accretion has a scale of its own."""
    return any(
        factor_of(fan) * low < LOWEST
        for metric, fans in charts.fans.items() if metric != "accretion"
        for fan in fans if fan.unit == "ratio"
        for low in fan.p5
    )  # fmt: skip
