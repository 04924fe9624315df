"""Work the deal of spreadsheet.toml line by line, as on a sheet of paper.

Run it to write spreadsheet.csv anew:  python -m tests.known_answers.spreadsheet

Plain arithmetic on numbers copied from the file; nothing of the simulator or the twin is used.
Each line has its formula in words and either one value or a value for each of years 1..4.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

FILE = Path(__file__).with_suffix(".csv")
N = 4
HEADER = ["sheet", "line", "formula", "value", "year 1", "year 2", "year 3", "year 4"]

Row = list[float]
"""Values of years 1..4."""
Firm = dict[str, Row]
"""Lines of a statement by name."""


class Sheet:
    """Lines in the order in which they are worked out."""

    def __init__(self) -> None:
        self.title = ""
        self.lines: list[list[str]] = []

    def one(self, name: str, formula: str, value: float) -> float:
        """A line with a single value."""
        self.lines.append([self.title, name, formula, repr(float(value)), *[""] * N])
        return value

    def row(self, name: str, formula: str, cell: Callable[[int], float]) -> Row:
        """A line with a value for each year; `cell` takes the index 0..3 of the year."""
        values = [float(cell(i)) for i in range(N)]
        self.lines.append([self.title, name, formula, "", *(repr(v) for v in values)])
        return values

    def chain(
        self, name: str, formula: str, first: float, step: Callable[[float, int], float]
    ) -> Row:
        """A line in which each year follows from the last one; year 0 is `first`."""
        values = [first]
        for i in range(N):
            values.append(step(values[-1], i))
        return self.row(name, formula, lambda i: values[i + 1])


def market(s: Sheet) -> tuple[Row, Row]:
    """Size of the market over that of year 0, and price with that of year 0 before it."""
    s.title = "market"
    growth, decline = (0.10, 0.08, 0.05, 0.02), (0.05, 0.05, 0.04, 0.03)
    demand = s.chain("demand", "last x (1 + growth)", 1000.0, lambda d, i: d * (1 + growth[i]))
    price = s.chain("price", "last x (1 - decline)", 2000.0, lambda p, i: p * (1 - decline[i]))
    return [d / 1000.0 for d in demand], [2000.0, *price]


def buyer(s: Sheet, world: str, size: Row, price: Row, cost_to_achieve: float) -> Firm:
    """Statement of the buyer."""
    s.title = f"buyer {world}"
    orders = s.row("orders", "300 x size of the market", lambda i: 300 * size[i])
    capacity = s.row("capacity", "360, from date 1 on 420", lambda i: (360, 420, 420, 420)[i])
    volume = s.row(
        "volume", "least of orders and 0.9 x capacity", lambda i: min(orders[i], 0.9 * capacity[i])
    )
    unit = s.chain(
        "unit cost",
        "last x (1 - 0.02 - 0.5 x fall of the price)",
        1200.0,
        lambda c, i: c * (1 - 0.02 - 0.5 * (1 - price[i + 1] / price[i])),
    )
    revenue = s.row("revenue", "volume x price / 1000", lambda i: volume[i] * price[i + 1] / 1000)
    variable = s.row(
        "variable cost", "volume x unit cost / 1000", lambda i: volume[i] * unit[i] / 1000
    )
    fixed = s.row(
        "fixed cost",
        "50 x capacity / 360 x 1.02^year",
        lambda i: 50 * capacity[i] / 360 * 1.02 ** (i + 1),
    )
    gross = s.row(
        "gross profit",
        "revenue - variable cost - fixed cost",
        lambda i: revenue[i] - variable[i] - fixed[i],
    )
    once = s.row(
        "cost to achieve",
        "12 in the year from date 0.5 + 0.5 on (combined only)",
        lambda i: cost_to_achieve if i == 1 else 0.0,
    )
    ebitda = s.row(
        "ebitda",
        "gross profit - (0.05 + 0.08) x revenue - 10 x 1.02^year - cost to achieve",
        lambda i: gross[i] - 0.13 * revenue[i] - 10 * 1.02 ** (i + 1) - once[i],
    )
    depreciation = s.row(
        "depreciation",
        "0.04 x revenue + 40 / 4 from date 1 on",
        lambda i: 0.04 * revenue[i] + (0, 10, 10, 10)[i],
    )
    capex = s.row(
        "capex",
        "0.05 x revenue, and 40 at date 1 (so in year 2)",
        lambda i: 0.05 * revenue[i] + (0, 40, 0, 0)[i],
    )
    firm = {"revenue": revenue, "gross": gross, "ebitda": ebitda, "once": once}
    return _cash(s, firm, depreciation, capex, nol=0.0, nwc=0.15, base=300 * 2000 / 1000)


def seller(s: Sheet, world: str, size: Row, price: Row, synergy: Row) -> Firm:
    """Statement of the seller; `synergy` is the change of the price of its chips by year."""
    s.title = f"seller {world}"
    volume = s.row("volume", "80 x size of the market", lambda i: 80 * size[i])
    chips = s.row("chip price", "1 + change by the synergy", lambda i: 1 + synergy[i])
    learned = s.chain("unit cost before", "last x (1 - 0.05)", 1500.0, lambda c, i: c * 0.95)
    unit = s.row(
        "unit cost",
        "unit cost before x (1 + 0.4 x (chip price - 1))",
        lambda i: learned[i] * (1 + 0.4 * (chips[i] - 1)),
    )
    revenue = s.row("revenue", "volume x price / 1000", lambda i: volume[i] * price[i + 1] / 1000)
    gross = s.row(
        "gross profit",
        "revenue - volume x unit cost / 1000",
        lambda i: revenue[i] - volume[i] * unit[i] / 1000,
    )
    ebitda = s.row(
        "ebitda",
        "gross profit - (0.08 + 0.06) x revenue - 5",
        lambda i: gross[i] - 0.14 * revenue[i] - 5,
    )
    depreciation = s.row("depreciation", "0.03 x revenue", lambda i: 0.03 * revenue[i])
    capex = s.row("capex", "0.04 x revenue", lambda i: 0.04 * revenue[i])
    firm = {"revenue": revenue, "gross": gross, "ebitda": ebitda, "once": [0.0] * N}
    return _cash(s, firm, depreciation, capex, nol=16.0, nwc=0.20, base=80 * 2000 / 1000)


def _cash(
    s: Sheet, firm: Firm, depreciation: Row, capex: Row, nol: float, nwc: float, base: float
) -> Firm:
    """From EBITDA to free cash flow; `base` is the revenue of year 0."""
    ebitda, revenue = firm["ebitda"], firm["revenue"]
    ebit = s.row("ebit", "ebitda - depreciation", lambda i: ebitda[i] - depreciation[i])
    left = s.chain(
        "losses carried forward",
        f"last - ebit, not below 0; {nol:g} in year 0",
        nol,
        lambda last, i: max(0.0, last - ebit[i]),
    )
    opening = [nol, *left]
    tax = s.row(
        "tax",
        "0.25 x what is left of ebit after losses carried forward",
        lambda i: 0.25 * max(0.0, ebit[i] - opening[i]),
    )
    capital = s.row("working capital", f"{nwc:g} x revenue", lambda i: nwc * revenue[i])
    before = [nwc * base, *capital]
    change = s.row(
        "change of working capital",
        f"this year less last; {nwc:g} x {base:g} in year 0",
        lambda i: capital[i] - before[i],
    )
    fcf = s.row(
        "free cash flow",
        "ebit - tax + depreciation - capex - change of working capital",
        lambda i: ebit[i] - tax[i] + depreciation[i] - capex[i] - change[i],
    )
    return firm | {"ebit": ebit, "tax": tax, "fcf": fcf}


def value_buyer(s: Sheet, firm: Firm) -> tuple[float, float]:
    """Terminal value and enterprise value: gordon, mid-year, so back 3.5 years."""
    nopat = s.one(
        "nopat of year 4",
        "(ebit + cost to achieve of year 4) x 0.75",
        (firm["ebit"][3] + firm["once"][3]) * 0.75,
    )
    terminal = s.one(
        "terminal value",
        "nopat x 1.02 x (1 - 0.02 / 0.12) / (0.10 - 0.02), not below 0",
        max(0.0, nopat * 1.02 * (1 - 0.02 / 0.12) / (0.10 - 0.02)),
    )
    flows = s.one(
        "value of flows",
        "free cash flow / 1.10^(year - 0.5), summed",
        sum(firm["fcf"][i] / 1.10 ** (i + 0.5) for i in range(N)),
    )
    ev = s.one("ev", "flows + terminal value / 1.10^3.5", flows + terminal / 1.10**3.5)
    return terminal, ev


def value_seller(s: Sheet, firm: Firm) -> tuple[float, float]:
    """Terminal value and enterprise value: exit multiple, so back 4 years."""
    terminal = s.one(
        "terminal value", "6 x ebitda of year 4, not below 0", max(0.0, 6 * firm["ebitda"][3])
    )
    flows = s.one(
        "value of flows",
        "free cash flow / 1.12^(year - 0.5), summed",
        sum(firm["fcf"][i] / 1.12 ** (i + 0.5) for i in range(N)),
    )
    ev = s.one("ev", "flows + terminal value / 1.12^4", flows + terminal / 1.12**4)
    return terminal, ev


def work() -> list[list[str]]:
    """The whole sheet: a list of lines under HEADER."""
    s = Sheet()
    size, price = market(s)
    alone = buyer(s, "alone", size, price, 0.0)
    terminal_alone, ev_alone = value_buyer(s, alone)
    target = seller(s, "alone", size, price, [0.0] * N)
    _, ev_target = value_seller(s, target)

    s.title = "synergy"
    weight = s.row(
        "weight", "from date 1.0, to full over 1 year: average", lambda i: (0, 0.5, 1, 1)[i]
    )
    change = s.row("change of chip price", "-0.25 x 0.8 x weight", lambda i: -0.2 * weight[i])
    buyer_c = buyer(s, "combined", size, price, 12.0)
    terminal_buyer, ev_buyer = value_buyer(s, buyer_c)
    seller_c = seller(s, "combined", size, price, change)
    terminal_seller, ev_seller = value_seller(s, seller_c)

    s.title = "deal"
    discount = s.one("discount at closing", "1 / 1.10^0.5", 1 / 1.10**0.5)
    shares = s.one("new shares", "0.4 x 150 / 20", 0.4 * 150 / 20)
    kept = s.one("old owners' share", "50 / (50 + new shares)", 50 / (50 + shares))
    s.one("consideration", "0.6 x 150 + new shares x 20", 0.6 * 150 + shares * 20)
    earned = s.one(
        "earn-out",
        "0.2 x (seller's revenue of year 3 - 150), not below 0, at most 5",
        min(5.0, 0.2 * max(0.0, seller_c["revenue"][2] - 150)),
    )
    earnout = s.one("earn-out today", "earn-out / 1.08^3", earned / 1.08**3)
    cash = s.one("cash today", "0.6 x 150 x discount", 0.6 * 150 * discount)
    fees = s.one("fees today", "0.02 x 150 x discount", 0.02 * 150 * discount)
    ev = s.one("ev_combined", "buyer + seller in the combined firm", ev_buyer + ev_seller)
    s.one("synergy_value", "ev_combined - ev of both alone", ev - ev_alone - ev_target)
    equity = s.one(
        "equity combined",
        "ev_combined - net debt (100 + 20) - cash - fees - earn-out today",
        ev - 120 - cash - fees - earnout,
    )
    own = s.one("equity of the buyer alone", "ev alone - 100", ev_alone - 100)
    theirs = s.one("equity of the seller alone", "ev alone - 20", ev_target - 20)
    s.one("npv_acquirer", "old owners' share x equity combined - own", kept * equity - own)
    s.one(
        "npv_target",
        "cash + earn-out today + new owners' share x equity combined - theirs",
        cash + earnout + (1 - kept) * equity - theirs,
    )
    s.one(
        "max_price",
        "(equity combined + cash + fees - own) / (1.02 x discount)",
        (equity + cash + fees - own) / (1.02 * discount),
    )
    _per_share(s, alone, buyer_c, seller_c, shares)
    _goodwill(s, seller_c, terminal_seller)
    _returns(s, alone, buyer_c, seller_c, terminal_buyer - terminal_alone, terminal_seller, earned)
    return s.lines


def _per_share(s: Sheet, alone: Firm, buyer_c: Firm, seller_c: Firm, shares: float) -> None:
    s.title = "per share"
    part = s.row("part of the year after closing", "closing at 0.5", lambda i: (0.5, 1, 1, 1)[i])
    own = s.row(
        "acquirer.eps",
        "(ebit - 0.05 x 80) x 0.75 / 50",
        lambda i: (alone["ebit"][i] - 4) * 0.75 / 50,
    )
    income = s.row(
        "net income combined",
        "(ebit - 4 + part x seller's ebit - part x 0.03 x 90 - 40 / 5 x part - fees 3) x 0.75",
        lambda i: (
            0.75
            * (
                buyer_c["ebit"][i]
                - 4
                + part[i] * seller_c["ebit"][i]
                - part[i] * 0.03 * 0.6 * 150
                - 8 * part[i]
                - (3, 0, 0, 0)[i]
            )
        ),
    )
    count = s.row("shares", "50 + part x new shares", lambda i: 50 + part[i] * shares)
    both = s.row("combined.eps", "net income / shares", lambda i: income[i] / count[i])
    s.row("combined.accretion", "combined / own - 1", lambda i: both[i] / own[i] - 1)
    s.row(
        "combined.breakeven_synergies",
        "(own x shares - net income) / 0.75",
        lambda i: (own[i] * count[i] - income[i]) / 0.75,
    )


def _goodwill(s: Sheet, seller_c: Firm, terminal: float) -> None:
    s.title = "goodwill"
    left = s.one("goodwill", "150 - 60 - 40 x 0.75", 150 - 60 - 40 * 0.75)
    worth = [terminal]
    for flow in seller_c["fcf"][:0:-1]:
        worth.insert(0, (flow * 1.12**0.5 + worth[0]) / 1.12)
    s.row(
        "value of the seller",
        "(next year's flow x 1.12^0.5 + next value) / 1.12; terminal value in year 4",
        lambda i: worth[i],
    )
    intangibles = s.row(
        "intangibles left", "40 x (1 - (year - 0.5) / 5)", lambda i: 40 * (1 - (i + 0.5) / 5)
    )
    losses = []
    for i in range(N):
        carried = left + 60 + intangibles[i] * 0.75 + 20
        losses.append(min(left, max(0.0, carried - worth[i])))
        left -= losses[-1]
    s.row(
        "impairment",
        "goodwill left + 60 + 0.75 x intangibles left + 20 - value, at most goodwill left",
        lambda i: losses[i],
    )
    s.one("goodwill_impairment", "sum over the years", sum(losses))


def _returns(
    s: Sheet, alone: Firm, buyer_c: Firm, seller_c: Firm, buyer_tv: float, seller_tv: float,
    earned: float,
) -> None:  # fmt: skip
    s.title = "returns"
    invested = s.one("invested", "150 x 1.02 + 20", 150 * 1.02 + 20)
    part = (0.5, 1, 1, 1)
    flows = s.row(
        "flow",
        "part after closing x (buyer combined - buyer alone + seller combined)",
        lambda i: part[i] * (buyer_c["fcf"][i] - alone["fcf"][i] + seller_c["fcf"][i]),
    )
    s.one(
        "moic",
        "(flows + terminal values - earn-out) / invested",
        (sum(flows) + buyer_tv + seller_tv - earned) / invested,
    )

    def present(rate: float) -> float:
        growth = 1 + rate
        total = -invested / growth**0.5 + buyer_tv / growth**3.5 + seller_tv / growth**4
        total -= earned / growth**3
        return float(total + sum(flows[i] / growth ** (i + 0.5) for i in range(N)))

    low, high = -0.5, 2.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if present(middle) > 0 else (low, middle)
    s.one("irr", "rate at which all of that is worth nothing, invested at 0.5", (low + high) / 2)


def text() -> str:
    """The sheet as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([HEADER, *work()])
    return out.getvalue()


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
