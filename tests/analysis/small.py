"""A deal small enough to be worked by hand: one year, no tax, nothing discounted.

The seller makes a thousand units at 1,000 and sells them at P: 1,500 or 3,000, each with
probability ½, so it is worth 0.5 or 2 million. It is bought for 1: npv_acquirer is −0.5 or 1.
A line of the buyer's own makes as much at 1,200 for a spend of 1: it adds −0.7 or 0.8.
"""

from __future__ import annotations

from functools import cache

import simulator as sim

DEAL = """\
format = 1
title = "Worked by hand"
currency = "EUR"
base_year = 2024

[valuation]
horizon = 1

[segments.s]
demand = 1
price = { dist = "discrete", values = [1500, 3000], weights = [0.5, 0.5] }

[companies.buyer]
wacc = 0.0

[companies.seller]
wacc = 0.0

[companies.seller.lines.only]
segment = "s"
volume = 1
unit_cost = 1000

[deal]
acquirer = "buyer"
targets = ["seller"]
price = 1

[alternatives.build]
text = "its own line"
[alternatives.build.set]
"companies.buyer.lines.own" = { segment = "s", volume = 1, unit_cost = 1200 }
"companies.buyer.overhead" = 1

[alternatives.half]
text = "half of it"
value = "npv_acquirer"
set = { "deal.stake" = 0.5, "deal.price" = 0.5 }

[alternatives.wait]
text = "half a year later"
value = "npv_acquirer"
set = { "deal.close" = 0.5 }

[stress.dear]
text = "material is dear"
set = { "companies.seller.lines.only.unit_cost" = 1400 }

[[claims]]
text = "revenue of two million"
metric = "combined.revenue"
year = 2025
at_least = 2
"""


@cache
def deal() -> sim.Scenario:
    """The deal with its alternatives."""
    return sim.loads(DEAL, file="deal.toml")
