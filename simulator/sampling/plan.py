"""A compiled draw stage: the rows of a block and the program that fills them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulator.sampling.compiler import Compiler
from simulator.sampling.draw import draw_block
from simulator.sampling.philox import GROUP
from simulator.sampling.program import DrawArrays
from simulator.sampling.rows import DrawRow
from simulator.sampling.sobol import NO_SOBOL, REPLICATES, sobol_points
from simulator.scenario.document import Document

__all__ = ["DrawPlan", "DrawRow", "compile_draws"]


@dataclass(frozen=True)
class DrawPlan:
    """A compiled draw stage."""

    rows: tuple[DrawRow, ...]
    arrays: DrawArrays
    scratch_rows: int
    """Rows of S after the visible ones that the kernel needs for itself."""
    paths: int
    """Paths to run: as asked for, else as the document says; whole replicates with Sobol points."""
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
    if paths is None:
        paths = document.simulation.paths
    compiler = Compiler(document, seed, bridge=sampler == "sobol")
    program = compiler.program
    points = NO_SOBOL
    if sampler == "sobol":
        points = sobol_points(seed, compiler.streams_by_importance(), paths)
        paths = points.paths
    work = len(compiler.rows) + len(compiler.hidden)
    return DrawPlan(
        rows=compiler.rows,
        arrays=program.arrays((work, work + 1), points),
        scratch_rows=len(compiler.hidden) + 2,
        paths=paths,
        replicates=REPLICATES if sampler == "sobol" else 1,
        repaired=compiler.repaired,
    )
