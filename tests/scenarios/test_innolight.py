"""Case 1, InnoLight and silicon photonics: complete against its source, and believable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import simulator as sim
from simulator.metrics import path_metrics, yearly_metrics
from simulator.scenario.uncertain import uncertain
from tests.cases import SCENARIOS

FILE = SCENARIOS / "innolight_silicon_photonics.toml"
PATHS = 4096
REVENUE_2024, MARGIN_2024 = 23_862.0, 0.3465
MARKET_EV = 1121 * 130 - 3000

Values = NDArray[np.float64]

FACTS = [
    ("deal.price", 5500.0, "5.5 bn CNY"),
    ("deal.cash", 1.0, "in cash"),
    ("deal.close", None, "January 2025"),
    ("companies.silicon_tech.overhead", None, "100 R&D staff"),
    ("deal.intangibles", None, "300 patents"),
    ("synergies.own_chip.effects.0.scale", None, "28 nm"),
    ("companies.silicon_tech.lines.cobo.capacity", 50.0, "50 thousand ports"),
    ("companies.silicon_tech.lines.trial.volume", None, "trial orders"),
    ("companies.innolight.lines.legacy.volume", None, "18 %"),
    ("companies.innolight.lines.g400.volume", None, "18 %"),
    ("companies.innolight.lines.silicon.launch", None, "laboratory stage"),
    ("synergies.orders_kept.effects.0.scale.high", 0.20, "20 %"),
    ("synergies.orders_kept.effects.0.scale", None, "40 % less power"),
    ("synergies.head_start.effects.0.add", -1.5, "18 months"),
    ("synergies.head_start.start", None, "Q2 2025"),
    ("synergies.head_start.start", None, "Q4 2025"),
    ("companies.innolight.lines.silicon.volume", None, "15 %"),
    ("synergies.own_sales_displaced.effects.0.scale", None, "25 %"),
    ("segments.g800.price", None, "25 %"),
    ("claims.0.at_least", 30_000.0, "over 30 bn CNY, +35 %"),
    ("claims.2.at_least", 0.30, "25 % in 2024 to 30 % in 2025"),
]
"""Figures of §4.1: where each stands in the file, its value if it is one, its words in the note."""


@cache
def _case() -> sim.Scenario:
    return sim.load(FILE)


@cache
def _run() -> sim.Result:
    return sim.run(_case(), paths=PATHS, sampler="random")


def _at(path: str) -> Any:
    """Value at a path of the resolved document."""
    value: Any = _case().document
    for key in path.split("."):
        if isinstance(value, tuple):
            value = value[int(key)]
        elif isinstance(value, Mapping):
            value = value[key]
        else:
            value = getattr(value, key)
    return value


def _numbers(raw: Any, path: str) -> Iterator[str]:
    """Paths of all numbers and distributions that the files spell out."""
    if isinstance(raw, dict) and "dist" not in raw:
        for key, below in raw.items():
            yield from _numbers(below, f"{path}.{key}")
    elif isinstance(raw, list) and raw and isinstance(raw[0], dict):
        for index, below in enumerate(raw):
            yield from _numbers(below, f"{path}.{index}")
    elif isinstance(raw, int | float | dict) and not isinstance(raw, bool):
        yield path


def _quantiles(metric: str, p: float = 0.5) -> Values:
    """Quantile over the paths, year by year."""
    values = np.quantile(_run().values(metric), p, axis=1)
    return np.asarray(values, dtype=np.float64)


def _quantile(result: sim.Result, metric: str, p: float = 0.5) -> float:
    """Quantile over the paths of a metric without years."""
    return result.sample(metric).quantile(p).value


def _falls(values: Values) -> Values:
    return 1 - values[1:] / values[:-1]


# Against the source


@pytest.mark.parametrize(("path", "value", "words"), FACTS, ids=[f"{f[0]}-{f[2]}" for f in FACTS])
def test_every_figure_of_the_review_is_in_the_file(
    path: str, value: float | None, words: str
) -> None:
    note = _case().source(path)
    assert note is not None
    assert words in note
    assert "§4.1" in note
    found = _at(path)
    if value is not None:
        assert found == value


def test_every_number_has_a_source() -> None:
    tables = ("segments", "companies", "deal", "synergies", "groups", "risks", "correlations")
    paths = [path for table in tables for path in _numbers(_case().raw[table], table)]
    assert len(paths) > 200
    bare = [path for path in paths if not (_case().source(path) or "").strip()]
    assert not bare
    kinds = ("fact: ", "public: ", "assumption: ")
    assert not {note for note in map(_case().source, paths) if not (note or "").startswith(kinds)}


def test_what_is_uncertain_is_called_an_assumption() -> None:
    names = uncertain(_case().document)
    assert len(names) > 40
    called = {name: _case().source(name) or "" for name in names}
    assert not {name for name, note in called.items() if not note.startswith("assumption: ")}


def test_every_note_belongs_to_something_and_nothing_is_doubtful() -> None:
    assert _case().warnings == ()


def test_the_base_year_is_the_annual_report() -> None:
    document = _case().document
    revenue = cost = 0.0
    for line in document.companies["innolight"].lines.values():
        volume, price = line.volume, document.segments[line.segment].price
        if line.segment == "silicon":
            continue
        assert isinstance(volume, float)
        assert isinstance(price, float)
        assert line.unit_cost is not None
        revenue += volume * price / 1000
        cost += volume * line.unit_cost / 1000 + line.fixed_cost
    assert revenue == pytest.approx(REVENUE_2024, rel=1e-3)
    assert 1 - cost / revenue == pytest.approx(MARGIN_2024, abs=1e-3)


def test_the_stresses_of_the_review_can_be_laid_on() -> None:
    names = {"demand_slump", "price_war_2025", "route_to_inp", "staff_exodus", "review_fails"}
    names |= {"incompatible", "low_utilization", "promises_kept"}
    assert names <= set(_case().document.stress)
    for name in names:
        assert _case().stress(name).warnings == ()


# Believable


def test_innolight_alone_has_a_sensible_value() -> None:
    value = _quantile(_run(), "ev_acquirer")
    assert 3.5 < value / REVENUE_2024 < 6.0
    assert 0.5 < value / MARKET_EV < 1.0
    assert _quantile(_run(), "ev_acquirer", 0.05) > 0


def test_the_target_alone_is_small() -> None:
    assert -500 < _quantile(_run(), "ev_target") < 1000
    assert _quantile(_run(), "ev_target", 0.95) < 5500


def test_growth_fades() -> None:
    growth = -_falls(np.r_[REVENUE_2024, _quantiles("acquirer.revenue")])
    assert 0.15 < growth[0] < 0.35
    assert np.all(np.abs(growth[-3:]) < 0.10)
    assert _quantiles("acquirer.revenue", 0.99)[-1] < 5 * REVENUE_2024


@pytest.mark.parametrize("world", ["acquirer", "combined"])
def test_margins_and_utilization_stay_within_history(world: str) -> None:
    margin, use = _quantiles(f"{world}.gross_margin"), _quantiles(f"{world}.utilization")
    assert np.all((margin > 0.30) & (margin < 0.42))
    assert np.all((use > 0.60) & (use < 0.95))
    assert np.all(_quantiles(f"{world}.gross_margin", 0.05) > 0.18)
    assert np.all(_quantiles(f"{world}.gross_margin", 0.95) < 0.48)


def test_prices_fall_as_the_review_says() -> None:
    assert _quantiles("segments.silicon.price")[0] == pytest.approx(3000, rel=0.05)
    for name in ("legacy", "g400", "g800"):
        falls = _falls(np.r_[_at(f"segments.{name}.price"), _quantiles(f"segments.{name}.price")])
        assert np.all((falls > 0.07) & (falls < 0.20))


def test_the_market_grows_as_the_review_has_it_and_then_fades() -> None:
    names, run = list(_case().document.segments), _run()
    sizes = [run.values(f"segments.{n}.demand") * run.values(f"segments.{n}.price") for n in names]
    market = np.median(np.sum(sizes, axis=0), axis=1)
    start = sum(_at(f"segments.{n}.demand") * _at(f"segments.{n}.price") for n in names)
    assert 0.40 < market[0] / start - 1 < 0.60
    assert 0.08 < (market[5] / market[0]) ** 0.2 - 1 < 0.15
    assert market[-1] / market[-2] - 1 < 0.05


def test_the_terminal_value_is_not_everything() -> None:
    short = _case().replace({"companies.innolight.terminal": {"method": "none"}})
    without = sim.run(short, paths=PATHS, sampler="random").values("ev_acquirer")
    assert 0.4 < 1 - without.mean() / _run().values("ev_acquirer").mean() < 0.7


def test_the_price_is_too_high_and_about_right_if_all_promises_are_kept() -> None:
    price = _at("deal.price")
    assert 0 < _quantile(_run(), "max_price") < price < _quantile(_run(), "max_price", 0.95)
    assert 0.05 < _run().value_created.value < 0.30
    kept = sim.run(_case().stress("promises_kept"), paths=PATHS, sampler="random")
    assert 0.9 * price < _quantile(kept, "max_price") < 1.2 * price


# The promises


@pytest.mark.parametrize(
    ("metric", "bound", "low", "high"),
    [
        ("combined.revenue", 30_000, 0.25, 0.60),
        ("combined.revenue", 32_214, 0.05, 0.30),
        ("combined.gross_margin", 0.30, 0.95, 1.0),
        ("combined.gross_margin", 0.3965, 0.0, 0.10),
        ("segments.silicon.revenue_share", 0.15, 0.0, 0.01),
        ("launch_gain.innolight.silicon", 1.5, 0.02, 0.30),
    ],
)
def test_the_promises_are_claims_that_come_out_as_described(
    metric: str, bound: float, low: float, high: float
) -> None:
    if metric not in (*path_metrics(_case().document), *yearly_metrics(_case().document)):
        pytest.skip(f"the engine does not report {metric}")
    found = [
        (claim.text, _run().estimate(f"claims.{number}").value)
        for number, claim in enumerate(_case().document.claims, 1)
        if claim.metric == metric and claim.at_least == bound and claim.year in (2025, None)
    ]
    assert len(found) == 1
    text, probability = found[0]
    assert "§4.1" in text
    assert low <= probability <= high


def test_every_claim_has_a_source() -> None:
    count = len(_case().document.claims)
    assert all(_case().source(f"claims.{index}") for index in range(count))
