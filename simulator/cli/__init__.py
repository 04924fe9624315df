"""The command line: `simulator VERB …`. Data on stdout, progress and messages on stderr.

Nothing heavy is imported here: help and completion answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command line (that of the process where none is given) and exit with its code."""
    import gc

    from simulator.cli.app import execute

    sys.setswitchinterval(0.001)  # compiled code waits for Python after every block
    gc.set_threshold(200_000)  # a scenario is a million objects that stay: do not go through them
    sys.exit(execute(arguments))
