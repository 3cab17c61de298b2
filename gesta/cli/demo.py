"""``gesta demo``: the samples, coded, summed up, and where to look next."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from gesta.cli import terminal
from gesta.cli.code import record_into
from gesta.cli.incidents import incident_table
from gesta.errors import GestaError
from gesta.read import read_paths
from gesta.settings import CodeSettings, ReadSettings, RunSettings
from gesta.store import EventFilter, Store


def samples_folder() -> Path:
    """Where the samples lie: inside the installed package, or beside it in a source checkout."""
    here = Path(__file__).resolve().parent.parent
    for folder in (here / "samples", here.parent / "samples"):
        if folder.is_dir():
            return folder
    raise GestaError("the samples are not installed", where=str(here), remedy="Install Gesta again.")


def demo(
    into: Annotated[Path, typer.Option(help="The record folder to write to.")] = Path("demo-record"),
) -> None:
    """Code twelve short reports on one crisis, told from several sides, and show what comes out."""
    out = terminal.console()
    terminal.prepare_places(quiet=not sys.stderr.isatty())
    record_into(into, read_paths([samples_folder()], ReadSettings()), CodeSettings(), RunSettings(), json=False)
    store = Store.open(into)
    surer = store.events(EventFilter(min_confidence=0.6))
    shown = list(islice((event for event in surer if event.sources and event.targets), 12))
    titled = ((event, store.report(event.report).title or "") for event in shown)
    out.print(terminal.event_table(titled, last="report", title="\nA dozen of the surer events"))
    counts = store.query("select type, count(*) as n from events where counted group by type order by n desc, type")
    table = Table(box=None, title="\nCounted events by type", header_style="bold", pad_edge=False)
    table.add_column("type")
    table.add_column("events", justify="right")
    for kind, number in counts:
        table.add_row(str(kind), str(number))
    out.print(table)
    told = sorted(store.incidents(), key=lambda i: (-i.independent_sources, -len(i.contested), -i.reports, i.id))
    out.print(incident_table(told[:5], title="\nWhat most independent sources tell, each happening once"))
    out.print("\nWhere to look next:", style="bold")
    first = shown[0].id[:10] if shown else "EVENT_ID"
    for command, what in (
        (f"gesta why {into} {first}", "the sentence, the words behind each field, the reasons"),
        (f"gesta show {into} --type ASSAULT --since 2019-12", "filter the events"),
        (f"gesta show {into} --modality all", "also what was threatened, planned, denied or alleged"),
        (f"gesta incidents {into} --contested", "each happening once, and where its reports differ"),
        (f"gesta chain {into} {told[0].id[:10] if told else 'INCIDENT_ID'}", "what it answers, and what answers it"),
        (f"gesta claims {into}", "who says what"),
        (f"gesta export {into} --format jsonl --out events.jsonl", "take it elsewhere"),
        ("gesta code YOUR_FOLDER --into record", "your own reports"),
    ):
        out.print(f"  {command:<68} {what}", markup=False)
