"""One `run` command: load everything, simulate file by file, write, print, judge the gates."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.about import tell_points, tell_untranslated
from simulator.cli.codes import Code
from simulator.cli.compiling import notice
from simulator.cli.faults import lines
from simulator.cli.folder import listed, refuse_unusable, unused, whole, whole_file
from simulator.cli.gates import Gate, Precision, refuse_unknown
from simulator.cli.laws import laws
from simulator.cli.loading import load_all
from simulator.cli.memory import most_paths, refuse_too_many
from simulator.cli.parquet import refuse_without_pyarrow
from simulator.cli.pdf import add_pdfs, refuse_without_weasyprint
from simulator.cli.progress import progress
from simulator.cli.screen import Screen
from simulator.report.plain import one_line
from simulator.report.sheet import Sheet
from simulator.report.wishes import Form

if TYPE_CHECKING:
    from simulator.analysis.findings import Findings
    from simulator.report.painter import Order, Painter
    from simulator.results.raw import Keep
    from simulator.results.result import Result
    from simulator.scenario.scenario import Scenario


@dataclass(frozen=True)
class Wishes:
    """The options of `run`."""

    paths: int | None
    seed: int | None
    sampler: str | None
    threads: int | None
    settings: tuple[str, ...]
    stress: tuple[str, ...]
    out: Path | None
    save_paths: Path | None
    precision: Precision | None
    gates: tuple[Gate, ...]
    json: bool
    variants: bool = True
    """Whether alternatives and stress cases of the file are simulated as well."""
    keep: Keep = "paths"
    """Whether paths are kept, or only counted as they go by."""
    form: Form = field(default_factory=Form)
    """Sections and languages of the report."""


@dataclass(frozen=True)
class Task:
    """One file of the command line."""

    file: str
    scenario: Scenario
    folder: Path | None


@dataclass(frozen=True)
class Outcome:
    """What is kept of a run: its paths are not."""

    task: Task
    sheet: Sheet
    gates: tuple[dict[str, Any], ...]
    """condition, value, se and whether the gate fails, for each `--fail-if`."""
    written: str
    """Names of the files in its folder; empty where it has none."""


@dataclass(frozen=True)
class Job:
    """Carries the wishes out."""

    wishes: Wishes
    screen: Screen
    painter: Painter | None = None
    """Draws beside the simulation; where there is none, pictures are drawn after it."""

    def run(self, files: Sequence[str]) -> int:
        """Simulate every file; gives the exit code."""
        scenarios = load_all(files, self.wishes.settings, self.wishes.stress)
        folders = _folders(self.wishes.out, files)
        tasks = [Task(*parts) for parts in zip(files, scenarios, folders, strict=True)]
        self._refuse(tasks)
        outcomes = [self._one(task) for task in tasks]
        self._print(outcomes)
        failed = False
        for outcome in outcomes:
            for gate in outcome.gates:
                if gate["fails"]:
                    failed = True
                    text = f"{outcome.task.file}: {gate['condition']}, it is {gate['value']:.6g}"
                    click.echo(f"gate not met: {one_line(text, 400)}", err=True)
        self._suggest(outcomes)
        return Code.GATE if failed else Code.OK

    def _refuse(self, tasks: Sequence[Task]) -> None:
        """Whatever would fail later is told before anything is simulated."""
        wishes = self.wishes
        for task in tasks:
            if task.folder is not None:
                refuse_unusable(task.folder)
        if wishes.save_paths is not None:
            if wishes.keep != "paths":
                raise click.UsageError("--save-paths needs the paths; leave out --keep summary")
            if len(tasks) > 1:
                raise click.UsageError("--save-paths takes the paths of one FILE; run them singly")
            refuse_without_pyarrow(wishes.save_paths)
        if wishes.form != Form() and wishes.out is None:
            raise click.UsageError("--lang, --sections and --pdf shape the report; add --out DIR")
        if wishes.form.pdf:
            refuse_without_weasyprint()
        names = [gate.name for gate in wishes.gates]
        names += [wishes.precision.name] if wishes.precision is not None else []
        for task in tasks:
            if wishes.keep == "paths":
                refuse_too_many(wishes.paths, task.scenario, ", or --keep summary")
            refuse_unknown(names, task.scenario)

    def _one(self, task: Task) -> Outcome:
        for warning in task.scenario.warnings:
            self.screen.message(lines(warning))
        if "zh" in self.wishes.form.languages:
            tell_untranslated(self.screen, task.file, task.scenario)
        result = self._simulate(task)
        from simulator.report.collect import collect

        full = task.folder is not None or self.wishes.json
        extra = self._findings(task, result, full)
        with notice(self.screen.message):  # a table may want the draws, which are drawn again
            sheet = collect(
                result, brief=not full, settings=self.wishes.settings, stress=self.wishes.stress,
                laws=laws(task.scenario) if task.folder is not None else None, findings=extra,
            )  # fmt: skip
        written = self._write(task, result, sheet)
        gates = tuple(_judged(gate, result) for gate in self.wishes.gates)
        return Outcome(task, sheet, gates, written)

    def _findings(self, task: Task, result: Result, full: bool) -> Findings:
        """What is told beyond the run itself; the pictures are ordered on the way."""
        from simulator.cli.findings import Extent, findings

        def order(found: Findings | None) -> None:
            if self.painter is not None:
                self.painter.order(self._pictures(task, result, found))

        extent = Extent(full, self.wishes.variants, bool(self.wishes.stress))
        with progress(self.screen, Path(task.file).name) as moved:
            return findings(result, extent, self.wishes.threads, moved, order)

    def _pictures(self, task: Task, result: Result, found: Findings | None) -> Order:
        """Those of the run, or those of what was found."""
        from simulator.report.collect import chart_data, deal_size, deal_step, found_data
        from simulator.report.painter import Order
        from simulator.report.wording import wording

        document = task.scenario.document
        return Order(
            chart_data(result) if found is None else found_data(result, found),
            document.currency, document.title, self.wishes.form.languages, deal_size(result),
            wording([task.scenario]), deal_step(result),
        )  # fmt: skip

    def _simulate(self, task: Task) -> Result:
        """One run, or, with `--precision`, runs of twice the paths until the error is small."""
        target = self.wishes.precision
        result = self._once(task, self.wishes.paths)
        while target is not None and (miss := target.missed_by(result)) > 1.0:
            paths = 2 * result.raw.paths
            if self.wishes.keep == "paths" and paths > most_paths(task.scenario):
                self.screen.message(
                    f"warning: --precision {target.text} not reached: the error is {miss:.2g} "
                    "times as large, and more paths do not fit into memory; add --keep summary"
                )
                break
            self.screen.message(
                f"{task.file}: {result.raw.paths:,} paths, error {miss:.2g} times as large as "
                f"wanted; now {paths:,}"
            )
            result = self._once(task, paths)
        return result

    def _once(self, task: Task, paths: int | None) -> Result:
        from simulator.engine.run import run

        wishes = self.wishes
        with progress(self.screen, Path(task.file).name) as moved:
            result = run(
                task.scenario, paths=paths, seed=wishes.seed, sampler=wishes.sampler,
                threads=wishes.threads, progress=moved, keep=wishes.keep,
            )  # fmt: skip
        tell_points(self.screen, result, task.scenario, paths)
        return result

    def _write(self, task: Task, result: Result, sheet: Sheet) -> str:
        written = ""
        if task.folder is not None:
            from simulator.report.wishes import possible_files
            from simulator.report.write import write_report
            from simulator.results.store import save

            with whole(task.folder, possible_files()) as temporary:
                save(
                    result, temporary, command=["simulator", *sys.argv[1:]],
                    stress=self.wishes.stress, overrides=self.wishes.settings,
                )  # fmt: skip
                write_report(temporary, sheet, result, self.painter, self.wishes.form)
                add_pdfs(temporary, self.wishes.form, "report", self.screen)
                written = listed(temporary)
        if self.wishes.save_paths is not None:
            with whole_file(self.wishes.save_paths) as temporary:
                result.paths.to_parquet(temporary)
            self.screen.message(f"wrote {self.wishes.save_paths}")
        return written

    def _print(self, outcomes: Sequence[Outcome]) -> None:
        if self.wishes.json:
            from simulator.report.form import form

            entries = [{**form(o.sheet), "gates": list(o.gates)} for o in outcomes]
            self.screen.json({"verb": "run", "results": entries})
            return
        from simulator.report.terminal import print_headline, summary_table

        if len(outcomes) == 1:
            print_headline(self.screen.out, outcomes[0].sheet)
        else:
            named = [(Path(o.task.file).stem, o.sheet) for o in outcomes]
            self.screen.out.print(summary_table(named))

    def _suggest(self, outcomes: Sequence[Outcome]) -> None:
        first = outcomes[0].task
        if first.folder is None:
            if not self.wishes.json:
                command = f"simulator run {first.file} --out {unused()}/"
                self.screen.next(command, "report.html and data")
            return
        for outcome in outcomes:
            self.screen.message(f"wrote {outcome.task.folder}/{outcome.written}")
        if not self.wishes.json:
            self.screen.next(f"simulator verify {first.folder}", "repeats the run bit by bit")


def _folders(out: Path | None, files: Sequence[str]) -> list[Path | None]:
    """Where each file's output goes: DIR, or a sub-folder by the name of the file."""
    if out is None or len(files) == 1:
        return [out] * len(files)
    stems = [Path(file).stem for file in files]
    twice = next((stem for stem in stems if stems.count(stem) > 1), None)
    if twice is not None:
        raise click.UsageError(
            f'two FILEs are called "{twice}" and would share {out / twice}; '
            "run them one by one, each with its own --out"
        )
    return [out / stem for stem in stems]


def _judged(gate: Gate, result: Result) -> dict[str, Any]:
    found = result.estimate(gate.name)
    return {
        "condition": gate.text, "value": found.value, "se": found.se, "fails": gate.fails(result),
    }  # fmt: skip
