"""The bars of a football field. Imports nothing: what draws them is to start fast."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True)
class Bar:
    """One range of a football field: prices for the stake, not numbers where undefined."""

    name: str
    low: float
    middle: float
    high: float
    remark: str
    about: str = ""
    """What the range is made of, where that is not the run itself."""

    @property
    def defined(self) -> bool:
        """Whether there is anything to draw."""
        return isfinite(self.low) and isfinite(self.high)
