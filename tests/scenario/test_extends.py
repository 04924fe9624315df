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
