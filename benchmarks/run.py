"""All benchmarks, or some: one table and one JSON file.

    python -m benchmarks [--only NAME ...] [--quick] [--against FILE] [--json FILE] [--keep]
                         [--no-plots]

Times are medians of rounds after a warm-up, beside the least and the most.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

if __package__ in (None, ""):  # run as a file: the folder above is the package's home
    sys.path[0] = str(Path(__file__).parents[1])

from benchmarks.against import compare
from benchmarks.figures import Section
from benchmarks.machine import ROOT, describe, in_words, interpreter, others
from benchmarks.table import heading, shown

OUT = Path(__file__).parent / "out"

SECTIONS = {
    "core": "benchmarks.breakdown",
    "scaling": "benchmarks.scaling",
    "peers": "benchmarks.rivals",
    "accuracy": "benchmarks.accuracy",
    "start": "benchmarks.start",
    "memory": "benchmarks.memory",
    "vectors": "benchmarks.vectors",
}
"""Name of a section and its module, which has `measure(quick) -> Section`."""


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, write; 1 where a section failed."""
    asked = _parser().parse_args(arguments)
    machine = describe()
    sys.stdout.write(in_words(machine) + "\n")
    before = json.loads(Path(asked.against).read_text()) if asked.against else None
    sections: list[Section] = []
    failed = False
    for name in asked.only or SECTIONS:
        begun, busy = time.perf_counter(), others()
        section = _apart(name, asked.quick)
        failed |= not section.figures
        took = time.perf_counter() - begun
        section.notes.append(f"took {took:.0f} s")
        if busy is not None:
            cores = max((others() or 0.0) - busy, 0.0) / took
            section.notes[-1] += f"; other processes kept {cores:.2f} cores busy meanwhile"
        sections.append(section)
        sys.stdout.write(heading(section) + shown(section))
        sys.stdout.flush()
    target = Path(asked.json) if asked.json else OUT / "results.json"
    kept = json.loads(target.read_text())["sections"] if asked.keep and target.exists() else {}
    written = {
        "machine": machine,
        "quick": asked.quick,
        "warm_up": "every piece of work is done once before the rounds that count",
        "sections": kept | {section.name: section.as_dict() for section in sections},
    }
    if before is not None:
        sys.stdout.write(compare(before, written))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(written, indent=1) + "\n")
    sys.stdout.write(f"written: {target}\n")
    if asked.plots:
        from benchmarks.plots import draw

        for path in draw(written, target.parent):
            sys.stdout.write(f"drawn: {path}\n")
    return int(failed)


def _apart(name: str, quick: bool) -> Section:
    """A section in a process of its own, so that no other has left threads or memory behind."""
    words = [interpreter(), "-m", "benchmarks.section", SECTIONS[name], *(["quick"] * quick)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:  # the other sections still have something to say
        return Section(name, "failed", notes=done.stderr.strip().splitlines()[-1:])
    return Section.from_dict(json.loads(done.stdout.splitlines()[-1]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--only", nargs="+", choices=SECTIONS, metavar="NAME", default=None,
                        help=f"sections: {', '.join(SECTIONS)}")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="fewer paths and rounds")
    parser.add_argument("--against", metavar="FILE", help="compare with an earlier JSON file")
    parser.add_argument("--json", metavar="FILE", help=f"where to write ({OUT}/results.json)")
    parser.add_argument("--keep", action="store_true",
                        help="keep other sections of the file that is written")  # fmt: skip
    parser.add_argument("--no-plots", dest="plots", action="store_false", help="no SVG files")
    return parser


if __name__ == "__main__":
    sys.exit(main())
