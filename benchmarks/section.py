"""One section in this process, as JSON: `python -m benchmarks.section MODULE [quick]`."""

from __future__ import annotations

import importlib
import json
import sys


def main() -> None:
    """Measure and print."""
    module, *more = sys.argv[1:]
    section = importlib.import_module(module).measure("quick" in more)
    sys.stdout.write(json.dumps(section.as_dict()) + "\n")


if __name__ == "__main__":
    main()
