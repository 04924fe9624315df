"""From a document to operations: which quantity takes which row, stream and table."""

from __future__ import annotations

import numpy as np

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
from simulator.sampling.law import LawError
from simulator.sampling.marginal import Marginal, compile_marginal
from simulator.sampling.philox import stream_key
from simulator.sampling.program import COMBINE, MIX, SCORE, T_SCORE, UNIFORM, Program
from simulator.sampling.rows import DrawRow, rows_of, uncertain_drivers, uncertain_statics
from simulator.scenario.document import Document
from simulator.scenario.quantity import Distribution


class Compiler:
    """Rows first, then operations; one instance compiles one document.

    bridge: turn each driver's scores so that the first dimension carries most of its path.
    """

    def __init__(self, document: Document, seed: int, *, bridge: bool = False) -> None:
        self.document, self.seed = document, seed
        self.horizon = document.valuation.horizon
        self.program = Program()
        self.statics = uncertain_statics(document)
        self.drivers = uncertain_drivers(document)
        self.rows = rows_of(document)
        self.place = {(row.name, row.year or 1): i for i, row in enumerate(self.rows)}
        t_df = document.copula.df if document.copula.kind == "t" else None
        named = {name for pair in document.correlations for name in pair.between}
        self.t_named = {name for name in self.drivers if name in named} if t_df else set()
        self.df = float(t_df or 0.0)
        hidden = [(f"groups.{g}.factor", 1) for g in document.groups if self._members(g)]
        if self.t_named:
            hidden += [("copula.chi2", year) for year in range(1, self.horizon + 1)]
        if bridge:
            hidden.append(("bridge", 1))
        self.hidden = {name: len(self.rows) + i for i, name in enumerate(hidden)}
        self.repaired: dict[tuple[str, str], float] = {}
        self.scores: set[tuple[str, int]] = set()
        self._compile(bridge)

    def _members(self, group: str) -> list[str]:
        return [name for name, risk in self.document.risks.items() if risk.group == group]

    def _compile(self, bridge: bool) -> None:
        """Every operation, in an order that keeps rows in cache while they are worked on."""
        self._hidden()
        if bridge:
            for name, law in self.drivers.items():
                self._bridge(name, law.persistence)
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

    def streams_by_importance(self) -> list[tuple[str, int]]:
        """Streams by what they decide: what happens at all, then what is drawn once a path, then
        the years one after the other, since early rates enter all later levels.
        """
        kind = {(row.name, row.year or 1): row.kind for row in self.rows}

        def rank(stream: tuple[str, int]) -> tuple[int, int]:
            yearly = kind.get(stream) == "driver" or stream[0] == "copula.chi2"
            happens = kind.get(stream) in (None, "occurrence")
            return (2 if yearly else 0 if happens else 1), stream[1]

        return sorted(self.program.streams(), key=rank)

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
            if name == "bridge":
                continue
            self._draw(SCORE, row, name, year)
            if scale is not None and name == "copula.chi2":
                self.program.read(row, scale)
        self.t_table = self.program.table(Marginal(score_table(self.df))) if self.t_named else 0

    def _bridge(self, name: str, rho: float) -> None:
        """Turn the scores of all years so that the first one moves the whole path.

        A rate acts from its year on, so the path's weight on x_y is about H + 1 − y and that on the
        fresh score z_y its image g under the persistence. A Householder reflection takes the first
        axis to g; scores stay independent standard normals. (After Imai and Tan, "A general
        dimension reduction technique for derivative pricing", J. Comp. Finance 10, 2006.)
        """
        years = range(1, self.horizon + 1)
        for year in years:
            self._score(name, year)
        weight = np.arange(self.horizon, 0.0, -1.0)
        pull = np.empty(self.horizon)
        later = 0.0
        for y in reversed(range(self.horizon)):
            later = weight[y] + rho * later
            pull[y] = later * (np.sqrt((1 - rho) * (1 + rho)) if y else 1.0)
        mirror = -pull / np.linalg.norm(pull)
        mirror[0] += 1.0
        size = float(mirror @ mirror)
        if size < 1e-12:
            return
        rows = [self.place[name, year] for year in years]
        terms = tuple((row, float(m)) for row, m in zip(rows, mirror, strict=True))
        self.program.add(MIX, self.hidden["bridge", 1], terms=terms)
        for row, m in terms:
            self.program.add(
                COMBINE, row, other=self.hidden["bridge", 1], a=-2 * m / size, b=1.0
            )

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
        rho, told = law.persistence, law.years()
        marginals = [self._marginal(name, law, year) for year in range(1, told + 1)]
        for year in range(1, self.horizon + 1):
            self._score(name, year)
            if year > 1:
                if rho:
                    row, last = self.place[name, year], self.place[name, year - 1]
                    fresh = float(np.sqrt((1 - rho) * (1 + rho)))
                    self.program.add(COMBINE, row, other=last, a=rho, b=fresh)
                self._finish(name, marginals[min(year - 1, told) - 1], year - 1)
        self._finish(name, marginals[min(self.horizon, told) - 1], self.horizon)

    def _finish(self, name: str, marginal: Marginal, year: int) -> None:
        row = self.place[name, year]
        if name in self.t_named:
            chi2 = self.hidden["copula.chi2", year]
            self.program.add(T_SCORE, row, other=chi2, table=self.t_table, a=1 / self.df)
        self.program.read(row, marginal)

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
