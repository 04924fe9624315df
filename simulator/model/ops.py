"""The instructions of a compiled scenario: one formula each.

The engine compiles a scenario into five short lists of instructions (`Stage`); `interpreter` runs
them over a block of paths. Operands are row numbers of the block or positions in the scalars; each
may move on by a fixed stride from year to year or period to period. The formula, its operands and
units stand with the kernel of the same name.
"""

from __future__ import annotations

from enum import IntEnum


class Stage(IntEnum):
    """When an instruction runs."""

    SETUP = 0
    """Once a path."""
    YEAR_START = 1
    PERIOD = 2
    YEAR_END = 3
    FINAL = 4
    """Once a path, after the last year."""


class Op(IntEnum):
    """What an instruction does: the name of its kernel."""

    # simulator.model.rows
    FILL = 0
    COPY = 1
    ADD = 2
    ADD_INTO = 3
    ADD_SCALED = 4
    MULTIPLY = 5
    MULTIPLY_SCALED = 6
    MULTIPLY_INTO = 7
    MULTIPLY_ADD = 8
    GROW = 9
    RATIO = 10
    PICK_YEAR = 11
    # simulator.model.profiles
    WEIGHT = 12
    WEIGHT_OF_MANY = 13
    FACTOR = 14
    FACTOR_INTO = 15
    LUMP = 16
    SHARE_AFTER = 17
    CANCEL = 18
    # simulator.model.risks
    DATE_ONCE = 19
    DATE_HAZARD = 20
    DATE_IN_YEAR = 21
    EARLIEST = 22
    OCCURRED_BEFORE = 23
    EITHER = 24
    TRIGGER = 25
    LATER_OF = 26
    # simulator.model.launches
    SYNERGY_WINDOW = 27
    WEAKEN_SHIFT = 28
    SHIFT_BY_SYNERGY = 29
    SHIFT_BY_RISK = 30
    KEEP_LAUNCHED = 31
    # simulator.model.market
    DEMAND = 32
    PRICE = 33
    INDUSTRY = 34
    CURRENCY_STEP = 35
    # simulator.model.lines
    COST_INDEX = 36
    MIX_INTO = 37
    CONSTRAINED = 38
    UNCONSTRAINED = 39
    CLIP_UTILIZATION = 40
    SALES = 41
    PURCHASES = 42
    POOL = 43
    DIFFERENCE = 44
    # simulator.model.company
    CASH_FLOW = 45
    TALLY = 69
    # simulator.model.valuation
    DISCOUNT_FACTOR = 46
    DISCOUNT_AT = 47
    GORDON = 48
    EXIT_MULTIPLE = 49
    # simulator.model.deal
    YEAR_OF_CLOSING = 50
    SHARE_PRICE_AT_CLOSING = 51
    NEW_SHARES = 52
    SUBSIDY_TEST = 53
    SUBSIDY_VALUE = 54
    EARN_OUT = 55
    SETTLE = 56
    EARNINGS_ACQUIRER = 57
    TARGET_EARNINGS = 58
    EARNINGS_COMBINED = 59
    # simulator.model.goodwill
    VALUE_BACKWARDS = 60
    IMPAIRMENT = 61
    # simulator.model.returns
    CLEAR = 62
    FLOW_AFTER_CLOSING = 63
    PAY_AT_YEAR_END = 64
    INVESTMENT = 65
    MULTIPLE_OF_MONEY = 66
    PAYBACK = 67
    # simulator.model.irr
    INTERNAL_RATE = 68
