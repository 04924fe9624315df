"""The shared market: its size and shares as the review has them, its growth without explosions."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

import simulator as sim
from tests.scenarios.laid import KINDS, laid, note, numbers, ran, raw

MARKET, UPSTREAM = "market/optical_2025.toml", "market/upstream_2025.toml"
MODULES = ("legacy", "g400", "g800", "g1600", "silicon")
INPUTS = ("chips", "ferrules", "packaging")
USD = 7.2
FORECAST_ERRORS = (0.13, 0.19)

Values = NDArray[np.float64]


def _base(name: str, quantity: str) -> float:
    """Demand or price of a segment in 2024."""
    value = getattr(laid(UPSTREAM).document.segments[name], quantity)
    assert isinstance(value, float)
    return value


def _start(name: str) -> float:
    """Value of a segment in 2024, bn USD."""
    return _base(name, "demand") * _base(name, "price") / 1e6 / USD


def _value(scenario: sim.Scenario, name: str) -> Values:
    """Value of a segment, bn USD: year × path."""
    run = ran(scenario)
    value = run.values(f"segments.{name}.demand") * run.values(f"segments.{name}.price")
    return np.asarray(value / (1e6 * USD), dtype=np.float64)


def _total(scenario: sim.Scenario) -> Values:
    return np.asarray(sum(_value(scenario, name) for name in MODULES))


def _median(scenario: sim.Scenario) -> Values:
    """Median total of 2024 to 2032, bn USD."""
    total = np.r_[sum(map(_start, MODULES)), np.median(_total(scenario), axis=1)]
    return np.asarray(total, dtype=np.float64)


def _falls(scenario: sim.Scenario, name: str) -> Values:
    """Median yearly fall of a price."""
    prices = ran(scenario).values(f"segments.{name}.price")
    start = np.full((1, prices.shape[1]), _base(name, "price"))
    everything = np.concatenate([start, prices])
    return np.asarray(np.median(1 - everything[1:] / everything[:-1], axis=1))


def test_the_total_passes_30_and_45_bn_usd() -> None:
    total = _median(laid(MARKET))
    assert total[0] == pytest.approx(30, rel=0.05)
    assert total[1] == pytest.approx(45, rel=0.05)


def test_shares_are_the_review_s() -> None:
    total = _total(laid(MARKET))[0]
    share = {n: float(np.median(_value(laid(MARKET), n)[0] / total)) for n in MODULES}
    assert share["g800"] == pytest.approx(0.35, abs=0.03)
    assert share["g1600"] == pytest.approx(0.15, abs=0.02)
    assert share["g800"] + share["g1600"] + share["silicon"] > 0.5
    assert _start("silicon") == pytest.approx(2, rel=0.01)
    assert np.median(_value(laid(MARKET), "silicon")[0]) == pytest.approx(5, rel=0.1)
    silicon = ran(laid(MARKET)).values("segments.silicon.price")[0]
    assert np.median(silicon) == pytest.approx(3000, rel=0.05)


def test_growth_fades() -> None:
    total = _median(laid(MARKET))
    growth = total[1:] / total[:-1] - 1
    assert np.all(np.diff(growth) < 0)
    assert 0.08 < (total[6] / total[1]) ** 0.2 - 1 < 0.15
    assert growth[-1] < 0.05


def test_a_year_s_spread_is_that_of_forecasts() -> None:
    total = _total(laid(MARKET))
    low, high = FORECAST_ERRORS
    assert low - 0.01 < np.std(total[0] / _median(laid(MARKET))[0]) < high + 0.01
    later = np.std(total[1:] / total[:-1], axis=1)
    assert np.all((later > 0.10) & (later < high + 0.03))


def test_nothing_explodes_or_vanishes() -> None:
    total = _total(laid(MARKET))
    assert np.quantile(total[-1], 0.95) < 3.5 * np.median(total[-1])
    assert np.quantile(total[-1], 0.05) > 0.5 * 30
    for name in (*MODULES, *INPUTS):
        run = ran(laid(UPSTREAM))
        demand, price = (run.values(f"segments.{name}.{key}") for key in ("demand", "price"))
        first = np.quantile(demand[0] / _base(name, "demand"), 0.95)
        assert first < (20 if name == "g1600" else 6)
        later = np.quantile(demand[1:] / demand[:-1] - 1, 0.95, axis=1)
        assert np.all(later < (2.5 if name == "g1600" else 1.5))
        assert np.all(later[2:] < 1.2)
        assert later[-1] < 0.5
        assert np.quantile(price[-1], 0.01) > 0.08 * _base(name, "price")


def test_supply_follows_demand() -> None:
    for name in ("g800", "silicon"):
        use = np.median(ran(laid(MARKET)).values(f"segments.{name}.industry_utilization"), axis=1)
        assert np.all((use > 0.70) & (use < 1.15))
        assert np.all(np.abs(use[3:] - 0.85) < 0.12)


def test_consolidation_brings_price_declines_from_15_to_8_per_cent() -> None:
    calm = {"risks.price_war.hazard": 0.0}
    many = laid(MARKET).stress("no_consolidation").replace(calm)
    few = laid(MARKET).replace(calm | {"risks.consolidation.probability": 1.0})
    for name in ("legacy", "g400", "g800"):
        assert np.all(np.abs(_falls(many, name)[2:] - 0.15) < 0.025)
        assert np.all(np.abs(_falls(few, name)[4:] - 0.08) < 0.025)


def test_inputs_of_modules_leave_the_modules_alone() -> None:
    assert list(laid(UPSTREAM).document.segments) == [*MODULES, *INPUTS]
    own = raw(MARKET)["correlations"]
    assert raw(UPSTREAM)["correlations"][: len(own)] == own
    worth = sum(map(_start, INPUTS))
    assert worth < 0.25 * sum(map(_start, MODULES))
    assert _median(laid(UPSTREAM)) == pytest.approx(_median(laid(MARKET)), rel=0.02)


@pytest.mark.parametrize("file", [MARKET, UPSTREAM])
def test_every_number_has_a_note_in_its_file(file: str) -> None:
    text = raw(file)
    sources = raw(MARKET)["sources"] | text["sources"]
    bare = [path for path, _ in numbers(text) if not note(sources, path).startswith(KINDS)]
    assert not bare
    drawn = [path for path, uncertain in numbers(text) if uncertain]
    assert len(drawn) >= 6
    assert not [path for path in drawn if not note(sources, path).startswith("assumption: ")]
    assert laid(file).warnings == ()


# Stresses


def test_demand_grows_by_15_per_cent_in_the_slump() -> None:
    for file in (MARKET, UPSTREAM):
        total = _median(laid(file).stress("demand_slump"))
        assert total[1] / total[0] - 1 == pytest.approx(0.15, abs=0.02)


def test_prices_fall_by_20_per_cent_in_the_price_war() -> None:
    war = laid(MARKET).stress("price_war_2025")
    for name in ("legacy", "g400", "g800", "g1600"):
        assert _falls(war, name)[0] == pytest.approx(0.20, abs=0.015)
        assert _falls(war, name)[2] == pytest.approx(_falls(laid(MARKET), name)[2], abs=0.01)


def test_public_counts_grow_as_forecasters_had_it() -> None:
    total = _median(laid(MARKET).stress("public_counts"))
    assert (total[5] / total[0]) ** 0.2 - 1 == pytest.approx(0.15, abs=0.015)
    assert total[1] < 0.9 * _median(laid(MARKET))[1]


def test_the_route_turns_away_from_silicon() -> None:
    turned = laid(MARKET).stress("route_to_inp")
    silicon, other = (_value(turned, n)[-1] / _value(laid(MARKET), n)[-1] for n in MODULES[:2:-1])
    assert np.median(silicon) < 0.65
    assert np.median(other) > 1.05
