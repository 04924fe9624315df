"""Compiles a company's cash flows in one world, and its values."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from simulator.compiler.program import Moving, Operand
from simulator.engine.effects import Effects, World
from simulator.engine.inputs import Inputs
from simulator.engine.timing import Timing
from simulator.model import formulas as do
from simulator.model.constants import TOLERANCE
from simulator.model.formula import Stage
from simulator.scenario.company import Company, ExitMultiple, Gordon

if TYPE_CHECKING:
    from simulator.engine.lines import LineRows, Lines

COMPANY_ADDS = ("rnd_ratio", "sga_ratio", "one_off", "capex")


@dataclass(frozen=True)
class Books:
    """Rows of a company in one world: the period's FCF, the year's sums, values of the path."""

    fcf: int
    revenue: int
    gross_profit: int
    ebitda: int
    ebit: int
    one_off: int
    year_fcf: int
    volume: int
    """Sold, thousand units in the year."""
    made: int
    """Made on constrained lines."""
    capacity: int
    """Of constrained lines."""
    ev: int
    terminal: int
    """Terminal value at the horizon, not discounted."""


class CashFlows:
    """Writes the instructions of companies."""

    def __init__(
        self, inputs: Inputs, timing: Timing, effects: Effects, lines: Lines
    ) -> None:
        self.inputs, self.timing, self.effects, self.lines = inputs, timing, effects, lines
        self.build = inputs.build
        self._factors: dict[str, int] = {}

    def touched(self, name: str) -> bool:
        """Whether the deal changes the company beyond its lines."""
        document = self.inputs.document
        if any(self.effects.touched(f"companies.{name}.{q}") for q in COMPANY_ADDS):
            return True
        costly = any(
            self.inputs.number(f"synergies.{s}.cost_to_achieve") != 0.0 for s in document.synergies
        )
        return (name == document.deal.acquirer and costly) or any(
            risk.divests is not None and risk.divests.of.split(".")[1] == name
            for risk in document.risks.values()
            if risk.scope == "deal"
        )

    def company(self, name: str, lines: list[LineRows], world: World) -> Books:
        """All instructions of one company in one world."""
        b, firm = self.build, self.inputs.document.companies[name]
        path = f"companies.{name}"
        fx = self.lines.exchange(firm)
        revenue = b.sum_of(
            Stage.PERIOD, [r.revenue for r in lines if r.revenue is not None], f"{path}.revenue"
        )
        cost = b.sum_of(
            Stage.PERIOD, [r.cost for r in lines if r.cost is not None], f"{path}.cost"
        )
        ratios = [f"{path}.rnd_ratio", f"{path}.sga_ratio"]
        year = {
            x: b.row(f"{path}.{x} {world}")
            for x in ("revenue", "gross_profit", "ebitda", "ebit", "one_off", "year_fcf")
        }
        nwc, losses = b.row(f"{path}.nwc {world}"), b.row(f"{path}.losses {world}")
        self._opening(path, firm, nwc, losses)
        fcf = b.row(f"{path}.fcf {world}")
        b.emit(
            Stage.PERIOD, do.cash_flow, revenue, cost, self.effects.added(ratios, world),
            self._one_offs(name, world, fx), self._capex_lumps(name, world, fx),
            self._proceeds(name, world, fx), fx, nwc, losses, fcf, *year.values(),
            b.scalar(
                firm.rnd_ratio + firm.sga_ratio, firm.depreciation_ratio, firm.tax_rate,
                firm.capex_ratio, firm.nwc_ratio,
            ),
            b.by_year(
                [firm.overhead * (1.0 + firm.inflation) ** y for y in range(1, b.horizon + 1)]
            ),
            self._charged(firm), self._spent(firm),
        )  # fmt: skip
        sells = [r for r in lines if r.line.role == "sell"]
        bound = [r for r in sells if r.constrained]
        sold = b.tally([r.sold for r in sells], f"{path}.sold {world}")
        made = sold
        if bound != sells or any(r.sold != r.made for r in sells):
            made = b.tally([r.made for r in bound], f"{path}.made {world}")
        capacity = b.tally([r.plant for r in bound], f"{path}.capacity {world}")
        ev, terminal = self._values(name, firm, world, fcf, year)
        return Books(
            fcf=fcf, volume=sold, made=made, capacity=capacity, ev=ev, terminal=terminal, **year
        )  # fmt: skip

    def _opening(self, path: str, firm: Company, nwc: int, losses: int) -> None:
        """Working capital of year 0 on base volumes of launched lines; losses brought forward."""
        b = self.build
        fx = self.inputs.rate_today(firm.currency)
        b.emit(Stage.SETUP, do.fill, losses, b.scalar(firm.nol * fx))
        b.emit(Stage.SETUP, do.fill, nwc, b.scalar(0.0))
        if firm.nwc_ratio == 0.0:
            return
        for name, line in firm.lines.items():
            if line.role != "sell":
                continue
            own = f"{path}.lines.{name}"
            base = b.row(f"{own}.base revenue")
            price = self.inputs.static(f"segments.{line.segment}.price")
            flag = self.inputs.launched_at_start(own)
            b.emit(Stage.SETUP, do.multiply, base, self.inputs.static(f"{own}.volume"), price)
            b.emit(
                Stage.SETUP, do.multiply_into, base, self.inputs.static(f"{own}.price_ratio")
            )
            b.emit(Stage.SETUP, do.multiply_into, base, flag)
            b.emit(Stage.SETUP, do.add_scaled, nwc, base, b.scalar(firm.nwc_ratio * 1e-3))

    def _lumps(self, what: str, lumps: list[tuple[int, int]]) -> int | None:
        """Row with the lumps of the period, in the company's currency; None without any."""
        if not lumps:
            return None
        b = self.build
        out = b.row(what)
        b.emit(Stage.PERIOD, do.fill, out, b.scalar(0.0))
        for amount, date in lumps:
            b.emit(Stage.PERIOD, do.lump, out, amount, date)
        return out

    def _one_offs(self, name: str, world: World, fx: Operand) -> int:
        """One-off costs of the period, with what it takes to achieve synergies."""
        b, document = self.build, self.inputs.document
        what = f"companies.{name}.one_off {world} in period"
        out = self._lumps(what, self.effects.lumps(f"companies.{name}.one_off", world))
        if name == document.deal.acquirer and world == "combined":
            for s, synergy in document.synergies.items():
                if self.inputs.number(f"synergies.{s}.cost_to_achieve") == 0.0:
                    continue
                amount = self.inputs.static(f"synergies.{s}.cost_to_achieve")
                date = self.timing.synergies[s].dates
                if out is None:
                    out = b.row(what)
                    b.emit(Stage.PERIOD, do.fill, out, b.scalar(0.0))
                if synergy.cost_years <= TOLERANCE:
                    b.emit(Stage.PERIOD, do.lump, out, amount, date)
                    continue
                spread, part = b.row("cost spread"), b.row("cost to achieve in period")
                shape = self.effects.shape(0.0, synergy.cost_years)
                b.emit(Stage.PERIOD, do.weight, spread, date, shape)
                each = b.scalar(1.0 / (b.steps * synergy.cost_years))
                b.emit(Stage.PERIOD, do.multiply_scaled, part, amount, spread, each)
                b.emit(Stage.PERIOD, do.add_into, out, part)
        return self._converted(out, fx)

    def _capex_lumps(self, name: str, world: World, fx: Operand) -> int:
        lumps = self.effects.lumps(f"companies.{name}.capex", world)
        return self._converted(self._lumps(f"companies.{name}.capex {world} in period", lumps), fx)

    def _proceeds(self, name: str, world: World, fx: Operand) -> int:
        """Proceeds of divestitures of the company's lines."""
        lumps = [
            (self.inputs.static(f"risks.{r}.divests.proceeds"), self.timing.risks[r].first)
            for r, risk in self.inputs.document.risks.items()
            if risk.divests is not None
            and not risk.terminates
            and risk.divests.of.split(".")[1] == name
            and (world == "combined" or risk.scope == "market")
        ]
        return self._converted(self._lumps(f"companies.{name}.proceeds {world}", lumps), fx)

    def _converted(self, row: int | None, fx: Operand) -> int:
        """Into the scenario's currency; the row of zeros where there is nothing."""
        b = self.build
        if row is None:
            return b.constant(0.0)
        if fx != b.constant(1.0):
            b.emit(Stage.PERIOD, do.multiply_into, row, fx)
        return row

    def _charged(self, firm: Company) -> Operand:
        """Straight-line depreciation of capacity additions, by period."""
        h, life = 1.0 / self.build.steps, firm.asset_life
        added = [x for line in firm.lines.values() for x in line.additions]

        def worn(date: float) -> list[float]:
            """Years of its life that each addition has behind it."""
            return [min(max(date - x.year, 0.0), life) for x in added]

        ages = [worn(k * h) for k in range(self.build.horizon * self.build.steps + 1)]
        return self.build.by_period(
            [
                sum(x.capex / life * (b - a) for x, a, b in zip(added, *ends, strict=True))
                for ends in pairwise(ages)
            ]
        )

    def _spent(self, firm: Company) -> Operand:
        """Capex of capacity additions, whole in the period with t_{k−1} ≤ year < t_k."""
        m = self.build.steps
        spent = [0.0] * (self.build.horizon * m)
        for line in firm.lines.values():
            for x in line.additions:
                k = int((x.year + TOLERANCE) * m)
                if k < len(spent):
                    spent[k] += x.capex
        return self.build.by_period(spent)

    def _values(
        self, name: str, firm: Company, world: World, fcf: int, year: dict[str, int]
    ) -> tuple[int, int]:
        """Enterprise value and terminal value."""
        b, path = self.build, f"companies.{name}"
        ev, terminal = b.row(f"{path}.ev {world}"), b.row(f"{path}.terminal {world}")
        b.emit(Stage.SETUP, do.fill, ev, b.scalar(0.0))
        mid = self.inputs.document.valuation.convention == "mid"
        h = 1.0 / b.steps
        wacc = self.inputs.number(f"{path}.wacc")
        row = self.inputs.static(f"{path}.wacc")
        if wacc is not None:
            dates = [(k + (0.5 if mid else 1.0)) * h for k in range(b.horizon * b.steps)]
            factors = b.by_period([(1.0 + wacc) ** -t for t in dates])
            b.emit(Stage.PERIOD, do.add_scaled, ev, fcf, factors)
        else:
            df = self._discounting(name, row, mid, h)
            b.emit(Stage.PERIOD, do.multiply_add, ev, fcf, df)
        fx: Operand = self.lines.exchange(firm)
        fx_end = fx.base + b.horizon - 1 if isinstance(fx, Moving) else fx
        end = firm.terminal
        if isinstance(end, Gordon):
            b.emit(
                Stage.FINAL, do.gordon, terminal, year["ebit"], year["one_off"], row, fx_end,
                b.scalar(firm.tax_rate, end.growth, end.roic, end.floor),
            )  # fmt: skip
            years = b.horizon - (0.5 if mid else 0.0)
        elif isinstance(end, ExitMultiple):
            base = year["ebitda"] if end.of == "ebitda" else year["revenue"]
            added = year["one_off"] if end.of == "ebitda" else b.constant(0.0)
            b.emit(
                Stage.FINAL, do.exit_multiple, terminal, base, added,
                self.inputs.static(f"{path}.terminal.multiple"), fx_end, b.scalar(end.floor),
            )  # fmt: skip
            years = float(b.horizon)
        else:
            b.emit(Stage.FINAL, do.fill, terminal, b.scalar(0.0))
            return ev, terminal
        if wacc is not None:
            b.emit(Stage.FINAL, do.add_scaled, ev, terminal, b.scalar((1.0 + wacc) ** -years))
        else:
            factor = b.row(f"{path}.terminal discount factor")
            b.emit(Stage.FINAL, do.discount_factor, factor, row, b.scalar(years))
            b.emit(Stage.FINAL, do.multiply_add, ev, terminal, factor)
        return ev, terminal

    def _discounting(self, name: str, wacc: int, mid: bool, h: float) -> int:
        """Row of the period's discount factor at a drawn wacc, shared by the worlds."""
        b = self.build
        if name not in self._factors:
            df = b.row(f"companies.{name}.discount factor")
            step = b.row(f"companies.{name}.discount step")
            b.emit(Stage.SETUP, do.discount_factor, step, wacc, b.scalar(h))
            start = -0.5 * h if mid else 0.0
            b.emit(Stage.SETUP, do.discount_factor, df, wacc, b.scalar(start))
            b.emit(Stage.PERIOD, do.multiply_into, df, step)
            self._factors[name] = df
        return self._factors[name]
