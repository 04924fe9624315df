"""The real deals beside the cases: their multiples, and names that exist."""

from __future__ import annotations

import pytest

from simulator.analysis.comparables import comparables
from simulator.analysis.multiples import paid
from tests.cases import SCENARIOS
from tests.scenarios.deal_files import NAMES, case

REAL = comparables(SCENARIOS)


def test_published_multiples() -> None:
    known = {name: deal.multiple for name, deal in REAL.deals.items() if deal.revenue is not None}
    assert known == {
        "lumentum_oclaro": pytest.approx(3.31, abs=0.005),
        "lumentum_cloud_light": pytest.approx(3.75),
    }


def test_every_real_deal_has_a_public_source() -> None:
    assert len(REAL.deals) == 9
    assert all(deal.source[0] == "O" and "https://" in deal.source for deal in REAL.deals.values())


def test_every_real_deal_is_told_in_chinese() -> None:
    paths = [f"deals.{name}.text" for name in REAL.deals]
    paths += [f"left_out.{name}" for name in REAL.left_out]
    assert [path for path in paths if REAL.told(path, "zh") == REAL.told(path, "en")] == []


def test_names_exist() -> None:
    assert set(REAL.left_out) <= set(NAMES)
    for name in NAMES:
        assert set(REAL.ports or ()) <= set(case(name).document.segments)


def test_the_target_that_the_review_sizes_has_the_reviews_multiple() -> None:
    found = paid(case("bytedance_yunxiang").document, REAL.ports)
    assert found.multiple("revenue") == pytest.approx(2200 / 500, rel=0.02)  # §4.2.2
