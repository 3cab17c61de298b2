"""``gesta log``: what became of incidents as reports came in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from gesta.cli import terminal
from gesta.store import Store

_NAMES = ("commit", "kind", "incident", "others", "events", "reason")


def log(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    incident: Annotated[
        str | None, typer.Argument(metavar="[INCIDENT]", help="Only this one: id or beginning.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1)] = 200,
    json: Annotated[bool, typer.Option("--json", help="One JSON entry a line.")] = False,
) -> None:
    """Show the log: incidents new, joined, merged, split, renamed and withdrawn, with the reason."""
    store = Store.open(record)
    terminal.remark_unlinked(store, record)
    rows = store.query_named("changes", {"prefix": incident, "limit": limit + 1})
    entries = [dict(zip(_NAMES, row, strict=True)) for row in rows]
    if json:
        for entry in entries[:limit]:
            terminal.print_json(entry)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, width in (("pass", 8), ("what", 10), ("incident", 10), ("others", 34), ("events", 7), ("why", 90)):
        table.add_column(name, max_width=width)
    for entry in entries[:limit]:
        others = ", ".join(other[:10] for other in entry["others"]) or "-"
        cells = (
            entry["commit"].split("-")[0].lstrip("0"), entry["kind"], entry["incident"][:10], others,
            str(len(entry["events"])), entry["reason"] or "-",
        )  # fmt: skip
        table.add_row(*(Text(cell) for cell in cells))
    out = terminal.console()
    out.print(table)
    if len(entries) > limit:
        out.print(f"There are more: raise --limit above {limit}.", style="dim")
