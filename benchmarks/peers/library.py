"""What all peers share: array functions under one name, and how a peer is set going."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
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


@dataclass
class Peer:
    """A library at work on the deal, chunk by chunk, on draws that it is given."""

    work: Callable[[dict[str, Array]], dict[str, Array]]
    """All metrics of a chunk, complete when it returns."""
    own: Callable[[Any], Array]
    """A NumPy array as one of the library's."""
    plain: Callable[[Array], Any]
    """And back, without a copy where the library allows it."""
    chunk: int | None
    """Paths of a chunk; None: all at once."""
    _parts: list[tuple[int, dict[str, Array]]] = field(default_factory=list)
    _out: dict[str, Any] = field(default_factory=dict)

    def take(self, draws: dict[str, Any]) -> None:
        """Draws in the library's own arrays, cut into chunks: before the clock starts."""
        paths = next(iter(draws.values())).shape[-1]
        chunk = paths if self.chunk is None else self.chunk
        self._out.clear()
        self._parts = [
            (
                at,
                {
                    name: self.own(np.ascontiguousarray(values[..., at : at + chunk]))
                    for name, values in draws.items()
                },
            )
            for at in range(0, paths, chunk)
        ]

    def run(self) -> None:
        """All paths. Results of chunks are put together in arrays that stay from run to run."""
        if len(self._parts) == 1:
            self._out = self.work(self._parts[0][1])
            return
        for at, part in self._parts:
            for name, values in self.work(part).items():
                found = self.plain(values)
                if name not in self._out:
                    self._out[name] = np.zeros((*found.shape[:-1], self.paths))
                self._out[name][..., at : at + found.shape[-1]] = found

    @property
    def paths(self) -> int:
        """Paths of all chunks."""
        at, last = self._parts[-1]
        return at + int(next(iter(last.values())).shape[-1])

    def results(self) -> dict[str, Any]:
        """Metrics of the last run by name."""
        return {
            name: values if isinstance(values, np.ndarray) else self.plain(values)
            for name, values in self._out.items()
        }
