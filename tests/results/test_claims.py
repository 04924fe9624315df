"""Promises put to the test."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.results.sample import Sample

from .runs import HORIZON, draw_result


def margins(second: np.ndarray) -> np.ndarray:
    table = np.zeros((HORIZON, second.size))
    table[1] = second
    return table


def test_a_promise_is_kept_as_often_as_the_paths_keep_it() -> None:
    values = np.random.default_rng(9).permutation(np.arange(1024) / 1024)
    table = draw_result(combined_gross_margin=margins(values)).claims()
    row = table.iloc[0]
    assert row["text"] == "margin of 30 %"
    assert (row["metric"], row["year"]) == ("combined.gross_margin", 2026)
    assert row["bound"] == "at least 0.3"
    assert row["at_least"] == 0.3
    assert np.isnan(row["at_most"])
    assert row["probability"] == (values >= 0.3).mean()
    assert row["se"] == pytest.approx(np.sqrt(row["probability"] * (1 - row["probability"]) / 1024))
    assert row["low"] < row["probability"] < row["high"]
    assert row["median"] == np.median(values)
    assert row["percentile"] == pytest.approx(100 * (values < 0.3).mean())
    assert row["undefined"] == 0


def test_undefined_paths_neither_keep_nor_break_a_promise() -> None:
    payback = np.where(np.arange(1024) < 256, np.nan, np.arange(1024) % 4 + 1.5)
    row = draw_result(payback=payback).claims().iloc[1]
    assert row["bound"] == "at most 3"
    assert row["year"] is np.ma.masked or str(row["year"]) == "<NA>"
    assert row["probability"] == 0.5
    assert row["undefined"] == 0.25


def test_meeting_the_bound_exactly_keeps_the_promise() -> None:
    row = draw_result(combined_gross_margin=margins(np.full(1024, 0.3))).claims().iloc[0]
    assert row["probability"] == 1
    assert row["percentile"] == 50
    assert 0 < row["se"] < 0.002
    assert row["high"] == 1


def test_errors_come_from_the_replicates() -> None:
    values = np.random.default_rng(10).random(1024)
    row = draw_result(replicates=16, combined_gross_margin=margins(values)).claims().iloc[0]
    hits = (values >= 0.3).reshape(16, -1).mean(axis=1)
    assert row["se"] == pytest.approx(hits.std(ddof=1) / 4, rel=1e-12)
    assert row["median"] == Sample(values).quantile(0.5).value


def test_a_scenario_without_claims_has_an_empty_table() -> None:
    table = draw_result(changes={"claims": []}).claims()
    assert table.empty
    assert "probability" in table.columns
