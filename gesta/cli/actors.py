"""``gesta actors``: who takes part, and how often."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from gesta.cli import terminal
from gesta.store import Store


def actors(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    country: Annotated[str | None, typer.Option(help="Country code.")] = None,
    limit: Annotated[int, typer.Option(min=1)] = 50,
    json: Annotated[bool, typer.Option("--json", help="One JSON actor a line.")] = False,
) -> None:
    """Show actors with the number of counted events in which each is source or target."""
    store = Store.open(record)
    rows = store.query_named("actors", {"country": country.upper() if country else None, "limit": limit})
    names = ("id", "name", "kind", "country", "sectors", "as_source", "as_target", "aliases")
    if json:
        for row in rows:
            terminal.print_json(dict(zip(names, row, strict=True)))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("name", "kind", "country", "sectors", "as source", "as target", "also called"):
        table.add_column(name, max_width=40)
    for _, *cells in rows:
        table.add_row(
            *(
                Text(", ".join(map(str, cell)) if isinstance(cell, list) else str(cell if cell is not None else "-"))
                for cell in cells
            )
        )
    terminal.console().print(table)
