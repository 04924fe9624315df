"""The headline: right numbers, at most 80 columns, safe against hostile names."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console, RenderableType

from simulator.report.sheet import Figure
from simulator.report.terminal import headline, summary_table
from simulator.report.verdict import verdict
from tests.report import samples


def printed(content: RenderableType, width: int = 80, color: bool = False) -> str:
    file = io.StringIO()
    system = "truecolor" if color else None
    console = Console(file=file, width=width, force_terminal=color, color_system=system)
    console.print(content)
    return file.getvalue()


def test_headline_shows_values_with_errors() -> None:
    text = printed(headline(samples.sheet()))
    assert "Large buys Small" in text
    assert "P(value created)           43.1 ± 0.2 %" in text
    for label in ("NPV to the acquirer", "most to pay (8.0 % n/a)", "IRR (9.3 % n/a)",
                  "most to pay at 75 %", "VaR 95 %", "CVaR 95 %", "combined firm:",
                  "utilization, %", "gross margin of at least 25 % in 2026",
                  "staff leave"):  # fmt: skip
        assert label in text


@pytest.mark.parametrize("width", [80, 60])
def test_headline_is_never_wider_than_the_screen(width: int) -> None:
    huge = samples.spread("npv_acquirer", -123456789012.0, 98765432109.0)
    sheet = samples.sheet()
    sheet = samples.sheet(
        samples.scenario(title="x" * 500), spreads=sheet.spreads | {"npv_acquirer": huge}
    )
    assert max(map(len, printed(headline(sheet), width).splitlines())) <= width


def test_without_colour_there_is_no_escape() -> None:
    assert "\x1b" not in printed(headline(samples.sheet()))
    assert "\x1b" in printed(headline(samples.sheet()), color=True)


def test_names_cannot_steer_the_terminal() -> None:
    sheet = samples.sheet(samples.scenario(title="\x1b[2Jevil[bold]\nsecond line"))
    text = printed(headline(sheet))
    assert "\x1b" not in text
    assert "evil[bold] second line" in text


def test_no_claims_no_heading() -> None:
    text = printed(headline(samples.sheet(claims=(), risks=())))
    assert "claims" not in text
    assert "risks" not in text


def test_summary_has_one_row_a_run() -> None:
    sheet = samples.sheet()
    text = printed(summary_table([("one", sheet), ("innolight_silicon_photonics", sheet)]))
    rows = text.splitlines()
    assert len(rows) == 3
    assert max(map(len, rows)) <= 80
    assert rows[1].split()[:2] == ["one", "400"]


def test_verdict_compares_price_and_limit() -> None:
    text = verdict(samples.sheet())
    assert text == (
        "At 400 m CNY the deal creates value with probability 43.1 ± 0.2 % (mean NPV "
        "-120 ± 4 m CNY); the most to pay for 75 % confidence if it closes is 112 ± 3 m CNY, "
        "288 m CNY below the price; it closes with probability 92 %."
    )


def test_verdict_of_a_deal_in_shares_sets_no_cash_limit_beside_its_price() -> None:
    deal = samples.scenario(**{
        "deal.cash": 0.6, "deal.stock": 0.4, "companies.large.shares": 100,
        "companies.large.share_price": 10,
    })  # fmt: skip
    text = verdict(samples.sheet(deal))
    assert "most to pay in cash for 75 % confidence if it closes is 112 ± 3 m CNY; it" in text
    assert "below the price" not in text


def test_verdict_tells_the_limit_and_its_distance_alike() -> None:
    price = replace(samples.sheet().price, mean=Figure(22.0, 0.0))
    text = verdict(samples.sheet(price=price, walk_away=Figure(7.05, 0.02)))
    assert "is 7.05 ± 0.02 m CNY, 14.95 m CNY below the price" in text


@pytest.mark.parametrize(
    ("buyer", "sellers", "told"),
    [
        (9.44, -7.29, "9.44 ± 0.04 m CNY, 7.29 m CNY of it the sellers' loss)"),
        (9.44, -12.0, "9.44 ± 0.04 m CNY, less than the sellers' loss of 12.00 m CNY)"),
        (9.44, 2.0, "9.44 ± 0.04 m CNY)"), (-9.44, -7.29, "-9.44 ± 0.04 m CNY)"),
    ],
)  # fmt: skip
def test_verdict_of_a_deal_in_shares_tells_what_the_sellers_lose(
    buyer: float, sellers: float, told: str
) -> None:
    """A gain that is theirs is only moved; in cash the price is what they asked for."""
    made = samples.sheet()
    spreads = {
        **made.spreads, "npv_target": samples.spread("npv_target", sellers, 1.0),
        "npv_acquirer": replace(made.spreads["npv_acquirer"], mean=Figure(buyer, 0.04)),
    }  # fmt: skip
    shares = samples.scenario(**{
        "deal.cash": 0.0, "deal.stock": 1.0, "companies.large.shares": 100,
        "companies.large.share_price": 10,
    })  # fmt: skip
    price = replace(made.price, mean=Figure(20.0, 0.0))
    text = verdict(samples.sheet(shares, spreads=spreads, price=price))
    assert f"(mean NPV {told}" in text
    assert "At 20 m CNY in new shares at the given share price the deal" in text
    assert "sellers" not in verdict(samples.sheet(spreads=spreads, price=price))


def test_what_was_laid_over_the_file_is_said() -> None:
    run = replace(samples.sheet().run, overrides=("deal.price=300",), stress=("slump",))
    assert "stress: slump; changed: deal.price=300" in printed(headline(samples.sheet(run=run)))
    assert "changed:" not in printed(headline(samples.sheet()))


def test_verdict_without_a_positive_limit() -> None:
    text = verdict(samples.sheet(walk_away=Figure(-10.0, 1.0)))
    assert "no price above zero gives 75 % confidence" in text
    text = verdict(samples.sheet(walk_away=Figure(float("nan"), float("nan"))))
    assert "no price for 75 % confidence could be found" in text


def test_verdict_says_about_where_the_gap_is_below_the_precision_of_the_price() -> None:
    text = verdict(samples.sheet(walk_away=Figure(399.81, 1.0)))
    assert "is 399.8 ± 1.0 m CNY, about the price" in text


@pytest.mark.parametrize("width", [80, 60])
@pytest.mark.parametrize("size", [1.0, 1e3, 1e5, 1e7, 1e9])
def test_numbers_are_never_cropped(width: int, size: float) -> None:
    sheet = samples.sheet()
    large = {
        name: samples.spread(name, 1398765.4 * size, 3456789.1 * size)
        for name in ("npv_acquirer", "ev_acquirer", "ev_combined")
    }
    text = printed(headline(samples.sheet(spreads=sheet.spreads | large)), width)
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= width
    rows = [line for line in text.splitlines() if line.startswith("EV combined")]
    assert len(rows) == 1
    assert len(rows[0].split()) == 7
    assert "e+" not in rows[0]


def test_summary_wraps_rather_than_crops() -> None:
    from simulator.report.sheet import Figure

    sheet = samples.sheet(walk_away=Figure(123456789.0, 1.0))
    sheet.spreads["npv_acquirer"] = samples.spread("npv_acquirer", -12345678.0, 98765432.0)
    text = printed(summary_table([("innolight_silicon_photonics", sheet)]), 60)
    assert "…" not in text
    assert "money in trillion" in " ".join(text.split())
    assert "-175" in text
    assert "123.5" in text


def test_long_names_break_where_a_reader_would() -> None:
    names = ("innolight_silicon_photonics", "deals/tfc-cobo.variant", "x" * 40)
    text = printed(summary_table([(name, samples.sheet()) for name in names]), 72)
    first = [line.split(" ")[0] for line in text.splitlines()[1:]]
    assert first[:4] == ["innolight_silicon_", "photonics", "deals/tfc-cobo.", "variant"]
    assert "".join(first[4:]) == "x" * 40


def test_rows_with_few_values_say_of_how_many_paths() -> None:
    sheet = samples.sheet()
    rare = {name: samples.spread(name, 5.1, 1.0, 0.92) for name in ("irr", "payback")}
    text = " ".join(printed(headline(samples.sheet(spreads=sheet.spreads | rare))).split())
    assert "IRR (of the 8.0 % with one)" in text
    assert "payback, years (of the" in text
