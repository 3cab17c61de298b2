"""``gesta why``: the sentence, the words behind every field, and the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from gesta.cli import terminal
from gesta.records import Actor, Claim, Event, Report
from gesta.store import Store
from gesta.text import passage

_STYLES = {
    "trigger": "bold red", "source": "blue", "target": "magenta", "place": "green", "time": "yellow",
    "modality": "cyan", "mode": "underline", "toll": "bold yellow",
}  # fmt: skip


def why(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    event_id: Annotated[
        str, typer.Argument(metavar="EVENT", help="The event's id, or its beginning.", show_default=False)
    ],
    json: Annotated[bool, typer.Option("--json", help="The event and its report as JSON.")] = False,
) -> None:
    """Say why an event was coded as it was."""
    store = Store.open(record)
    event = store.event(event_id)
    report = store.report(event.report)
    if json:
        terminal.print_json({"event": event, "report": report})
        return
    explain(event, report, store, terminal.console())


def explain(event: Event, report: Report, store: Store, out: Console) -> None:
    """Print the heading, the passage, the words behind each field, and the reasons."""
    heading = event.type + (f"/{event.mode}" if event.mode else "")
    out.print(f"{heading}, {event.modality}, {terminal.when(event.time)}  ({event.id})", style="bold", markup=False)
    dated = f"{report.published} ({report.published_basis})" if report.published else "undated"
    out.print(
        f"{report.title or 'untitled'} | {report.publisher or 'publisher unknown'} | {dated}", style="dim", markup=False
    )
    out.print(f"{report.url or report.origin}\n", style="dim", markup=False)
    if report.revises:
        out.print(f"This report corrects an earlier version, {report.revises[:10]}.\n", markup=False)
    out.print(highlighted(event, report))
    out.print()
    for evidence in event.evidence:
        words = report.text[evidence.start : evidence.end]
        out.print(f"  {evidence.field:<16} {words!r} [{evidence.start}:{evidence.end}]", markup=False)
    out.print("\nBecause", style="bold")
    for reason in [*event.reasons, *_resolved(event, store)]:
        out.print(f"  - {reason}", markup=False)


def highlighted(event: Event, report: Report) -> Text:
    """The event's own sentence, with the spans in their colours; a place or time told elsewhere is not in it."""
    start, end = passage(report.text, *event.own_words)
    text = Text(report.text[start:end].replace("\n", " "))
    for evidence in event.evidence:
        if not start <= evidence.start < end:
            continue
        style = _STYLES.get(evidence.field.split()[0], "italic")
        text.stylize(style, evidence.start - start, evidence.end - start)
    return text


def _resolved(event: Event, store: Store) -> list[str]:
    """Reasons kept by what was resolved: place, time, actors."""
    found = []
    if event.place is not None:
        found += [f"place {event.place.name}: {reason}" for reason in event.place.reasons]
    if event.time is not None:
        found += [f"time {event.time.value}: {reason}" for reason in event.time.reasons]
    coded = store.record(event.report)
    known = {actor.id: actor for actor in coded.actors}
    for participant in (*event.sources, *event.targets):
        actor = known.get(participant.actor)
        found += [f"actor {actor.name}: {reason}" for reason in actor.reasons] if actor else []
    if event.within:
        found.append(f"within event {event.within[:10]}")
    return [*found, _said_by(next((c for c in coded.claims if c.id == event.claim), None), known)]


def _said_by(claim: Claim | None, known: Mapping[str, Actor]) -> str:
    """Who tells of the event, and in which words."""
    if claim is None:
        return "told by the author"
    if claim.speaker is None:
        return f"told by nobody named, cue {claim.cue!r}, {claim.stance}, {claim.certainty}"
    actor = known.get(claim.speaker.actor)
    who = f"{claim.speaker.text!r}" + (f" ({actor.name})" if actor and actor.name != claim.speaker.text else "")
    return f"told by {who}, {claim.voice}, cue {claim.cue!r}, {claim.stance}, {claim.certainty}"
