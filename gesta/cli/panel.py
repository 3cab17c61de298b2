"""``gesta panel``: country-month and dyad-month tables, zeros kept."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from gesta.analyse.panel import read_panel
from gesta.analyse.series import BY
from gesta.cli import terminal
from gesta.cli.dyad_tables import left_out
from gesta.errors import UsageError
from gesta.store import Store

_UNITS: dict[str, Literal["countries", "dyads"]] = {"countries": "countries", "dyads": "dyads"}


def panel(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    of: Annotated[str, typer.Option(help="countries (by place) or dyads of countries.")] = "countries",
    by: Annotated[str, typer.Option(help=f"One of: {', '.join(BY)}.")] = "month",
    since: Annotated[str | None, typer.Option(help="First day; else that of the first report.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day; else that of the last report.")] = None,
    to: Annotated[Path | None, typer.Option("--csv", help="The file; else standard output.")] = None,
) -> None:
    """Write one CSV row for each country, or dyad of countries, and month, also where nothing was told."""
    if of not in _UNITS:
        raise UsageError(f"there is no panel of {of!r}", where="--of", remedy="countries or dyads")
    if by not in BY:
        raise UsageError(f"cannot count by {by!r}", where="--by", remedy=f"One of: {', '.join(BY)}.")
    store = Store.open(record)
    terminal.remark_unlinked(store, record)
    begin, end = terminal.parse_day(since, option="--since"), terminal.parse_day(until, option="--until", end=True)
    found = read_panel(store, _UNITS[of], by=by, since=begin, until=end)
    if said := left_out(store, found.undated, found.outside):
        terminal.messages().print(said)
    if to is None:
        csv.writer(sys.stdout, lineterminator="\n").writerows([found.names, *found.rows])
        return
    with to.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([found.names, *found.rows])
    terminal.messages().print(f"{len(found.rows):,} rows in {to}")
