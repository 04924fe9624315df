"""The one place that says how kernels are compiled."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

JIT_DISABLED = os.environ.get("SIMULATOR_DISABLE_JIT", "") not in ("", "0")
"""Set SIMULATOR_DISABLE_JIT=1 to run kernels as plain Python: coverage and debuggers see the lines."""


def kernel(function: F) -> F:
    """Compile `function` with the house's options.

    `error_model="numpy"`: no branch for a zero divisor, so that lane loops vectorise.
    `nogil`: blocks run side by side in threads. `fastmath` stays off: the same bits everywhere.
    """
    if JIT_DISABLED:
        return function
    from numba import njit

    return njit(error_model="numpy", nogil=True, cache=True)(function)  # type: ignore[no-any-return]


def inlined(function: F) -> F:
    """Compile a function of scalars that lane loops call: always inlined, so that they vectorise."""
    if JIT_DISABLED:
        return function
    from numba import njit

    options = {"error_model": "numpy", "nogil": True, "cache": True, "forceinline": True}
    return njit(**options)(function)  # type: ignore[no-any-return]
