"""``gesta ties``: who belongs to, leads, backs or fights whom, by whose word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from gesta.cli import terminal
from gesta.errors import UsageError
from gesta.records import TIE_RELATIONS
from gesta.store import Store

_NAMES = (
    "actor", "actor_name", "relation", "other", "other_name", "ended", "stance", "certainty", "since", "until",
    "reports", "tellings", "said_by", "id",
)  # fmt: skip


def ties(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    actor: Annotated[str | None, typer.Option(help="Part of the name of either actor.")] = None,
    relation: Annotated[str | None, typer.Option(help=f"One of: {', '.join(TIE_RELATIONS)}.")] = None,
    limit: Annotated[int, typer.Option(min=1)] = 50,
    json: Annotated[bool, typer.Option("--json", help="One JSON tie a line.")] = False,
) -> None:
    """Show ties between actors, each once, with how many reports tell it and by whose word."""
    if relation is not None and relation.lower() not in TIE_RELATIONS:
        remedy = f"One of: {', '.join(TIE_RELATIONS)}."
        raise UsageError(f"there is no relation {relation!r}", where="--relation", remedy=remedy)
    store = Store.open(record)
    rows = store.query_named("ties", {"actor": actor, "relation": relation, "limit": limit})
    found = [dict(zip(_NAMES, row, strict=True)) for row in rows]
    if json:
        for tie in found:
            terminal.print_json(tie)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, width in (("actor", 32), ("relation", 14), ("other", 32), ("told", 24), ("when", 24), ("reports", 7)):
        table.add_column(name, max_width=width)
    table.add_column("who says so", max_width=40)
    for tie in found:
        told = [tie["stance"]] if tie["stance"] != "asserts" else []
        told += [tie["certainty"]] if tie["certainty"] != "certain" else []
        told += ["ended"] if tie["ended"] else []
        when = " to ".join(str(day or "...") for day in (tie["since"], tie["until"]))
        cells = (
            tie["actor_name"], tie["relation"], tie["other_name"], ", ".join(told) or "holds",
            when if tie["since"] or tie["until"] else "-", tie["reports"], ", ".join(tie["said_by"]),
        )  # fmt: skip
        table.add_row(*(Text(str(cell)) for cell in cells), style="" if not told else "dim")
    terminal.console().print(table)
