"""From a result to a sheet: the only place of the report that asks the results for numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from simulator.analysis.bridge import bridge
from simulator.analysis.findings import Findings
from simulator.analysis.steps import Step
from simulator.report.chart_data import SHOWN, Material, Values, charts_of, histogram
from simulator.report.charts import Charts
from simulator.report.labels import label, unit
from simulator.report.lines import YEARLY
from simulator.report.outline import BINS
from simulator.report.quantities import acts_on
from simulator.report.sheet import (
    QUANTILES,
    Band,
    Bid,
    ClaimLine,
    Figure,
    Law,
    RiskLine,
    Run,
    Sheet,
    Spread,
    size,
    step,
)
from simulator.report.verdict import CONFIDENCE
from simulator.results.claims import claim_rows
from simulator.results.estimate import Estimate
from simulator.results.record import package_version
from simulator.results.risks import risk_rows
from simulator.results.streamed import StreamedRun
from simulator.results.tables import Row

if TYPE_CHECKING:
    from simulator.results.result import Result

_BRIEF = tuple(f"combined.{metric}" for metric in YEARLY)
_NPV = "npv_acquirer"
_LEVELS = [int(name[1:]) / 100.0 for name in QUANTILES]
_PACKAGES = ("numpy", "numba", "scipy", "pandas", "matplotlib")


def collect(
    result: Result,
    *,
    brief: bool = False,
    settings: Sequence[str] = (),
    stress: Sequence[str] = (),
    laws: Mapping[str, tuple[Law, ...]] | None = None,
    findings: Findings | None = None,
) -> Sheet:
    """Everything a report states about a run.

    brief: only what the headline shows (yearly metrics take time). settings and stress: what the
    command line laid over the file. laws: mean and quantiles of the distributions, by path.
    findings: what is told beyond the run itself.
    """
    document = result.scenario.document
    yearly = _BRIEF if brief else tuple(result.raw.yearly)
    with ThreadPoolExecutor(2) as beside:
        claims = beside.submit(claim_rows, result.raw)
        risks = beside.submit(risk_rows, result.raw)
        result.work_out((*yearly, *result.raw.scalars))
    bands = [_band(result, metric) for metric in yearly]
    return Sheet(
        scenario=result.scenario,
        run=_run(result, settings, stress, brief),
        price=_price(result),
        p_loss=_figure(result.p_loss),
        value_created=_figure(result.value_created),
        var_95=_figure(result.var(0.95)),
        cvar_95=_figure(result.cvar(0.95)),
        walk_away=_figure(result.walk_away_price(CONFIDENCE)),
        spreads={metric: _spread(metric, *result.rows(metric)) for metric in result.raw.scalars},
        bands={band.metric: band for band in bands},
        claims=tuple(map(_claim, claims.result())),
        risks=tuple(
            _risk(row, document.risks[row["name"]].text)
            for row in sorted(risks.result(), key=lambda row: str(row["scope"]))
        ),
        warnings=tuple(str(warning) for warning in result.scenario.warnings),
        laws=dict(laws or {}),
        outline=histogram(npv_by_path(result), label(_NPV), "money", bins=BINS),
        bid=() if brief else _bids(result),
        bridge=() if brief else _bridge(result),
        findings=findings or Findings(),
    )


def chart_data(result: Result) -> Charts:
    """What charts show of the run itself, as from the sheet, but drawn while that is made."""
    npv = result.sample(_NPV).quantiles(_LEVELS)
    shown = [name for name in SHOWN if name in result.raw.yearly]
    result.work_out(shown)
    return charts_of(
        Material(
            quantiles={name: found.value for name, found in zip(QUANTILES, npv, strict=True)},
            bands={name: _band(result, name) for name in shown},
            npv=npv_by_path(result), var=result.var(0.95).value, cvar=result.cvar(0.95).value,
            price=_price(result).mean.value, bid=_bids(result), bridge=_bridge(result),
        )
    )  # fmt: skip


def found_data(result: Result, found: Findings) -> Charts:
    """What further charts show: drivers, and ranges of value."""
    price = _price(result).mean.value
    return charts_of(
        Material({}, {}, price=price, field=found.field, drivers=found.drivers,
                 acts_on=acts_on(result.scenario.document))
    )  # fmt: skip


def _bids(result: Result) -> tuple[Bid, ...]:
    if result.sample("closed").proportion().value <= 0:
        return ()
    return tuple(Bid(found.p, Figure(found.price, found.se)) for found in result.bids())


def _bridge(result: Result) -> tuple[Step, ...]:
    return bridge(result) if result.raw.keep == "paths" else ()


def npv_by_path(result: Result) -> Values:
    """npv_acquirer on every path, or the paths counted where they were not kept."""
    run = result.raw
    return run.histogram(_NPV) if isinstance(run, StreamedRun) else run.scalars[_NPV]


def _run(result: Result, settings: Sequence[str], stress: Sequence[str], brief: bool) -> Run:
    raw = result.raw
    return Run(
        paths=raw.paths, seed=raw.seed, sampler=raw.sampler, replicates=raw.replicates,
        threads=raw.threads, seconds=raw.wall_seconds, digest="" if brief else result.digest,
        versions={} if brief else _versions(), overrides=tuple(settings), stress=tuple(stress),
        keep=raw.keep,
    )  # fmt: skip


def _versions() -> dict[str, str]:
    from platform import python_version

    import simulator

    found = {"simulator": simulator.__version__, "Python": python_version()}
    return found | {name: package_version(name) for name in _PACKAGES}


def deal_price(result: Result) -> float:
    """Mean price in millions of the scenario's currency."""
    return _price(result).mean.value


def deal_size(result: Result) -> float:
    """What settles the unit of money of a report, as `Sheet.size`, in millions."""
    return size(deal_price(result), result.sample("ev_combined").mean().value)


def deal_step(result: Result) -> float:
    """How finely the money of a report is told, as `Sheet.step`, in millions."""
    return step(deal_size(result), result.sample("npv_acquirer").mean().se)


def _price(result: Result) -> Spread:
    """The price in the scenario's currency; a foreign one at the base year's rate."""
    document = result.scenario.document
    price, currency = document.deal.price, document.deal.price_currency
    rate = 1.0 if currency in (None, document.currency) else document.fx[str(currency)].rate
    if isinstance(price, float | int):
        return Spread("deal.price", "price", "money", Figure(rate * price, 0.0), 0.0, {}, 0.0)
    drawn = result.raw.drawn_once("deal.price")
    found = [drawn.mean(), *drawn.quantiles(_LEVELS)]
    mean, *quantiles = (Figure(rate * e.value, rate * e.se) for e in found)
    named = dict(zip(QUANTILES, quantiles, strict=True))
    return Spread("deal.price", "price", "money", mean, rate * drawn.sd().value, named, 0.0)


def _spread(metric: str, row: Row) -> Spread:
    quantiles = {q: Figure(row[q], row[f"{q}_se"]) for q in QUANTILES}
    mean = Figure(row["mean"], row["se"])
    return Spread(
        metric, label(metric), unit(metric), mean, row["sd"], quantiles, row["undefined"]
    )


def _band(result: Result, metric: str) -> Band:
    rows = result.rows(metric)
    columns = {
        name: tuple(row[name] for row in rows)
        for name in ("mean", "se", "sd", *QUANTILES, "undefined")
    }
    return Band(metric, label(metric), unit(metric), tuple(result.raw.calendar), columns)


def _claim(row: Mapping[str, Any]) -> ClaimLine:
    return ClaimLine(
        text=row["text"], metric=row["metric"], year=row["year"], bound=row["bound"],
        probability=Figure(row["probability"], row["se"]), median=row["median"],
        unit=unit(row["metric"]), undefined=row["undefined"],
    )  # fmt: skip


def _risk(row: Mapping[str, Any], text: str) -> RiskLine:
    return RiskLine(
        name=row["name"], text=text, scope=row["scope"],
        probability=Figure(row["probability"], row["se"]),
        npv_if=Figure(row["npv_if"], row["npv_if_se"]),
        npv_unless=Figure(row["npv_else"], row["npv_else_se"]),
        value_lost=Figure(row["value_lost"], row["value_lost_se"]),
        tail_share=row["tail_share"],
    )  # fmt: skip


def _figure(estimate: Estimate) -> Figure:
    return Figure(estimate.value, estimate.se)
