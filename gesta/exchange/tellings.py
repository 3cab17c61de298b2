"""Events with what else the record knows of them, read in batches: a large record never has to fit into memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from gesta.records import Actor, Event, Report
from gesta.store import EventFilter, Store

_BATCH = 4000
"""Events whose reports are held at a time: few enough for memory, many enough to ask the record seldom."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who says so: ``actor`` is the speaker's id and ``text`` the speaker in the report's words, if one is named."""

    actor: str | None
    text: str | None
    stance: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One event with its report, the actors of that report by id, the claim it rests on, and the places named there.

    ``actors`` have their id, name, kind, country and sectors only. ``said`` is None where no claim stands behind the
    event. ``places`` are the gazetteer's names of the toponyms it could resolve, each once, in the order of the text.
    """

    event: Event
    report: Report
    actors: Mapping[str, Actor]
    said: Said | None
    places: tuple[str, ...]


def tellings(store: Store, wanted: EventFilter) -> Iterator[Telling]:
    """Yield the events that pass the filter, in the order of ``Store.events``."""
    events = store.events(wanted)
    while batch := list(islice(events, _BATCH)):
        yield from _told(store, batch)


def _told(store: Store, batch: Sequence[Event]) -> Iterator[Telling]:
    ids = sorted({event.report for event in batch})
    reports = {report.id: report for report in store.reports(ids)}
    actors: dict[str, dict[str, Actor]] = {name: {} for name in ids}
    for report, id, name, kind, country, sectors in store.query_named("actors_of_reports", {"reports": ids}):
        actor = Actor(id=id, name=name, kind=kind, country=country, sectors=tuple(sectors or ()))
        actors[report].setdefault(id, actor)
    said = {
        (report, id): Said(*values) for report, id, *values in store.query_named("claims_of_reports", {"reports": ids})
    }
    places: dict[str, dict[str, None]] = {name: {} for name in ids}
    for report, name in store.query_named("places_of_reports", {"reports": ids}):
        places[report][name] = None
    for event in batch:
        named = event.report
        claim = said.get((named, event.claim)) if event.claim else None
        yield Telling(event, reports[named], actors[named], claim, tuple(places[named]))
