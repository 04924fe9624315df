"""The contract deal in PyTorch on the processor: eager, or compiled by `torch.compile`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.peers.contract import Deal, simulate
from benchmarks.peers.library import Numbers

CHUNK = 4096


def runner(deal: Deal, compiled: bool) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A function of draws on one thread. ImportError where PyTorch is not installed."""
    import torch

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)

    def least(a: Any, b: Any) -> Any:
        return torch.minimum(a, b) if torch.is_tensor(b) else torch.clamp(a, max=b)

    def most(a: Any, b: Any) -> Any:
        return torch.maximum(a, b) if torch.is_tensor(b) else torch.clamp(a, min=b)

    numbers = Numbers(
        minimum=least,
        maximum=most,
        where=torch.where,
        log1p=torch.log1p,
        sqrt=torch.sqrt,
        cumprod=lambda a: torch.cumprod(a, dim=0),
        stack=torch.stack,
        concat=torch.cat,
        as_number=lambda a: a.to(torch.float64),
        column=lambda values: torch.tensor(list(values), dtype=torch.float64)[:, None],
    )

    def formulas(draws: dict[str, Any]) -> dict[str, Any]:
        return simulate(deal, draws, numbers)

    work = torch.compile(formulas, dynamic=False) if compiled else formulas

    def run(draws: dict[str, Any]) -> dict[str, Any]:
        paths = draws["companies.alpha.wacc"].shape[-1]
        out: dict[str, Any] = {}
        with torch.no_grad():
            for at in range(0, paths, CHUNK):
                part = {
                    name: torch.from_numpy(np.ascontiguousarray(values[..., at : at + CHUNK]))
                    for name, values in draws.items()
                }
                for name, values in work(part).items():
                    if name not in out:
                        out[name] = np.empty((*values.shape[:-1], paths))
                    out[name][..., at : at + CHUNK] = values.numpy()
        return out

    return run
