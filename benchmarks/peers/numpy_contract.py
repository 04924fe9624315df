"""The vectorised-NumPy peer: the contract deal over whole arrays, or over chunks in the cache."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.peers.contract import Deal, simulate
from benchmarks.peers.library import NUMPY, Peer

CHUNK = 4096
"""Paths of one chunk: an (8, chunk) array takes 256 KB."""


def runner(deal: Deal, chunk: int | None = CHUNK) -> Peer:
    """The peer; `chunk=None`: all paths at once, as it is written down most simply."""
    return Peer(lambda draws: formulas(deal, draws), _same, _same, chunk)


def formulas(deal: Deal, draws: dict[str, Any]) -> dict[str, Any]:
    """All metrics of a chunk."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return simulate(deal, draws, NUMPY)


def _same(array: Any) -> Any:
    return array
