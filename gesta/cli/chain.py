"""``gesta chain``: what an incident answers, and what answers it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from rich.tree import Tree

from gesta.cli import terminal
from gesta.cli.incidents import days, find_incident, kind_of, names, toll
from gesta.records import Incident, Response
from gesta.store import Store


@dataclass(frozen=True, slots=True)
class Chains:
    """The responses around incidents, read once each."""

    store: Store
    inferred: bool

    def around(self, incident: str) -> list[Response]:
        """Responses in which the incident is cause or answer: stated ones first."""
        rows = self.store.query_named("responses_of", {"incident": incident})
        names_of = ("cause", "answer", "basis", "cue", "lag", "confidence", "tellings")
        stated = [Response(**dict(zip(names_of, (*row[:6], tuple(row[6])), strict=True))) for row in rows]
        if not self.inferred:
            return stated
        from gesta.link.infer import infer_answers  # takes long to load

        known = {(r.cause, r.answer) for r in stated} | {(r.answer, r.cause) for r in stated}
        return stated + [r for r in infer_answers(self.store, incident) if (r.cause, r.answer) not in known]


def chain(
    record: Annotated[Path, typer.Argument(help="The record folder.", show_default=False)],
    incident: Annotated[
        str, typer.Argument(metavar="INCIDENT", help="Its id or beginning, or that of an event.", show_default=False)
    ],
    depth: Annotated[int, typer.Option(min=1, max=20, help="Steps to either side.")] = 4,
    stated: Annotated[bool, typer.Option("--stated", help="Only what reports state; nothing inferred.")] = False,
    plot: Annotated[Path | None, typer.Option(help="Draw it: FILE.svg or FILE.png (extra plot).")] = None,
    dark: Annotated[bool, typer.Option("--dark", help="Draw on a dark ground.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Incidents and responses as one JSON object.")] = False,
) -> None:
    """Show the chain an incident stands in: backward what it answers, forward what answers it."""
    store = Store.open(record)
    terminal.remark_unlinked(store, record)
    start = find_incident(store, incident)
    chains = Chains(store, inferred=not stated)
    back, forward = (_walk(start.id, chains, depth, forward=side) for side in (False, True))
    found = {identity: store.incident(identity) for identity in dict.fromkeys([start.id, *_ids(back), *_ids(forward)])}
    links = list(dict.fromkeys([*_links(back), *_links(forward)]))
    if plot is not None:
        from gesta.analyse.pictures import draw_chain  # matplotlib is an extra

        draw_chain(list(found.values()), links, plot, dark=dark)
    if json:
        terminal.print_json({"incident": start.id, "incidents": list(found.values()), "responses": links})
        return
    out = terminal.console()
    for title, steps in (("answers", back), ("is answered by", forward)):
        tree = Tree(_line(start, bold=True))
        branch = tree.add(Text(title, style="dim"))
        _grow(branch, steps, found, forward=title != "answers")
        if not steps:
            branch.add(Text("nothing that the record tells", style="dim"))
        out.print(tree)


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain and what follows from it."""

    response: Response
    further: tuple[Step, ...]


def _walk(start: str, chains: Chains, depth: int, *, forward: bool, seen: frozenset[str] = frozenset()) -> list[Step]:
    """The links from an incident in one direction; an incident that stands in its own past is not walked again.

    Only what a text states is followed further: a guess upon a guess says nothing.
    """
    if depth == 0:
        return []
    steps = []
    seen = seen | {start}
    for response in chains.around(start):
        here, there = (response.cause, response.answer) if forward else (response.answer, response.cause)
        if here != start or there in seen:
            continue
        further: list[Step] = []
        if response.basis == "stated":
            further = _walk(there, chains, depth - 1, forward=forward, seen=seen)
        steps.append(Step(response, tuple(further)))
    return steps


def _ids(steps: list[Step] | tuple[Step, ...]) -> list[str]:
    return [i for step in steps for i in (step.response.cause, step.response.answer, *_ids(step.further))]


def _links(steps: list[Step] | tuple[Step, ...]) -> list[Response]:
    return [response for step in steps for response in (step.response, *_links(step.further))]


def _grow(branch: Tree, steps: list[Step] | tuple[Step, ...], found: dict[str, Incident], *, forward: bool) -> None:
    for step in steps:
        response = step.response
        there = found[response.answer if forward else response.cause]
        if response.basis == "stated":
            how = f"stated, {response.confidence:.2f}"
            how += f": {response.cue!r}" if response.cue else " by the order of sentences"
            how += f", {len(response.tellings)} times" if len(response.tellings) > 1 else ""
        else:
            how = f"inferred, strength {response.confidence:.2f}"
        if response.lag is not None:
            how += f", {response.lag} day{'' if abs(response.lag) == 1 else 's'} later"
        line = _line(there)
        line.append(f"  [{how}]", style="green" if response.basis == "stated" else "yellow")
        _grow(branch.add(line), step.further, found, forward=forward)


def _line(incident: Incident, *, bold: bool = False) -> Text:
    agreed = incident.agreed
    parts = [incident.id[:10], days(agreed), kind_of(agreed), f"{names(agreed.sources)} -> {names(agreed.targets)}"]
    parts += [agreed.place.name] if agreed.place else []
    parts += [toll(t) for t in agreed.tolls]
    return Text("  ".join(parts), style="bold" if bold else "")
