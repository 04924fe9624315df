"""What each risk costs: value on the paths where it occurs against the others."""

from __future__ import annotations

from math import inf, sqrt
from typing import TYPE_CHECKING, Any

from simulator.results.asked import Stated, outcomes
from simulator.results.distribution import Distribution, error_of_totals
from simulator.results.estimate import UNDEFINED, Estimate
from simulator.results.raw import RawRun

if TYPE_CHECKING:
    import pandas as pd

    from simulator.scenario.effects import Risk


def risks(run: RawRun) -> pd.DataFrame:
    """One row a risk, in file order.

    name, scope, stated (mean chance by the file alone, before triggers, terminations and dates past
    the horizon), probability (occurred within the horizon, over all paths), se, npv_if and npv_else
    (mean npv_acquirer where it occurs and where not) with npv_if_se and npv_else_se, value_lost =
    npv_else − npv_if with value_lost_se, tail_share (share of the worst 5 % of paths, by
    npv_acquirer, on which it occurs).

    Values are compared over the closed paths for deal risks that do not terminate: they cannot
    occur on the others. The difference is an association: risks of one group come together.
    """
    import pandas as pd

    return pd.DataFrame(risk_rows(run), columns=_COLUMNS)


def risk_rows(run: RawRun) -> list[dict[str, Any]]:
    """The rows of `risks`."""
    return [_row(run, name, risk) for name, risk in run.scenario.document.risks.items()]


_COLUMNS = [
    "name", "scope", "stated", "probability", "se", "npv_if", "npv_if_se", "npv_else",
    "npv_else_se", "value_lost", "value_lost_se", "tail_share",
]  # fmt: skip


def _row(run: RawRun, name: str, risk: Risk) -> dict[str, Any]:
    probability = run.sample(f"risk.{name}").proportion()
    one, two = (run.ask(each) for each in outcomes(name, run.scenario.document))
    occurs, other, lost = difference(one, two)
    return {
        "name": name, "scope": risk.scope, "stated": run.ask(Stated(name)).mean().value,
        "probability": probability.value, "se": probability.se,
        "npv_if": occurs.value, "npv_if_se": occurs.se,
        "npv_else": other.value, "npv_else_se": other.se,
        "value_lost": lost.value, "value_lost_se": lost.se,
        "tail_share": run.tail_share(f"risk.{name}"),
    }  # fmt: skip


def difference(
    one: Distribution, two: Distribution
) -> tuple[Estimate, Estimate, Estimate]:
    """Means of a metric over two sets of paths without a common path; the second less the first."""
    a, b = one.mean(), two.mean()
    if one.n == 0 or two.n == 0:
        return a, b, UNDEFINED
    if one.df == inf:
        return a, b, Estimate(b.value - a.value, sqrt(a.se**2 + b.se**2))
    pull = two.deviations() / two.n - one.deviations() / one.n
    return a, b, Estimate(b.value - a.value, error_of_totals(pull), one.df)
