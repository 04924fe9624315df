"""What stands beside a number so that nobody takes it for another one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from simulator.analysis.bars import Bar, Precedent
from simulator.analysis.findings import Findings
from simulator.analysis.stress import Case
from simulator.analysis.terminal import Terminal
from simulator.report.chart_data import charts
from simulator.report.glance import glance
from simulator.report.keys import key_note
from simulator.report.language import speaking
from simulator.report.lines import single_rows
from simulator.report.page import page
from simulator.report.sheet import Figure, Sheet
from simulator.report.terminal import headline
from simulator.results.estimate import Estimate
from tests.report import samples
from tests.report.test_terminal import printed
from tests.report.workbooks import written

SHARES = {
    "deal.cash": 0.6, "deal.stock": 0.4, "companies.large.shares": 100,
    "companies.large.share_price": 60,
}  # fmt: skip
PLAIN = "the equivalent all in cash"


def shown(sheet: Sheet, section: str) -> str:
    html = page(sheet, charts(sheet, samples.npv()))
    return html[html.index(f'<section id="{section}">') :].partition("</section>")[0]


def remarks(sheet: Sheet) -> dict[str, str]:
    return {row.label: row.remark for row in single_rows(sheet)}


def test_a_gain_in_the_worst_cases_is_called_one() -> None:
    good = samples.sheet(var_95=Figure(-20.0, 1.0), cvar_95=Figure(-12.0, 1.0))
    assert remarks(good)["CVaR 95 %"] == "negative, a gain: even the worst 5 % gain on average"
    assert remarks(good)["VaR 95 %"] == "negative, a gain: 95 % of the paths gain more"
    assert remarks(samples.sheet())["CVaR 95 %"] == "mean loss on the worst 5 %"
    mixed = samples.sheet(var_95=Figure(-20.0, 1.0))
    assert remarks(mixed)["CVaR 95 %"] == "mean loss on the worst 5 %"
    assert "even the worst 5 % gain on average" in printed(headline(good), 200)


def test_a_stress_case_that_gains_at_its_worst_is_explained() -> None:
    some, chance = Estimate(12.0, 0.5), Estimate(0.25, 0.01)
    own = Case("", "", some, some, chance, some, some, chance)
    kept = replace(own, name="promises_kept", cvar_95=Estimate(-1025.0, 3.0))
    for cases, wanted in (((own,), False), ((own, kept), True)):
        section = shown(samples.sheet(findings=Findings(stress=cases)), "stress")
        assert ("A negative CVaR is a gain" in section) is wanted


def test_stress_cases_with_draws_of_their_own_are_not_called_the_same() -> None:
    some, chance = Estimate(12.0, 0.5), Estimate(0.25, 0.01)
    own = Case("", "", some, some, chance, some, some, chance)
    apart = replace(own, name="late_rival", same_draws=False)
    for cases, named in (((own, replace(own, name="slump")), False), ((own, apart), True)):
        section = shown(samples.sheet(findings=Findings(stress=cases)), "stress")
        assert ("Each on the same random numbers." in section) is not named
        assert ("Each on the same random numbers, but for those named below" in section) is named
        assert ("Uncertain in other quantities" in section) is named


@pytest.mark.parametrize(("lost", "noted"), [(-180.0, True), (180.0, False)])
def test_what_stops_a_losing_deal_is_no_blessing(lost: float, noted: bool, tmp_path: Path) -> None:
    """The change has the plain sign; where failing is the lesser loss, a note says so."""
    deal = samples.scenario(**{"risks.staff_leave.terminates": True})
    (risk,) = samples.sheet().risks
    made = samples.sheet(deal, risks=(replace(risk, value_lost=Figure(lost, 4.0)),))
    section = shown(made, "risks").replace("\u00a0", " ")
    note = "A deal that does not close costs only its fees"
    assert ("180 ± 4" in section, "−180 ± 4" in section) == (True, not noted)
    assert (note in section) is noted
    screen = printed(headline(made))
    assert "change in mean NPV" in screen
    assert ("-180 ± 4" in screen, note in " ".join(screen.split())) == (not noted, noted)
    book = load_workbook(written(tmp_path, made))
    cells = [cell for row in book["Risks"].iter_rows(values_only=True) for cell in row if cell]
    assert -lost in cells
    assert any(note in str(cell) for cell in cells) is noted


def test_a_risk_that_lets_the_deal_close_needs_no_such_note() -> None:
    (risk,) = samples.sheet().risks
    made = samples.sheet(risks=(replace(risk, value_lost=Figure(-180.0, 2.0)),))
    assert "costs only its fees" not in shown(made, "risks")


def test_prices_in_cash_are_set_apart_from_a_price_in_shares(tmp_path: Path) -> None:
    paid = samples.sheet(samples.scenario(**SHARES))
    assert "40\u00a0% of the price is paid in new shares. " in shown(paid, "key")
    assert PLAIN in shown(paid, "key")
    assert remarks(paid)["most to pay at 75 %"] == (
        "all in cash; price of the deal, with shares: 400 m CNY"
    )
    cells = [cell for row in load_workbook(written(tmp_path, paid))["Headline"].iter_rows()
             for cell in row if isinstance(cell.value, str) and PLAIN in cell.value]  # fmt: skip
    assert len(cells) == 1
    with speaking("zh", 400.0):
        assert "等值的全现金价格" in shown(paid, "key")


def test_a_price_in_cash_needs_no_such_word() -> None:
    assert PLAIN not in page(samples.sheet(), charts(samples.sheet(), samples.npv()))
    assert remarks(samples.sheet())["most to pay at 75 %"] == "price of the deal 400 m CNY"


def test_what_others_paid_is_explained_where_it_is_shown() -> None:
    bars = (Bar("alone, simulated", 100.0, 200.0, 300.0, "P5, median, P95"),
            Bar("others' price/revenue", 150.0, 250.0, 350.0, "range of 2 deals"))  # fmt: skip
    for found, wanted in ((bars, True), (bars[:1], False)):
        section = shown(samples.sheet(findings=Findings(field=found)), "field")
        assert ("what real deals paid, with net debt" in section) is wanted
        assert ("A multiple of revenue passes over margins" in section) is wanted


def test_real_deals_are_named_in_the_language_of_the_page() -> None:
    peer = Precedent("Large buys Small", "大公司收购小公司", 2018, 3.312)
    bar = Bar("others' price/revenue", 1.0, 2.0, 3.0, "range of 1 deal", (peer,))
    sheet = samples.sheet(findings=Findings(field=(bar,)))
    assert "Large buys Small, 2018: 3.31\u00a0×." in shown(sheet, "field")
    with speaking("zh", 400.0):
        assert "大公司收购小公司" in shown(sheet, "field")
        assert "Large buys Small" not in shown(sheet, "field")


def test_ranges_say_why_the_target_alone_is_another_number_elsewhere() -> None:
    bars = (Bar("alone, simulated", 100.0, 200.0, 300.0, "P5, median, P95"),)
    section = shown(samples.sheet(findings=Findings(field=bars)), "field")
    assert "the key numbers tell the enterprise value before both" in section
    assert "the all-cash price at which the buyer&#39;s NPV is zero" in section


def test_key_numbers_say_what_returns_and_earnings_count() -> None:
    made = samples.sheet()
    irr = replace(samples.spread("irr", 0.1, 0.05), undefined=0.0)
    eps = replace(made.bands["combined.gross_margin"], metric="combined.eps")
    told = key_note(replace(made, spreads=made.spreads | {"irr": irr}))
    assert told == (
        "IRR and MOIC count the flows from closing to the horizon and the terminal value."
    )
    missing = replace(irr, undefined=0.5)
    told = key_note(replace(made, spreads=made.spreads | {"irr": missing}))
    assert told.endswith("its quantiles are those of the better paths.")
    for mean, negative in ((0.5, True), (2.0, False)):
        moic = samples.spread("moic", mean, 0.5)
        told = key_note(replace(made, spreads=made.spreads | {"irr": irr, "moic": moic}))
        assert told.endswith("the flows after closing cost more than they bring.") is negative
    bare = {name: spread for name, spread in made.spreads.items() if name != "irr"}
    assert key_note(replace(made, spreads=bare, bands={})) == ""
    told = key_note(replace(made, spreads=bare, bands={"combined.eps": eps}))
    assert told == "EPS and its accretion are before write-offs of goodwill."


def test_a_terminal_value_above_the_whole_is_explained() -> None:
    told = {}
    for share in (0.72, 1.45):
        found = Findings(terminal=(Terminal("target", share, 8.2),))
        told[share] = dict(glance(samples.sheet(findings=found)))["Terminal value"]
    assert told[0.72].endswith("EBITDA")
    assert told[1.45].endswith("(more than the whole: the years before it take more than they "
                               "bring)")  # fmt: skip
