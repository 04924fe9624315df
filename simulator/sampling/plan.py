"""From a document to a program of draws: which quantity takes which row, stream and table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.errors import Fault, ScenarioError
from simulator.sampling.copula import scale_table, score_table
from simulator.sampling.correlation import (
    Matrix,
    assemble,
    components,
    factor,
    is_correlation,
    nearest_correlation,
    smallest_eigenvalue,
    submatrix,
)
from simulator.sampling.draw import draw_block
from simulator.sampling.law import LawError
from simulator.sampling.marginal import Marginal, compile_marginal
from simulator.sampling.philox import GROUP, stream_key
from simulator.sampling.program import (
    COMBINE,
    MIX,
    SCORE,
    T_SCORE,
    UNIFORM,
    DrawArrays,
    Program,
)
from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution
from simulator.scenario.uncertain import drivers, statics

Kind = Literal["static", "driver", "occurrence", "share"]


class DrawRow(NamedTuple):
    """What a row of a drawn block is."""

    name: str
    """Path of the quantity; `risks.<name>.occurrence` or `deal.share_price` for what has none."""
    year: int | None
    """Model year 1, 2, …; None for what is drawn once a path."""
    kind: Kind


@dataclass(frozen=True)
class DrawPlan:
    """A compiled draw stage."""

    rows: tuple[DrawRow, ...]
    arrays: DrawArrays
    scratch_rows: int
    """Rows of S after the visible ones that the kernel needs for itself."""
    paths: int | None
    """Paths to run: as asked for, rounded up to whole replicates with the Sobol sampler."""
    replicates: int = 1
    """Independent randomisations; path i is in replicate i // (paths / replicates)."""
    repaired: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """Correlations in use where the given ones were no matrix and had to be repaired."""

    @property
    def n_rows(self) -> int:
        """Number of visible rows."""
        return len(self.rows)

    def block(self, path0: int = 0, lanes: int = GROUP) -> NDArray[np.float64]:
        """Draws of paths path0 … path0 + lanes − 1 in a fresh array: [n_rows, lanes]."""
        out = np.empty((self.n_rows, lanes))
        S = np.empty((self.n_rows + self.scratch_rows, GROUP))
        for begin in range(0, lanes, GROUP):
            draw_block(self.arrays, path0 + begin, S)
            part = out[:, begin : begin + GROUP]
            part[:] = S[: self.n_rows, : part.shape[1]]
        return out


def compile_draws(
    document: Document, seed: int, sampler: str = "random", paths: int | None = None
) -> DrawPlan:
    """Compile what a path of `document` draws under `seed`.

    Raises ScenarioError where a truncation leaves nothing of a law, or the correlations are no
    matrix and the document does not ask for their repair.
    """
    return _Compiler(document, seed).plan(paths)


class _Compiler:
    """Rows first, then operations; one instance compiles one document."""

    def __init__(self, document: Document, seed: int) -> None:
        self.document, self.seed = document, seed
        self.horizon = document.valuation.horizon
        self.program = Program()
        self.statics = {k: v for k, v in statics(document).items() if isinstance(v, Distribution)}
        self.drivers = {k: v for k, v in drivers(document).items() if isinstance(v, Distribution)}
        self.rows = self._rows()
        self.place = {(row.name, row.year or 1): i for i, row in enumerate(self.rows)}
        t_df = document.copula.df if document.copula.kind == "t" else None
        named = {name for pair in document.correlations for name in pair.between}
        self.t_named = {name for name in self.drivers if name in named} if t_df else set()
        self.df = float(t_df or 0.0)
        hidden = [(f"groups.{g}.factor", 1) for g in document.groups if self._members(g)]
        if self.t_named:
            hidden += [("copula.chi2", year) for year in range(1, self.horizon + 1)]
        self.hidden = {name: len(self.rows) + i for i, name in enumerate(hidden)}
        self.repaired: dict[tuple[str, str], float] = {}
        self.scores: set[tuple[str, int]] = set()

    def _rows(self) -> tuple[DrawRow, ...]:
        years = range(1, self.horizon + 1)
        rows = [DrawRow(name, None, "static") for name in self.statics]
        rows += [DrawRow(name, year, "driver") for name in self.drivers for year in years]
        for name, risk in self.document.risks.items():
            stream = f"risks.{name}.occurrence"
            for year in years if risk.repeat else [None]:
                rows.append(DrawRow(stream, year, "occurrence"))
        deal = self.document.deal
        if deal.stock > 0 and self.document.companies[deal.acquirer].share_volatility > 0:
            rows.append(DrawRow("deal.share_price", None, "share"))
        return tuple(rows)

    def _members(self, group: str) -> list[str]:
        return [name for name, risk in self.document.risks.items() if risk.group == group]

    def plan(self, paths: int | None) -> DrawPlan:
        """Every operation, in an order that keeps rows in cache while they are worked on."""
        self._hidden()
        self._correlated()
        for name, law in self.drivers.items():
            self._driver(name, law)
        for name, law in self.statics.items():
            self._score(name, 1)
            self.program.read(self.place[name, 1], self._marginal(name, law, 1))
        for row in self.rows:
            if row.kind == "occurrence":
                self._occurrence(row)
            elif row.kind == "share":
                self._score(row.name, 1)
        work = len(self.rows) + len(self.hidden)
        return DrawPlan(
            rows=self.rows,
            arrays=self.program.arrays((work, work + 1)),
            scratch_rows=len(self.hidden) + (2 if self.t_named else 1),
            paths=paths,
            repaired=self.repaired,
        )

    def _draw(self, code: int, row: int, name: str, year: int) -> None:
        key = stream_key(self.seed, name)
        self.program.add(code, row, key=key, year=year, name=name)

    def _score(self, name: str, year: int) -> None:
        """Fill the row of a quantity with its own normal scores, unless correlation did."""
        if (name, year) not in self.scores:
            self.scores.add((name, year))
            self._draw(SCORE, self.place[name, year], name, year)

    def _hidden(self) -> None:
        scale = Marginal(scale_table(self.df)) if self.t_named else None
        for (name, year), row in self.hidden.items():
            self._draw(SCORE, row, name, year)
            if scale is not None and name == "copula.chi2":
                self.program.read(row, scale)
        self.t_table = self.program.table(Marginal(score_table(self.df))) if self.t_named else 0

    def _correlated(self) -> None:
        """Scores of correlated quantities, year by year: mixed in place, the last name first."""
        pairs = [
            (*pair.between, pair.value) for pair in self.document.correlations
            if all(name in self.statics or name in self.drivers for name in pair.between)
        ]
        names, matrix = assemble(pairs)
        matrix = self._valid(names, matrix)
        for year in range(1, self.horizon + 1):
            alive = [i for i, name in enumerate(names) if year == 1 or name in self.drivers]
            part = submatrix(matrix, alive)
            for component in components(part):
                members = [names[alive[i]] for i in component]
                for name in members:
                    self._score(name, year)
                self._mix(members, factor(submatrix(part, component)), year)

    def _mix(self, members: list[str], lower: Matrix, year: int) -> None:
        place = [self.place[name, year] for name in members]
        for i in range(len(members) - 1, 0, -1):
            order = [i, *range(i)]
            terms = tuple((place[j], float(lower[i, j])) for j in order if j == i or lower[i, j])
            if terms != ((place[i], 1.0),):
                self.program.add(MIX, place[i], terms=terms)

    def _valid(self, names: tuple[str, ...], matrix: Matrix) -> Matrix:
        """The matrix, or the nearest one where the document allows its repair."""
        if is_correlation(matrix):
            return matrix
        if not self.document.repair_correlations:
            raise ScenarioError([Fault(
                "correlations", "must form a positive semi-definite matrix",
                f"smallest eigenvalue {smallest_eigenvalue(matrix):.4g}",
                "set repair_correlations = true to take the nearest correlation matrix",
            )])
        nearest = nearest_correlation(matrix)
        nearest[np.abs(nearest) < 1e-12] = 0.0
        self.repaired = {
            (a, b): float(nearest[i, j])
            for i, a in enumerate(names) for j, b in enumerate(names) if i < j and nearest[i, j]
        }
        return nearest

    def _driver(self, name: str, law: Distribution) -> None:
        """All years: each keeps its score until the next year has taken its share of it."""
        rho = law.persistence
        for year in range(1, self.horizon + 1):
            self._score(name, year)
            if year > 1:
                if rho:
                    row, last = self.place[name, year], self.place[name, year - 1]
                    fresh = float(np.sqrt((1 - rho) * (1 + rho)))
                    self.program.add(COMBINE, row, other=last, a=rho, b=fresh)
                self._finish(name, law, year - 1)
        self._finish(name, law, self.horizon)

    def _finish(self, name: str, law: Distribution, year: int) -> None:
        row = self.place[name, year]
        if name in self.t_named:
            chi2 = self.hidden["copula.chi2", year]
            self.program.add(T_SCORE, row, other=chi2, table=self.t_table, a=1 / self.df)
        self.program.read(row, self._marginal(name, law, year))

    def _occurrence(self, row: DrawRow) -> None:
        """A uniform; in a group the normal it comes from shares the group's factor."""
        year = row.year or 1
        place = self.place[row.name, year]
        group = self.document.risks[row.name.split(".")[1]].group
        if group is None:
            self._draw(UNIFORM, place, row.name, year)
            return
        self._draw(SCORE, place, row.name, year)
        c = self.document.groups[group].correlation
        shared = self.hidden[f"groups.{group}.factor", 1]
        self.program.add(
            COMBINE, place, other=shared, a=float(np.sqrt(c)), b=float(np.sqrt(1 - c))
        )
        self.program.read(place, _UNIFORM)

    def _marginal(self, name: str, law: Distribution, year: int) -> Marginal:
        try:
            return compile_marginal(law.dist, law.in_year(year))
        except LawError as error:
            raise ScenarioError([Fault(
                name, "must be a law that can be drawn from", str(error),
                "widen min and max, or change its parameters",
            )]) from None


_EDGE = 2.0**-33
_UNIFORM = Marginal(compile_marginal("uniform", {"low": 0.0, "high": 1.0}).table, _EDGE, 1 - _EDGE)
