"""Reading what agreement and the search for copies need, from a connection that holds ``told_events``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import duckdb

from gesta.link.agree import Figure, Telling
from gesta.link.copies import Page
from gesta.records import Party, Site

_FETCH = 10_000


@cache
def _queries() -> dict[str, str]:
    text = (files("gesta.link") / "details.sql").read_text(encoding="utf-8")
    return dict(part.split("\n", 1) for part in text.split("-- name: ")[1:])


def read_tellings(
    con: duckdb.DuckDBPyConnection, incidents: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, list[Telling]]]:
    """Yield each incident with its tellings, both by id; each stands for itself, see ``copies.origins``."""
    con.execute("CREATE OR REPLACE TABLE wanted (event VARCHAR, incident VARCHAR)")
    pairs = ((event, identity) for identity, events in incidents.items() for event in events)
    while some := list(islice(pairs, _FETCH)):
        columns = [list(column) for column in zip(*some, strict=True)]
        con.execute("INSERT INTO wanted SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[])", columns)
    cursor = con.cursor()
    cursor.execute(_queries()["tellings"])
    for identity, rows in groupby(_fetched(cursor), key=itemgetter(0)):
        yield identity, [_telling(row[1:]) for row in rows]


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(_FETCH):
        yield from rows


def _telling(row: tuple[Any, ...]) -> Telling:
    event, report, publisher, published, offset, ontology, kind, modes, modality, confidence, count, *rest = row
    start, end, grain, known, place, sources, targets, tolls, said_by, denied = rest
    return Telling(
        event=event,
        report=report,
        origin=report,
        publisher=publisher,
        published=published,
        offset=offset,
        ontology=ontology,
        type=kind,
        modes=tuple(modes),
        modality=modality,
        confidence=confidence,
        count=count,
        start=start,
        end=end,
        grain=grain,
        known=known,
        place=None if place is None else _site(place),
        sources=_parties(sources),
        targets=_parties(targets),
        tolls=tuple(Figure(toll["kind"], toll["low"], toll["high"]) for toll in tolls),
        said_by=said_by,
        denied_by=tuple(denied),
    )


def _parties(found: list[dict[str, Any]]) -> tuple[Party, ...]:
    """Each actor once, as first named."""
    named = {one["actor"]: one for one in reversed(found)}
    return tuple(Party(actor=actor, name=one["name"], country=one["country"]) for actor, one in reversed(named.items()))


def _site(place: dict[str, Any]) -> Site | None:
    if place["precision"] is None:
        return None
    return Site(
        name=place["name"],
        country=place["country"],
        admin1=place["admin1"],
        geonames_id=place["geonames_id"],
        latitude=place["latitude"],
        longitude=place["longitude"],
        precision=place["precision"],
    )


def read_outlines(con: duckdb.DuckDBPyConnection) -> dict[str, Page]:
    """Return all reports that tell of events as ``copies.origins`` needs them: without their texts."""
    rows = con.execute(_queries()["outlines"]).fetchall()
    return {i: Page(i, publisher, published, "", tuple(credits or ())) for i, publisher, published, credits in rows}
