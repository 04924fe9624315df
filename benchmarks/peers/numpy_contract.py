"""The vectorised-NumPy peer: the contract deal over chunks of paths that stay in the cache."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.peers.contract import Deal, simulate
from benchmarks.peers.library import NUMPY

CHUNK = 2048
"""Paths of one chunk: an (8, chunk) array takes 128 KB."""


def run(deal: Deal, draws: dict[str, Any], chunk: int = CHUNK) -> dict[str, Any]:
    """All metrics of all paths from their draws: (n,) or (H, n)."""
    paths = draws["companies.alpha.wacc"].shape[-1]
    out: dict[str, Any] = {}
    with np.errstate(invalid="ignore", divide="ignore"):
        for at in range(0, paths, chunk):
            part = {name: values[..., at : at + chunk] for name, values in draws.items()}
            for name, values in simulate(deal, part, NUMPY).items():
                if name not in out:
                    out[name] = np.empty((*values.shape[:-1], paths))
                out[name][..., at : at + chunk] = values
    return out
