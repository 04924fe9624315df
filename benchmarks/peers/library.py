"""The few array functions that the peers need, under one name for every library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = Any
"""An array of whatever library is at work."""


@dataclass(frozen=True)
class Numbers:
    """A library's functions; the second argument of minimum and maximum may be a number."""

    minimum: Callable[[Array, Any], Array]
    maximum: Callable[[Array, Any], Array]
    where: Callable[[Array, Any, Any], Array]
    log1p: Callable[[Array], Array]
    sqrt: Callable[[Array], Array]
    cumprod: Callable[[Array], Array]
    """Along the years."""
    stack: Callable[[Sequence[Array]], Array]
    concat: Callable[[Sequence[Array]], Array]
    as_number: Callable[[Array], Array]
    """Booleans to 0.0 and 1.0."""
    column: Callable[[Iterable[float]], Array]
    """Numbers by year as (years, 1)."""


def _running_product(a: Any) -> Any:
    """`np.cumprod(a, axis=0)`, which walks against the grain of the memory, row by row."""
    out = np.empty_like(a)
    out[0] = a[0]
    for y in range(1, len(a)):
        np.multiply(out[y - 1], a[y], out=out[y])
    return out


NUMPY = Numbers(
    minimum=np.minimum,
    maximum=np.maximum,
    where=np.where,
    log1p=np.log1p,
    sqrt=np.sqrt,
    cumprod=_running_product,
    stack=np.stack,
    concat=np.concatenate,
    as_number=lambda a: a.astype(np.float64),
    column=lambda values: np.array(list(values), dtype=np.float64)[:, None],
)
