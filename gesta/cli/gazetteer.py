"""``gesta gazetteer``: the local index of places."""

from __future__ import annotations

import sys

import typer

from gesta.cli import terminal

app = typer.Typer(help="The local index of places.", no_args_is_help=True)


@app.callback()
def gazetteer() -> None:
    """The local index of places."""


@app.command()
def build() -> None:
    """Build the index now; otherwise the first coding does."""
    opened = terminal.prepare_places(quiet=not sys.stderr.isatty())
    terminal.console().print(f"{len(opened):,} places")
