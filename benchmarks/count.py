"""Counts the arithmetic of a path by running the kernels as plain Python on counting numbers.

    SIMULATOR_DISABLE_JIT=1 python -m benchmarks.count

Prints a JSON object: stage -> additions, multiplications and comparisons; divisions and roots; row
accesses; Philox words; all a path.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

TALLY: Counter[str] = Counter()


class Counted(float):
    """A float that counts what is done with it."""

    __slots__ = ()
    __array_ufunc__ = None  # NumPy scalars leave the operation to this class


def _counting(name: str, kind: str) -> Callable[..., Any]:
    plain = getattr(float, name)

    def operate(self: Counted, *others: Any) -> Any:
        TALLY[kind] += 1
        try:
            found = plain(self, *(float(other) for other in others))
        except (ZeroDivisionError, OverflowError):  # kernels go on with infinity
            found = math.nan
        return found if isinstance(found, bool) else Counted(found)

    return operate


for _name in ("add", "radd", "sub", "rsub", "mul", "rmul", "lt", "le", "gt", "ge", "abs"):
    setattr(Counted, f"__{_name}__", _counting(f"__{_name}__", "arithmetic"))
for _name in ("truediv", "rtruediv", "pow", "rpow"):
    setattr(Counted, f"__{_name}__", _counting(f"__{_name}__", "division"))


class CountedBlock:
    """Rows × lanes; reading or writing a number counts."""

    def __init__(self, rows: int, lanes: int) -> None:
        self.values = np.zeros((rows, lanes))
        self.shape = self.values.shape

    def __getitem__(self, place: Any) -> Any:
        found = self.values[place]
        if isinstance(found, np.ndarray):
            return found
        TALLY["access"] += 1
        return Counted(found)

    def __setitem__(self, place: Any, value: Any) -> None:
        if not isinstance(place[1], slice):
            TALLY["access"] += 1
        self.values[place] = float(value)


def main() -> None:
    """Count on one group of lanes."""
    import simulator.lanes as lanes

    word_to_float, float_of = lanes.word_to_float, lanes.float_of
    lanes.word_to_float = lambda word: Counted(word_to_float(word))
    lanes.float_of = lambda bits: Counted(float_of((int(bits) + 2**63) % 2**64 - 2**63))
    from benchmarks.stages import prefixes
    from benchmarks.workload import contract
    from simulator.engine.blocks import simulate_paths
    from simulator.sampling.program import SCORE, UNIFORM

    work = contract(256)
    block = CountedBlock(*work.memory.shape)
    found: dict[str, dict[str, float]] = {}
    before: Counter[str] = Counter()
    n = work.memory.shape[1]
    with np.errstate(all="ignore"):
        for stage, program in prefixes(work.plan.program):
            TALLY.clear()
            simulate_paths(
                program, work.plan.draws.arrays, 0, n,
                block, work.operands, work.by_path, work.by_year,
            )  # fmt: skip
            after = Counter(TALLY)
            kinds = ("arithmetic", "division", "access")
            found[stage] = {kind: (after[kind] - before[kind]) / n for kind in kinds}
            before = after
    code = work.plan.draws.arrays.code
    found["draws"]["words"] = float(np.isin(code, (SCORE, UNIFORM)).sum())
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
