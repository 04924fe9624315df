"""The bars of a football field. Imports nothing: what draws them is to start fast."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True)
class Precedent:
    """A real deal whose multiple a range is made of."""

    text: str
    """Who bought whom."""
    chinese: str
    """The same in Chinese, where the data file has it."""
    year: int
    multiple: float


@dataclass(frozen=True)
class Bar:
    """One range of a football field: prices for the stake, not numbers where undefined."""

    name: str
    low: float
    middle: float
    high: float
    remark: str
    precedents: tuple[Precedent, ...] = ()
    """What the range is made of, where that is not the run itself."""

    @property
    def defined(self) -> bool:
        """Whether there is anything to draw."""
        return isfinite(self.low) and isfinite(self.high)
