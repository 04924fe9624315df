"""Numbers, lists by year and laws of all kinds within a range."""

from __future__ import annotations

from typing import Any

from tests.strategies.dice import Dice, chance, number, pick

LAWS = (
    "uniform", "normal", "triangular", "pert", "beta", "student_t", "discrete", "empirical",
    "quantiles", "lognormal", "gamma", "weibull",
)  # fmt: skip
_POSITIVE_ONLY = ("lognormal", "gamma", "weibull")


def quantity(dice: Dice, low: float, high: float, drawn: int = 35, tails: bool = False) -> Any:
    """A number, or (in `drawn` cases of a hundred) a law on [low, high].

    With `tails` laws may reach beyond the range.
    """
    if not chance(dice, drawn):
        return number(dice, low, high)
    return law(dice, low, high, tails)


def driver(dice: Dice, low: float, high: float, horizon: int, drawn: int = 60) -> Any:
    """A number, a list by year, or a law with persistence and parameters by year."""
    if not chance(dice, drawn):
        if chance(dice, 60):
            return number(dice, low, high)
        return [number(dice, low, high) for _ in range(1 + dice.upto(horizon))]
    table = law(dice, low, high, tails=chance(dice, 50))
    if chance(dice, 50):
        table["persistence"] = number(dice, 0.0, 0.9)
    if chance(dice, 50):
        _by_year(dice, table, low, high, horizon)
    return table


def law(dice: Dice, low: float, high: float, tails: bool = False) -> dict[str, Any]:
    """A distribution table within [low, high]; without `tails` never beyond it."""
    known = LAWS if low > 0.0 else tuple(one for one in LAWS if one not in _POSITIVE_ONLY)
    dist = pick(dice, known)
    width = high - low
    middle = number(dice, low + 0.3 * width, high - 0.3 * width)
    table = _parameters(dice, dist, low, high, middle)
    unbounded = dist in ("normal", "student_t", "quantiles", *_POSITIVE_ONLY)
    if unbounded and not tails:
        table |= {"min": low, "max": high}
    elif chance(dice, 20):
        ends = min(table.get("values", [low])), max(table.get("values", [high]))
        cut = 0.1 * (ends[1] - ends[0])
        if cut > 0.0:
            options = ({"min": ends[0] + cut}, {"max": ends[1] - cut}, {"max": high})
            table |= pick(dice, options)
    return table


def _parameters(dice: Dice, dist: str, low: float, high: float, middle: float) -> dict[str, Any]:
    width = high - low
    table: dict[str, Any] = {"dist": dist}
    match dist:
        case "normal" | "gamma":
            spread = pick(dice, (0.15, 0.3, 0.0)) * width
            return table | {"mean": middle, "sd": spread}
        case "lognormal":
            if chance(dice, 50):
                return table | {"mean": middle, "sd": 0.2 * width}
            return table | {"median": middle, "sigma": number(dice, 0.05, 0.4)}
        case "uniform":
            return table | {"low": low, "high": high}
        case "triangular":
            return table | {"low": low, "mode": pick(dice, (middle, low, high)), "high": high}
        case "pert":
            shape = {"shape": number(dice, 1.0, 8.0)} if chance(dice, 30) else {}
            return table | {"low": low, "mode": middle, "high": high} | shape
        case "beta":
            exponents = {"alpha": number(dice, 0.8, 6.0), "beta": number(dice, 0.8, 6.0)}
            return table | exponents | {"low": low, "high": high}
        case "weibull":
            return table | {"shape": number(dice, 1.2, 4.0), "scale": middle}
        case "student_t":
            return table | {"mean": middle, "scale": 0.1 * width, "df": number(dice, 3.0, 12.0)}
        case "discrete":
            count = 1 + dice.upto(3)
            values = [number(dice, low, high) for _ in range(count)]
            return table | {"values": values, "weights": [1.0 + dice.upto(4) for _ in values]}
        case "empirical":
            return table | {"values": [number(dice, low, high) for _ in range(2 + dice.upto(5))]}
    return table | pick(
        dice,
        (
            {"p": [0.1, 0.5, 0.9], "x": [low + 0.2 * width, middle, high - 0.2 * width]},
            {"p": [0.05, 0.95], "x": [low + 0.1 * width, high - 0.1 * width]},
            {"p": [0.1, 0.3, 0.6, 0.9], "x": [low, low + 0.1 * width, middle, high]},
        ),
    )


def _by_year(dice: Dice, table: dict[str, Any], low: float, high: float, horizon: int) -> None:
    """Turn one parameter of a law into a list by year."""
    years = 1 + dice.upto(horizon)
    width = high - low
    for key in ("mean", "mode", "median"):
        if key in table:
            inner = low + 0.3 * width, high - 0.3 * width
            table[key] = [number(dice, *inner) for _ in range(years)]
            return
    if table["dist"] == "empirical" and "min" not in table and "max" not in table:
        table["values"] = [[number(dice, low, high) for _ in range(3)] for _ in range(years)]
    elif table["dist"] == "beta":
        table["alpha"] = [number(dice, 1.0, 6.0) for _ in range(years)]
