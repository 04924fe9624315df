"""`--fail-if 'p_loss > 0.3'` and `--precision 'npv_acquirer.mean=±1%'`."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.options import Type

if TYPE_CHECKING:
    from simulator.results.result import Result
    from simulator.scenario.scenario import Scenario

_NUMBER = r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_GATE = re.compile(rf"\s*([A-Za-z][\w.-]*)\s*(<=|>=|<|>)\s*({_NUMBER})\s*(%?)\s*")
_TARGET = re.compile(rf"\s*([A-Za-z][\w.-]*)\s*=\s*(?:±|\+-|\+/-)?\s*({_NUMBER})\s*(%?)\s*")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip

_SHARE = re.compile(
    r"(p_loss|value_created|closed|claims|risk)(\..*)?"
    r"|(\w+\.)+(gross_margin|ebitda_margin|operating_margin|revenue_share)(\..*)?"
)
"""Figures that are never above 1."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition on a figure under which the command fails."""

    text: str
    name: str
    sign: str
    bound: float

    def fails(self, result: Result) -> bool:
        """Whether the condition holds; a figure without a value fails every gate."""
        value = result.estimate(self.name).value
        return math.isnan(value) or _COMPARE[self.sign](value, self.bound)


@dataclass(frozen=True, slots=True)
class Precision:
    """A bound on the standard error of a figure."""

    text: str
    name: str
    bound: float
    relative: bool
    """Whether the bound is a fraction of the figure's own size."""

    def missed_by(self, result: Result) -> float:
        """Standard error over what is allowed: at most 1 where the target is met."""
        found = result.estimate(self.name)
        allowed = self.bound * abs(found.value) if self.relative else self.bound
        if math.isnan(found.se):
            return math.inf
        return found.se / allowed if allowed > 0.0 else (math.inf if found.se > 0.0 else 0.0)


class GateType(Type):
    """`FIGURE < NUMBER`, with <, <=, > or >=."""

    name = "CONDITION"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Gate:
        """The condition, taken apart."""
        if isinstance(value, Gate):
            return value
        match = _GATE.fullmatch(str(value))
        if match is None:
            self.fail(f'"{value}" is no condition; write it as "p_loss > 0.3"', param, ctx)
        name, sign, bound, percent = match.groups()
        limit = _value(bound, percent)
        if limit > 1.0 and _SHARE.fullmatch(name):
            given = 100.0 * limit if percent else limit
            remedy = "write 100% or less" if percent else f"write {_two(given)} for {given:g} %"
            self.fail(f'"{value}": {name} is never above 1; {remedy}', param, ctx)
        return Gate(str(value).strip(), name, sign, limit)


class PrecisionType(Type):
    """`FIGURE=±1%` (of its value) or `FIGURE=±5` (in its own unit)."""

    name = "FIGURE=±X"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Precision:
        """The target, taken apart."""
        if isinstance(value, Precision):
            return value
        match = _TARGET.fullmatch(str(value))
        bound = _value(match[2], match[3]) if match else 0.0
        if match is None or not bound > 0.0:
            self.fail(f'"{value}" is no precision; write it as "npv_acquirer.mean=±1%"', param, ctx)
        return Precision(str(value).strip(), match[1], bound, bool(match[3]))


def _two(percent: float) -> str:
    """30 as 0.30, 1.5 as 0.015."""
    share = percent / 100.0
    return f"{share:.2f}" if round(share, 2) == share else f"{share:g}"


def _value(number: str, percent: str) -> float:
    return float(number.replace("_", "")) / (100.0 if percent else 1.0)


def refuse_unknown(names: Iterable[str], scenario: Scenario) -> None:
    """UsageError where a name means no figure of the results; told before they are simulated."""
    names = list(names)
    if not names:
        return
    import numpy as np

    from simulator.metrics import path_metrics, yearly_metrics
    from simulator.results.raw import RawRun
    from simulator.results.result import Result

    document = scenario.document
    horizon = document.valuation.horizon
    blank = RawRun(
        scenario=scenario, seed=0, sampler="random", paths=2, replicates=1, threads=1,
        wall_seconds=0.0, scalars={name: np.zeros(2) for name in path_metrics(document)},
        yearly={name: np.zeros((horizon, 2)) for name in yearly_metrics(document)}, draws=dict,
    )  # fmt: skip
    for name in names:
        Result(blank).estimate(name)
