"""Where names and values may be broken."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment

from simulator import cache
from simulator.report.shell import apart, breakable, environment, loose, options, whole


@pytest.mark.parametrize(
    ("path", "pieces"),
    [
        ("companies.small.lines", ["companies.", "small.", "lines"]),
        ("synergies.own_chip.effects.0.scale",
         ["synergies.", "own_", "chip.", "effects.", "0.", "scale"]),
        ("segments.g800.growth ≤ 16.8 %", ["segments.", "g800.", "growth ≤ 16.8 %"]),
        ("large_deal.toml:12", ["large_", "deal.toml:12"]),
        ("a<b", ["a&lt;b"]),
    ],
)  # fmt: skip
def test_after_dots_and_underscores_but_not_within_a_number(path: str, pieces: list[str]) -> None:
    assert breakable(path).split("<wbr>") == pieces


def test_entries_of_a_list_are_not_broken_where_they_are_short() -> None:
    long = "a sentence that is longer than the line of a phone"
    assert whole(f"capex 170 <a>, 0.5, {long}") == (
        f'<span class="whole">capex 170 &lt;a&gt;,</span> 0.5, {long}'
    )


def test_tables_keep_numbers_and_their_signs_together() -> None:
    row = SimpleNamespace(name="a.growth ≥ -3.2 %", text="", main=False, cells=())
    macro = environment().get_template("table.html").module.table(["CVaR 95 %"], [row])
    assert "a.<wbr>growth ≥ \u22123.2\u00a0%" in macro
    assert "CVaR 95\u00a0%" in macro


def test_chinese_signs_stand_apart_from_letters_and_digits() -> None:
    assert apart("<p>价格22 亿元，收购400G 厂商</p>") == "<p>价格 22 亿元，收购 400G 厂商</p>"
    assert apart("<td>由Sobol 点列</td><td>15 %的路径</td>") == (
        "<td>由 Sobol 点列</td><td>15 % 的路径</td>"
    )


def test_what_is_copied_or_drawn_is_left_as_it_is() -> None:
    for kept in ("<pre>run 交易1.toml</pre>", "<code>交易1</code>", '<a title="交易1">',
                 "<svg><text>价格22</text></svg>"):  # fmt: skip
        assert apart(kept) == kept


def test_a_number_is_broken_before_its_error_or_not_at_all() -> None:
    assert loose("\u22120.27184\u00a0±\u00a00.00029") == "\u22120.27184 ±\u00a00.00029"


def test_an_option_is_not_broken_and_a_value_with_hyphens_is_left() -> None:
    shown = options("run a--b.toml --paths 4096 --set 'a<b'")
    assert shown.count('<span class="unit">') == 2
    assert '<span class="unit">--paths</span> 4096' in shown
    assert "a--b.toml" in shown
    assert "a&lt;b" in shown


def test_chinese_years_stay_with_their_number() -> None:
    assert environment().filters["cut"]("2025 年毛利率") == "2025\u00a0年毛利率"


def test_templates_are_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    disk: dict[str, bytes] = {}
    compiled = []
    plain = Environment.compile

    def compile(self: Environment, *args: Any, **keys: Any) -> Any:
        compiled.append(args[1])
        return plain(self, *args, **keys)

    monkeypatch.setattr(Environment, "compile", compile)
    monkeypatch.setattr(cache, "read", disk.get)
    monkeypatch.setattr(cache, "keep", disk.__setitem__)
    for _ in range(2):
        environment.__wrapped__().get_template("base.html")
    assert compiled == ["base.html"]
    other = environment.__wrapped__()
    other.loader.mapping["base.html"] = "another text"
    assert other.get_template("base.html").render() == "another text"
    assert len(disk) == 1
