"""Valid scenarios that mix all features of the format, as raw mappings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from tests.strategies.deals import add_deal
from tests.strategies.dice import Dice, HypothesisDice, RandomDice, chance, number, pick
from tests.strategies.firms import HOME, Draft, Raw, add_company, add_currencies, add_segments
from tests.strategies.happenings import add_risks, add_synergies


@st.composite
def scenarios(draw: Any) -> Raw:
    """Raw mappings as from TOML; each is a valid scenario."""
    return make(HypothesisDice(draw))


def random_scenario(seed: int) -> Raw:
    """The scenario of a seed, without hypothesis: for many comparisons in little time."""
    return make(RandomDice(seed))


def make(dice: Dice) -> Raw:
    """A scenario by the choices of the dice."""
    steps = pick(dice, (1, 1, 2, 4, 12))
    horizon = 2 + dice.upto(2 if steps == 12 else 5)
    valuation: Raw = {"horizon": horizon, "steps_per_year": steps}
    if chance(dice, 60):
        valuation["convention"] = pick(dice, ("mid", "end"))
    raw: Raw = {
        "format": 1, "title": "Buyer and sellers", "currency": HOME, "base_year": 2024,
        "valuation": valuation, "segments": {}, "companies": {}, "deal": {},
    }  # fmt: skip
    draft = Draft(dice, horizon, raw)
    add_segments(draft)
    add_company(draft, "buyer", pick(dice, (1, 2, 3, 0)))
    targets = ["seller", "partner", "third"][: pick(dice, (1, 1, 2, 3))]
    for name in targets:
        add_company(draft, name, pick(dice, (1, 2)))
    if chance(dice, 10):
        add_company(draft, "bystander", 1)
    if chance(dice, 30):
        targets.reverse()
    add_deal(draft, targets)
    add_synergies(draft)
    add_risks(draft)
    add_currencies(draft)
    _add_correlations(draft)
    return raw


def _add_correlations(draft: Draft) -> None:
    """Pairs of neighbours in a chain of uncertain quantities: always a correlation matrix."""
    dice = draft.dice
    names = list(_uncertain(draft.raw, ""))
    count = dice.upto(3)
    if count == 0 or len(names) < 2:
        return
    first = dice.upto(len(names) - 1)
    chain = (names[first:] + names[:first])[: count + 1]
    draft.raw["correlations"] = [
        {"between": [a, b], "value": number(dice, -0.6, 0.6)} for a, b in pairwise(chain)
    ]
    if chance(dice, 30):
        draft.raw["copula"] = {"kind": "t", "df": number(dice, 3.0, 12.0)}


def _uncertain(node: Any, prefix: str) -> Iterator[str]:
    """Paths of all distribution tables in a raw mapping."""
    if isinstance(node, dict):
        if "dist" in node:
            yield prefix
            return
        for key, value in node.items():
            yield from _uncertain(value, f"{prefix}.{key}" if prefix else key)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _uncertain(value, f"{prefix}.{index}")
