"""The distribution on a terminal: as high as its shares, losses apart, at most 80 wide."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.report.chart_data import histogram
from simulator.report.charts import Histogram
from simulator.report.outline import BINS, ROWS, outline


def _of(values: list[float]) -> list[str]:
    data = histogram(np.array(values), "NPV to the acquirer", "money", bins=BINS)
    assert data is not None
    return [line.plain for line in outline(data)]


def test_by_hand() -> None:
    data = Histogram("NPV", "money", (-20.0, -10.0, 0.0, 10.0), (0.25, 0.5, 0.25), 0.0, 0.0, ())
    upper, lower, axis = outline(data)
    assert (upper.plain, lower.plain) == ("   █ ", "  ███")
    assert [str(span.style) for span in lower.spans] == ["red", "red", "green"]
    assert axis.plain.endswith("  NPV")


def test_rare_values_are_seen() -> None:
    *_, lower, _ = _of([0.0] * 100_000 + [1.0] * 10_000 + [5.0] * 2_000 + [-5.0] * 2_000)
    assert lower.strip()[0] == lower.strip()[-1] == "▁"


def test_break_even_is_marked_where_losses_end() -> None:
    data = histogram(np.random.default_rng(1).normal(1.0, 4.0, 9999), "NPV", "money", bins=BINS)
    assert data is not None
    lines = outline(data)
    losses = sum(str(span.style) == "red" for span in lines[1].spans)
    assert lines[-1].plain.index(" 0 ") + 1 == losses + 2


@given(st.lists(st.floats(-1e12, 1e12), min_size=2, max_size=60), st.booleans())
def test_it_fits_and_is_never_higher_than_its_rows(values: list[float], wide: bool) -> None:
    data = histogram(np.array(values) * (1e3 if wide else 1.0), "NPV to the acquirer", "money",
                     bins=BINS)  # fmt: skip
    assume(data is not None)
    assert data is not None
    lines = outline(data)
    assert len(lines) == ROWS + 1
    assert max(len(line.plain) for line in lines) <= 80
    assert "█" in lines[0].plain
