"""``link``: takes in what is new in a record, and writes what became of its incidents.

A pair's chance depends on its two reports alone, and groups are made anew wherever a new report reaches, from all pairs
there. So the incidents of a record depend on its reports, not on the order in which they came nor on how often it was
linked; only the log tells the way.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib.resources import files
from itertools import chain

import duckdb
import msgspec

from gesta.annotate.model import Floats, Model
from gesta.link.agree import Telling, agree, first_and_last, independent
from gesta.link.candidates import compare, forget
from gesta.link.changes import tell_changes
from gesta.link.copies import Page, origins
from gesta.link.details import read_outlines, read_tellings
from gesta.link.graph import Graph
from gesta.link.repeats import find_copies, known_copies
from gesta.link.state import State, read_state
from gesta.records import Copy, Frozen, Incident, Linking, make_id
from gesta.store import Store

#: What DuckDB may hold in memory; beyond that it spills to the temporary folder.
_MEMORY = "2GB"
#: What pairs are found and described by; another text is another linker.
_READ = ("traces.sql", "days.sql", "pages.sql", "pairs.sql", "beside.sql", "frequencies.tsv")
#: Changes whenever the same record would be linked otherwise for another reason than weights and SQL.
_VERSION = 2


class Linked(Frozen, frozen=True):
    """What a pass of linking did."""

    reports: int
    """Reports taken in."""
    incidents: int
    """Incidents in the record now."""
    changes: int
    """Entries added to the log."""


def link(store: Store, model: Model) -> Linked:
    """Link what has been coded since the last time, in one commit; nothing is written if nothing is new."""
    linker = version(model.linking)
    with store.connect() as con:
        con.execute(f"SET memory_limit = '{_MEMORY}'")
        state = read_state(con, linker)
        if not state.unseen:
            return Linked(reports=0, incidents=len(state.incidents), changes=0)
        compare(con, model.linking, None if state.first else state.fresh)
        forget(con)
        graph = Graph(con, linker)
        copies = find_copies(con)
        after, confidence, concerned = _regrouped(graph, state)
        before = {identity: state.incidents[identity] for identity in concerned}
        identity = make_id("l", linker, *state.unseen)
        changes = tell_changes(before, after, why=graph.why(state.fresh), gone=_untold(before, after), linking=identity)
        del graph
        described = _described(con, after, confidence, [*known_copies(con), *copies])
        gone = (replaced(store, identity) for identity in sorted(before.keys() - after.keys()))
        linking = Linking(id=identity, linker=linker, seen=state.unseen)
        written = store.add_links(
            con, incidents=chain(described, gone), copies=copies, changes=changes, linking=linking
        )
    return Linked(
        reports=len(state.fresh),
        incidents=len(state.incidents) - len(before) + len(after),
        changes=written["changes"],
    )


def version(weights: Mapping[str, Floats]) -> str:
    """Return what names the linker: a hash of its weights and of the SQL and the words they are used with."""
    digest = hashlib.sha256(f"gesta linker {_VERSION}".encode())
    for name in _READ:
        digest.update((files("gesta.link") / name).read_bytes())
    for name in sorted(weights):
        digest.update(name.encode() + weights[name].tobytes())
    return digest.hexdigest()[:12]


def _regrouped(graph: Graph, state: State) -> tuple[dict[str, tuple[str, ...]], dict[str, float], set[str]]:
    """The incidents where new reports reach: id -> events, their confidence, and the ids of the old ones concerned."""
    number = {event: n for n, events in enumerate(graph.events) for event in events}
    incident = {event: i for i, events in state.incidents.items() for event in events}
    start = {n for n, report in enumerate(graph.report) if n and (state.first or report in state.fresh)}
    # Where an event is told no more, what was one with it is looked at again; and so is what an old incident holds
    # beside what hangs together now.
    concerned = {i for event, i in incident.items() if event not in number}
    reached: set[int] = set()
    while start - reached:
        reached = graph.touched(start | reached)
        concerned |= {incident[e] for n in reached for e in graph.events[n] if e in incident}
        start = {number[e] for i in concerned for e in state.incidents[i] if e in number}
    if not reached:
        reached = graph.touched({number[e] for i in concerned for e in state.incidents[i] if e in number})
    after, confidence = {}, {}
    for group, sureness in graph.groups(reached):
        told = sorted((graph.published[n] or date.max, event) for n in group for event in graph.events[n])
        identity = make_id("i", told[0][1])
        after[identity] = tuple(event for _, event in told)
        confidence[identity] = sureness
    return after, confidence, concerned


def _untold(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    now = {event for events in after.values() for event in events}
    return frozenset(event for events in before.values() for event in events if event not in now)


def _described(
    con: duckdb.DuckDBPyConnection,
    after: Mapping[str, tuple[str, ...]],
    confidence: Mapping[str, float],
    copies: Sequence[Copy],
) -> Iterator[Incident]:
    """The incidents with what their reports agree on, by id."""
    outlines = read_outlines(con)
    of_report: dict[str, list[Copy]] = defaultdict(list)
    for copy in copies:
        of_report[copy.report].append(copy)
    for identity, told in read_tellings(con, after):
        yield _incident(identity, after[identity], told, confidence[identity], outlines, of_report)


def _incident(
    identity: str,
    events: tuple[str, ...],
    tellings: list[Telling],
    confidence: float,
    outlines: Mapping[str, Page],
    copies: Mapping[str, Sequence[Copy]],
) -> Incident:
    reports = {telling.report for telling in tellings}
    if len(reports) > 1:
        inside = [copy for report in sorted(reports) for copy in copies.get(report, ())]
        stands_for = origins([outlines[report] for report in reports], inside)
        tellings = [replace(telling, origin=stands_for[telling.report]) for telling in tellings]
    agreed, contested = agree(tellings)
    first, last = first_and_last(tellings)
    return Incident(
        id=identity,
        events=events,
        reports=len(reports),
        independent_sources=independent(tellings),
        agreed=agreed,
        contested=contested,
        first=first,
        last=last,
        confidence=confidence,
    )


def replaced(store: Store, identity: str) -> Incident:
    """Return an incident as it was, marked as no more."""
    return msgspec.structs.replace(store.incident(identity), gone=True)
