"""Scenarios in memory: replace, stress, digests, notes, keys in two places, claims' years."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.errors import ScenarioError, UsageError
from simulator.scenario import Scenario, from_mapping, load, loads
from simulator.scenario.quantity import Normal
from simulator.scenario.setting import setting

FILE = Path(__file__).parent.parent / "data" / "contract.toml"
CONTRACT = FILE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(FILE)


def at(scenario: Scenario, path: str) -> Any:
    value: Any = scenario.document
    for part in path.split("."):
        if isinstance(value, dict):
            value = value[part]
        elif isinstance(value, tuple):
            value = value[int(part)]
        else:
            value = getattr(value, part)
    return value


# ---- replace


@pytest.mark.parametrize(
    ("path", "value", "result"),
    [
        ("deal.price", 4800, 4800.0),
        ("deal.break_fee", 10, 10.0),
        ("deal.debt_rate", np.float64(0.07), 0.07),
        ("valuation.horizon", np.int64(5), 5),
        ("risks.staff_leave.probability", 0.5, 0.5),
        ("segments.fast.growth.mean", 0.15, 0.15),
        ("segments.fast.growth.mean.2", 0.9, (0.5, 0.4, 0.9, 0.22, 0.16, 0.12, 0.1, 0.08)),
        ("segments.fast.growth.max", 2, 2.0),
        ("companies.alpha.lines.fast.additions.0.capex", 5, 5.0),
        ("companies.alpha.lines.fast.cost_mix.chip", 0.5, 0.5),
        ("synergies.procurement.effects.0.scale", -0.2, -0.2),
        ("claims.0.at_least", 0.4, 0.4),
        ("simulation.seed", 7, 7),
        ("title", "another", "another"),
        ("segments.fast.growth", (0.1, 0.2), (0.1, 0.2)),
    ],
)
def test_replace(scenario: Scenario, path: str, value: Any, result: Any) -> None:
    before = scenario.document
    changed = scenario.replace({path: value})
    where = path if path != "segments.fast.growth.mean.2" else "segments.fast.growth.mean"
    assert at(changed, where) == result
    assert scenario.document is before
    assert changed != scenario
    assert changed.path == scenario.path


def test_replace_over_all_names(scenario: Scenario) -> None:
    changed = scenario.replace({"companies.*.tax_rate": 0.3, "segments.*.growth.sd": 0})
    assert [company.tax_rate for company in changed.document.companies.values()] == [0.3, 0.3]
    assert [segment.growth.sd for segment in changed.document.segments.values()] == [0, 0]
    assert changed.document.segments["legacy"].growth.mean == -0.05


def test_replace_by_tables(scenario: Scenario) -> None:
    law = {"dist": "normal", "mean": 0.1, "sd": 0.01}
    for value in (law, Normal(dist="normal", mean=0.1, sd=0.01)):
        changed = scenario.replace({"segments.legacy.price_decline": value})
        assert changed.document.segments["legacy"].price_decline == Normal(**law)
    risk = {"scope": "market", "hazard": 0.1}
    changed = scenario.replace({"risks.flood": risk})
    assert list(changed.document.risks)[-1] == "flood"


def test_replace_by_none_takes_away(scenario: Scenario) -> None:
    changed = scenario.replace({"risks.review_fails": None, "deal.subsidy": None})
    assert "review_fails" not in changed.document.risks
    assert changed.document.deal.subsidy is None
    with pytest.raises(ScenarioError, match=r"companies.beta.wacc: must be given"):
        scenario.replace({"companies.beta.wacc": None})


def test_replace_can_be_chained_and_undone(scenario: Scenario) -> None:
    there = scenario.replace({"deal.price": 1}).replace({"deal.stake": 0.5})
    assert (there.document.deal.price, there.document.deal.stake) == (1, 0.5)
    back = there.replace({"deal.price": 2600, "deal.stake": 1.0})
    assert back == scenario
    assert back.sha256 == scenario.sha256
    assert hash(back) == hash(scenario)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("deal.prise", 'did you mean "deal.price"?'),
        ("del.price", 'did you mean "deal.price"?'),
        ("fees", 'did you mean "deal.fees"?'),
        ("price", 'did you mean "deal.price" or "segments.fast.price" or "segments.legacy.price"?'),
        ("segments.fats.growth.mean", 'did you mean "segments.fast.growth.mean"?'),
        ("companies.*.lines.*.unitcost", r'did you mean "companies.\*.lines.\*.unit_cost"?'),
        ("companies.alpha.lines.fast.additions.7.capex", "there are: 0, 1"),
        ("segments.fast.growth.mean.2026", "write segments.fast.growth.mean.1: it is a list by "
         "year: 0 is 2025, 1 is 2026, …, 7 is 2032 and after"),
        ("segments.fast.growth.mean.12", "to give more years set it whole"),
        ("companies.alpha.tax_rate.mean", "companies.alpha.tax_rate is 0.15 and has no mean"),
        ("risks.storm", "under risks there are: staff_leave"),
        ("", "path that exists"),
        ("deal..price", "path that exists"),
        ("companies.beta.terminal.roic", "path that exists"),
    ],
)
def test_paths_that_do_not_exist(scenario: Scenario, path: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=words) as caught:
        scenario.replace({path: 1})
    (fault,) = caught.value.faults
    assert (fault.path, fault.file, fault.line) == (path, "override", None)


def test_replaced_values_are_checked(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match=r"override deal.stake: must be at most 1, got 35"):
        scenario.replace({"deal.stake": 35})
    with pytest.raises(ScenarioError, match=r"override companies.alpha.wacc: must be above"):
        scenario.replace({"companies.alpha.wacc": 0.02})
    with pytest.raises(ScenarioError, match=r"cash \+ stock \+ debt must sum to 1"):
        scenario.replace({"deal.cash": 0.9})
    with pytest.raises(ScenarioError, match="finite number, got nan"):
        scenario.replace({"deal.price": float("nan")})


def test_all_faults_of_a_replacement_at_once(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match="3 faults") as caught:
        scenario.replace({"deal.prise": 1, "deal.stake": 2, "companies.beta.wacc": -1})
    assert {fault.path for fault in caught.value.faults} == {
        "deal.prise", "deal.stake", "companies.beta.wacc",
    }  # fmt: skip


def test_a_correlated_quantity_can_be_fixed(scenario: Scenario) -> None:
    fixed = scenario.replace({"segments.fast.growth": 0.2})
    assert [c.between for c in fixed.document.correlations] == [
        ("companies.alpha.utilization", "companies.beta.utilization")
    ]
    assert not [warning for warning in fixed.warnings if "correlations." in warning.path]
    (told,) = [one.rule for one in fixed.warnings if one.path == "segments.fast.growth"]
    assert told.endswith("it was drawn before; its 2 correlations fall away")
    free = fixed.replace({"segments.fast.growth": {"dist": "uniform", "low": 0, "high": 1}})
    assert len(free.document.correlations) == 3


# ---- stress


def test_stress(scenario: Scenario) -> None:
    assert scenario.stress("demand_slump").document.segments["fast"].growth.mean == 0.15
    assert load(FILE, stress=["demand_slump"]) == scenario.stress("demand_slump")
    assert scenario.stress() == scenario


def test_overrides_win_over_stress() -> None:
    changed = load(FILE, {"segments.fast.growth.mean": 0.4}, stress=["demand_slump"])
    assert changed.document.segments["fast"].growth.mean == 0.4
    assert changed.document.segments["fast"].growth.sd == 0.12


def test_unknown_stress(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match="did you mean"):
        scenario.stress("demand_slum")
    with pytest.raises(ScenarioError, match="there are: demand_slump"):
        load(FILE, stress=["zzz"])


# ---- the resolved document


def test_document_resolves_to_itself(scenario: Scenario) -> None:
    dumped = json.loads(json.dumps(scenario.document.model_dump(mode="json", by_alias=True)))
    again = from_mapping(dumped)
    assert again == scenario
    assert again.sha256 == scenario.sha256
    assert again.path is None
    assert from_mapping(scenario.raw) == scenario


def test_digest_changes_with_every_value_and_with_order(scenario: Scenario) -> None:
    digests = {
        scenario.sha256,
        scenario.replace({"deal.price": 2601}).sha256,
        scenario.replace({"title": "x"}).sha256,
        scenario.replace({"simulation.seed": 1}).sha256,
    }
    assert len(digests) == 4
    raw = dict(scenario.raw)
    raw["risks"] = dict(reversed(raw["risks"].items()))
    assert from_mapping(raw).sha256 not in digests
    top = dict(reversed(scenario.raw.items()))
    assert from_mapping(top).sha256 == scenario.sha256


def test_a_scenario_travels(scenario: Scenario) -> None:
    changed = scenario.replace({"deal.price": 9})
    assert pickle.loads(pickle.dumps(changed)) == changed


def test_text_and_mapping_give_places_without_file() -> None:
    with pytest.raises(ScenarioError, match=r"<text>:\d+ deal.stake"):
        loads(CONTRACT.replace("stake = 1.0", "stake = 2"))
    with pytest.raises(ScenarioError, match=r"\n  deal.stake: must be"):
        from_mapping({**loads(CONTRACT).raw, "deal": {**loads(CONTRACT).raw["deal"], "stake": 2}})


def test_sources(scenario: Scenario) -> None:
    assert scenario.source("deal.price") == "made up"
    assert scenario.source("deal.stake") is None
    assert scenario.source("segments.fast.growth.mean") == "made up"
    notes = {"deal": "a", "deal.price": "b", "companies.*.wacc": "c", "companies.beta.wacc": "d"}
    noted = from_mapping({**scenario.raw, "sources": notes})
    assert noted.source("deal.price") == "b"
    assert noted.source("deal.fees") == "a"
    assert noted.source("companies.alpha.wacc") == "c"
    assert noted.source("companies.beta.wacc") == "d"


# ---- keys that may stand in two places


def test_copula_within_simulation() -> None:
    more = "copula = { kind = 't', df = 4 }\nrepair_correlations = true\n"
    moved = CONTRACT.replace("seed = 2025\n", f"seed = 2025\n{more}")
    scenario = loads(moved)
    assert (scenario.document.copula.kind, scenario.document.copula.df) == ("t", 4)
    assert scenario.document.repair_correlations is True
    assert scenario.origins["copula.df"].line == CONTRACT[: CONTRACT.index("seed")].count("\n") + 2
    for path in ("copula.df", "simulation.copula.df"):
        assert scenario.replace({path: 9}).document.copula.df == 9
    with pytest.raises(ScenarioError, match=r"<text>:\d+ copula.df: must be positive"):
        loads(moved.replace("df = 4", "df = 0"))


def test_share_volatility_within_deal() -> None:
    scenario = loads(CONTRACT.replace("stake = 1.0", "stake = 1.0\nshare_volatility = 0.4"))
    assert scenario.document.companies["alpha"].share_volatility == 0.4
    changed = scenario.replace({"deal.share_volatility": 0.5})
    assert changed.document.companies["alpha"].share_volatility == 0.5


def test_claims_take_model_years_and_short_names() -> None:
    text = CONTRACT.replace("year = 2026\n", "year = 2\n").replace(
        'metric = "combined.gross_margin"', 'metric = "gross_margin"'
    )
    scenario = loads(text)
    claim = scenario.document.claims[0]
    assert (claim.metric, claim.year) == ("combined.gross_margin", 2026)
    assert scenario == loads(CONTRACT)
    later = scenario.replace({"base_year": 2030})
    assert later.document.claims[0].year == 2032


# ---- the command line's settings


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("deal.price=4800", ("deal.price", 4800)),
        ("deal.price = 1e3 ", ("deal.price", 1000.0)),
        ("deal.pool_capacity=false", ("deal.pool_capacity", False)),
        ("simulation.sampler=random", ("simulation.sampler", "random")),
        ('title="a=b"', ("title", "a=b")),
        ("segments.fast.growth=[0.1, 0.2]", ("segments.fast.growth", [0.1, 0.2])),
        ("x={dist='uniform',low=0,high=1}", ("x", {"dist": "uniform", "low": 0, "high": 1})),
    ],
)
def test_settings(text: str, result: tuple[str, Any]) -> None:
    assert setting(text) == result


@pytest.mark.parametrize("text", ["deal.price", "=3", "deal.price="])
def test_settings_that_are_none(text: str) -> None:
    with pytest.raises(UsageError, match="takes PATH=VALUE"):
        setting(text)


def test_loading_imports_nothing_heavy() -> None:
    code = (
        "import sys; from simulator.scenario import load; load(sys.argv[1]).origins;"
        "import simulator.scenario.schema as s; s.json_schema();"
        "heavy = ('numba', 'pandas', 'scipy', 'matplotlib', 'numpy');"
        "print([m for m in heavy if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(FILE)], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
