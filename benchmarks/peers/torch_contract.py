"""The contract deal in PyTorch on the processor: eager, or compiled by `torch.compile`."""

from __future__ import annotations

from typing import Any

from benchmarks.peers.contract import Deal, simulate
from benchmarks.peers.library import Numbers, Peer

CHUNK = 4096
"""The fastest of 1,024 … 65,536."""


def runner(deal: Deal, compiled: bool) -> Peer:
    """The peer on one thread; compiled, by its first run. ImportError without PyTorch."""
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

    within = torch.compile(formulas, dynamic=False) if compiled else formulas

    def work(draws: dict[str, Any]) -> dict[str, Any]:
        with torch.no_grad():
            found: dict[str, Any] = within(draws)
            return found

    return Peer(work, torch.from_numpy, lambda values: values.numpy(), CHUNK)
