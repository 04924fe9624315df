"""The command that repeats a run."""

from __future__ import annotations

import shlex

from simulator.report.sheet import Sheet


def command_line(sheet: Sheet) -> str:
    """`simulator run FILE --paths N --seed S --sampler X …`, quoted for a shell."""
    run = sheet.run
    file = str(sheet.scenario.path) if sheet.scenario.path is not None else "scenario.toml"
    words = ["simulator", "run", file, "--paths", str(run.paths), "--seed", str(run.seed),
             "--sampler", run.sampler]  # fmt: skip
    if run.keep != "paths":
        words += ["--keep", run.keep]
    for name in run.stress:
        words += ["--stress", name]
    for setting in run.overrides:
        words += ["--set", setting]
    return shlex.join(words)
