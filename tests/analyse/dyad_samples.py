"""A record of two sides, made of incidents alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from gesta.ontology import VERSION
from gesta.records import Actor, Agreed, Incident, Linking, Party, Range, Record, Report, Run, Site, make_id
from gesta.store import Store

RUN = Run(id="hand", gesta="0", model="none", ontology=VERSION)
PARTIES = {
    "army": Party(actor="aarmy", name="Norland's army", country="NOR"),
    "state": Party(actor="astate", name="Norland", country="NOR"),
    "rebels": Party(actor="arebels", name="Sudria Front", country="SUD"),
}
_ACTORS = (
    Actor(id="aarmy", name="Norland's army", kind="group", country="NOR", sectors=("MIL",)),
    Actor(id="astate", name="Norland", kind="state", country="NOR", sectors=("GOV",)),
    Actor(id="arebels", name="Sudria Front", kind="group", country="SUD", sectors=("REB",)),
)


def incident(
    number: int,
    kind: str,
    source: str | Iterable[str],
    target: str | None,
    start: date | None,
    *,
    end: date | None = None,
    killed: int | None = None,
    modality: str = "happened",
    gone: bool = False,
) -> Incident:
    """One incident in Sudria; ``end`` alone is a bound."""
    sources = (source,) if isinstance(source, str) else tuple(source)
    agreed = Agreed(
        ontology=VERSION, type=kind, modality=modality, start=start, end=end or start,  # type: ignore[arg-type]
        sources=tuple(PARTIES[one] for one in sources), targets=(PARTIES[target],) if target else (),
        place=Site(name="Port", country="SUD"),
        tolls=() if killed is None else (Range(kind="killed", low=killed, best=killed, high=killed),),
    )  # fmt: skip
    return Incident(
        id=make_id("i", number), events=(f"e{number}",), reports=1, independent_sources=1, agreed=agreed, gone=gone
    )


def make_record(folder: Path, incidents: Iterable[Incident], *, first: date, last: date) -> Store:
    """A record that watches these days."""
    store = Store.create(folder)
    store.add(
        [Record(report=Report(text=f"Paper of {day}.", published=day), actors=_ACTORS) for day in (first, last)],
        run=RUN,
    )
    add(store, incidents)
    return store


def add(store: Store, incidents: Iterable[Incident], number: int = 1) -> None:
    """Link once more."""
    with store.connect() as con:
        con.execute("CREATE TABLE scored (a INTEGER, b INTEGER, chance DOUBLE)")
        con.execute("CREATE TABLE traces (n INTEGER, events VARCHAR[])")
        linking = Linking(id=f"l{number}", linker="hand", seen=())
        store.add_links(con, incidents=incidents, copies=(), changes=(), linking=linking)
