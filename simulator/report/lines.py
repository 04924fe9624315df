"""Which numbers the headline shows, for terminal and page alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.metrics import Unit
from simulator.report.accretion import meaningful
from simulator.report.language import tr
from simulator.report.numbers import (
    chance,
    even_places,
    money,
    number,
    places,
    rough_chance,
    with_error,
)
from simulator.report.plain import one_line
from simulator.report.promises import claim_rule, counts_failed
from simulator.report.quantities import name_of
from simulator.report.sheet import ClaimLine, Figure, RiskLine, Sheet, Spread

HEADLINE = (
    "npv_acquirer", "npv_target", "synergy_value", "ev_acquirer", "ev_target", "ev_combined",
    "max_price", "irr", "moic", "payback", "goodwill_impairment",
)  # fmt: skip
YEARLY = ("gross_margin", "ebitda_margin", "operating_margin", "utilization")
FULL_YEARLY = ("revenue", *YEARLY, "fcf", "eps", "accretion")
"""The same and more, where there is room."""
_OF_RETURNS: dict[Unit, int] = {"ratio": 1, "years": 1, "multiple": 2}
"""Decimals at the most of what is told by its median."""
_LONGEST = 150
"""Letters of a claim that are told."""
_RETURNS = {"irr": "an IRR", "moic": "a MOIC", "payback": "a payback"}
"""What a path has that counts for a claim on it."""


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """One metric of the headline."""

    metric: str
    spread: Spread
    median_only: bool
    """Whether its mean says little: a few paths may dominate it, or some have no value."""


@dataclass(frozen=True, slots=True)
class SingleRow:
    """One number with its error and a remark."""

    label: str
    figure: Figure
    unit: Unit
    remark: str
    decimals: int = 0
    """Of an amount: as many as the headline's have."""

    @property
    def text(self) -> str:
        """The number with its error."""
        if self.unit == "ratio":
            return rough_chance(self.figure.value, self.figure.se)
        return with_error(self.figure.value, self.figure.se, decimals=self.decimals)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A yearly metric in a few years."""

    label: str
    unit: Unit
    years: tuple[int, ...]
    middle: tuple[float, ...]
    """Mean, or median where asked for."""
    p5: tuple[float, ...]
    p95: tuple[float, ...]


def headline_rows(sheet: Sheet) -> list[HeadlineRow]:
    """The metrics with mean, error and quantiles; those without any value are left out."""
    rows = []
    if sheet.price.sd > 0.0:
        rows.append(HeadlineRow("deal.price", sheet.price, False))
    for metric in HEADLINE:
        spread = sheet.spreads.get(metric)
        if metric == "goodwill_impairment" and not _accounted(sheet):
            continue
        if spread is not None and spread.undefined < 1.0:
            rows.append(HeadlineRow(metric, spread, spread.unit not in ("money",)))
    return rows


def headline_decimals(rows: Sequence[HeadlineRow], scale: float = 1.0) -> int:
    """Decimals of the amounts among them, which stand one over the other.

    scale: what they are divided by to be shown.
    """
    spreads = [row.spread for row in rows if row.spread.unit == "money"]
    ends = [(end.value, math.nan) for spread in spreads for end in spread.quantiles.values()]
    return even_places([*((s.mean.value, s.mean.se) for s in spreads), *ends], scale=scale)


def headline_places(row: HeadlineRow) -> int:
    """Decimals of all numbers of a row without money: those that its middle deserves."""
    spread = row.spread
    middle = spread.quantiles["p50"] if row.median_only else spread.mean
    decimals = places(middle.value, middle.se, spread.unit)
    return min(decimals, _OF_RETURNS.get(spread.unit, decimals)) if row.median_only else decimals


def _accounted(sheet: Sheet) -> bool:
    """Whether the file says what is bought, so that there is goodwill to be written off."""
    deal = sheet.scenario.document.deal
    return deal.identifiable_assets is not None or deal.intangibles is not None


def metric_name(spread: Spread) -> str:
    """`payback, years (of the 8.0 % with one)`: its label, and of how many where that is few."""
    if spread.undefined <= 0.5:
        return tr(spread.label)
    share = number(1.0 - spread.undefined, "ratio", 1)
    return tr("%s (of the %s with one)") % (tr(spread.label), share)


def single_rows(sheet: Sheet) -> list[SingleRow]:
    """Probability of value, loss measures and the most to pay."""
    price = sheet.price.mean.value
    told = money(price, sheet.currency)
    even = headline_decimals(headline_rows(sheet))
    rows = [
        SingleRow(tr("P(value created)"), sheet.value_created, "ratio",
                  tr("NPV to the acquirer >= 0")),
        SingleRow(tr("P(loss)"), sheet.p_loss, "ratio", tr("NPV to the acquirer < 0")),
        SingleRow(tr("VaR 95 %"), sheet.var_95, "money", _var_words(sheet.var_95),
                  even),
        SingleRow(tr("CVaR 95 %"), sheet.cvar_95, "money",
                  _cvar_words(sheet.cvar_95), even),
        SingleRow(tr("most to pay at 75 %"), sheet.walk_away, "money",
                  (tr("all in cash; price of the deal, paid in shares: %s")
                   if sheet.scenario.document.deal.stock == 1.0
                   else tr("all in cash; price of the deal, with shares: %s")
                   if sheet.scenario.document.deal.stock > 0.0
                   else tr("price of the deal %s")) % told, even),
    ]  # fmt: skip
    if sheet.closes.value < 1.0:
        rows.append(SingleRow(tr("P(deal closes)"), sheet.closes, "ratio", ""))
    return rows


def _var_words(found: Figure) -> str:
    if found.value < 0.0:
        return tr("negative, a gain: 95 % of the paths gain more")
    return tr("loss exceeded on 5 % of paths")


def _cvar_words(found: Figure) -> str:
    if found.value < 0.0:
        return tr("negative, a gain: even the worst 5 % gain on average")
    return tr("mean loss on the worst 5 %")


def headline_years(
    sheet: Sheet, metrics: Sequence[str] = YEARLY, most: int = 3, middle: str = "mean"
) -> list[YearRow]:
    """Margins and utilization of the combined firm in a few years, the first and the last among
    them. middle: "p50" where a few paths dominate means, as of accretion on earnings near zero.
    """
    rows = []
    for metric in metrics:
        found = sheet.bands.get(f"combined.{metric}")
        band = found and meaningful(found)
        if band is None:
            continue
        at = _chosen(len(band.years), most)
        if not any(math.isfinite(band.columns[middle][i]) for i in at):
            continue
        columns = (tuple(band.columns[c][i] for i in at) for c in (middle, "p5", "p95"))
        rows.append(YearRow(band.label, band.unit, tuple(band.years[i] for i in at), *columns))
    return rows


def _chosen(years: int, most: int) -> list[int]:
    """Places of all years, or of the first, the third and the last, or evenly apart."""
    if years <= most:
        return list(range(years))
    if most == 3:
        return [0, min(2, years - 2), years - 1]
    return sorted({round(n * (years - 1) / (most - 1)) for n in range(most)})


def claim_rows(sheet: Sheet) -> list[tuple[str, str]]:
    """Claims with the probability that they hold, and of which paths where not of all."""
    return [_claim(claim, sheet) for claim in sheet.claims]


def _claim(claim: ClaimLine, sheet: Sheet) -> tuple[str, str]:
    text, paths = claim.text or claim_rule(claim, sheet.currency), _counted(claim, sheet)
    return one_line(text, _LONGEST - len(paths)) + paths, _chance(claim.probability)


def _counted(claim: ClaimLine, sheet: Sheet) -> str:
    """Which paths a chance is about, as a remark in brackets."""
    if claim.undefined > 0.0:
        share = number(1.0 - claim.undefined, "ratio", 1)
        what = _RETURNS.get(claim.metric, "a value")
        return f" (of the {share} with {what})"
    return " (with those that fail)" if counts_failed(claim, sheet) else ""


def risk_rows(sheet: Sheet) -> list[tuple[str, str, str, str]]:
    """Risks with probability, mean NPV where they occur, and what that is more than elsewhere."""
    decimals = risk_decimals(sheet.risks)
    return [_risk(risk, decimals) for risk in sheet.risks]


def risk_decimals(risks: Sequence[RiskLine]) -> int:
    """Decimals of all amounts of a table of risks."""
    figures = [figure for risk in risks for figure in (risk.npv_if, risk.change)]
    return even_places([(figure.value, figure.se) for figure in figures])


def _risk(risk: RiskLine, decimals: int) -> tuple[str, str, str, str]:
    change = risk.change
    return (
        name_of(f"risks.{risk.name}"), rough_chance(risk.probability.value, risk.probability.se),
        with_error(risk.npv_if.value, risk.npv_if.se, decimals=decimals),
        with_error(change.value, change.se, decimals=decimals),
    )  # fmt: skip


def risk_note(sheet: Sheet) -> str:
    """Why a risk that stops the deal raises its mean NPV; empty where none does."""
    stops = {name for name, risk in sheet.scenario.document.risks.items() if risk.terminates}
    if not any(line.name in stops and line.change.value > 0.0 for line in sheet.risks):
        return ""
    return tr(
        "A deal that does not close costs only its fees: where the deal loses money on average, a "
        "risk that stops it shows a gain."
    )


def _chance(figure: Figure) -> str:
    return chance(figure.value, figure.se)
