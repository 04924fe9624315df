"""The plain table of the terminal, and the forms in which its money may stand."""

from __future__ import annotations

from rich.table import Table

FORMS = (
    (1.0, "", 6), (1.0, "", 0), (1e3, "billion", 1), (1e6, "trillion", 1),
    (1e9, "million billion", 0),
)  # fmt: skip
"""Forms of the money by preference: millions in one, its name, and most decimals."""


def grid(*headings: str, first: int | None = None) -> Table:
    """A table without lines: names to the left, numbers to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", expand=False)
    for index, heading in enumerate(headings):
        if index == 0:
            table.add_column(heading, min_width=first, overflow="fold")
        else:
            table.add_column(heading, justify="right", no_wrap=True)
    return table
