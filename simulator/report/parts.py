"""Rows of the page on bridge, ranges of value, drivers and bid curve."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from simulator.analysis.bars import Bar
from simulator.analysis.drivers import Driver, Drivers
from simulator.analysis.steps import SYNERGIES, Step
from simulator.report.drawing import STEPS, step_decimals, step_words
from simulator.report.factors import averaged, factor_value, lean_row
from simulator.report.language import language, tr
from simulator.report.numbers import count, error, even_places, money, number
from simulator.report.plain import typeset
from simulator.report.quantities import told
from simulator.report.ranges import field_decimals
from simulator.report.sheet import Sheet
from simulator.report.times import drawn_time
from simulator.scenario.document import Document

BIDS = (0.05, 0.1, 0.25, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95)
"""Confidences of the bid table."""
_NARROW = 0.015
"""Half of an interval of a correlation that two decimals do not tell from its middle."""
_FEW = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Those of them that a phone has room for."""


def parts(sheet: Sheet) -> dict[str, Any]:
    """What the template shows of them; empty where there is nothing."""
    document, found = sheet.scenario.document, sheet.drivers
    return {
        "bridge": _bridge(sheet), "paid_note": typeset(paid_note(sheet)),
        "joint_note": typeset(joint_note(sheet.bridge)),
        "field": _field(sheet),
        "peers": any(bar.name.startswith("others'") for bar in sheet.findings.field),
        "peer_list": " ".join(_peers(bar) for bar in sheet.findings.field if bar.precedents),
        "bids": _bids(sheet),
        "drivers": drivers_view(found, document) if found and found.rows else None,
    }  # fmt: skip


def _bridge(sheet: Sheet) -> list[dict[str, Any]]:
    decimals = step_decimals(sheet.bridge)
    return [
        {
            "label": step_name(step),
            "mean": step.mean,
            "worst": step.worst, "within": step.within, "places": decimals,
        }
        for step in sheet.bridge
    ]  # fmt: skip


def step_name(step: Step) -> str:
    """What a step of the bridge is called, on one line."""
    words = STEPS[step.name] if step.within else step_words(step)
    return tr(words).replace("\n", "" if language() == "zh" else " ")


def joint_note(steps: Sequence[Step]) -> str:
    """Why synergies and risks are one step; empty where they are two."""
    joint = next((step for step in steps if step.joint), None)
    if joint is None:
        return ""
    if joint.name == SYNERGIES:
        return tr(
            "Hardly any path is free of deal risks: what synergies would bring without them cannot "
            "be told, so that synergies and deal risks are one step."
        )
    return tr(
        "Among the worst 5 % hardly any path is free of deal risks: what synergies would have "
        "brought there cannot be told, so that their step holds the deal risks, too."
    )


def paid_note(sheet: Sheet) -> str:
    """Why what is paid is not the price."""
    deal = sheet.scenario.document.deal
    price = money(sheet.price.mean.value, sheet.currency)
    told = [tr("the price of %s") % price if deal.stock < 1.0 else _in_shares(sheet, price)]
    close = sheet.spreads.get("close")
    if close is not None and close.mean.value > 0.0 and deal.stock < 1.0:
        told.append(tr("discounted from closing, after %s") % drawn_time(close.mean.value))
    if sheet.closes.value < 1.0:
        told.append(
            tr("on the %s of paths that close") % number(sheet.closes.value, "ratio", 1)
        )  # fmt: skip
    if deal.fees:
        told.append(tr("with fees of %s") % number(deal.fees, "ratio", 1))
    if deal.earnouts:
        told.append(tr("earn-outs"))
    if deal.subsidy is not None:
        told.append(tr("less the subsidy"))
    if 0.0 < deal.stock < 1.0:
        part = number(deal.stock, "ratio", 0)
        told.append(tr("%s of it as what the sellers then hold of the combined firm") % part)
    return tr("What is paid: %s.") % tr("; ").join(told)


def _in_shares(sheet: Sheet, price: str) -> str:
    """What new shares for the whole price cost the present owners: their part of the firm."""
    document = sheet.scenario.document
    buyer, deal = document.companies[document.deal.acquirer], document.deal
    if deal.stock_terms != "fixed_shares" or not buyer.shares or not buyer.share_price:
        return tr("new shares for %s at the given share price, a part of the combined firm") % price
    new = sheet.price.mean.value / buyer.share_price
    part = number(new / (buyer.shares + new), "ratio", 1)
    return tr(
        "new shares for %s at the given share price, which are %s of the combined firm: what that "
        "part is worth counts here"
    ) % (price, part)


def _field(sheet: Sheet) -> list[dict[str, Any]]:
    bars = [bar for bar in sheet.findings.field if bar.defined]
    decimals = field_decimals(bars)
    return [
        {
            "label": tr(bar.name), "low": bar.low, "middle": bar.middle, "high": bar.high,
            "remark": _remark(bar.remark), "places": decimals,
        }
        for bar in bars
    ]  # fmt: skip


def _peers(bar: Bar) -> str:
    """`Lumentum buys Oclaro, 2018: 3.31 ×; ….`: whose multiples a range is made of."""
    told = [
        tr("%s, %s: %s") % (one.chinese if language() == "zh" else one.text, one.year,
                            number(one.multiple, "multiple", 2))
        for one in bar.precedents
    ]  # fmt: skip
    return tr("%s.") % tr("; ").join(told)


def _remark(text: str) -> str:
    """What a range is, in the language that is spoken."""
    counted = re.fullmatch(r"(quartiles|range) of (\d+) deals?", text)
    if counted is None or language() == "en":
        return tr(text)
    rules = {"quartiles": tr("quartiles of %s deals"), "range": tr("range of %s deals")}
    return rules[counted[1]] % counted[2]


def _bids(sheet: Sheet) -> list[dict[str, str]]:
    shown = [bid for bid in sheet.bid if any(math.isclose(bid.probability, p) for p in BIDS)]
    decimals = even_places([(bid.price.value, bid.price.se) for bid in shown])
    return [
        {
            "chance": typeset(number(bid.probability, "ratio", 0)),
            "price": typeset(number(bid.price.value, "money", decimals)),
            "error": error(bid.price.se, "money", decimals),
            "more": "" if any(math.isclose(bid.probability, p) for p in _FEW) else " more",
        }
        for bid in shown
    ]


def drivers_view(found: Drivers, document: Document, most: int = 20) -> dict[str, Any]:
    """Note and rows of what drives the result."""
    rows = found.rows[:most]
    ends = [end for row in rows for end in ((row.low, row.low_se), (row.high, row.high_se))]
    decimals = even_places(ends)
    note = tr(
        "Mean NPV to the acquirer on the tenth of the paths where a quantity is lowest, and where "
        "it is highest (a risk: where it does not occur, and where it does; a risk of the deal "
        "over the paths on which it closes), on %s paths of the run; mean of all: %s. Rank "
        "correlation, with its 95 %% interval where that is wider than ± 0.01. What is drawn "
        "together shares its effect: this tells what goes together, not what causes what."
    ) % (count(found.paths), number(found.mean, "money", decimals))
    years = next((row.years for row in found.rows if row.years), None)
    if years is not None:
        rates = averaged(years)
        note += tr(" %s.") % f"{rates[0].upper()}{rates[1:]}"
    return {
        "note": typeset(note),
        "rows": [
            {
                "name": told(row.name, document), "key": row.name,
                "cells": _cells(row, document, decimals),
            }
            for row in rows
        ],
        "worst": [
            {"name": name, "key": lean.name, "cells": [typeset(cell) for cell in cells]}
            for lean, (name, *cells) in ((lean, lean_row(lean, document)) for lean in found.worst)
        ],
    }


def _cells(row: Driver, document: Document, decimals: int) -> list[str]:
    """Quantity and mean NPV at both ends, swing, correlation with its interval."""
    risk = row.kind == "risk"
    low_at, high_at = (tr("absent"), tr("occurs")) if risk else (
        factor_value(row.name, row.kind, at, document, other)
        for at, other in ((row.low_at, row.high_at), (row.high_at, row.low_at))
    )
    cells = [
        low_at, number(row.low, "money", decimals), high_at, number(row.high, "money", decimals),
        number(row.swing, "money", decimals), _correlation(row),
    ]  # fmt: skip
    return [typeset(cell) for cell in cells]


def _correlation(row: Driver) -> str:
    """`0.44 (0.42 … 0.46)`; without an interval of a hundredth either way, which is rounding."""
    ends = row.correlation_low, row.correlation_high
    told = f"{row.correlation:z.2f}"
    if all(abs(end - row.correlation) < _NARROW for end in ends):
        return told
    return f"{told} ({' … '.join(f'{end:z.2f}' for end in ends)})"
