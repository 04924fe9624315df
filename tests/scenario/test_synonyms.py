"""Words that people write where the format has another: the remedy names the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import Fault, ScenarioError
from simulator.scenario import loads
from simulator.scenario.overlay import find
from simulator.scenario.reading import parse
from simulator.scenario.synonyms import _WORDS

CONTRACT = (Path(__file__).parent.parent / "data" / "contract.toml").read_text(encoding="utf-8")


def faults(line: str, below: str) -> tuple[Fault, ...]:
    """Faults of the contract with a line more."""
    assert CONTRACT.count(f"\n{below}") == 1
    with pytest.raises(ScenarioError, match="must be") as caught:
        loads(CONTRACT.replace(f"\n{below}", f"\n{below}\n{line}\n#"))
    return caught.value.faults


@pytest.mark.parametrize(
    ("below", "key", "remedy"),
    [
        ("[valuation]", "discount_rate", "write it as companies.NAME.wacc"),
        ("[valuation]", "tax_rate", "write it as companies.NAME.tax_rate"),
        ("[companies.beta]", "discount_rate", 'did you mean "wacc"?'),
        ("[companies.beta]", "net_cash", 'did you mean "net_debt"? (with the opposite sign)'),
        ("[companies.beta]", "growth_rate", "write it as segments.NAME.growth"),
        ("[companies.beta]", "ebitda_margin", "delete it: margins follow from unit_cost"),
        ("[companies.beta.lines.fast]", "wacc", "write it as companies.beta.wacc"),
        ("[segments.legacy]", "growth_rate", 'did you mean "growth"?'),
        ("[deal]", "synergies", "write it as synergies.NAME"),
        ("[deal]", "enterprise_value", 'did you mean "price"? (of the shares'),
        ("[deal]", "premium", 'did you mean "price"? (the price itself, in millions)'),
        ("[simulation]", "trials", 'did you mean "paths"?'),
        ("[simulation]", "horizon", "write it as valuation.horizon"),
    ],
)
def test_the_remedy_names_the_place(below: str, key: str, remedy: str) -> None:
    (fault,) = faults(f"{key} = 1", below)
    assert fault.rule == "must be a known key"
    assert fault.remedy.startswith(remedy)


def test_a_word_in_place_of_a_required_one_is_one_fault() -> None:
    with pytest.raises(ScenarioError, match=r'did you mean "wacc"\?') as caught:
        loads(CONTRACT.replace("\nwacc = 0.12\n", "\ndiscount_rate = 0.12\n"))
    assert len(caught.value.faults) == 1


def test_parameters_of_a_law_are_no_keys_of_a_company() -> None:
    with pytest.raises(ScenarioError, match="parameter of this distribution") as caught:
        loads(CONTRACT.replace("mean = 0.03, sd = 0.01", "mean = 0.03, sd = 0.01, volatility = 1"))
    assert "share_volatility" not in caught.value.faults[0].remedy


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("companies.beta.discount_rate", r'did you mean "companies\.beta\.wacc"\?'),
        ("valuation.discount_rate", r'did you mean "companies\.NAME\.wacc"\?'),
        ("companies.*.ebitda_margin", "delete it: margins follow"),
    ],
)
def test_paths_of_settings(path: str, remedy: str) -> None:
    with pytest.raises(ScenarioError, match=remedy):
        loads(CONTRACT).replace({path: 0.1})


@pytest.mark.parametrize("target", _WORDS)
def test_every_place_is_in_the_format(target: str) -> None:
    path = target.split(" ")[0].replace("companies.NAME", "companies.beta")
    path = path.replace("LINE", "fast").replace("segments.NAME", "segments.fast")
    path = path.replace("risks.NAME", "risks.price_war")
    assert find(parse(CONTRACT, "contract.toml"), path)


@pytest.mark.parametrize(
    ("below", "line", "remedy"),
    [
        ("[companies.beta]", 'overhead = "120m"', "write 120 (millions, without quotes)"),
        ("[companies.beta]", 'overhead = "EUR 1.2 bn"', "write 1200 (millions, without quotes)"),
        ("[companies.beta]", 'overhead = "-2,500k"',
         "write -2.5 (millions, without quotes), or -0.0025 if the comma is a decimal point"),
        ("[companies.beta]", 'overhead = "1,2 bn"', "write 1200 (millions, without quotes)"),
        ("[companies.beta]", 'overhead = "3亿元"', "write a number, without quotes"),
        ("[companies.beta]", 'overhead = "3亿"', "write 300 (millions, without quotes)"),
        ("[companies.beta]", 'overhead = "12 apples"', "write a number, without quotes"),
        ("[companies.beta]", 'overhead = "1.2.3m"', "write a number, without quotes"),
        ("[companies.beta]", 'share_price = "1.5k"', "write 1500 (single units of the currency"),
    ],
)  # fmt: skip
def test_amounts_in_words(below: str, line: str, remedy: str) -> None:
    found = next(one for one in faults(line, below) if one.rule == "must be a number")
    assert found.remedy.startswith(remedy)


def test_thousands_of_units() -> None:
    with pytest.raises(ScenarioError, match=r"write 1500 \(thousand units, without quotes\)"):
        loads(CONTRACT.replace("volume = 1500\n", 'volume = "1.5m"\n'))
