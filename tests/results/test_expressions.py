"""Estimates by name."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.errors import UsageError

from .runs import DOCUMENT, draw_result

RESULT = draw_result()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("p_loss", lambda r: r.p_loss),
        ("value_created", lambda r: r.value_created),
        ("var", lambda r: r.var(0.95)),
        ("var_95", lambda r: r.var(0.95)),
        ("cvar_97.5", lambda r: r.cvar(0.975)),
        ("cvar_5", lambda r: r.cvar(0.05)),
        ("walk_away_price", lambda r: r.walk_away_price(0.75)),
        ("walk_away_price_90", lambda r: r.walk_away_price(0.9)),
        ("npv_acquirer", lambda r: r.sample("npv_acquirer").mean()),
        ("npv_acquirer.mean", lambda r: r.sample("npv_acquirer").mean()),
        ("irr.sd", lambda r: r.sample("irr").sd()),
        ("irr.p5", lambda r: r.sample("irr").quantile(0.05)),
        ("irr.p97.5", lambda r: r.sample("irr").quantile(0.975)),
        ("irr.p99.9", lambda r: r.sample("irr").quantile(0.999)),
        ("closed", lambda r: r.sample("closed").proportion()),
        ("risk.staff_leave.mean", lambda r: r.sample("risk.staff_leave").proportion()),
        ("combined.gross_margin.2026.p50", lambda r: r.sample("gross_margin", 2026).quantile(0.5)),
        ("combined.gross_margin.2026", lambda r: r.sample("gross_margin", 2026).mean()),
        ("accretion.2028.p5", lambda r: r.sample("combined.accretion", 2028).quantile(0.05)),
        (" segments.fast.price.2025.mean ", lambda r: r.sample("segments.fast.price", 2025).mean()),
    ],
)
def test_names_stand_for_the_estimates_of_the_library(text: str, same: object) -> None:
    assert RESULT.estimate(text) == same(RESULT)


def test_claims_count_from_one() -> None:
    table = RESULT.claims()
    for number in (1, 2):
        found = RESULT.estimate(f"claims.{number}")
        assert found.value == table["probability"].iloc[number - 1]
        assert found.se == table["se"].iloc[number - 1]
    with pytest.raises(UsageError, match=r'"claims\.3" is no claim .* claims\.1 to claims\.2'):
        RESULT.estimate("claims.3")
    with pytest.raises(UsageError, match="there are none"):
        draw_result(changes={"claims": []}).estimate("claims.1")


def test_a_risk_may_have_any_name() -> None:
    risk = DOCUMENT["risks"]["staff_leave"]
    names = ("mean", "p5", "2026", "claims")
    result = draw_result(changes={"risks": dict.fromkeys(names, risk) | DOCUMENT["risks"]})
    for name in names:
        probability = result.sample(f"risk.{name}").proportion()
        assert result.estimate(f"risk.{name}") == probability
        assert result.estimate(f"risk.{name}.mean") == probability


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("p_los", r'did you mean "p_loss"\?'),
        ("npv_aquirer.mean", r'did you mean "npv_acquirer"\?'),
        ("combined.gros_margin.2026.p50", r'did you mean "combined\.gross_margin"\?'),
        ("npv_acquirer.maen", r'"maen" is no statistic of npv_acquirer; did you mean "mean"\?'),
        ("npv_acquirer.2026.mean", "npv_acquirer is one number a path and has no year"),
        ("combined.revenue.mean", "name a year from 2025 to 2028"),
        ("combined.revenue.1999.mean", "calendar year from 2025 to 2028, got 1999"),
        ("xyzzy", "write it as one of p_loss"),
        ("", "write it as one of p_loss"),
        ("npv_acquirer.p0", "the level of p0 must lie between 0 and 1"),
        ("cvar_0", "the level of p0 must lie between 0 and 1"),
        ("npv_acquirer.p100", '"p100" is no statistic of npv_acquirer'),
    ],
)
def test_what_stands_for_nothing_is_told_with_a_remedy(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        RESULT.estimate(text)


def test_shares_are_the_nearest_doubles() -> None:
    values = np.arange(1024.0)
    result = draw_result(irr=values)
    for text, level in (("p5", 0.05), ("p05", 0.05), ("p29", 0.29), ("p0.1", 0.001)):
        assert result.estimate(f"irr.{text}") == result.sample("irr").quantile(level)
