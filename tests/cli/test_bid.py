"""`bid`: the most to pay by confidence, on the terminal and as JSON; refusals."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import simulator as sim
from tests.analysis.small import DEAL
from tests.cases import DATA
from tests.cli.conftest import Cli


@pytest.fixture
def small(tmp_path: Path) -> str:
    (tmp_path / "small.toml").write_text(DEAL, encoding="utf-8")
    return "small.toml"


@pytest.fixture
def contract(tmp_path: Path) -> str:
    shutil.copy(DATA / "contract.toml", tmp_path / "contract.toml")
    return "contract.toml"


def test_a_deal_worked_by_hand(cli: Cli, small: str) -> None:
    # A path bears 0.5 or 2, each with probability ½; the price is 1.
    content = cli("bid", small, "--paths", "512", "--at", "0.25", "--at", "75%", "--json").json
    assert (content["format"], content["verb"]) == (1, "bid")
    (found,) = content["results"]
    assert (found["file"], found["currency"], found["paths"]) == (small, "EUR", 512)
    assert found["price"] == 1.0
    assert found["confidence"]["value"] == pytest.approx(0.5, abs=0.02)
    assert found["closes"]["value"] == 1.0
    curve = [(point["confidence"], point["price"]["value"]) for point in found["bid_curve"]]
    assert curve == [(0.75, pytest.approx(0.5)), (0.25, pytest.approx(2.0))]


def test_the_curve_is_that_of_the_library(cli: Cli, contract: str) -> None:
    content = cli("bid", contract, "--paths", "4096", "--seed", "3", "--json").json
    (found,) = content["results"]
    result = sim.run(sim.load(DATA / "contract.toml"), paths=4096, seed=3)
    told = [(p["confidence"], p["price"]["value"], p["price"]["se"]) for p in found["bid_curve"]]
    table = result.bid_curve().sort_values("p", ascending=False)
    assert told == [tuple(row) for row in table.itertuples(index=False)]
    bearable, closed = result.values("max_price"), result.values("closed") == 1
    assert found["confidence"]["value"] == pytest.approx((bearable[closed] >= 2600).mean())
    for point in found["bid_curve"]:
        assert point["price"]["low"] < point["price"]["value"] < point["price"]["high"]


def test_the_price_stands_among_the_rows(cli: Cli, contract: str) -> None:
    answer = cli("bid", contract, "--paths", "4096", "--set", "deal.price=1200")
    assert answer.code == 0, answer.err
    lines = answer.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "were it paid in cash, the deal creates value" in answer.out  # shares pay for a part
    assert "if it closes, which it does with" in answer.out
    at = next(n for n, line in enumerate(lines) if "the price" in line and "│" in line)
    rows = [line.partition("%") for line in lines[at - 2 : at + 2]]
    prices = [float(rest.split()[0].replace(",", "")) for _, _, rest in rows]
    assert prices == sorted(prices)
    assert prices[2] == 1200
    chances = [float(chance) for chance, _, _ in rows]
    assert chances == sorted(chances, reverse=True)
    assert "next: simulator run contract.toml --out out/" in answer.err


def test_two_files_and_a_stress_case(cli: Cli, small: str, contract: str) -> None:
    answer = cli("bid", small, small, "--paths", "512", "--stress", "dear", "--at", "0.75")
    assert answer.code == 0, answer.err
    assert answer.out.count("Worked by hand") == 2
    assert answer.out.count("75 %") == 2


def test_a_deal_that_never_closes(cli: Cli, contract: str) -> None:
    sure = "risks.review_fails.probability=1.0"
    answer = cli("bid", contract, "--paths", "512", "--set", sure)
    assert answer.code == 0, answer.err
    assert "no path closes" in answer.out
    (found,) = cli("bid", contract, "--paths", "512", "--set", sure, "--json").json["results"]
    assert found["bid_curve"] == []
    assert found["confidence"]["value"] is None


@pytest.mark.parametrize(
    ("level", "message"),
    [
        ("75", "must lie between 0 and 1, got 75; write --at 0.75"),
        ("0", "must lie between 0 and 1, got 0; write --at 0.75"),
        ("100%", "must lie between 0 and 1, got 100%"),
        ("nan", "must lie between 0 and 1, got nan"),
        ("high", '"high" is no probability; write --at 0.75'),
    ],
)
def test_levels_that_are_none(cli: Cli, small: str, level: str, message: str) -> None:
    answer = cli("bid", small, "--at", level)
    assert answer.code == 2
    assert re.search(re.escape(message), answer.err)
    assert answer.out == ""
