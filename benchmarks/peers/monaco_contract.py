"""The Monte Carlo library `monaco` driving the contract deal, path by path in plain Python."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.peers.contract import Deal
from benchmarks.peers.plain_python import beforehand, path_of, simulate

Results = dict[str, Any]


def runner(
    deal: Deal, draws: dict[str, Any], paths: int, names: tuple[str, ...]
) -> Callable[[], Results]:
    """A `monaco.Sim` whose cases are the first paths. ImportError where it is not installed.

    monaco draws one uniform a case, as its own bookkeeping needs a variable; the deal's draws are
    the simulator's, so that the results can be compared. It keeps the metrics that are named.
    """
    import monaco
    from scipy.stats import uniform

    logging.getLogger("monaco").setLevel(logging.ERROR)
    fixed = beforehand(deal)

    def preprocess(case: Any) -> tuple[Any, ...]:
        return (path_of(draws, case.ncase),)

    def work(drawn: dict[str, Any]) -> tuple[Any, ...]:
        return (simulate(fixed, drawn),)

    def postprocess(case: Any, found: Results) -> None:
        for name in names:
            case.addOutVal(name, found[name])

    def run() -> Results:
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
                name: np.array([case.outvals[name].val for case in sim.cases]).T for name in names
            }

    return run
