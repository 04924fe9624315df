"""Numbers as people write them are no TOML: the remedy says how they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.errors import ScenarioError, UsageError
from simulator.scenario import load, loads
from simulator.scenario.numerals import paired, readings
from simulator.scenario.setting import setting

CONTRACT = load(Path(__file__).parent.parent / "data" / "contract.toml")
GENERAL = "check quotes, brackets and commas at this place"


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("demand = 900 000", "write 900_000"),
        ("demand = 1,250,000.5  # ports", "write 1_250_000.5"),
        ("demand = 1,800", "write 1_800, or 1.8 if the comma is a decimal point"),
        ("demand = 3480,5", "write 3_480.5"),
        ("growth = 0,05  # a 'guess'", "write 0.05"),
        ("growth = 3%", "write 0.03 for 3 %"),
        ("growth = 2,5 %", "write 0.025 for 2.5 %"),
        ("growth = { dist = 'normal', mean = -2.5 %, sd = 0.1 }", "write -0.025 for -2.5 %"),
        ("growth = { dist = 'pert', low = 0, mode = 0,6, high = 1 }", "write 0.6"),
        ("growth = [0,05, 0,1]", "write points for decimals: [0.05, 0.1]"),
        ("growth = .5", "write 0.5"),
        ("price = 1,2k", "write 1200 (single units of the currency)"),
        ("demand = 900 ports", GENERAL),
        ("demand = 1,2,3", GENERAL),
        ('text = "Mine', 'close the quote: text = "Mine"'),
        ('text = Mine"', 'open the quote: text = "Mine"'),
        ("text = it's mine", 'put it in double quotes: text = "it\'s mine"'),
        ("text = 'Bob's'", "a text ends at the next ': put all of it in quotes of the other kind"),
        ("text = “Mine”", 'write plain signs in place of “”: text = "Mine"'),
        ("demand ＝ 3", "write plain signs in place of ＝: demand = 3"),
        ("currency = EUR", 'put EUR in quotes: currency = "EUR"'),
        ("growth = { dist = normal, mean = 0, sd = 1 }", 'put normal in quotes: dist = "normal"'),
        ("pool = True", "write true"),
        ("price: 1800", "write = between key and value: price = 1800"),
        ("price 1800", "write = between key and value: price = 1800"),
        ("price = 1800;", "delete the ; at the end: price = 1800"),
        ("price = 1800 // a guess", "a comment begins with #"),
        ("[deal", "close the bracket: [deal]"),
        (r'extends = "..\repo\x.toml"', 'write forward slashes: "../repo/x.toml"'),
        (r'text = "50\% more"', r"a backslash begins an escape: write single quotes, '50\% more'"),
        ("x" * 100_000, GENERAL),
    ],
)
def test_the_remedy_knows_the_slip(line: str, remedy: str) -> None:
    with pytest.raises(ScenarioError, match="must be valid TOML") as caught:
        loads(f"format = 1\n[segments.s]\n{line}\n")
    (fault,) = caught.value.faults
    assert (fault.line, fault.remedy) == (3, remedy)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0,095", [0.095]), ("8,8", [8.8]), ("12,5", [12.5]), ("3480,5", [3480.5]),
        ("0,200", [0.2]), ("1,800", [1800, 1.8]), ("-2,500", [-2500, -2.5]),
        ("1,250,000", [1_250_000]), ("1.234,5", [1234.5]), ("1.250.000", [1_250_000]),
        ("1.250", [1.25]), ("1 250,5", [1250.5]), ("12,50,000", []), ("1 2", []), ("", []),
    ],
)  # fmt: skip
def test_a_comma_is_between_thousands_or_before_decimals(text: str, values: list[float]) -> None:
    assert readings(text) == values


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("0,095", "write 0.095"), ("9,5%", "write 0.095"), ("4000", "write 4000"),
        ("1,800", "write 1800, or 1.8 if the comma is a decimal point"),
        ("1,250,000", "write 1250000"),
        ("{ dist = normal, mean = 0.08, sd = 0.06 }", 'put normal in quotes: dist = "normal"'),
        ("a tenth", "write a number, without quotes"),
    ],
)  # fmt: skip
def test_numbers_given_as_text(value: str, remedy: str) -> None:
    with pytest.raises(ScenarioError, match="must be") as caught:
        CONTRACT.replace({"companies.beta.wacc": value})
    assert caught.value.faults[0].remedy == remedy


def test_a_factor_with_a_decimal_comma() -> None:
    with pytest.raises(UsageError, match=r"must be a number; write \*=0\.9"):
        setting("deal.price*=0,9")


@pytest.mark.parametrize(
    ("values", "meant"),
    [
        ([0, 1, 0, 25], [0.1, 0.25]), ([0, 4, 0, 3], [0.4, 0.3]), ([0.0, 1, 0, 2], None),
        ([0, 0, 0, 0], None), ([1, 5, 0, 2], None), ([0, 1, 0], None), (0, None),
    ],
)  # fmt: skip
def test_pairs_that_decimal_commas_made(values: Any, meant: list[float] | None) -> None:
    assert paired(values) == meant


def test_a_rate_too_large_by_decimal_commas() -> None:
    with pytest.raises(ScenarioError, match="must be a fraction") as caught:
        CONTRACT.replace({"segments.fast.growth.mean": [0, 4, 0, 3]})
    assert caught.value.faults[0].remedy == "write [0.4, 0.3] with decimal points"


def test_backslashes_that_are_escapes(tmp_path: Path) -> None:
    (tmp_path / "deal.toml").write_text(r'extends = "..\base.toml"')
    with pytest.raises(ScenarioError, match="must be a file that exists") as caught:
        load(tmp_path / "deal.toml")
    remedy = 'a backslash begins an escape: write forward slashes, "../base.toml"'
    assert caught.value.faults[0].remedy == remedy
