"""``gesta show``: events of a record, filtered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gesta.cli import terminal
from gesta.errors import UsageError
from gesta.ontology import plover
from gesta.store import EventFilter, Store


def show(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    type: Annotated[str | None, typer.Option(help="PLOVER type, e.g. ASSAULT.")] = None,
    mode: Annotated[str | None, typer.Option(help="PLOVER mode, e.g. aerial.")] = None,
    source: Annotated[str | None, typer.Option(help="Country code or part of the source's name.")] = None,
    target: Annotated[str | None, typer.Option(help="Country code or part of the target's name.")] = None,
    country: Annotated[str | None, typer.Option(help="Country code of the place.")] = None,
    since: Annotated[str | None, typer.Option(help="First day: 2010, 2010-03 or 2010-03-15.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.")] = None,
    modality: Annotated[str, typer.Option(help="counted, all, or one modality such as threatened.")] = "counted",
    min_confidence: Annotated[float, typer.Option(min=0, max=1)] = 0.0,
    report: Annotated[str | None, typer.Option(help="Events of this report only (id or its beginning).")] = None,
    undated: Annotated[bool, typer.Option("--undated", help="Only events whose time is unknown.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 50,
    json: Annotated[bool, typer.Option("--json", help="One JSON event a line.")] = False,
) -> None:
    """Show events: by default those that count as having happened."""
    store = Store.open(record)
    kind = type.upper() if type else None
    if kind and kind not in plover().types:
        raise UsageError(f"there is no type {type!r}", where="--type", remedy=f"One of: {', '.join(plover().types)}.")
    wanted = EventFilter(
        type=kind, mode=mode, source=source, target=target, country=country.upper() if country else None,
        since=terminal.parse_day(since, option="--since"), until=terminal.parse_day(until, option="--until", end=True),
        modality=terminal.modality_of(modality), min_confidence=min_confidence, report=report,
        undated=undated, limit=limit + 1,
    )  # fmt: skip
    events = list(store.events(wanted))
    if json:
        for event in events[:limit]:
            terminal.print_json(event)
        return
    titles: dict[str, str] = {}
    for event in events[:limit]:
        if event.report not in titles:
            found = store.report(event.report)
            titles[event.report] = found.title or found.origin
    out = terminal.console()
    if not events:
        out.print("No event fits. Try --modality all, or fewer filters.")
        return
    out.print(terminal.event_table(((event, titles[event.report]) for event in events[:limit]), last="report"))
    if len(events) > limit:
        out.print(f"There are more: raise --limit above {limit}.", style="dim")
