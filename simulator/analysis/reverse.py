"""Reverse stress: what most likely makes a deal lose money, from the paths of one run.

Three views of the losing paths, none of which needs a new path:

- single factors: how far their mean on losing paths is from that on all paths;
- the most likely way to break even: in normal scores, t·ρ for a factor whose rank correlation (of
  normal scores) with npv_acquirer is ρ, where t = Φ⁻¹(P(loss)) is how far zero is from the median
  of npv_acquirer. It is what a path with npv_acquirer = 0 looks like on average if all scores are
  jointly normal; then it is also the point of the loss region nearest to the median, the "design
  point" of structural reliability (Hasofer & Lind 1974; Breuer, Jandačka, Rheinberger & Summer,
  "How to find plausible, severe, and useful stress scenarios", 2009);
- combinations of one to three conditions, a factor in its worst third or a risk that occurs, by
  how many more losing paths they hold than as many paths picked at random (the leverage of
  Piatetsky-Shapiro 1991). They are chosen on the first half of the paths (or replicates). Pairs and
  triples, of which there are many, are measured on the second, so that the choice does not flatter
  them; single conditions on all paths, as the single factors are.

All three are of the paths on which the deal closes. One that does not costs its fees, whatever else
is drawn: it never breaks even, and what stops a deal that loses more than that would look like a
way to make it pay. How many of the losing paths those are is told by itself.

All of it is association in the sample: a factor may stand there because it moves with another, and
ways of losing that take more than three things, or the middle of a range, are not found. Where most
paths lose, the question is turned round: what must come together for the deal to pay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.factors import CERTAIN, Factor, Kind, Lean, Mask, factors, leans
from simulator.results.estimate import Estimate
from simulator.results.raw import Array
from simulator.results.result import Result, expect_result
from simulator.results.sample import Sample, share

FEWEST = 30
"""Paths that must lose (or pay) before anything is said of them, in each half."""
CONSIDERED = 10
"""Factors that combinations are made of, the clearest first."""
SHOWN = 3
"""Combinations of each size."""

Side = Literal["low", "high", "occurs", "spared"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A factor in its lowest or highest third, or a risk that occurs or does not."""

    name: str
    kind: Kind
    years: tuple[int, int] | None
    side: Side
    bound: float
    """Edge of the third, in the unit of the quantity; of a risk 1 or 0."""


@dataclass(frozen=True, slots=True)
class Combination:
    """Conditions that hold together."""

    conditions: tuple[Condition, ...]
    frequency: float
    """Share of the paths that close on which they hold."""
    chance: Estimate
    """P(loss | they hold); turned round: P(no loss | they hold)."""
    covers: Estimate
    """Share of the losing (or paying) paths that close on which they hold."""


@dataclass(frozen=True, slots=True)
class Place:
    """One coordinate of the most likely way to break even."""

    name: str
    kind: Kind
    years: tuple[int, int] | None
    score: Estimate
    """In standard normal scores; 0 is the median. Of a risk: in standard deviations."""
    value: float
    """In the unit of the quantity; of a risk its frequency there."""
    median: float
    """Of the paths that close; of a risk its frequency."""


@dataclass(frozen=True)
class Reverse:
    """What most likely makes a deal that closes lose money, or, turned round, pay."""

    turned: bool
    """Whether most paths lose, so that `event` is paying (npv_acquirer ≥ 0) instead of losing."""
    event: Estimate
    """P(loss), or P(no loss) where turned."""
    count: int
    """Paths of the event on which the deal closes; where a half of the paths has fewer than
    `FEWEST` nothing is said."""
    paths: int
    """Paths in all."""
    leans: tuple[Lean, ...]
    break_even: tuple[Place, ...]
    combinations: tuple[Combination, ...]
    """Singles, pairs and triples, the best of each size first."""
    failing: float = 0.0
    """Share of all paths on which the deal does not close; the three tables leave them out."""
    failing_if: float = 0.0
    """Share of the event's paths on which it does not close."""


def reverse_stress(result: Result, most: int = 6) -> Reverse:
    """Which factors, and which of them together, most likely make npv_acquirer negative.

    At most `most` factors and coordinates. Deterministic; a run that is there is all it needs.
    """
    expect_result(result, "reverse_stress")
    npv, replicates = result.values("npv_acquirer"), result.raw.replicates
    turned = bool(result.p_loss.value > 0.5)
    happens = npv >= 0 if turned else npv < 0
    chance = result.value_created if turned else result.p_loss
    closed = result.values("closed") == 1
    event = happens & closed
    count, failing = int(event.sum()), float(1.0 - closed.mean())
    failing_if = float(1.0 - closed[happens].mean()) if happens.any() else 0.0
    halves = np.array_split(event, 2)
    if min(int(half.sum()) for half in halves) < FEWEST:
        return Reverse(turned, chance, count, npv.size, (), (), (), failing, failing_if)
    every = factors(result)
    told = leans(every, event, replicates, closed)
    named = {factor.name: factor for factor in every}
    chosen = [(lean, named[lean.name]) for lean in told[:CONSIDERED]]
    return Reverse(
        turned, chance, count, npv.size, tuple(told[:most]),
        tuple(_break_even(npv, closed, [factor for _, factor in chosen], replicates)[:most]),
        tuple(_combinations(event, closed, chosen, replicates)), failing, failing_if,
    )  # fmt: skip


def _break_even(
    npv: Array, among: Mask, found: Sequence[Factor], replicates: int
) -> list[Place]:
    """`among`: the paths that close, (paths,); the scores are those of these paths."""
    at, seen = _scores(npv[among]), npv[among]
    losing = float(np.mean(seen < 0) + np.mean(seen == 0) / 2)
    far = _score_of(losing)
    places = [_place(factor, at, among, far, replicates) for factor in found]
    sure = [place for place in places if abs(place.score.value) > CERTAIN * place.score.se]
    return sorted(sure, key=lambda place: -abs(place.score.value))


def _place(
    factor: Factor, at: Array, among: Mask, far: float, replicates: int
) -> Place:
    """t·ρ; at: normal scores of npv_acquirer on the paths `among` all, in their order; far: t."""
    values = factor.values[among]
    mean, sd = float(values.mean()), float(values.std())
    scores = (values - mean) / sd if factor.kind == "risk" else _scores(values)
    products = np.full(among.size, np.nan)
    products[among] = scores * at
    pull = Sample(products, replicates).mean()
    score = Estimate(far * pull.value, abs(far) * pull.se, pull.df)
    if factor.kind == "risk":
        frequency = min(max(mean + sd * score.value, 0.0), 1.0)
        return Place(factor.name, "risk", None, score, frequency, mean)
    value, median = np.quantile(values, [_normal(score.value), 0.5])
    return Place(factor.name, factor.kind, factor.years, score, float(value), float(median))


def _scores(values: Array) -> Array:
    """Normal scores of the ranks; equal values share the mean of theirs."""
    from scipy.special import ndtri

    from simulator.results.ranks import mean_ranks

    scores: Array = ndtri((mean_ranks(values) + 0.5) / values.size)
    return scores


def _score_of(p: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(p))


def _normal(score: float) -> float:
    from scipy.special import ndtr

    return float(ndtr(score))


def _combinations(
    event: Mask, among: Mask, chosen: Sequence[tuple[Lean, Factor]], replicates: int
) -> Iterator[Combination]:
    """`among`: the paths that close, (paths,), those of the event with them."""
    conditions, masks = [], []
    for lean, factor in chosen:
        condition = _condition(lean, factor.values[among])
        holds = _holds(condition, factor.values) & among
        if 0 < holds.sum() < 0.6 * among.sum() or condition.kind == "risk":
            conditions.append(condition)
            masks.append(holds)
    half = event.size // 2
    seen = among[:half]
    first = _Cells(np.array([mask[:half][seen] for mask in masks]), event[:half][seen])
    for size in (1, 2, 3):
        begin, part = (0, replicates) if size == 1 else (half, max(1, replicates // 2))
        for members in first.best(size):
            together = np.logical_and.reduce([masks[i] for i in members])
            later, lost = together[begin:], event[begin:]
            if not later.any():
                continue
            yield Combination(
                tuple(conditions[i] for i in members), float(together.sum() / among.sum()),
                share(np.where(later, 0.0, np.nan), lost, part),
                share(np.where(lost, 0.0, np.nan), later, part),
            )  # fmt: skip


def _condition(lean: Lean, values: Array) -> Condition:
    """The third, or the state of the risk, towards which the paths of the event lean."""
    up = lean.shift.value > 0
    if lean.kind == "risk":
        return Condition(lean.name, "risk", None, "occurs" if up else "spared", float(up))
    bound = float(np.quantile(values, 2 / 3 if up else 1 / 3))
    return Condition(lean.name, lean.kind, lean.years, "high" if up else "low", bound)


def _holds(condition: Condition, values: Array) -> Mask:
    match condition.side:
        case "low":
            holds: Mask = values <= condition.bound
        case "high":
            holds = values >= condition.bound
        case _:
            holds = values == condition.bound
    return holds


class _Cells:
    """Paths counted by which of the conditions hold: every combination is a sum of cells."""

    def __init__(self, masks: NDArray[np.bool_], event: Mask) -> None:
        """Masks (conditions, paths)."""
        self.size = len(masks)
        code = np.zeros(event.size, np.intp)
        for bit, mask in enumerate(masks):
            code |= mask.astype(np.intp) << bit
        self._all = np.bincount(code, minlength=1 << self.size)
        self._event = np.bincount(code[event], minlength=1 << self.size)
        self._codes = np.arange(1 << self.size)
        self._rate = event.mean()

    def best(self, size: int) -> list[tuple[int, ...]]:
        """The combinations with the greatest leverage in which no member is idle."""
        found = []
        for members in combinations(range(self.size), size):
            paths, events = self._count(members)
            if events >= FEWEST and self._all_pull(members, events / paths):
                found.append((events - self._rate * paths, members))
        found.sort(key=lambda entry: (-entry[0], entry[1]))
        return [members for _, members in found[:SHOWN]]

    def _all_pull(self, members: tuple[int, ...], chance: float) -> bool:
        """Whether every member raises the chance above that of the others without it, by more than
        two standard errors.
        """
        paths, _ = self._count(members)
        least = chance - 2 * (chance * (1 - chance) / paths) ** 0.5
        for left_out in members:
            others = tuple(m for m in members if m != left_out)
            n, k = self._count(others)
            if least <= k / n:
                return False
        return True

    def _count(self, members: tuple[int, ...]) -> tuple[int, int]:
        """Paths on which all members hold, and those of the event among them."""
        bits = sum(1 << m for m in members)
        inside = (self._codes & bits) == bits
        return int(self._all[inside].sum()), int(self._event[inside].sum())
