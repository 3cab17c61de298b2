"""``gesta sql``: any question, in SQL, over the views of a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from gesta.cli import terminal
from gesta.store import Store


def sql(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    query: Annotated[
        str, typer.Argument(help="One SELECT over the views, e.g. 'select * from events'.", show_default=False)
    ],
    json: Annotated[bool, typer.Option("--json", help="One JSON row a line.")] = False,
) -> None:
    """Run a query over the record (DuckDB SQL; see docs/record-folder.md for the views)."""
    names, rows = Store.open(record).query_with_names(query)
    if json:
        for row in rows:
            terminal.print_json(dict(zip(names, row, strict=True)))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    terminal.console().print(table)
