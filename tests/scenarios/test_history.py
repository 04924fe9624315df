"""The six replayed deals: files in order, outcomes that recompute, a README that tells them."""

from __future__ import annotations

import tomllib
from datetime import date
from math import exp, log, sqrt
from typing import Any

import numpy as np
import pytest
from scipy import stats

from simulator.scenario.uncertain import uncertain
from tests.scenarios.deal_files import KINDS, numbers
from tests.scenarios.history import (
    FOLDER,
    PRIORS,
    README,
    SHARE,
    TIME,
    case,
    cells,
    closing,
    outcomes,
    pits,
    records,
    simulated,
    written,
)
from tests.scenarios.scoring import brier, crps, log_score, percentile, uniform, within
from tests.scenarios.test_sources import TABLES

NAMES = tuple(outcomes())
APART = {"base", "outcomes", "precedents"}
"""Files of the folder that are no deals."""


def _precedents() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "precedents.toml").read_text(encoding="utf-8"))


# The files


def test_six_deals_and_no_other_file() -> None:
    assert len(NAMES) == 6
    assert {file.stem for file in FOLDER.glob("*.toml")} == {*NAMES, *APART}


@pytest.mark.parametrize("name", NAMES)
def test_no_file_warns(name: str) -> None:
    assert [str(warning) for warning in case(name).warnings] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_a_source_of_a_known_kind(name: str) -> None:
    scenario = case(name)
    paths = [p for table in TABLES for p in numbers(scenario.raw.get(table, {}), table)]
    assert len(paths) > 40
    assert not [path for path in paths if not (scenario.source(path) or "").startswith(KINDS)]
    notes = scenario.document.sources
    assert not {path: note for path, note in notes.items() if not note.startswith(KINDS)}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_uncertain_is_called_an_assumption(name: str) -> None:
    scenario = case(name)
    names = uncertain(scenario.document)
    assert {"deal.close", "risks.broken.probability"} <= set(names)
    called = {path: scenario.source(path) or "" for path in names}
    assert not {path: note for path, note in called.items() if not note.startswith("assumption: ")}


@pytest.mark.parametrize("name", NAMES)
def test_the_priors_under_test_are_those_of_the_base(name: str) -> None:
    base = tomllib.loads((FOLDER / "base.toml").read_text(encoding="utf-8"))
    assert case(name).raw["deal"]["close"] == base["deal"]["close"]
    assert case(name).raw["risks"] == base["risks"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_came_later_is_an_input(name: str) -> None:
    """Neither the closing, nor prices and totals of that day, stand in a deal file."""
    record = records()[name]
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    data, _, _ = text.partition("[sources]")
    for key in ("closing_share_price", "paid"):
        assert key not in record or f"= {record[key]:g}" not in data
    assert f"{record['days']} d" not in data


@pytest.mark.parametrize("name", NAMES)
def test_the_signed_terms_are_those_of_the_record(name: str) -> None:
    outcome, document = outcomes()[name], case(name).document
    deal, buyer = document.deal, document.companies["buyer"]
    assert buyer.share_price == outcome.share_price
    assert deal.stock == pytest.approx(
        outcome.ratio * outcome.share_price / outcome.signed, abs=1e-6
    )
    assert deal.cash + deal.stock + deal.debt == pytest.approx(1.0)
    naive = document.stress["naive"].set
    assert naive["deal.close"] == pytest.approx(outcome.planned / 365, abs=0.01)
    assert document.claims[0].at_most == pytest.approx(outcome.latest / 365, abs=0.002)


# The priors


def test_the_time_to_close_is_fitted_to_the_precedents() -> None:
    found = _precedents()
    asof: date = found["asof"]
    deals = found["deals"].values()
    assert all(deal["signed"] < deal.get("ended", asof) <= asof for deal in deals)
    assert asof <= min(outcome.announced for outcome in outcomes().values())

    def years(kind: str) -> list[float]:
        of = (deal for deal in deals if (deal["outcome"] == "closed") == (kind == "closed"))
        return [(deal.get("ended", asof) - deal["signed"]).days / 365 for deal in of]

    done, longer = years("closed"), years("longer")
    assert (len(done), len(longer)) == (12, 3)
    sigma, _, median = stats.lognorm.fit(stats.CensoredData(uncensored=done, right=longer), floc=0)
    close = case(NAMES[0]).raw["deal"]["close"]
    assert close["median"] == pytest.approx(median, abs=0.005)
    assert close["sigma"] == pytest.approx(sigma * sqrt(1 + 1 / len(done)), abs=0.005)
    logs = [log(year) for year in done]
    alone = case(NAMES[0]).document.stress["closings_only"].set
    assert alone["deal.close.median"] == pytest.approx(exp(np.mean(logs)), abs=0.005)
    widened = np.std(logs, ddof=1) * sqrt(1 + 1 / len(done))
    assert alone["deal.close.sigma"] == pytest.approx(widened, abs=0.005)


def test_the_risk_of_breaking_weighs_all_deals_and_the_precedents() -> None:
    kinds = [deal["outcome"] for deal in _precedents()["deals"].values()]
    prior = case(NAMES[0]).raw["risks"]["broken"]["probability"]
    assert prior["alpha"] == 0.05 * 20 + kinds.count("broken")
    assert prior["alpha"] + prior["beta"] == 20 + kinds.count("broken") + kinds.count("closed")


# The outcomes


@pytest.mark.parametrize("name", NAMES)
def test_dates_and_figures_of_the_outcomes_recompute(name: str) -> None:
    outcome, record = outcomes()[name], records()[name]
    assert (outcome.closed - outcome.announced).days == outcome.days
    assert outcome.window[0] < outcome.window[1]
    if outcome.kept:
        got = outcome.cash + outcome.ratio * outcome.closing_share_price
        assert got == pytest.approx(outcome.per_share, abs=0.006)
    if outcome.paid is not None:
        assert sum(record["parts"]) == pytest.approx(outcome.paid, abs=0.001)
    assert record["sources"]
    assert all(source.startswith("http") for source in record["sources"])
    assert set(record["unverified"]) <= set(record)


def test_what_oclaros_owners_got() -> None:
    record = records()["lumentum_oclaro"]
    got = 964.8 + 10.941436 * 41.80 + 2.7
    assert got == pytest.approx(1424.9, abs=0.06)
    assert record["new_shares"] * record["closing_share_price"] == pytest.approx(457.4, abs=0.06)
    assert record["new_shares"] / record["ratio"] * record["cash"] == pytest.approx(
        964.8, rel=0.002
    )


def test_what_coherents_owners_got() -> None:
    cash, shares, *_ = records()["ii_vi_coherent"]["parts"]
    assert cash / 220 == pytest.approx(shares / (0.91 * 49.83), rel=1e-3)  # the same shares


def test_acacia_broke_and_was_priced_anew() -> None:
    record = records()["cisco_acacia"]
    assert record["per_share"] / record["cash"] - 1 == pytest.approx(0.643, abs=0.001)
    assert record["announced"] < record["broken"] < record["agreed_anew"] < record["closed"]
    assert not outcomes()["cisco_acacia"].kept


# The scores


def test_percentiles_count_ties_half() -> None:
    assert percentile(np.array([1.0, 2.0, 3.0, 4.0]), 2.5) == 0.5
    assert percentile(np.array([1.0, 2.0, 2.0, 4.0]), 2.0) == 0.5
    assert percentile(np.array([1.0, 2.0]), 9.0) == 1.0
    assert np.isnan(percentile(np.full(4, 16.0), 16.0))


def test_scores_of_hand() -> None:
    assert crps(np.array([3.0]), 5.0) == 2.0
    assert crps(np.array([0.0, 2.0]), 1.0) == pytest.approx(1 - 0.5)
    normal = stats.norm.ppf((np.arange(20_000) + 0.5) / 20_000)
    assert crps(normal, 0.0) == pytest.approx((sqrt(2) - 1) / sqrt(np.pi), abs=1e-3)
    assert brier([0.9, 0.9], [True, False]) == pytest.approx((0.01 + 0.81) / 2)
    assert log_score([0.5, 0.5], [True, False]) == pytest.approx(log(2))
    assert log_score([1.0], [False]) == float("inf")
    assert within([0.05, 0.5, 0.96], 0.05, 0.95) == 2
    assert uniform([0.5])[0] == 0.5


def test_the_paths_are_those_of_the_terms() -> None:
    """Half of the paths at the median: a martingale share, a lognormal time."""
    for name in NAMES:
        drawn, buyer = simulated(name), case(name).document.companies["buyer"]
        assert float(np.median(drawn.days)) == pytest.approx(0.88 * 365, rel=0.01)
        assert float(drawn.growth.mean()) == pytest.approx(0.0, abs=1.5)
        years = float(np.mean(drawn.days)) / 365
        spread = float(np.std(np.log1p(drawn.growth / 100)))
        assert spread == pytest.approx(buyer.share_volatility * sqrt(years), rel=0.03)
        assert drawn.closes == pytest.approx(31 / 34, abs=0.01)


@pytest.mark.slow
def test_the_table_has_six_deals_and_each_prior_its_scores() -> None:
    for overlay, _ in PRIORS:
        assert {cell.file for cell in cells(overlay)} == set(NAMES)
    assert len(pits(TIME)) == len(pits(SHARE)) == 6
    assert pits(TIME, "naive") == []
    assert closing("naive")[0] == [1.0] * 6


@pytest.mark.slow
def test_the_spread_was_needed() -> None:
    """No overlay without spread, nor one from elsewhere, scores better."""
    for quantity in (TIME, SHARE):
        mean = {
            overlay: np.mean([c.crps for c in cells(overlay) if c.quantity == quantity])
            for overlay in (None, "naive")
        }
        assert mean[None] < mean["naive"]


@pytest.mark.slow
def test_the_readme_tells_what_the_script_makes() -> None:
    now = README.read_text(encoding="utf-8")
    assert now == written(now), "run python -m tests.scenarios.history and look at what has changed"
