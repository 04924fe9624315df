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


ROLES: dict[Op, str] = {
    Op.FILL: "ws", Op.COPY: "wr", Op.ADD: "wrr", Op.ADD_INTO: "ur", Op.ADD_SCALED: "urs",
    Op.MULTIPLY: "wrr", Op.MULTIPLY_SCALED: "wrrs", Op.MULTIPLY_INTO: "ur",
    Op.MULTIPLY_ADD: "urr", Op.GROW: "ur", Op.RATIO: "wrr", Op.PICK_YEAR: "*",
    Op.WEIGHT: "wrs", Op.WEIGHT_OF_MANY: "wBnsn", Op.FACTOR: "wrr", Op.FACTOR_INTO: "urr",
    Op.LUMP: "urr", Op.SHARE_AFTER: "wr", Op.CANCEL: "ur",
    Op.DATE_ONCE: "wrrrr", Op.DATE_HAZARD: "wrrr", Op.DATE_IN_YEAR: "wrrrn",
    Op.EARLIEST: "wBn", Op.OCCURRED_BEFORE: "wrs", Op.EITHER: "ur", Op.TRIGGER: "urrsn",
    Op.LATER_OF: "wrr",
    Op.SYNERGY_WINDOW: "wrrr", Op.WEAKEN_SHIFT: "urrr", Op.SHIFT_BY_SYNERGY: "urrr",
    Op.SHIFT_BY_RISK: "urr", Op.KEEP_LAUNCHED: "ur",
    Op.DEMAND: "uwwrrrr", Op.PRICE: "uwrrrs", Op.INDUSTRY: "uwrr", Op.CURRENCY_STEP: "wrr",
    Op.COST_INDEX: "urrs", Op.MIX_INTO: "urs", Op.CONSTRAINED: "wwwwrrrrsrrrr",
    Op.UNCONSTRAINED: "wrrr", Op.CLIP_UTILIZATION: "wr", Op.SALES: "wwrrrrrrsrrrr",
    Op.PURCHASES: "wrrrsrrr", Op.POOL: "uuruuurr", Op.DIFFERENCE: "wrr",
    Op.CASH_FLOW: "rrrrrrruuwuuuuuussss", Op.TALLY: "unr",
    Op.DISCOUNT_FACTOR: "wrs", Op.DISCOUNT_AT: "wrr", Op.GORDON: "wrrrrs",
    Op.EXIT_MULTIPLE: "wrrrrs",
    Op.YEAR_OF_CLOSING: "wrs", Op.SHARE_PRICE_AT_CLOSING: "wrrs", Op.NEW_SHARES: "wwrrs",
    Op.SUBSIDY_TEST: "urrs", Op.SUBSIDY_VALUE: "wrrrs", Op.EARN_OUT: "wrrs",
    Op.SETTLE: "rrrrrrrrrrrrwwwwwws", Op.EARNINGS_ACQUIRER: "wrrs", Op.TARGET_EARNINGS: "urrs",
    Op.EARNINGS_COMBINED: "wwwrrrrrrrrrs",
    Op.VALUE_BACKWARDS: "*", Op.IMPAIRMENT: "*",
    Op.CLEAR: "Cn", Op.FLOW_AFTER_CLOSING: "urrrrs", Op.PAY_AT_YEAR_END: "*",
    Op.INVESTMENT: "wrs", Op.MULTIPLE_OF_MONEY: "*", Op.PAYBACK: "*", Op.INTERNAL_RATE: "*",
}  # fmt: skip
"""What each operand is: r a row read, w written, u updated; B, C the first of as many rows read or
written as the next operand says; s a scalar's position, n a number. The last letter goes for all
operands that follow. `*`: the instruction stays where it stands."""
