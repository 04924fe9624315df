"""EPS accretion on earnings that are near zero is not told as a per cent."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan

from simulator.report.accretion import accretion_note, meaningful
from simulator.report.chart_data import charts
from simulator.report.keys import year_rows
from simulator.report.language import speaking
from simulator.report.page import page
from simulator.report.sheet import Sheet
from tests.report import samples

LOSSES = (0.0, 0.03, 0.2, 0.64, 0.01, 0.0)
"""Shares of the paths on which the acquirer alone earns nothing, by year."""


def sheet(undefined: tuple[float, ...] = LOSSES) -> Sheet:
    bands = samples.sheet().bands | {
        "combined.accretion": samples.band("combined.accretion", 0.3, 0.5, 0.2),
        "acquirer.eps": samples.band("acquirer.eps", 0.03, -0.01, 0.02),
    }
    accretion = bands["combined.accretion"]
    columns = accretion.columns | {"undefined": undefined}
    return samples.sheet(
        bands=bands | {accretion.metric: replace(accretion, columns=columns)}
    )


def test_years_of_losses_are_left_out_of_table_and_chart() -> None:
    made = sheet()
    (row,) = (row for row in year_rows(made) if row.label == "EPS accretion")
    assert [median == "n/a" for median, *_ in row.cells] == [False, False, True, True, False, False]
    (fan,) = charts(made, samples.npv()).fans["accretion"]
    assert [isnan(v) for v in fan.p95] == [False, False, True, True, False, False]


def test_the_page_says_why_and_what_the_acquirer_earns() -> None:
    made = sheet()
    assert accretion_note(made) == (
        "EPS accretion is in per cent of what the acquirer earns alone. It is not told (n/a) for "
        "2027, 2028, where that is zero or a loss on 20 % to 64 % of the paths: what is left is no "
        "sample of the deal. EPS of the acquirer alone, median by year in CNY: "
        "0.0300; 0.0200; 0.0100; 0.0000; -0.0100; -0.0200."
    )
    assert page(made, charts(made, samples.npv())).count("It is not told (n/a) for") == 2
    with speaking("zh", 400.0):
        assert "2027、2028 年不予列示" in accretion_note(made)


def test_sound_earnings_need_no_word() -> None:
    made = sheet((0.0,) * 6)
    assert accretion_note(made) == ""
    band = made.bands["combined.accretion"]
    assert meaningful(band) == band
    margin = made.bands["combined.gross_margin"]
    assert meaningful(margin) is margin
    assert accretion_note(samples.sheet()) == ""


def test_where_no_year_is_told_there_is_no_row_and_no_chart() -> None:
    made = sheet((0.9,) * 6)
    assert all(row.label != "EPS accretion" for row in year_rows(made))
    assert "accretion" not in charts(made, samples.npv()).fans


def test_two_years_make_no_chart() -> None:
    two, three = sheet((0.0, 0.0, 0.2, 0.3, 0.4, 0.6)), sheet((0.0, 0.0, 0.01, 0.3, 0.4, 0.6))
    assert "accretion" not in charts(two, samples.npv()).fans
    assert "accretion" in charts(three, samples.npv()).fans
    assert any(row.label == "EPS accretion" for row in year_rows(two))


def test_nothing_is_said_of_a_firm_without_shares() -> None:
    """Its EPS is undefined, which is no loss."""
    made, nothing = sheet(), (nan,) * 6
    own = made.bands["acquirer.eps"]
    bare = replace(own, columns=dict.fromkeys(own.columns, nothing))
    assert accretion_note(replace(made, bands={**made.bands, "acquirer.eps": bare})) == ""
    without = {name: band for name, band in made.bands.items() if name != "acquirer.eps"}
    assert accretion_note(replace(made, bands=without)) == ""


def test_a_year_that_the_table_skips_may_be_the_only_one_told() -> None:
    years = tuple(range(2025, 2037))
    undefined = tuple(0.0 if year == 2026 else 0.5 for year in years)
    made = samples.sheet()
    band = samples.band("combined.accretion", 0.3, 0.5, 0.2)
    columns = {name: (values[0],) * 12 for name, values in band.columns.items()}
    long = replace(band, years=years, columns=columns | {"undefined": undefined})
    rows = year_rows(replace(made, bands={**made.bands, long.metric: long}))
    assert "EPS accretion" not in [row.label for row in rows]
