"""``gesta incidents``: happenings, each once, with how many reports and independent sources tell of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gesta.cli import terminal
from gesta.errors import UsageError
from gesta.ontology import plover
from gesta.records import Agreed, Incident, Party, Range
from gesta.store import IncidentFilter, Store
from gesta.text import passage


def incidents(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    incident: Annotated[
        str | None,
        typer.Argument(metavar="[INCIDENT]", help="One incident in full: its id, its beginning, or that of an event."),
    ] = None,
    type: Annotated[str | None, typer.Option(help="PLOVER type, e.g. ASSAULT.")] = None,
    mode: Annotated[str | None, typer.Option(help="PLOVER mode, e.g. aerial.")] = None,
    source: Annotated[str | None, typer.Option(help="Country code or part of the source's name.")] = None,
    target: Annotated[str | None, typer.Option(help="Country code or part of the target's name.")] = None,
    country: Annotated[str | None, typer.Option(help="Country code of the place.")] = None,
    since: Annotated[str | None, typer.Option(help="First day: 2010, 2010-03 or 2010-03-15.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.")] = None,
    min_reports: Annotated[int, typer.Option(min=1, help="Told by at least so many reports.")] = 1,
    min_sources: Annotated[int, typer.Option(min=1, help="Told by at least so many independent sources.")] = 1,
    contested: Annotated[bool, typer.Option("--contested", help="Only those in which reports differ.")] = False,
    all: Annotated[bool, typer.Option("--all", help="Also what is only alleged or denied.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 50,
    json: Annotated[bool, typer.Option("--json", help="One JSON incident a line.")] = False,
) -> None:
    """Show incidents: what many reports tell of once, how many of them are independent, and where they differ."""
    store = Store.open(record)
    terminal.remark_unlinked(store, record)
    if incident is not None:
        found = find_incident(store, incident)
        if json:
            terminal.print_json(found)
        else:
            explain(found, store, terminal.console())
        return
    kind = type.upper() if type else None
    if kind and kind not in plover().types:
        raise UsageError(f"there is no type {type!r}", where="--type", remedy=f"One of: {', '.join(plover().types)}.")
    wanted = IncidentFilter(
        type=kind, mode=mode, source=source, target=target, country=country,
        since=terminal.parse_day(since, option="--since"), until=terminal.parse_day(until, option="--until", end=True),
        modality="all" if all else "counted", min_reports=min_reports, min_sources=min_sources, contested=contested,
        limit=limit + 1,
    )  # fmt: skip
    rows = list(store.incidents(wanted))
    if json:
        for row in rows[:limit]:
            terminal.print_json(row)
        return
    out = terminal.console()
    if not rows:
        out.print("No incident fits. Try --all, or fewer filters.")
        return
    out.print(incident_table(rows[:limit]))
    if len(rows) > limit:
        out.print(f"There are more: raise --limit above {limit}.", style="dim")


def find_incident(store: Store, identity: str) -> Incident:
    """Return the incident with this id or beginning; the id of an event finds the incident that it tells of."""
    if identity.startswith("e"):
        event = store.event(identity)
        for found in store.incidents(IncidentFilter(event=event.id, modality="all")):
            return found
        what = f"event {event.id[:10]} is {event.modality} and part of no incident"
        raise UsageError(what, remedy="Incidents are of events that are told as having happened, alleged or denied.")
    return store.incident(identity)


def incident_table(rows: Iterable[Incident], *, title: str | None = None) -> Table:
    """A table of incidents."""
    table = Table(title=title, box=None, header_style="bold", pad_edge=False)
    for name, width in (
        ("id", 10), ("when", 24), ("type", 24), ("sources", 32), ("targets", 32), ("place", 18), ("tolls", 22),
        ("reports", 7), ("independent", 11), ("contested", 20),
    ):  # fmt: skip
        table.add_column(name, max_width=width, no_wrap=name in {"id", "when", "type"})
    for row in rows:
        cells = (
            row.id[:10], days(row.agreed), kind_of(row.agreed), names(row.agreed.sources), names(row.agreed.targets),
            row.agreed.place.name if row.agreed.place else "-",
            ", ".join(toll(t) for t in row.agreed.tolls) or "-",
            str(row.reports), str(row.independent_sources), ", ".join(c.field for c in row.contested) or "-",
        )  # fmt: skip
        counted = row.agreed.modality in {"happened", "ongoing"}
        table.add_row(*(Text(cell) for cell in cells), style="" if counted else "dim")
    return table


def kind_of(agreed: Agreed) -> str:
    """Type and first mode, as in ``ASSAULT/aerial``; with the modality where it is not counted."""
    kind = agreed.type + (f"/{agreed.modes[0]}" if agreed.modes else "")
    return kind if agreed.modality in {"happened", "ongoing"} else f"{kind} ({agreed.modality})"


def days(agreed: Agreed) -> str:
    """The agreed interval as people write it."""
    if agreed.start is None and agreed.end is None:
        return "undated"
    if agreed.start is None:
        return f"by {agreed.end}"
    return str(agreed.start) if agreed.start == agreed.end else f"{agreed.start} to {agreed.end or '...'}"


def names(parties: Iterable[Party]) -> str:
    """The names of the parties, "-" for none."""
    return "; ".join(party.name for party in parties) or "-"


def toll(range: Range) -> str:
    """A toll with its range, where there is one: ``killed 25 (24 to 25)``."""
    if range.low == range.high == range.best:
        return f"{range.kind} {range.best}"
    if range.high is None:
        return f"{range.kind} {range.best} " + ("or more" if range.low == range.best else f"({range.low} or more)")
    return f"{range.kind} {range.best} ({range.low} to {range.high})"


def explain(incident: Incident, store: Store, out: Console) -> None:
    """Print what is agreed, what differs and who says which, and every report's sentence."""
    agreed = incident.agreed
    out.print(f"{kind_of(agreed)}, {days(agreed)}  ({incident.id})", style="bold", markup=False)
    out.print(f"{names(agreed.sources)} -> {names(agreed.targets)}", markup=False)
    if agreed.place is not None:
        place = ", ".join(part for part in (agreed.place.name, agreed.place.country) if part)
        out.print(f"at {place} ({agreed.place.precision})", markup=False)
    for figure in agreed.tolls:
        out.print(toll(figure), markup=False)
    out.print(
        f"{incident.reports} reports, {incident.independent_sources} independent; first {incident.first or 'undated'},"
        f" last {incident.last or 'undated'}; confidence {incident.confidence:.2f}",
        style="dim", markup=False,
    )  # fmt: skip
    for contest in incident.contested:
        out.print(f"\n{contest.field} is contested", style="bold", markup=False)
        for version in contest.versions:
            said = ", ".join(version.said_by)
            out.print(f"  {version.value:<28} {said} ({len(version.reports)} of the reports)", markup=False)
    out.print("\nTold by", style="bold")
    passed_on = {report: (of, kind) for report, of, kind in store.query_named("copies_among", {"id": incident.id})}
    for identity in incident.events:
        event = store.event(identity)
        report = store.report(event.report)
        where = f"{report.publisher or 'publisher unknown'}, {report.published or 'undated'}: {report.title or ''}"
        copy = passed_on.get(report.id)
        if copy is not None:
            where += f" ({copy[1]} copy of {copy[0][:10]})" if copy[1] != "credited" else f" (credits {copy[0][:10]})"
        out.print(f"  {identity[:10]} {report.id[:10]} {where}", style="dim", markup=False)
        start, end = passage(report.text, *event.own_words)
        out.print("    " + report.text[start:end].replace("\n", " "), markup=False)
