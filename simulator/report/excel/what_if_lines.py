"""Formulas of the sheet `Price what-if`, what they come to, and what they assume."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.metrics import Unit
from simulator.report.excel.price_curve import Curve, Terms, differences
from simulator.report.language import tr
from simulator.report.sheet import Figure, Sheet
from simulator.report.verdict import CONFIDENCE

_ROW = "MIN(MAX(IFERROR(MATCH({at},{column},{order}),1),1),ROWS({column})-1)"
"""Number of the point before `at`: the last but one at the most, so that one follows."""
_BETWEEN = (
    "FORECAST({at},INDEX({y},{row}):INDEX({y},{row}+1),INDEX({x},{row}):INDEX({x},{row}+1))"
)
"""On the straight line between two points."""
CHANCE = (
    "=IF(bid_price<=MIN(bid_prices),MAX(bid_chances),IF(bid_price>=MAX(bid_prices),"
    "MIN(bid_chances)," + _BETWEEN.format(at="bid_price", x="bid_prices", y="bid_chances",
    row=_ROW.format(at="bid_price", column="bid_prices", order=1)) + "))"
)  # fmt: skip
"""`Curve.chance_at`."""
WALK_AWAY = (
    "=IF(bid_confidence>=MAX(bid_chances),MIN(bid_prices),IF(bid_confidence<=MIN(bid_chances),"
    "MAX(bid_prices)," + _BETWEEN.format(at="bid_confidence", x="bid_chances", y="bid_prices",
    row=_ROW.format(at="bid_confidence", column="bid_chances", order=-1)) + "))"
)  # fmt: skip
"""`Curve.price_at`."""
WITHIN = "read between two rows of the table"


def beyond() -> str:
    """Formula: whether the chance is more than the end of the table."""
    below, above = tr("below the table: at least so much"), tr("above the table: at most so much")
    return (
        f'=IF(bid_price<MIN(bid_prices),"{below}",'
        f'IF(bid_price>MAX(bid_prices),"{above}","{tr(WITHIN)}"))'
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One result: its formula, what that comes to, and what the run itself says."""

    name: str
    """By which other formulas call the cell."""
    label: str
    formula: str
    value: float
    unit: Unit
    run: Figure | None = None
    remark: str = ""
    """A text, or a formula that gives `WITHIN` as long as nothing is changed."""


def what_if_lines(sheet: Sheet, curve: Curve, terms: Terms) -> Iterator[Line]:
    """What a price means: chance of value, NPV, and the most to pay."""
    price, npv = sheet.price.mean.value, sheet.spreads["npv_acquirer"].mean
    chance, gain = curve.chance_at(price), terms.npv(terms.limit, price)
    sure = terms.closes >= 1.0
    inside = curve.chances[-1] <= CONFIDENCE <= curve.chances[0]
    walk_away = curve.price_at(curve.confidence(CONFIDENCE))
    yield Line("bid_chance", "P(value created) if it closes", CHANCE, chance, "ratio",
               sheet.value_created if sure else None,
               beyond() if price_inside(curve, price) else "")  # fmt: skip
    if sure:
        yield Line("bid_loss", "P(loss) if it closes", "=1-bid_chance", 1.0 - chance, "ratio",
                   sheet.p_loss)  # fmt: skip
    else:
        created = terms.created(chance, price)
        yield Line(
            "bid_chance_all", "P(value created), all paths",
            "=bid_closes*bid_chance+(1-bid_closes)*IF(bid_npv_failed>=0,1,0)", created, "ratio",
            sheet.value_created,
        )  # fmt: skip
        yield Line("bid_loss", "P(loss), all paths", "=1-bid_chance_all", 1.0 - created, "ratio",
                   sheet.p_loss)  # fmt: skip
    yield Line("bid_npv", "mean NPV if it closes",
               "=(bid_limit-bid_price)*(1+bid_fees)*bid_discount", gain, "money",
               npv if sure else None)  # fmt: skip
    if not sure:
        failed = terms.npv_failed(price)
        yield Line(
            "bid_npv_failed", "NPV if it fails",
            "=-(bid_break_fee+bid_fees_if_failed*bid_price)*bid_discount", failed, "money",
        )  # fmt: skip
        yield Line(
            "bid_npv_all", "mean NPV, all paths",
            "=bid_closes*bid_npv+(1-bid_closes)*bid_npv_failed",
            terms.closes * gain + (1.0 - terms.closes) * failed, "money", npv,
        )  # fmt: skip
    yield Line("bid_walk_away", "most to pay at the confidence wanted", WALK_AWAY, walk_away,
               "money", sheet.walk_away if inside else None,
               tr("of the run: at %s") % f"{CONFIDENCE * 100:g} %" if inside else "")  # fmt: skip
    yield Line("bid_room", "that less the price", "=bid_walk_away-bid_price", walk_away - price,
               "money")  # fmt: skip


def price_inside(curve: Curve, price: float) -> bool:
    """Whether a price lies within the table."""
    return curve.prices[0] <= price <= curve.prices[-1]


def notes(sheet: Sheet, terms: Terms) -> Iterator[str]:
    """What the formulas assume, in sentences."""
    yield (
        "* NPV to the acquirer at the price above, if the deal closes: it is lower with 100 % less "
        "the probability in the first column. So the P5 stands in the row of 95 %, the P95 in that "
        "of 5 %."
    )
    yield (
        "What the formulas assume. On a path that closes, NPV = (most to pay − price) × (1 + "
        "fees) × discount factor at closing. This holds path by path for a price that is fixed at "
        "signing and paid without new shares, with everything else as simulated: the same "
        "closings, synergies and risks; earn-outs, subsidy and proceeds stay the sums they were at "
        "the deal's own price. The chance of value is then the share of closed paths whose maximum "
        "price is no less than the price, read from the table along a straight line between two "
        "rows, which may err by half a percentage point where rows lie 5 points apart; beyond its "
        "ends, the last row stands."
    )
    if terms.certain:
        yield (
            "Closing and discount rate are the same on all paths, so NPV quantiles and means hold "
            "at every price, up to rounding."
        )
    else:
        yield (
            "Closing or the acquirer's discount rate is uncertain, and the discount factor stands "
            "at the means of both: NPV quantiles and means are approximate, by about as much as "
            "the factor scatters. The chance of value and the most to pay do not need it."
        )
    found = differences(sheet)
    if found:
        yield tr(
            "The run itself differs from the what-if in that %s: the two columns need not agree at "
            "the deal's own price."
        ) % tr(" and ").join(found)
    else:
        yield (
            "The table also holds the deal's own price, with the share of paths that the run "
            "counted there, so that what-if and run agree on it."
        )
