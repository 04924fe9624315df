"""The contract deal in JAX: the same formulas, double precision, jit on the processor."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from benchmarks.peers.contract import Deal, simulate
from benchmarks.peers.library import Numbers, Peer

CHUNK = 4096
"""The fastest of 512 … 65,536."""


def runner(deal: Deal) -> Peer:
    """The peer on one thread; its first run compiles. ImportError where JAX is not installed."""
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    os.environ.setdefault(
        "XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    )
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    numbers = Numbers(
        minimum=jnp.minimum,
        maximum=jnp.maximum,
        where=jnp.where,
        log1p=jnp.log1p,
        sqrt=jnp.sqrt,
        cumprod=lambda a: jnp.stack(_running(list(a))),
        stack=jnp.stack,
        concat=jnp.concatenate,
        as_number=lambda a: a.astype(jnp.float64),
        column=lambda values: jnp.array(list(values), dtype=jnp.float64)[:, None],
    )
    compiled = jax.jit(lambda draws: simulate(deal, draws, numbers))

    def work(draws: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = jax.block_until_ready(compiled(draws))
        return found

    return Peer(work, jnp.asarray, np.asarray, CHUNK)


def _running(rows: list[Any]) -> list[Any]:
    for y in range(1, len(rows)):
        rows[y] = rows[y - 1] * rows[y]
    return rows
