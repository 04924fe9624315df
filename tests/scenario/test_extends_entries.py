"""A file that extends another: notes that grow old, new entries that look wrong, overlays."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import ScenarioError
from simulator.scenario import load, loads
from tests.scenario.test_extends import CONTRACT, faults_of, write

NOTES = """
[sources]
"companies.*.wacc" = "assumption: made up"
"companies.alpha.wacc" = "fact: a study"
"deal" = "fact: press release"
"""


def noted(tmp_path: Path, top: str) -> Path:
    base = CONTRACT[: CONTRACT.index("\n[sources]")] + NOTES
    return write(tmp_path, top=f'extends = "base.toml"\n{top}', base=base)


def test_a_value_given_anew_outdates_the_note_on_the_old_one(tmp_path: Path) -> None:
    scenario = load(noted(tmp_path, "[companies.alpha]\nwacc = 0.125\n"))
    note, changed = scenario.noted("companies.alpha.wacc")
    assert (note, Path(changed).name) == ("fact: a study", "top.toml")
    assert scenario.changed_since("companies.beta.wacc") == ""
    same = load(noted(tmp_path, "[deal]\nprice = 2600\n"))
    assert same.changed_since("deal.price") == "", "the value is that of the noted file"


def test_a_note_of_the_changing_file_wins_over_a_longer_outdated_one(tmp_path: Path) -> None:
    text = '[companies.alpha]\nwacc = 0.125\n[sources]\n"companies.*.wacc" = "assumption: mine"\n'
    scenario = load(noted(tmp_path, text))
    assert scenario.noted("companies.alpha.wacc") == ("assumption: mine", "")


def test_overlays_outdate_notes_too(tmp_path: Path) -> None:
    scenario = load(noted(tmp_path, '[stress.dear]\nset = { "deal.price" = 4000 }\n'))
    assert scenario.changed_since("deal.price") == ""
    assert scenario.stress("dear").changed_since("deal.price") == "stress dear"
    deeper = scenario.replace({"companies.alpha.wacc.mean": 0.1})
    assert deeper.changed_since("companies.alpha.wacc") == "override"
    both = scenario.replace({"deal.price": 4000, "sources": {"deal.price": "fact: new offer"}})
    assert both.noted("deal.price") == ("fact: new offer", "")


def test_a_part_of_a_distribution_is_told_with_the_whole(tmp_path: Path) -> None:
    top = write(
        tmp_path,
        top='extends = "base.toml"\n[segments.fast.growth]\nsd = 0.2\n',
        base=CONTRACT,
    )
    (fault,) = faults_of(top)
    assert fault.path == "segments.fast.growth"
    assert fault.remedy.startswith("a distribution is replaced whole; write growth = { dist =")
    assert "sd = 0.2" in fault.remedy
    table = fault.remedy.partition("; write ")[2]
    text = f'extends = "base.toml"\n[segments.fast]\n{table}\n'
    assert load(write(tmp_path, top=text, base=CONTRACT)).document.segments["fast"].growth.sd == 0.2


def test_a_new_entry_that_looks_like_an_old_one_is_asked_about(tmp_path: Path) -> None:
    top = write(
        tmp_path,
        top='extends = "base.toml"\n[risks.staff_leav]\nprobability = 0.2\n',
        base=CONTRACT,
    )
    remedies = [fault.remedy for fault in faults_of(top)]
    assert any(
        text.startswith('did you mean "risks.staff_leave"? staff_leav is new here: add')
        for text in remedies
    )


def over(tmp_path: Path, lines: str) -> Path:
    """A file with some lines that extends the contract."""
    return write(tmp_path, top=f'extends = "base.toml"\n{lines}\n', base=CONTRACT)


@pytest.mark.parametrize(
    ("lines", "path", "meant"),
    [
        ("[segments.1egacy]\ngrowth = 0.1", "segments.1egacy.demand", "segments.legacy"),
        ("[segments.legacies]\ngrowth = 0.1", "segments.legacies.demand", "segments.legacy"),
        ("[companies.bet]\ntax_rate = 0.1", "companies.bet.wacc", "companies.beta"),
        ("[companies.beta.lines.fst]\nsegment = 'fast'", "companies.beta.lines.fst.volume",
         "companies.beta.lines.fast"),
        ("[risks.staff_leav]\nscope = 'deal'", "risks.staff_leav", "risks.staff_leave"),
    ],
)  # fmt: skip
def test_a_new_entry_that_wants_something(
    tmp_path: Path, lines: str, path: str, meant: str
) -> None:
    fault = next(one for one in faults_of(over(tmp_path, lines)) if one.path == path)
    name = lines[1 : lines.index("]")].rpartition(".")[2]
    assert fault.remedy.startswith(f'did you mean "{meant}"? {name} is new here: add ')


@pytest.mark.parametrize(
    ("lines", "path", "meant"),
    [
        ("[segments.legacies]\ndemand = 1\nprice = 1", "segments.legacies", "segments.legacy"),
        ("[companies.bet]\nwacc = 0.1", "companies.bet", "companies.beta"),
        ("[synergies.procure]\nstart = 2", "synergies.procure", "synergies.procurement"),
        ("[risks.staff_leav]\nscope = 'deal'\nhazard = 1", "risks.staff_leav", "risks.staff_leave"),
    ],
)
def test_a_new_entry_that_comes_to_nothing(
    tmp_path: Path, lines: str, path: str, meant: str
) -> None:
    (warning,) = (one for one in load(over(tmp_path, lines)).warnings if one.path == path)
    assert warning.remedy.startswith(f'did you mean "{meant}"? {path.split(".")[1]} is new here: ')


def test_segments_that_only_a_file_below_has_may_lie_idle(tmp_path: Path) -> None:
    idle = "[segments.other]\ndemand = 1\nprice = 1\n"
    told = [one.path for one in load(over(tmp_path, idle)).warnings]
    assert "segments.other" in told
    base = CONTRACT.replace("[segments.fast]", f"{idle}[segments.fast]")
    top = write(tmp_path, top='extends = "base.toml"\n', base=base)
    assert "segments.other" not in [one.path for one in load(top).warnings]


def test_extends_below_a_header_is_one_fault(tmp_path: Path) -> None:
    top = write(tmp_path, top='[deal]\nprice = 9\nextends = "base.toml"\n', base=CONTRACT)
    (fault,) = faults_of(top)
    assert (fault.path, fault.line) == ("deal.extends", 3)
    assert fault.rule == "must stand above the first table: here it is a key of [deal]"
    assert fault.remedy == "move it to the top of the file"


@pytest.mark.parametrize(
    ("lines", "remedy"),
    [
        ("[deal]\ntitle = 'x'", "move it above the first table: it is no key of [deal]"),
        ("[[claims]]\nbase_year = 2024", "move it above the first table: it is no key of [claims]"),
        ("'deal.price' = 9", "write it without quotes: deal.price = 9"),
        ("'deal.price' = 9\n[deal]\nstake = 1.0", "write price = 9 under [deal]"),
        ("[deal]\n'deal.price' = 9", "write price = 9 under [deal]"),
        ("[companies.beta]\n'lines.fast.volume' = 9",
         "write it without quotes: lines.fast.volume = 9"),
        ("[segments.fast]\n'deal.price' = 9",
         "write it above the first table, without quotes: deal.price = 9"),
    ],
)  # fmt: skip
def test_keys_in_another_table_than_meant(tmp_path: Path, lines: str, remedy: str) -> None:
    fault = next(one for one in faults_of(over(tmp_path, lines)) if "known key" in one.rule)
    assert fault.remedy == remedy


def test_a_title_below_a_header_is_not_missing_too() -> None:
    text = CONTRACT.replace('title = "Alpha buys Beta"\n', "")
    with pytest.raises(ScenarioError, match="move it above the first table") as caught:
        loads(text.replace("[valuation]\n", '[valuation]\ntitle = "Alpha buys Beta"\n'))
    assert len(caught.value.faults) == 1


@pytest.mark.parametrize("table", ["stress", "alternatives"])
def test_paths_of_an_overlay_without_quotes(tmp_path: Path, table: str) -> None:
    top = over(tmp_path, f"[{table}.x]\nset = {{ segments.fast.growth.mean = 0 }}")
    (fault,) = faults_of(top)
    assert (fault.path, fault.line) == (f"{table}.x.set.segments", 3)
    assert fault.remedy == 'put the path in quotes: "segments.fast.growth.mean" = 0'
    quoted = fault.remedy.partition(": ")[2]
    assert load(over(tmp_path, f"[{table}.x]\nset = {{ {quoted} }}"))


def test_an_overlay_that_replaces_a_whole_table_is_warned_of(tmp_path: Path) -> None:
    lines = '[stress.x]\nset = { valuation.horizon = 6, copula = { kind = "t", df = 4 } }'
    (told,) = (one for one in load(over(tmp_path, lines)).warnings if one.path.startswith("stress"))
    assert (told.path, told.severity) == ("stress.x.set.valuation", "warning")
    assert told.remedy == 'put the path in quotes: "valuation.horizon" = 6'


def test_a_key_that_excludes_one_of_a_file_below(tmp_path: Path) -> None:
    (fault,) = faults_of(over(tmp_path, "[risks.price_war]\nprobability = 0.5\nrepeat = false"))
    assert (fault.path, fault.line) == ("risks.price_war.probability", 3)
    base = tmp_path / "base.toml"
    assert fault.remedy == (
        f"set risks.price_war.hazard instead, which {base} has (0.0866 a year is 50 % in 8 years)"
    )
    (other,) = faults_of(over(tmp_path, "[risks.staff_leave]\nhazard = 0.1"))
    assert (other.path, other.line) == ("risks.staff_leave.hazard", 3)
    assert "set risks.staff_leave.probability instead" in other.remedy


def test_what_a_law_lacks_is_told_where_the_law_stands(tmp_path: Path) -> None:
    lines = '[segments.fast]\nprice_decline = { dist = "pert", low = 0, mode = 0.1 }'
    (fault,) = faults_of(over(tmp_path, lines))
    assert (fault.path, Path(fault.file or "").name, fault.line) == (
        "segments.fast.price_decline.high", "top.toml", 3,
    )  # fmt: skip
