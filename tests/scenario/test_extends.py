"""`extends`: what is merged, what is replaced whole, where values come from, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import Fault, ScenarioError
from simulator.scenario import load, loads
from simulator.scenario.layers import Origin
from simulator.scenario.quantity import Normal, Uniform

CONTRACT = (Path(__file__).parent.parent / "data" / "contract.toml").read_text(encoding="utf-8")


def write(tmp_path: Path, **texts: str) -> Path:
    """Files by name (`a_b` for a/b.toml); gives the first."""
    paths = [tmp_path / f"{name.replace('__', '/')}.toml" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
    return paths[0]


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(ScenarioError, match="fault") as caught:
        load(path)
    return caught.value.faults


def test_tables_recurse_arrays_and_distributions_are_replaced(tmp_path: Path) -> None:
    top = write(
        tmp_path,
        top="""
extends = "market/base.toml"
title = "Variant"
[segments.fast]
price = 3000
growth = { dist = "uniform", low = 0.1, high = 0.2 }
[companies.alpha.lines.fast]
additions = [{ year = 2, capacity = 10 }]
[companies.alpha.terminal]
growth = 0.02
[companies.beta]
terminal = { method = "gordon", growth = 0.02, roic = 0.2 }
cost_decline = 0.01
[companies.alpha]
utilization = { dist = "normal", mean = 0.9, sd = 0.02 }
""",
        market__base=CONTRACT,
    )
    document = load(top).document
    assert document.title == "Variant"
    assert (document.segments["fast"].price, document.segments["fast"].demand) == (3000, 8000)
    growth = document.segments["fast"].growth
    assert growth == Uniform(dist="uniform", low=0.1, high=0.2)
    assert growth.persistence == 0
    line = document.companies["alpha"].lines["fast"]
    assert [addition.capex for addition in line.additions] == [0]
    assert line.capacity == 2200
    terminal = document.companies["alpha"].terminal
    assert (terminal.growth, terminal.roic) == (0.02, 0.14)
    assert document.companies["beta"].terminal.method == "gordon"
    assert document.companies["beta"].cost_decline == 0.01
    assert isinstance(document.companies["alpha"].utilization, Normal)


def test_later_files_win_and_the_file_itself_most(tmp_path: Path) -> None:
    top = write(
        tmp_path,
        top='extends = ["base.toml", "one.toml", "two.toml"]\n[deal]\nstake = 0.7\n',
        base=CONTRACT,
        one="[deal]\nstake = 0.8\nprice = 100\nclose = 1\n",
        two="[deal]\nstake = 0.9\nprice = 200\n",
    )
    deal = load(top).document.deal
    assert (deal.stake, deal.price, deal.close) == (0.7, 200, 1)


def test_bases_extend_in_their_turn_relative_to_themselves(tmp_path: Path) -> None:
    top = write(
        tmp_path,
        deals__top='extends = "../market/two.toml"\ntitle = "three floors"\n',
        market__two='extends = "one.toml"\n[deal]\nprice = 7\n',
        market__one=CONTRACT,
    )
    scenario = load(top)
    assert scenario.document.deal.price == 7
    assert scenario.document.companies["beta"].wacc == 0.12


def test_one_base_may_be_shared_by_two(tmp_path: Path) -> None:
    top = write(
        tmp_path,
        top='extends = ["a.toml", "b.toml"]\n',
        a='extends = "base.toml"\n[deal]\nprice = 7\n',
        b='extends = "base.toml"\n[deal]\nstake = 0.5\n',
        base=CONTRACT,
    )
    assert load(top).document.deal.stake == 0.5


def test_origins_name_file_and_line(tmp_path: Path) -> None:
    top = write(
        tmp_path,
        top='extends = "base.toml"\n[segments.fast]\nprice = 3000\n'
        "[segments.legacy]\ngrowth = [0.1,\n 0.2]\n",
        base=CONTRACT,
    )
    scenario = load(top, {"deal.price": 9}, stress=["demand_slump"])
    origins = scenario.origins
    base = str(tmp_path / "base.toml")
    rows = CONTRACT.split("\n")
    assert origins["segments.fast.price"] == Origin(str(top), 3)
    assert origins["segments.legacy.growth.1"] == Origin(str(top), 6)
    assert origins["segments.fast.demand"] == Origin(base, rows.index("demand = 8000") + 1)
    assert origins["risks.staff_leave.effects.1.add"].line == 1 + next(
        i for i, row in enumerate(rows) if 'companies.beta.rnd_ratio"' in row
    )
    assert origins["deal.price"] == Origin("override", None)


@pytest.fixture
def stressed(tmp_path: Path) -> Path:
    return write(tmp_path, top='extends = "base.toml"\ntitle = "x"\n', base=CONTRACT)


def test_stress_has_its_own_origin(stressed: Path) -> None:
    origins = load(stressed, stress=["demand_slump"]).origins
    assert origins["segments.fast.growth.mean"] == Origin("stress demand_slump", None)
    assert origins["segments.fast.growth.sd"].file.endswith("base.toml")


def test_overlays_of_a_base_that_do_not_fit_are_warned_of(tmp_path: Path) -> None:
    bad = CONTRACT.replace("[sources]", '[stress.dear]\nset = { "deal.price" = -1 }\n[sources]')
    top = write(
        tmp_path,
        top='extends = "base.toml"\n[segments.fast]\ngrowth = [0.1]\n',
        base=bad.replace("-1 }", "9 }"),
        second='extends = "third.toml"\n[segments.fast]\ngrowth = [0.1]\n',
        third=bad,
    )
    scenario = load(top)
    (warning,) = [one for one in scenario.warnings if one.path.startswith("stress")]
    assert "should be" in warning.rule or "must be a path that exists" in warning.rule
    assert scenario.stress("dear").document.deal.price == 9
    with pytest.raises(ScenarioError, match=r"stress demand_slump segments.fast.growth.mean"):
        scenario.stress("demand_slump")
    warnings = load(tmp_path / "second.toml").warnings
    paths = [one.path for one in warnings if one.path.startswith("stress")]
    assert paths == [
        'stress.demand_slump.set."segments.fast.growth.mean"', 'stress.dear.set."deal.price"',
    ]  # fmt: skip


def test_alternatives_of_a_base_that_do_not_fit_are_warned_of(tmp_path: Path) -> None:
    table = '[alternatives.build]\nset = { "companies.alpha.lines.silicon.launch.mode" = 1 }\n'
    top = write(
        tmp_path,
        top='extends = "base.toml"\n[companies.alpha.lines.silicon]\nlaunch = 2.0\n',
        base=CONTRACT.replace("[sources]", f"{table}[sources]"),
    )
    (warning,) = [one for one in load(top).warnings if one.path.startswith("alternatives")]
    assert warning.path == 'alternatives.build.set."companies.alpha.lines.silicon.launch.mode"'
    with pytest.raises(ScenarioError, match=r"alternative build companies.alpha.lines.silicon"):
        load(top).alternative("build")


def test_fault_in_a_base_is_shown_there(tmp_path: Path) -> None:
    bad = CONTRACT.replace("stake = 1.0", "stake = 35")
    top = write(tmp_path, top='extends = "base.toml"\n[deal]\nprice = -1\n', base=bad)
    first, second = faults_of(top)
    assert first.place == f"{top}:3 deal.price"
    line = bad[: bad.index("stake = 35")].count("\n") + 1
    assert second.place == f"{tmp_path / 'base.toml'}:{line} deal.stake"


def test_syntax_fault_in_a_base(tmp_path: Path) -> None:
    top = write(tmp_path, top='extends = ["base.toml", "worse.toml"]\n', base="a = =", worse="b")
    assert [fault.file for fault in faults_of(top)] == [
        str(tmp_path / "base.toml"), str(tmp_path / "worse.toml"),
    ]  # fmt: skip


def test_circles_are_refused_with_their_chain(tmp_path: Path) -> None:
    top = write(
        tmp_path,
        top='title = "x"\nextends = "a.toml"\n',
        a='extends = "sub/b.toml"\n',
        sub__b='\n\nextends = [\n  "../top.toml",\n]\n',
    )
    (fault,) = faults_of(top)
    chain = " → ".join(str(tmp_path / name) for name in ("top.toml", "a.toml", "sub/b.toml"))
    assert fault.rule == f"must not go in a circle ({chain} → {top})"
    assert (fault.file, fault.line) == (str(tmp_path / "sub" / "b.toml"), 4)
    assert fault.remedy


def test_a_file_cannot_extend_itself(tmp_path: Path) -> None:
    top = write(tmp_path, top='extends = "./top.toml"\n')
    (fault,) = faults_of(top)
    assert fault.rule == f"must not go in a circle ({top} → {top})"


@pytest.mark.parametrize(
    ("entry", "rule", "remedy"),
    [
        ('"../../../../../../etc/passwd"', "must be a .toml file", "ends in .toml"),
        ('"/etc/passwd"', "must be a .toml file", "ends in .toml"),
        ('"../nowhere/x.toml"', "must be a file that exists", "no directory"),
        ('"bse.toml"', "must be a file that exists", "base.toml"),
        ('"."', "not a directory", "name a .toml file"),
        ('""', "not a directory", "name a .toml file"),
        ('"a\\u0000.toml"', "must be", ""),
        ("3", "file name or a list", "market/base.toml"),
        ("[1]", "file name or a list", "market/base.toml"),
        ('{ file = "base.toml" }', "file name or a list", "market/base.toml"),
    ],
)
def test_what_cannot_be_extended(tmp_path: Path, entry: str, rule: str, remedy: str) -> None:
    top = write(tmp_path, top=f'title = "x"\nextends = {entry}\n', base=CONTRACT)
    (fault,) = faults_of(top)
    assert fault.place == f"{top}:2 extends"
    assert rule in fault.rule
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("others", "remedy"),
    [({}, "check the path"), ({"base2": "format = 1"}, 'did you mean "')],
)
def test_a_file_is_not_told_to_extend_itself(
    tmp_path: Path, others: dict[str, str], remedy: str
) -> None:
    top = write(tmp_path, bases='extends = "base.toml"', **others)
    (fault,) = faults_of(top)
    assert fault.rule == "must be a file that exists"
    assert fault.remedy.startswith(remedy)
    assert "bases.toml" not in fault.remedy


def test_a_file_in_a_folder_below_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios/deal.toml").write_text(CONTRACT)
    monkeypatch.chdir(tmp_path)
    (fault,) = faults_of(Path("deal.toml"))
    assert fault.remedy == f'did you mean "{Path("scenarios/deal.toml")}"?'


def test_towers_of_files_are_refused_soon(tmp_path: Path) -> None:
    texts = {f"f{i}": f'extends = ["f{i + 1}.toml", "f{i + 1}.toml"]\n' for i in range(40)}
    top = write(tmp_path, **texts, f40="title = 'x'\n")
    assert any("more than 100 files" in fault.rule for fault in faults_of(top))


def test_extends_is_no_key_of_the_document(tmp_path: Path) -> None:
    top = write(tmp_path, top='extends = "base.toml"\n', base=CONTRACT)
    assert "extends" not in load(top).raw
    assert load(top) == loads(CONTRACT)
    assert load(top).sha256 == loads(CONTRACT).sha256


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
