"""A finished run as a user sees it: tables, risk measures, each estimate with its error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import UsageError
from simulator.processors import processors
from simulator.results import claims, expressions, risks, tables
from simulator.results.asked import GAIN, LOSS, PRICES
from simulator.results.distribution import Distribution
from simulator.results.estimate import Estimate, check_probability
from simulator.results.names import Column, column, columns, known, values
from simulator.results.raw import Array, RawRun

if TYPE_CHECKING:
    import pandas as pd

    from simulator.scenario import Scenario


class Result:
    """Result of `simulator.run`. Money is in millions of the scenario's currency.

    What is asked for is worked out when it is first asked for, and kept.
    """

    def __init__(self, raw: RawRun) -> None:
        self.raw = raw
        """The arrays as they came from the engine, with seed, sampler and paths."""
        self._rows: dict[Column, tables.Row] = {}

    def __repr__(self) -> str:
        raw, title = self.raw, self.scenario.document.title
        return f'<Result of "{title}": {raw.paths:,} paths, {raw.sampler}, seed {raw.seed}>'

    @property
    def scenario(self) -> Scenario:
        """The scenario that was simulated."""
        return self.raw.scenario

    @property
    def digest(self) -> str:
        """Of all metrics on all paths (`results.fingerprint`): equal digests, equal results."""
        return self.raw.digest

    # Paths

    @cached_property
    def paths(self) -> pd.DataFrame:
        """One row a path; per-path metrics, then yearly ones as `combined.gross_margin.2026`.

        A view of the arrays, not to be written to; `paths.copy()` gives one of your own.
        """
        return _by_path({str(c): values(self.raw, c) for c in self._columns(yearly=True)})

    @property
    def draws(self) -> pd.DataFrame:
        """One row a path, one column an uncertain quantity that is drawn once a path."""
        return self.draw_frame()

    def draw_frame(self, drivers: bool = False) -> pd.DataFrame:
        """`draws`, with `drivers` also what is drawn each year, as `segments.fast.growth.2025`."""
        table: dict[str, Array] = {}
        for name, drawn in self.drawn.items():
            if drawn.ndim == 1:
                table[name] = drawn
            elif drivers:
                table |= {f"{name}.{y}": v for y, v in zip(self.raw.calendar, drawn, strict=True)}
        return _by_path(table)

    @property
    def drawn(self) -> Mapping[str, Array]:
        """All that was drawn, by name: (paths,), or (H, paths) for what is drawn each year."""
        return self.raw.drawn

    def values(self, metric: str, year: int | None = None) -> Array:
        """A metric on all paths, (paths,); a yearly one without a year is (H, paths)."""
        name = known(self.raw, metric)
        if name in self.raw.yearly and year is None:
            return self.raw.yearly[name]
        return values(self.raw, column(self.raw, name, year))

    def sample(self, metric: str, year: int | None = None) -> Distribution:
        """A metric (in a calendar year), ready for any estimate of it."""
        where = column(self.raw, metric, year)
        return self.raw.sample(where.metric, where.year)

    # Tables

    def summary(self, yearly: bool = False) -> pd.DataFrame:
        """Metric × mean, se, sd, sd_se, p5 … p95, p5_se … p95_se, n, undefined.

        Metrics with one number a path; with `yearly`, then `combined.gross_margin.2026` and so on.
        Undefined paths (share `undefined`) are left out of the rest.
        """
        found = self._columns(yearly)
        return tables.frame(map(self._row, found), [str(c) for c in found], "metric")

    def years(self, name: str) -> pd.DataFrame:
        """Calendar year × the columns of `summary`, for a yearly metric.

        The combined firm's metrics go by their short names too: `gross_margin`, `accretion`.
        """
        metric = known(self.raw, name)
        if metric in self.raw.scalars:
            raise UsageError(f"{metric} is one number a path and has no years; see summary()")
        found = columns(self.raw, metric)
        return tables.frame(map(self._row, found), list(self.raw.calendar), "year")

    def rows(self, name: str) -> list[tables.Row]:
        """The rows of `summary` or `years` that belong to a metric: one, or one a calendar year."""
        return list(map(self._row, columns(self.raw, name)))

    def work_out(self, names: Iterable[str]) -> None:
        """Work out the rows of several metrics on all processors; they are remembered."""
        found = [c for name in names for c in columns(self.raw, known(self.raw, name))]
        with ThreadPoolExecutor(processors()) as pool:
            list(pool.map(self._row, found))

    def _columns(self, yearly: bool) -> list[Column]:
        names = (*self.raw.scalars, *self.raw.yearly) if yearly else (*self.raw.scalars,)
        return [c for name in names for c in columns(self.raw, name)]

    def _row(self, where: Column) -> tables.Row:
        if where not in self._rows:
            self._rows[where] = tables.row_of(self.raw, where)
        return self._rows[where]

    def claims(self) -> pd.DataFrame:
        """The promises put to the test; columns in `simulator.results.claims.claims`."""
        return claims.claims(self.raw)

    def risks(self) -> pd.DataFrame:
        """What each risk costs; columns in `simulator.results.risks.risks`."""
        return risks.risks(self.raw)

    # Risk measures of npv_acquirer, and the price

    @cached_property
    def _npv(self) -> Distribution:
        return self.sample("npv_acquirer")

    @cached_property
    def p_loss(self) -> Estimate:
        """P(npv_acquirer < 0)."""
        return self.raw.ask(LOSS).proportion()

    @cached_property
    def value_created(self) -> Estimate:
        """P(npv_acquirer ≥ 0)."""
        return self.raw.ask(GAIN).proportion()

    def var(self, p: float = 0.95) -> Estimate:
        """Value at risk: minus the 1 − p quantile of npv_acquirer."""
        check_probability(p)
        return -self._npv.quantile(1 - p)

    def cvar(self, p: float = 0.95) -> Estimate:
        """Conditional value at risk: minus the mean of the worst 1 − p of npv_acquirer."""
        check_probability(p)
        return -self._npv.tail_mean(1 - p)

    def walk_away_price(self, p: float = 0.75) -> Estimate:
        """The largest all-cash price with P(npv_acquirer ≥ 0) ≥ p over closed paths."""
        check_probability(p)
        return self._prices.quantile(1 - p)

    @cached_property
    def _prices(self) -> Distribution:
        return self.raw.ask(PRICES)

    def bid_curve(self, levels: Sequence[float] = tables.BID_LEVELS) -> pd.DataFrame:
        """Columns p, price, se: `walk_away_price` over p."""
        import pandas as pd

        return pd.DataFrame(self.bids(levels))

    def bids(self, levels: Sequence[float] = tables.BID_LEVELS) -> list[tables.Bid]:
        """The rows of `bid_curve`."""
        return tables.bids(self._prices, levels)

    def estimate(self, name: str) -> Estimate:
        """An estimate by name: `npv_acquirer.mean`, `cvar_95`, `combined.gross_margin.2026.p50`.

        Also `p_loss`, `value_created`, `walk_away_price_75`, `claims.1`, `irr.p97.5`, `irr.sd`.
        """
        return expressions.estimate(self, name)

    # Files

    def save(
        self, directory: str | PathLike[str], *, keep_paths: bool = False,
        command: Sequence[str] | None = None,
    ) -> Path:  # fmt: skip
        """Write summary.csv, years.csv and run.json (with `keep_paths`, arrays.npz) to a folder.

        Files appear whole or not at all. `command` is the command line, for the record.
        """
        from simulator.results.store import save

        return save(self, Path(directory), keep_paths=keep_paths, command=command)


def expect_result(value: object, verb: str) -> None:
    """UsageError where a function is given a scenario, or something else, in place of a result."""
    if not isinstance(value, Result):
        got = type(value).__name__
        raise UsageError(f"{verb} takes a Result, got a {got}; run it first: sim.run(scenario)")


def _by_path(table: Mapping[str, Array]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(dict(table), copy=False)
    frame.index.name = "path"
    return frame
