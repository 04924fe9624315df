"""The twin by itself: the contract file, the identities, worked values."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.metrics import path_metrics, yearly_metrics
from simulator.scenario import Document, from_mapping
from tests.cases import contract
from tests.reference.clock import Clock, profile
from tests.reference.company import Statement
from tests.reference.doubling import doubled
from tests.reference.draws import median_draws, random_draws
from tests.reference.identities import (
    check_identities,
    money_doubles,
    pays_its_maximum,
    same_on_all_paths,
)
from tests.reference.inputs import Draws
from tests.reference.irr import irr
from tests.reference.twin import simulate_path
from tests.reference.valuation import discount, terminal_date
from tests.reference.worlds import run_path

PATHS = 200


@pytest.fixture(scope="module")
def document() -> Document:
    return contract().document


@pytest.fixture(scope="module")
def drawn(document: Document) -> list[Draws]:
    rng = np.random.default_rng(20250101)
    return [random_draws(document, rng) for _ in range(PATHS)]


def test_identities_on_random_paths(document: Document, drawn: list[Draws]) -> None:
    closed = set()
    for draws in drawn:
        result = simulate_path(document, draws)
        check_identities(document, result)
        pays_its_maximum(document, draws, result)
        closed.add(result.metrics["closed"])
    assert closed == {0.0, 1.0}


def test_names_are_those_of_the_declared_table(document: Document, drawn: list[Draws]) -> None:
    result = simulate_path(document, drawn[0])
    assert set(result.metrics) == set(path_metrics(document))
    assert set(result.yearly) == set(yearly_metrics(document))
    horizon = document.valuation.horizon
    assert {len(values) for values in result.yearly.values()} == {horizon}


def test_draws_are_complete_and_repeatable(document: Document, drawn: list[Draws]) -> None:
    same_on_all_paths([simulate_path(document, drawn[0]) for _ in range(2)])
    missing = dict(drawn[0])
    del missing["companies.alpha.wacc"]
    with pytest.raises(KeyError, match=r"companies\.alpha\.wacc"):
        simulate_path(document, missing)


def test_money_doubles() -> None:
    raw = contract().raw
    twice = from_mapping(doubled(raw)).document
    single = contract().document
    money_doubles(
        simulate_path(single, median_draws(single)), simulate_path(twice, median_draws(twice))
    )


def test_gordon_under_mid_year_discounting_goes_back_half_a_year_less() -> None:
    """r = 10 %, g = 3 %, N = 5, FCF_5 = 1: PV(TV) = 9.582352, at the end of year 5 9.136414."""
    inner = Clock(horizon=5, steps=1, mid=True)
    terminal = 1.0 * 1.03 / (0.10 - 0.03)
    assert terminal * discount(0.10, 4.5) == pytest.approx(9.582352, abs=5e-7)
    assert terminal * discount(0.10, 5.0) == pytest.approx(9.136414, abs=5e-7)
    company = _company_with_gordon()
    assert terminal_date(company.company, inner) == 4.5
    assert terminal_date(company.company, Clock(5, 1, False)) == 5.0
    assert terminal_date(company.company, Clock(5, 12, True)) == 4.5


def _company_with_gordon() -> Statement:
    from tests.reference.inputs import Inputs

    document = contract().document
    return run_path(Inputs(document, median_draws(document))).alone["alpha"]


@pytest.mark.parametrize(
    ("origin", "ramp", "duration", "expected"),
    [
        (0.0, 0.0, math.inf, 1.0),
        (1.0, 0.0, math.inf, 0.0),
        (0.25, 0.0, math.inf, 0.75),
        (0.0, 1.0, math.inf, 0.5),
        (0.0, 2.0, math.inf, 0.25),
        (0.5, 1.0, math.inf, 0.125),
        (0.0, 0.0, 0.25, 0.25),
        (-1.0, 2.0, math.inf, 0.75),
        (-1.0, 2.0, 1.5, 0.3125),
        (-5.0, 0.0, 0.0, 0.0),
    ],
)
def test_profile_in_the_first_year(
    origin: float, ramp: float, duration: float, expected: float
) -> None:
    assert profile(0.0, 1.0, origin, ramp, duration) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        ([(0.0, -100.0), (1.0, 110.0)], 0.10),
        ([(0.0, -100.0), (2.0, 25.0)], -0.5),
        ([(0.0, -100.0), (1.0, 0.001)], -0.99999),
        ([(0.0, -1.0), (1.0, 2.3), (2.0, -1.32)], 0.10),
        ([(0.0, 1.0), (1.0, -1.5), (2.0, 0.56)], -0.2),
        ([(0.0, -1.0), (1.0, 2.0), (2.0, -1.0)], 0.0),
        ([(0.0, -1.0), (1.0, 2.0), (2.0, -1.1)], math.nan),
        ([(0.0, 1.0), (1.0, 1.0)], math.nan),
        ([(0.0, -1.0), (1.0, 2.402), (2.0, -1.442401)], 0.201),
    ],
)
def test_irr(flows: list[tuple[float, float]], expected: float) -> None:
    assert irr(flows) == pytest.approx(expected, rel=1e-7, abs=1e-7, nan_ok=True)
