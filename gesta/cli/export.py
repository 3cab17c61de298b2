"""``gesta export``: take the events elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gesta.cli import terminal
from gesta.errors import UsageError
from gesta.exchange import FORMATS
from gesta.store import EventFilter, Store


def export(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    format: Annotated[str, typer.Option(help=f"One of: {', '.join(FORMATS)}.")] = "jsonl",
    out: Annotated[Path, typer.Option(help="The file to write; - is standard output.")] = Path("-"),
    without_text: Annotated[
        bool, typer.Option("--without-text", help="Leave out the sources' own words but for spans.")
    ] = False,
    modality: Annotated[str, typer.Option(help="counted, all, or one modality.")] = "counted",
) -> None:
    """Write events to a file in a format others read: docs/exports.md describes each."""
    if format not in FORMATS:
        raise UsageError(f"there is no format {format!r}", where="--format", remedy=f"One of: {', '.join(FORMATS)}.")
    store = Store.open(record)
    number = FORMATS[format](
        store, EventFilter(modality=terminal.modality_of(modality)), out, without_text=without_text
    )
    terminal.messages().print(f"{number:,} {'edges' if format == 'graphml' else 'events'} written to {out}")
