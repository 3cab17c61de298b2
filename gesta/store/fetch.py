"""Rows back to records."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from gesta.errors import UsageError
from gesta.records import Event, Incident, Quarantined, Record, Report, Run
from gesta.store.columns import TABLES, quoted
from gesta.store.filters import EventFilter
from gesta.store.incident_filter import IncidentFilter
from gesta.store.queries import named
from gesta.store.reader import Reader, Row

_PARTS_OF_RECORD = ("events", "claims", "actors", "places", "times", "ties", "loaded", "causes", "imprints")


def event(reader: Reader, prefix: str) -> Event:
    """Return the event whose id is this or begins so; UsageError if there is none or several."""
    found = reader.rows(named("events_like", columns=_columns("events")), {"prefix": prefix})
    built: Event = TABLES["events"].build(_the_one("event", prefix, found))
    return built


def incident(reader: Reader, prefix: str) -> Incident:
    """Return the incident whose id is this or begins so, or that took it over; UsageError if none or several."""
    query = named("incidents_like", columns=_columns("incidents"))
    found = reader.rows(query, {"prefix": prefix})
    seen = {prefix}
    while prefix and not found:
        heirs = [heir for _, heir in reader.rows(named("heirs"), {"prefix": prefix}) if heir not in seen]
        if not heirs:
            break
        prefix = heirs[0]
        seen.add(prefix)
        found = reader.rows(query, {"prefix": prefix})
    built: Incident = TABLES["incidents"].build(_the_one("incident", prefix, found))
    return built


def report(reader: Reader, prefix: str) -> Report:
    """Return the report whose id is this or begins so; UsageError if there is none or several."""
    return _report(_one_report(reader, prefix))


def reports(reader: Reader, ids: Collection[str] | None) -> Iterator[Report]:
    """Yield reports by id, all or these."""
    wanted = None if ids is None else list(ids)
    for row in reader.stream(named("reports", columns=_columns("reports")), {"ids": wanted}):
        yield _report(row)


def record(reader: Reader, prefix: str) -> Record:
    """Return what the latest coding of a report gave; UsageError if there is none or several."""
    row = _one_report(reader, prefix)
    *_, skipped, commit, _ = row
    coded = _report(row)
    values = {"report": coded.id, "commit": commit}
    parts = {}
    for name in _PARTS_OF_RECORD:
        query = named("rows_of_report", columns=_columns(name), table=f"all_{name}")
        parts[name] = tuple(TABLES[name].build(found) for found in reader.rows(query, values))
    signature, credits = reader.rows(named("signature_of_report"), values)[0]
    return Record(
        report=coded, skipped=skipped, signature=tuple(signature or ()), credits=tuple(credits or ()), **parts
    )


def events(reader: Reader, wanted: EventFilter) -> Iterator[Event]:
    """Yield the events that pass the filter."""
    conditions, values = wanted.conditions()
    query = named("events", columns=_columns("events"), conditions=conditions)
    for row in reader.stream(query, values):
        yield TABLES["events"].build(row)


def incidents(reader: Reader, wanted: IncidentFilter) -> Iterator[Incident]:
    """Yield the incidents that pass the filter, by day and id."""
    conditions, values = wanted.conditions()
    query = named("incidents", columns=_columns("incidents"), conditions=conditions)
    for row in reader.stream(query, values):
        yield TABLES["incidents"].build(row)


def runs(reader: Reader) -> tuple[Run, ...]:
    """Return the runs, in the order of their first commits."""
    return tuple(TABLES["runs"].build(row) for row in reader.rows(named("runs", columns=_columns("runs"))))


def quarantined(reader: Reader, run: str | None = None) -> tuple[Quarantined, ...]:
    """Return the inputs that could not be read: each once, or those that one run met."""
    query = named("quarantine" if run is None else "quarantined_by", columns=_columns("quarantine"))
    rows = reader.rows(query, None if run is None else {"run": run})
    return tuple(TABLES["quarantine"].build(row) for row in rows)


def _one_report(reader: Reader, prefix: str) -> Row:
    query = named("reports_like", columns=_columns("reports"))
    return _the_one("report", prefix, reader.rows(query, {"prefix": prefix}))


def _report(row: Row) -> Report:
    *values, _, _, revises = row
    # What the coder could not know, the record does: which earlier report stood at the same URL.
    built: Report = msgspec.structs.replace(TABLES["reports"].build(tuple(values)), revises=revises)
    return built


def _columns(table: str) -> str:
    return ", ".join(f"x.{quoted(name)}" for name in TABLES[table].fields)


def _the_one(kind: str, prefix: str, found: list[Row]) -> Row:
    """Return the only row, less its first column, which is the id."""
    exact = [row for row in found if row[0] == prefix]
    if prefix and len(exact or found) == 1:
        return (exact or found)[0][1:]
    if not prefix or not found:
        raise UsageError(f"there is no {kind} {prefix!r} in the record", remedy=f"Give the id of one of its {kind}s.")
    several = ", ".join(str(row[0]) for row in found)
    raise UsageError(f"several {kind}s begin with {prefix!r}: {several}", remedy="Give more of the id.")
