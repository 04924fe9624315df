"""Write draws.json: raw words and draws of the contract deal that must not change unnoticed.

Run: python -m tests.known_answers.make_draws

Raw words are promised for ever: a change of "words" breaks the promise. Draws are what is made of
them (normal scores, tables, correlation); they may change with a minor version, knowingly.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from simulator.sampling.philox import fill_words, stream_key
from simulator.sampling.plan import compile_draws
from tests.cases import contract

FILE = Path(__file__).with_name("draws.json")
SEED = 2025
PATHS = (0, 1, 100, 255, 256, 65_535, 10**12)
STREAMS = [("deal.close", 1), ("segments.fast.growth", 1), ("segments.fast.growth", 8)]


def words(name: str, year: int, path: int) -> int:
    """Raw 32-bit word of a stream."""
    k0, k1 = stream_key(SEED, name)
    S = np.empty((1, 256))
    fill_words(S, 0, np.uint64(k0), np.uint64(k1), np.uint64(year), path - path % 256)
    return int(S[0, path % 256])


def draws(path: int, copula: bool = False) -> dict[str, str]:
    """Every draw of a path as hexadecimal floats."""
    scenario = contract()
    if copula:
        scenario = scenario.replace({"copula": {"kind": "t", "df": 4.0}})
    plan = compile_draws(scenario.document, SEED)
    block = plan.block(path - path % 256)
    return {
        f"{row.name} {row.year or ''}".strip(): float(block[i, path % 256]).hex()
        for i, row in enumerate(plan.rows)
    }


def answers() -> dict[str, Any]:
    """The content of the file."""
    return {
        "seed": SEED,
        "words": [
            {"stream": name, "year": year, "path": path, "word": words(name, year, path)}
            for name, year in STREAMS for path in PATHS
        ],
        "draws": {str(path): draws(path) for path in PATHS},
        "draws_t_copula": {"300": draws(300, copula=True)},
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(answers(), indent=1) + "\n", encoding="utf-8")
