"""Compiles the deal: price, payment, grants and earn-outs, gains of both sides, goodwill."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from simulator.compiler.program import Moving
from simulator.engine.inputs import Inputs
from simulator.engine.timing import Timing
from simulator.engine.totals import Totals, total
from simulator.engine.worlds import Worlds
from simulator.model import formulas as do
from simulator.model.formula import Stage
from simulator.scenario.company import Gordon
from simulator.scenario.deal import Collar, EarnOut


@dataclass
class DealRows:
    """Rows of the deal's metrics, and what returns and EPS need of it."""

    price: int
    issued: int
    subsidy_paid: int
    """At the end of the year of closing, nominal."""
    earnouts_paid: list[tuple[int, int]] = field(default_factory=list)
    """(model year, row of the nominal payment)."""
    metrics: dict[str, int] = field(default_factory=dict)


class DealTerms:
    """Writes the instructions of the deal."""

    def __init__(
        self, inputs: Inputs, timing: Timing, worlds: Worlds, combined: Totals
    ) -> None:
        self.inputs, self.timing, self.worlds = inputs, timing, worlds
        self.build = inputs.build
        self.document = inputs.document
        self.deal = self.document.deal
        self.acquirer = self.document.companies[self.deal.acquirer]
        self.wacc = inputs.static(f"companies.{self.deal.acquirer}.wacc")
        self.combined = combined
        self.targets_combined = total(
            self.build, [worlds.combined[t] for t in self.deal.targets], "targets in C"
        )

    def compile(self, alone: Totals, targets: Totals) -> DealRows:
        """All of it."""
        b = self.build
        price = self._price()
        share_price, issued, owned = self._shares(price)
        paid, subsidy = self._subsidy(price)
        rows = DealRows(price, issued, paid)
        earnouts = self._earnouts(rows)
        df = b.row("discount factor at closing")
        b.emit(Stage.FINAL, do.discount_at, df, self.wacc, self.timing.close)
        names = (
            "npv_acquirer", "npv_target", "synergy_value", "max_price", "consideration", "closed",
        )  # fmt: skip
        out = [b.row(name) for name in names]
        deal = self.deal
        failed = deal.fees if deal.fees_if_failed is None else deal.fees_if_failed
        b.emit(
            Stage.FINAL, do.settle,
            self.combined.ev, alone.ev, targets.ev, self.targets_combined.ev,
            price, df, subsidy, earnouts, issued, owned, share_price, self.timing.terminated,
            *out,
            b.scalar(
                self.net_debt(deal.acquirer), self.targets_net_debt(), deal.stake,
                deal.cash + deal.debt, deal.fees, failed, deal.break_fee,
            ),
        )  # fmt: skip
        rows.metrics = dict(zip(names, out, strict=True))
        rows.metrics |= {
            "ev_acquirer": alone.ev, "ev_target": targets.ev, "ev_combined": self.combined.ev,
            "subsidy": subsidy, "earnout": earnouts, "close": self.timing.close,
            "goodwill_impairment": self._goodwill(price),
        }  # fmt: skip
        return rows

    def net_debt(self, name: str) -> float:
        """Net debt at FX_0, millions of the scenario's currency."""
        firm = self.document.companies[name]
        return firm.net_debt * self.inputs.rate_today(firm.currency)

    def targets_net_debt(self) -> float:
        """Sum over the targets."""
        return sum(self.net_debt(t) for t in self.deal.targets)

    def _price(self) -> int:
        """Row of the price in the scenario's currency."""
        b = self.build
        price = self.inputs.static("deal.price")
        fx = self.inputs.currency(self.deal.price_currency)
        if fx is None:
            return price
        rate, out = b.row("fx of the price"), b.row("price")
        b.emit(Stage.SETUP, do.pick_year, rate, fx + 1, b.horizon, self.timing.closing_year)
        b.emit(Stage.SETUP, do.multiply, out, price, rate)
        return out

    def _shares(self, price: int) -> tuple[int, int, int]:
        """Rows of the share price at closing, new shares, and the old owners' part ω."""
        b, deal, firm = self.build, self.deal, self.acquirer
        if deal.stock == 0.0 or firm.shares is None or firm.share_price is None:
            return b.constant(0.0), b.constant(0.0), b.constant(1.0)
        today = b.constant(firm.share_price, "share price today")
        if firm.share_volatility > 0.0:
            share_price = b.row("share price at closing")
            z = self.inputs.drawn["deal.share_price", None]
            b.emit(
                Stage.SETUP, do.share_price_at_closing, share_price, self.timing.close, z,
                b.scalar(firm.share_price, firm.share_volatility),
            )  # fmt: skip
        else:
            share_price = today
        low, high = firm.share_price, firm.share_price
        if deal.stock_terms == "fixed_value":
            low, high = 0.0, inf
        elif isinstance(deal.stock_terms, Collar):
            low, high = deal.stock_terms.collar
        issued, owned = b.row("new shares"), b.row("omega")
        b.emit(
            Stage.SETUP, do.new_shares, issued, owned, price, share_price,
            b.scalar(deal.stock, low, high, firm.shares),
        )  # fmt: skip
        return share_price, issued, owned

    def _subsidy(self, price: int) -> tuple[int, int]:
        """Rows of the grant, nominal and at present value."""
        b, subsidy = self.build, self.deal.subsidy
        if subsidy is None:
            return b.constant(0.0), b.constant(0.0)
        met = b.constant(1.0)
        if subsidy.when_revenue_above is not None:
            met = b.row("subsidy condition met")
            b.emit(Stage.SETUP, do.fill, met, b.scalar(0.0))
            b.emit(
                Stage.YEAR_END, do.subsidy_test, met, self.timing.closing_year,
                self.combined.revenue, b.scalar(subsidy.when_revenue_above),
            )  # fmt: skip
        paid, df, value = b.row("subsidy paid"), b.row("subsidy discount"), b.row("subsidy")
        cap = inf if subsidy.cap is None else subsidy.cap
        b.emit(
            Stage.FINAL, do.subsidy_value, paid, met, price, self.timing.terminated,
            b.scalar(subsidy.rate, cap),
        )  # fmt: skip
        b.emit(Stage.FINAL, do.discount_at, df, self.wacc, self.timing.closing_year)
        b.emit(Stage.FINAL, do.multiply, value, paid, df)
        return paid, value

    def _earnouts(self, rows: DealRows) -> int:
        """Row of the present value of all earn-outs; payments go into `rows`."""
        b = self.build
        if not self.deal.earnouts:
            return b.constant(0.0)
        value = b.row("earnout")
        b.emit(Stage.FINAL, do.fill, value, b.scalar(0.0))
        kept: dict[str, int] = {}
        for earnout in self.deal.earnouts:
            if earnout.metric not in kept:
                first = b.block(f"targets.{earnout.metric}", b.horizon)
                source = getattr(self.targets_combined, earnout.metric)
                b.emit(Stage.YEAR_END, do.copy, Moving(first, by_year=1), source)
                kept[earnout.metric] = first
            for year, metric in self._tests(earnout, kept[earnout.metric]):
                rows.earnouts_paid.append((year, self._pay(earnout, year, metric, value)))
        return value

    def _tests(self, earnout: EarnOut, first: int) -> list[tuple[int, int]]:
        """(year of payment, row of the figure tested)."""
        b = self.build
        years = [earnout.year] if earnout.year is not None else sorted(set(earnout.years or ()))
        if not earnout.cumulative:
            return [(y, first + y - 1) for y in years]
        figures = [first + y - 1 for y in years]
        return [(years[-1], b.sum_of(Stage.FINAL, figures, f"{earnout.name} sum"))]

    def _pay(self, earnout: EarnOut, year: int, metric: int, value: int) -> int:
        """One payment at a year's end."""
        b = self.build
        paid = b.row(f"earn-out {earnout.name} paid in year {year}")
        cap = inf if earnout.cap is None else earnout.cap
        terms = b.scalar(earnout.threshold, earnout.rate or 0.0, earnout.amount or 0.0, cap)
        b.emit(Stage.FINAL, do.earn_out, paid, metric, self.timing.terminated, terms)
        if earnout.discount is not None:
            factor = b.scalar((1.0 + earnout.discount) ** -year)
            b.emit(Stage.FINAL, do.add_scaled, value, paid, factor)
        else:
            df = b.row("earn-out discount")
            b.emit(Stage.FINAL, do.discount_factor, df, self.wacc, b.scalar(float(year)))
            b.emit(Stage.FINAL, do.multiply_add, value, paid, df)
        return paid

    def _goodwill(self, price: int) -> int:
        """Row of the impairment, stake's part."""
        b, deal = self.build, self.deal
        if deal.identifiable_assets is None and deal.intangibles is None:
            return b.constant(0.0)
        values = b.block("value of targets", b.horizon)
        for y in range(b.horizon):
            b.emit(Stage.FINAL, do.fill, values + y, b.scalar(0.0))
        mid = self.document.valuation.convention == "mid"
        for name in deal.targets:
            books = self.worlds.combined[name]
            flows = b.block(f"companies.{name}.fcf by year", b.horizon)
            b.emit(Stage.YEAR_END, do.copy, Moving(flows, by_year=1), books.year_fcf)
            gordon = isinstance(self.document.companies[name].terminal, Gordon)
            halves = b.scalar(0.5 if mid else 0.0, 0.5 if mid and gordon else 0.0)
            wacc = self.inputs.static(f"companies.{name}.wacc")
            b.emit(
                Stage.FINAL, do.value_backwards, values, b.horizon, flows, b.horizon,
                books.terminal, wacc, halves,
            )  # fmt: skip
        out = b.row("goodwill_impairment")
        after_tax = (deal.intangibles or 0.0) * (1.0 - self.acquirer.tax_rate)
        b.emit(
            Stage.FINAL, do.goodwill_impairment, out, values, b.horizon, price, self.timing.close,
            self.timing.terminated,
            b.scalar(
                deal.stake, deal.identifiable_assets or 0.0, after_tax,
                deal.intangibles_life or 1.0, self.targets_net_debt(),
            ),
        )  # fmt: skip
        return out
