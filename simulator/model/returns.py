"""Returns of the acquirer: the grid of its flows, multiple of money, payback.

Flows stand on a grid of half periods: row `grid + q` holds what is dated q·h/2 years (q = 0 … 2K).
The investment I is paid at closing, whatever its date.
"""

from __future__ import annotations

from math import nan

from simulator.algebra import fold, index, where
from simulator.model.constants import TOLERANCE
from simulator.model.formula import formula


@formula("w r s2")
def investment(price, fees, stake_debt):
    """I = price·(1 + fees) + stake·net debt of the targets."""
    return price * (1.0 + fees) + stake_debt


@formula("w r r r r s")
def flow_after_closing(share, combined, alone, targets, stake):
    """out = share·(acquirer in C − acquirer alone + stake·targets in C)."""
    return share * (combined - alone + stake * targets)


@formula("u r r n")
def pay_in_year(out, amount, year, this):
    """out += amount where `year` is this one."""
    return out + where(year.equals(float(this)), amount, 0.0)


@formula("w G r r")
def multiple_of_money(grid, invested, terminated):
    """moic = Σ flows/I; undefined where I ≤ 0 or the deal is terminated."""
    (total,) = fold(grid.n, [0.0 * invested], lambda loop, t: (t + grid.row(loop, 0),))
    return where((invested > 0.0) & terminated.equals(0.0), total / invested, nan)


@formula("w G r r r n s")
def payback(grid, invested, terminated, close, first, half):
    """First period discount date d ≥ close by which flows (terminal left out) sum to I.

    Discount dates are rows first, first + 2, …
    """
    periods = (grid.n - 1) // 2
    nothing = 0.0 * invested

    def body(loop, total, found):
        total = total + grid.row(loop, first - 1, 2) + grid.row(loop, first, 2)
        date = (float(first) + 2.0 * index(loop)) * half
        back = (total >= invested) & (date >= close - TOLERANCE) & (found < 0.0)
        return total, where(back, date, found)

    _, found = fold(periods, [nothing, nothing - 1.0], body)
    defined = (invested > 0.0) & terminated.equals(0.0) & (found >= 0.0)
    return where(defined, found, nan)
