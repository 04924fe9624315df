"""Memory of results, used again: the first touch of fresh memory costs as much as the paths."""

from __future__ import annotations

import mmap
import threading
import weakref

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import LANES

LINE = LANES
"""Columns of all arrays come in whole lines of the cache, as the formulas write them."""

KEPT = 1 << 29
"""Bytes of freed memory that are kept for the next run, at most."""

LEAST = 1 << 22
"""Smaller arrays are left to NumPy."""

_LOCK = threading.RLock()  # a finalizer may run while it is held
_FREE: list[mmap.mmap] = []


def aligned(*shape: int) -> NDArray[np.float64]:
    """An array whose memory begins at a cache line, not filled.

    When nothing refers to it any more its memory is kept for the next one that fits.
    """
    size = 8 * int(np.prod(shape))
    if size < LEAST:
        raw = np.empty(size // 8 + LINE)
        skip = (-raw.ctypes.data // 8) % LINE
        return raw[skip : skip + size // 8].reshape(shape)
    pages = _taken(size)
    whole = np.frombuffer(pages, np.float64)
    weakref.finalize(whole, _give_back, pages).atexit = False
    return whole[: size // 8].reshape(shape)


def _taken(size: int) -> mmap.mmap:
    """Freed memory that is not much too large, or fresh memory; what does not fit is let go."""
    with _LOCK:
        fitting = [pages for pages in _FREE if size <= len(pages) <= 2 * size]
        if fitting:
            best = min(fitting, key=len)
            _FREE.remove(best)
            return best
        _FREE.clear()
    return mmap.mmap(-1, size)


def _give_back(pages: mmap.mmap) -> None:
    with _LOCK:
        _FREE.append(pages)
        while sum(len(p) for p in _FREE) > KEPT:
            _FREE.pop(0)


def kept() -> int:
    """Bytes of freed memory that are kept."""
    with _LOCK:
        return sum(len(pages) for pages in _FREE)
