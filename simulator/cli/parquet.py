"""Whether path files can be written."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from simulator.cli.folder import refuse_unusable


def refuse_without_pyarrow(file: Path) -> None:
    """UsageError where a Parquet file cannot be written, with what to install."""
    if file.suffix != ".parquet":
        raise click.UsageError(f'--save-paths writes Parquet; name it "{file.stem}.parquet"')
    if file.is_dir():
        raise click.UsageError(f'--save-paths "{file}" is a folder; name a file in it')
    refuse_unusable(file.absolute().parent)
    if not file.absolute().parent.exists():
        raise click.UsageError(f'there is no folder "{file.parent}"; make it, or name another')
    if find_spec("pyarrow") is None:
        raise click.UsageError(
            "--save-paths needs pyarrow, which is not installed; "
            "pip install pyarrow (or this package with its extra: [parquet])"
        )
