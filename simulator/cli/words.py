"""Help texts: examples stand before usage and options."""

from __future__ import annotations

import click


class ExamplesFirst(click.Command):
    """A command whose docstring begins with what it does and its examples."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, then usage and options."""
        examples_first(self, ctx, formatter)


def examples_first(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Write a command's help with its text before its usage line."""
    command.format_help_text(ctx, formatter)
    formatter.write_paragraph()
    command.format_usage(ctx, formatter)
    command.format_options(ctx, formatter)
    command.format_epilog(ctx, formatter)
