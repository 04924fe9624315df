"""The tables of the t copula against SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats

from simulator.sampling.copula import scale_scores, scale_table, score_table

Z = np.linspace(-6.2, 6.2, 4001)


@pytest.mark.parametrize("df", [0.7, 1.0, 2.0, 3.7, 10.0, 100.0, 1e4, 3e5])
def test_scale(df: float) -> None:
    lower, upper = stats.chi2.ppf(stats.norm.cdf(Z), df), stats.chi2.isf(stats.norm.sf(Z), df)
    chi2 = np.where(Z < 0, lower, upper)
    np.testing.assert_allclose(scale_table(df)(Z), np.sqrt(df / chi2), rtol=3e-9)


@pytest.mark.parametrize("df", [0.7, 1.0, 2.0, 3.7, 10.0, 100.0, 1e4])
def test_score(df: float) -> None:
    """Φ^{-1}(t_ν(v)) = v·G(ln(1 + v²/ν)), odd in v, as far as ±6.5."""
    v = np.concatenate([np.linspace(1e-6, 5, 1000), np.logspace(0, 6, 400)])
    exact = -special.ndtri(stats.t.sf(v, df))
    v, exact = v[exact < 6.4], exact[exact < 6.4]
    ratio = score_table(df)(np.log1p(v * v / df))
    assert np.max(np.abs(v * ratio - exact)) < 1e-8


def test_scores_stay_within_the_tables() -> None:
    S = np.array([[-1e12, 1.0, 1e12], [1.0, 0.5, 1.0]])
    scale_scores(S, 0, 1)
    assert S[0].tolist() == [-6.5, 0.5, 6.5]
