"""Value, error, interval."""

from __future__ import annotations

from math import inf, nan

import pytest

from simulator.errors import UsageError
from simulator.results.estimate import Estimate


def test_interval_of_plain_monte_carlo_is_normal() -> None:
    low, high = Estimate(10.0, 2.0).interval()
    assert (low, high) == pytest.approx((10 - 3.919928, 10 + 3.919928), rel=1e-6)
    low, high = Estimate(10.0, 2.0).interval(0.5)
    assert high - low == pytest.approx(2 * 2 * 0.6744898, rel=1e-6)


def test_interval_from_replicates_is_students() -> None:
    low, high = Estimate(0.0, 1.0, df=15).interval()
    assert (low, high) == pytest.approx((-2.131450, 2.131450), rel=1e-6)


def test_interval_of_a_probability_is_wilsons() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    for hits, n, low, high in (
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):  # fmt: skip
        p = hits / n
        found = Estimate(p, (p * (1 - p) / n) ** 0.5, trials=n).interval()
        assert found == pytest.approx((low, high), abs=5e-5)


def test_a_wrong_level_is_refused() -> None:
    with pytest.raises(UsageError, match=r"level must lie between 0 and 1, got 95; write 0\.95"):
        Estimate(0.0, 1.0).interval(95)


def test_negation_keeps_the_error() -> None:
    assert -Estimate(3.0, 0.5, df=15) == Estimate(-3.0, 0.5, df=15)


def test_as_number_and_as_text() -> None:
    assert float(Estimate(1.5, 0.1)) == 1.5
    assert str(Estimate(1234.5678, 12.34)) == "1235 ± 12"
    assert str(Estimate(0.123456, 0.00123)) == "0.1235 ± 0.0012"
    assert str(Estimate(7.0, 0.0)) == "7 ± 0"
    assert str(Estimate(nan, nan)) == "nan ± nan"
    assert str(Estimate(inf, 1.0)) == "inf ± 1"
