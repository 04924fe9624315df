"""Which row of a block of paths is what: metrics, then some draws, then answers to questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.engine.plan import Plan
from simulator.engine.tally import AMONG, CHANCE, HAZARD, WITHIN, Asked
from simulator.results.asked import Among, Question, Stated, Within, questions
from simulator.results.streamed import Key
from simulator.scenario.document import Document

PRICE = "deal.price"
"""The one draw that is shown."""


@dataclass(frozen=True)
class Layout:
    """The rows of a block, from the first: path metrics, yearly metrics, draws, answers."""

    keys: tuple[Key, ...]
    """Metric and calendar year of the metrics' rows."""
    priced: tuple[str, ...]
    """Draws that are counted in bins, as metrics are."""
    drawn: NDArray[np.int64]
    """Rows of the draws' block that are copied: those of `priced`, then those of risks."""
    questions: tuple[Question, ...]
    asked: Asked

    @classmethod
    def of(cls, plan: Plan, document: Document) -> Layout:
        """The rows of a plan, and all questions of the tables."""
        first = document.base_year + 1
        years = range(first, first + plan.program.horizon)
        keys: list[Key] = [(name, None) for name in plan.path_metrics]
        keys += [(name, year) for name in plan.year_metrics for year in years]
        places = {row.name: n for n, row in enumerate(plan.draws.rows) if row.year is None}
        wanted = [PRICE]
        wanted += [f"risks.{name}.{what}" for name in document.risks for what in _CHANCES]
        found = [name for name in wanted if name in places]
        asked = questions(document, [*plan.path_metrics, *plan.year_metrics])
        at = {key: row for row, key in enumerate(keys)}
        at |= {(name, None): len(keys) + n for n, name in enumerate(found)}
        return cls(
            tuple(keys), tuple(name for name in found if name == PRICE),
            np.array([places[name] for name in found], np.int64), tuple(asked),
            encoded(asked, at, document),
        )  # fmt: skip

    @property
    def binned(self) -> int:
        """Rows that are counted in bins, from the first."""
        return len(self.keys) + len(self.priced)

    @property
    def first_answer(self) -> int:
        """Row of the first answer."""
        return len(self.keys) + self.drawn.size

    @property
    def rows(self) -> int:
        """All rows."""
        return self.first_answer + len(self.questions)

    def row(self, question: Question) -> int:
        """Row of an answer."""
        return self.first_answer + self.questions.index(question)


_CHANCES = ("probability", "hazard")


def encoded(asked: Sequence[Question], at: dict[Key, int], document: Document) -> Asked:
    """Questions as the kernel takes them; `at`: row of each metric and draw."""
    codes = [_encoded(question, at, document) for question in asked]
    kind, row, flag, closed = np.array([c[:4] for c in codes], np.int64).reshape(-1, 4).T.copy()
    low, high = np.array([c[4:] for c in codes], np.float64).reshape(-1, 2).T.copy()
    return Asked(kind, row, flag, closed, low, high)


def _encoded(
    question: Question, at: dict[Key, int], document: Document
) -> tuple[int, int, int, int, float, float]:
    if isinstance(question, Within):
        row = at[question.metric, question.year]
        return WITHIN, row, -1, -1, question.low, question.high
    if isinstance(question, Among):
        closed = at["closed", None] if question.closed else -1
        row, flag = at[question.metric, None], at[question.flag, None]
        return AMONG, row, flag, closed, question.value, 0.0
    return _chance(question, at, document)


def _chance(
    question: Stated, at: dict[Key, int], document: Document
) -> tuple[int, int, int, int, float, float]:
    risk, name = document.risks[question.risk], f"risks.{question.risk}"
    if risk.probability is not None:
        row = at.get((f"{name}.probability", None), -1)
        return CHANCE, row, -1, -1, _number(risk.probability), 0.0
    row = at.get((f"{name}.hazard", None), -1)
    origin = at["close", None] if risk.scope == "deal" else -1
    years = float(document.valuation.horizon)
    return HAZARD, row, origin, -1, _number(risk.hazard), years


def _number(quantity: object) -> float:
    return float(quantity) if isinstance(quantity, float | int) else 0.0
