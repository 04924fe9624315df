"""Path by path in Python: the reference twin of the tests, and `monaco` driving it."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.reference.twin import simulate_path

NAMES = ("npv_acquirer", "max_price", "ev_combined")


def path_of(draws: dict[str, Any], i: int) -> dict[str, Any]:
    """Draws of one path."""
    return {
        name: float(values[i]) if values.ndim == 1 else values[:, i].tolist()
        for name, values in draws.items()
    }


def loop(document: Any, draws: dict[str, Any], paths: int) -> dict[str, Any]:
    """The first paths, one after the other."""
    found = [simulate_path(document, path_of(draws, i)) for i in range(paths)]
    out: dict[str, Any] = {name: np.array([one.metrics[name] for one in found]) for name in NAMES}
    margins = [one.yearly["combined.gross_margin"] for one in found]
    out["combined.gross_margin"] = np.array(margins).T
    return out


def monaco_runner(document: Any, draws: dict[str, Any], paths: int) -> Callable[[], dict[str, Any]]:
    """A `monaco.Sim` whose cases are the first paths. ImportError where it is not installed.

    monaco draws one uniform a case, as its own bookkeeping needs a variable; the deal's draws are
    the simulator's, so that the results can be compared.
    """
    import monaco
    from scipy.stats import uniform

    logging.getLogger("monaco").setLevel(logging.ERROR)

    def preprocess(case: Any) -> tuple[Any, ...]:
        return (path_of(draws, case.ncase),)

    def work(drawn: dict[str, Any]) -> tuple[Any, ...]:
        return (simulate_path(document, drawn),)

    def postprocess(case: Any, found: Any) -> None:
        for name in NAMES:
            case.addOutVal(name, found.metrics[name])
        case.addOutVal("combined.gross_margin", found.yearly["combined.gross_margin"])

    def run() -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            sim = monaco.Sim(
                name="contract", ndraws=paths, seed=1, singlethreaded=True, verbose=False,
                fcns={"preprocess": preprocess, "run": work, "postprocess": postprocess},
                firstcaseismedian=False, savecasedata=False, savesimdata=False,
                resultsdir=folder,
            )  # fmt: skip
            sim.addInVar(name="u", dist=uniform, distkwargs={"loc": 0, "scale": 1})
            sim.runSim()
            return {
                name: np.array([case.outvals[name].val for case in sim.cases]).T
                for name in (*NAMES, "combined.gross_margin")
            }

    return run
