"""Compiles earnings per share, accretion and break-even synergies."""

from __future__ import annotations

from simulator.compiler.program import Moving, Operand
from simulator.engine.deal import DealRows
from simulator.engine.inputs import Inputs
from simulator.engine.timing import Timing
from simulator.engine.worlds import Worlds
from simulator.model import formulas as do
from simulator.model.formula import Stage


def compile_earnings(
    inputs: Inputs, timing: Timing, worlds: Worlds, deal_rows: DealRows
) -> dict[str, int]:
    """Rows of the yearly metrics; none where the acquirer's shares are not given."""
    b, document = inputs.build, inputs.document
    deal = document.deal
    buyer = document.companies[deal.acquirer]
    names = ("combined.eps", "combined.accretion", "combined.breakeven_synergies")
    if buyer.shares is None:
        undefined = b.constant(float("nan"))
        return dict.fromkeys(("acquirer.eps", *names), undefined)
    alone = b.row("acquirer.eps")
    out = [b.row(name) for name in names]
    interest = buyer.interest * buyer.debt
    b.emit(
        Stage.YEAR_END, do.earnings_acquirer, alone, worlds.alone[deal.acquirer].ebit,
        _exchange(inputs, buyer.currency), b.scalar(interest, buyer.tax_rate, buyer.shares),
    )  # fmt: skip
    targets = b.row("targets' earnings before tax")
    b.emit(Stage.YEAR_END, do.fill, targets, b.scalar(0.0))
    for name in deal.targets:
        firm = document.companies[name]
        b.emit(
            Stage.YEAR_END, do.target_earnings, targets, worlds.combined[name].ebit,
            _exchange(inputs, firm.currency), b.scalar(firm.interest * firm.debt),
        )  # fmt: skip
    financing = deal.debt_rate * deal.debt + deal.lost_interest * deal.cash
    life = deal.intangibles_life or 1.0
    b.emit(
        Stage.YEAR_END, do.earnings_combined, *out, worlds.combined[deal.acquirer].ebit,
        _exchange(inputs, buyer.currency), targets, deal_rows.price, timing.close,
        timing.closing_year, deal_rows.issued, timing.terminated, alone,
        b.scalar(
            interest, buyer.tax_rate, buyer.shares, deal.stake, financing, deal.fees,
            (deal.intangibles or 0.0) / life, life,
        ),
    )  # fmt: skip
    return {"acquirer.eps": alone, **dict(zip(names, out, strict=True))}


def _exchange(inputs: Inputs, currency: str | None) -> Operand:
    first = inputs.currency(currency)
    return inputs.build.constant(1.0) if first is None else Moving(first + 1, by_year=1)
