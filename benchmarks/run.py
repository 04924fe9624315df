"""All benchmarks, or some: one table and one JSON file.

    python -m benchmarks [--only NAME ...] [--quick] [--against FILE] [--json FILE] [--no-plots]

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
from benchmarks.machine import ROOT, describe, in_words, interpreter
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
        begun = time.perf_counter()
        section = _apart(name, asked.quick)
        failed |= not section.figures
        section.notes.append(f"took {time.perf_counter() - begun:.0f} s")
        sections.append(section)
        sys.stdout.write(heading(section) + shown(section))
        sys.stdout.flush()
    written = {
        "machine": machine,
        "quick": asked.quick,
        "sections": {section.name: section.as_dict() for section in sections},
    }
    if before is not None:
        sys.stdout.write(compare(before, written))
    target = Path(asked.json) if asked.json else OUT / "results.json"
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
    parser.add_argument("--no-plots", dest="plots", action="store_false", help="no SVG files")
    return parser


if __name__ == "__main__":
    sys.exit(main())
