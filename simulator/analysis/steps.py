"""The steps of a value bridge. Imports nothing: what draws them is to start fast."""

from __future__ import annotations

from dataclasses import dataclass

ALONE, SYNERGIES, RISKS, PRICE, NPV = "alone", "synergies", "risks", "price", "npv"


@dataclass(frozen=True, slots=True)
class Step:
    """One step, in millions of the scenario's currency; the last is the sum of those before."""

    name: str
    """alone: the stake in the targets' equity without the deal, where it closes; synergies: what
    the deal adds to the firms on paths without any deal risk; risks: what that is less on average
    over all paths; price: what is paid with all that goes with it (fees, earn-outs, subsidy, the
    sellers' part of the combined firm, the cost of not closing); npv."""
    mean: float
    worst: float
    """Mean over the worst 5 % of the paths."""
    joint: bool = False
    """Whether synergies and deal risks are one step, as too few paths are free of such risks to
    tell them apart. Of `synergies`: everywhere, there is no step of risks. Of `risks`: among the
    worst paths, where what they take is in the synergies, and the 0 here is no finding."""

    @property
    def within(self) -> bool:
        """Whether the number of the worst paths is part of that of the step before."""
        return self.joint and self.name == RISKS
