"""Reading what agreement and the search for copies need, from a connection that holds ``told_events``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from gesta.link.agree import Figure, Telling
from gesta.link.copies import DAYS_CREDITED, Page
from gesta.link.credits import alike, words_of
from gesta.link.signature import BAND, SIZE
from gesta.records import Party, Site

_FETCH = 10_000


@cache
def _queries() -> dict[str, str]:
    text = (files("gesta.link") / "details.sql").read_text(encoding="utf-8")
    text = text.replace("{days}", str(DAYS_CREDITED)).replace("{bands}", str(SIZE // BAND)).replace("{band}", str(BAND))
    return dict(part.split("\n", 1) for part in text.split("-- name: ")[1:])


def put(con: duckdb.DuckDBPyConnection, table: str, column: str, values: Collection[str]) -> None:
    """Make a table of one column of words."""
    con.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT unnest($1::VARCHAR[]) AS {column}", [sorted(values)])


def read_tellings(
    con: duckdb.DuckDBPyConnection, incidents: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, list[Telling]]]:
    """Yield each incident with its tellings, both by id; each stands for itself, see ``copies.origins``."""
    con.execute(
        "CREATE OR REPLACE TABLE wanted AS SELECT unnest($1::VARCHAR[]) AS event, unnest($2::VARCHAR[]) AS incident",
        [
            [event for events in incidents.values() for event in events],
            [identity for identity, events in incidents.items() for _ in events],
        ],
    )
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


def read_pages(con: duckdb.DuckDBPyConnection, reports: Collection[str]) -> dict[str, Page]:
    """Return these reports as their copies are found by."""
    put(con, "asked", "report", reports)
    found = {}
    for identity, publisher, published, text, start, credits in con.execute(_queries()["pages"]).fetchall():
        found[identity] = Page(identity, publisher, published, text[start:], tuple(credits or ()))
    return found


def read_outlines(con: duckdb.DuckDBPyConnection) -> dict[str, Page]:
    """Return all reports that tell of events as ``copies.origins`` needs them: without their texts."""
    rows = con.execute(_queries()["outlines"]).fetchall()
    return {i: Page(i, publisher, published, "", tuple(credits or ())) for i, publisher, published, credits in rows}


def crediting(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return pairs of reports of which one credits the other's publisher and shares names with it; one is new."""
    named = con.execute(_queries()["media"]).fetchall()
    credits = [(name, words_of(name)) for name, credit in named if credit]
    publishers = [(name, words_of(name)) for name, credit in named if not credit]
    known = [(c, p) for c, words in credits for p, others in publishers if alike(words, others)]
    con.execute(
        "CREATE OR REPLACE TABLE media AS SELECT unnest($1::VARCHAR[]) AS credit, unnest($2::VARCHAR[]) AS publisher",
        [[c for c, _ in known], [p for _, p in known]],
    )
    return [(a, b) for a, b in con.execute(_queries()["credited"]).fetchall()]


def banded(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return the pairs of reports that share a band of their signatures, one of them in the table ``new``."""
    return [(a, b) for a, b in con.execute(_queries()["banded"]).fetchall()]
