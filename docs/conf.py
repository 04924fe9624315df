"""How Sphinx builds the documentation: `sphinx-build -W docs docs/_build`."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import SphinxError

from simulator.cli.app import execute

project = "Merger simulator"
author = "Contributors to the merger simulator"
extensions = ["myst_parser"]
myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "_report"]
html_theme = "furo"
html_title = "Merger simulator"

HERE = Path(__file__).parent


def draw(app: Sphinx) -> None:
    """Run the tutorial's deal: its charts stand in `charts.md`."""
    deal, folder = str(HERE / "tutorial" / "deal.toml"), str(HERE / "_report")
    with contextlib.redirect_stdout(io.StringIO()):
        code = execute(["run", deal, "--out", folder, "--quiet"])
    if code != 0:
        raise SphinxError(f"the tutorial's deal does not run: exit code {code}")


def setup(app: Sphinx) -> None:
    """Draw before pages are read."""
    app.connect("builder-inited", draw)
