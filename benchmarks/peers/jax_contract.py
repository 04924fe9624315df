"""The contract deal in JAX: the same formulas, double precision, jit on the processor."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.peers.contract import Deal, simulate
from benchmarks.peers.library import Numbers

CHUNK = 4096


def runner(deal: Deal) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A function of draws; the first call compiles. ImportError where JAX is not installed."""
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

    def run(draws: dict[str, Any]) -> dict[str, Any]:
        paths = draws["companies.alpha.wacc"].shape[-1]
        parts = [
            compiled({name: values[..., at : at + CHUNK] for name, values in draws.items()})
            for at in range(0, paths, CHUNK)
        ]
        return {name: np.concatenate([p[name] for p in parts], axis=-1) for name in parts[0]}

    return run


def _running(rows: list[Any]) -> list[Any]:
    for y in range(1, len(rows)):
        rows[y] = rows[y - 1] * rows[y]
    return rows
