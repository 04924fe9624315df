"""Estimates by name: what a gate or a target of precision on the command line refers to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.errors import UsageError
from simulator.results.claims import kept
from simulator.results.estimate import Estimate, check_probability
from simulator.results.names import column, known
from simulator.results.tables import mean_of
from simulator.scenario.spelling import did_you_mean, listing

if TYPE_CHECKING:
    from simulator.results.result import Result

_FORMS = (
    "p_loss", "value_created", "var_95", "cvar_95", "walk_away_price_75", "claims.1",
    "npv_acquirer.mean", "combined.gross_margin.2026.p50",
)  # fmt: skip
_SINGLE = re.compile(r"(var|cvar|walk_away_price)(?:_(\d{1,2}(?:\.\d+)?))?")
_QUANTILE = re.compile(r"p(\d{1,2}(?:\.\d+)?)")
_YEAR = re.compile(r"(.+)\.(\d{4})")


def estimate(result: Result, text: str) -> Estimate:
    """The estimate that a name stands for; UsageError with a suggestion where there is none.

    `p_loss`, `value_created` (its complement), `var_95`, `cvar_97.5`, `walk_away_price_75`,
    `claims.1` (from 1), `METRIC[.YEAR][.mean|.sd|.p5|.p97.5]`, the mean where nothing is said.
    """
    text = text.strip()
    if text == "p_loss":
        return result.p_loss
    if text == "value_created":
        return result.value_created
    if single := _SINGLE.fullmatch(text):
        name, percent = single.groups()
        level = {"walk_away_price": 0.75}.get(name, 0.95) if percent is None else _share(percent)
        measure = {"var": result.var, "cvar": result.cvar}.get(name, result.walk_away_price)
        return measure(level)
    if text.startswith("claims."):
        return _claim(result, text)
    return _of_metric(result, text)


def _share(percent: str) -> float:
    """`97.5` as 0.975, the double nearest to it."""
    whole, _, rest = percent.partition(".")
    level = float(f"0.{whole:0>2}{rest}")
    check_probability(level, f"the level of p{percent}")
    return level


def _claim(result: Result, text: str) -> Estimate:
    claims = result.scenario.document.claims
    number = text.removeprefix("claims.")
    if not number.isdecimal() or not 1 <= int(number) <= len(claims):
        there = f"there are claims.1 to claims.{len(claims)}" if claims else "there are none"
        raise UsageError(f'"{text}" is no claim of this scenario; {there}')
    return kept(result.raw, claims[int(number) - 1])


def _of_metric(result: Result, text: str) -> Estimate:
    """Tries the whole text as a metric first: a risk may be called `mean`."""
    run = result.raw
    names = {*run.scalars, *run.yearly}
    metric, statistic = text, "mean"
    if not _is_metric(text, names):
        quantile = re.search(r"\.(p\d{1,2}(?:\.\d+)?|[a-z]\w*)$", text)
        if quantile is not None:
            metric, statistic = text[: quantile.start()], quantile[1]
    year: int | None = None
    if not _is_metric(metric, names) and (dated := _YEAR.fullmatch(metric)):
        metric, year = dated[1], int(dated[2])
    if not _is_metric(metric, names):
        raise UsageError(f'"{text}" is no figure of this run; {_remedy(result, text, metric)}')
    where = column(run, metric, year)
    sample = run.sample(where.metric, where.year)
    if statistic == "mean":
        return mean_of(sample, where)
    if statistic == "sd":
        return sample.sd()
    if level := _QUANTILE.fullmatch(statistic):
        return sample.quantile(_share(level[1]))
    near = did_you_mean(statistic, ("mean", "sd", "p5", "p50", "p95"))
    raise UsageError(
        f'"{statistic}" is no statistic of {where}; {near or "write mean, sd or a quantile as p5"}'
    )


def _is_metric(name: str, names: set[str]) -> bool:
    return name in names or f"combined.{name}" in names


def _remedy(result: Result, text: str, metric: str) -> str:
    near = did_you_mean(text, _FORMS[:5])
    if near:
        return near
    try:
        known(result.raw, metric)
    except UsageError as error:
        hint = str(error).partition("; ")[2]
        if hint.startswith("did you mean"):
            return hint
    return f"write it as one of {listing(_FORMS)}"
