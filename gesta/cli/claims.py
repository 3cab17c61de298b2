"""``gesta claims``: who says what."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from gesta.cli import terminal
from gesta.store import Store


def claims(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    speaker: Annotated[str | None, typer.Option(help="Part of the speaker's name, or of the words.")] = None,
    stance: Annotated[
        str | None,
        typer.Option(help="asserts, denies, accuses, demands, threatens, promises, predicts, doubts, praises."),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Attitudes have less than sayings; 0 shows every one.")
    ] = 0.6,
    limit: Annotated[int, typer.Option(min=1)] = 50,
    json: Annotated[bool, typer.Option("--json", help="One JSON claim a line.")] = False,
) -> None:
    """Show claims: speaker, cue, stance, and the words claimed."""
    store = Store.open(record)
    rows = store.query_named(
        "claims",
        {"speaker": speaker, "stance": stance, "confidence": min_confidence, "limit": limit},
    )
    if json:
        for row in rows:
            terminal.print_json(
                dict(zip(("id", "speaker", "cue", "stance", "certainty", "words", "title"), row, strict=True))
            )
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, width in (("speaker", 28), ("cue", 14), ("stance", 9), ("certainty", 9), ("words", 70), ("report", 30)):
        table.add_column(name, max_width=width)
    for _, *cells in rows:
        table.add_row(*(Text(str(cell or "-").replace("\n", " ")) for cell in cells))
    terminal.console().print(table)
