"""Uniforms of risks: raw alone, mixed in a group; and the acquirer's share move."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from simulator.sampling.philox import fill_words, stream_key
from tests.cases import contract
from tests.sampling.draws import drawn, plan, scenario, within

N = 2**17


def test_alone_it_is_the_raw_uniform() -> None:
    key = stream_key(7, "risks.price_war.occurrence")
    S = np.empty((1, 256))
    block = drawn(plan(contract()))
    for year in (1, 8):
        fill_words(S, 0, np.uint64(key[0]), np.uint64(key[1]), np.uint64(year), 0)
        np.testing.assert_array_equal(block["risks.price_war.occurrence", year], S[0] * 2.0**-32)


@pytest.mark.parametrize("c", [0.0, 0.5, 1.0])
def test_groups(c: float) -> None:
    """Uniform margins; scores of two members correlate by c; repeated years share one factor."""
    risk = {"scope": "deal", "group": "g"}
    s = scenario(groups={"g": {"correlation": c}}, risks={
        "one": {**risk, "probability": 0.2}, "two": {**risk, "probability": 0.4},
        "yearly": {**risk, "hazard": 0.2, "repeat": True},
        "free": {"scope": "deal", "probability": 0.2},
    })
    block = {k: stats.norm.ppf(v) for k, v in drawn(plan(s), N).items()}
    names = [("risks.one.occurrence", None), ("risks.two.occurrence", None),
             ("risks.yearly.occurrence", 1), ("risks.yearly.occurrence", 5)]
    for i, a in enumerate(names):
        assert stats.kstest(block[a], "norm").pvalue > 1e-5
        for b in names[:i]:
            r = np.corrcoef(block[a], block[b])[0, 1]
            within(r, c, max(1 - c * c, 1e-3) / np.sqrt(N))
    free = np.corrcoef(block["risks.free.occurrence", None], block[names[0]])[0, 1]
    within(free, 0, 1 / np.sqrt(N))


def test_group_uniforms_stay_inside() -> None:
    block = drawn(plan(contract()), N)
    for name in ("staff_leave", "loss_of_control", "incompatible_technology"):
        u = block[f"risks.{name}.occurrence", None]
        assert u.min() > 0
        assert u.max() < 1


def test_share_move_is_a_standard_normal() -> None:
    z = drawn(plan(contract().replace({"companies.alpha.share_volatility": 0.3})), N)
    assert stats.kstest(z["deal.share_price", None], "norm").pvalue > 1e-5
