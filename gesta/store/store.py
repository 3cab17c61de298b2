"""One record: adding to it and asking it."""

from __future__ import annotations

import os
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from gesta.errors import StoreError
from gesta.records import Change, Copy, Event, Incident, Linking, Quarantined, Record, Report, Run
from gesta.store import compact, disk, fetch, folder
from gesta.store.columns import TABLES, literal
from gesta.store.filters import EventFilter
from gesta.store.incident_filter import IncidentFilter
from gesta.store.manifest import FOLDER, Commit, Manifest
from gesta.store.parts import Staging, connection, pattern
from gesta.store.queries import named
from gesta.store.reader import Params, Reader, Row
from gesta.store.rows import lines_of, table_lines
from gesta.store.summary import RecordSummary, summarise


class _Known(NamedTuple):
    """What a run has put into the record already, so that the same again changes nothing."""

    reports: set[str]
    quarantined: set[Quarantined]
    foreign: frozenset[str]
    """Commits of other runs that were there when this was looked up."""


class Store:
    """A record folder. Any number of processes and machines may read and add at once, without locks.

    Make one with :meth:`create`, :meth:`open` or :meth:`open_or_create`. It may be used from several threads and be
    sent to other processes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._manifest = Manifest(path)
        self._reader = Reader(path, self._manifest)
        self._known: dict[str, _Known] = {}
        self._writer: tuple[duckdb.DuckDBPyConnection, int] | None = None
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        return (Store, (self.path,))

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> Store:
        """Make a new record in a new or empty folder; StoreError if it holds anything."""
        place = _absolute(path)
        folder.create(place)
        return cls.open(place)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Store:
        """Open a record; StoreError if it is none, is from a newer Gesta, or lacks a part that its manifest lists.

        To look into a damaged one, ``Store(Path(...)).check()`` names all that is wrong.
        """
        store = cls(_absolute(path))
        with disk.reading(store.path):
            folder.recognise(store.path)
            for commit, part in folder.missing(store.path, store._manifest.live()):
                raise folder.missing_part(store.path, commit, part)
        return store

    @classmethod
    def open_or_create(cls, path: str | os.PathLike[str]) -> Store:
        """Open the record, or make it if the folder is new or empty."""
        place = _absolute(path)
        if not (place / folder.MARKER).exists():
            try:
                return cls.create(place)
            except StoreError:
                if not (place / folder.MARKER).exists():  # else another writer was quicker
                    raise
        return cls.open(place)

    # Adding

    def add(self, records: Sequence[Record], *, run: Run, quarantined: Sequence[Quarantined] = ()) -> None:
        """Add what coding these reports gave, in one commit: afterwards all of it is there, or (StoreError) none.

        A report that ``coded(run.id)`` names already is left out, and so is an input that the run has quarantined
        already; if nothing is left, nothing is written.
        """
        with self._lock:
            known = self._known_of(run.id)
            fresh: dict[str, Record] = {}
            for record in records:
                if record.report.id not in known.reports:
                    fresh.setdefault(record.report.id, record)
            refused = [entry for entry in dict.fromkeys(quarantined) if entry not in known.quarantined]
            if not fresh and not refused:
                return
            lines = lines_of(list(fresh.values()), refused, run)
            with disk.writing(self.path):
                self._commit(lines, run.id)
            known.reports.update(fresh)
            known.quarantined.update(refused)

    def add_links(
        self,
        con: duckdb.DuckDBPyConnection,
        *,
        incidents: Iterable[Incident],
        copies: Iterable[Copy],
        changes: Iterable[Change],
        linking: Linking,
    ) -> dict[str, int]:
        """Add what a pass of ``gesta.link`` gave, in one commit; returns the rows of each table.

        The rows may be made while they are written, so that a million are never held at once. The pairs come from the
        tables ``scored`` and ``traces`` of ``con``, a connection of this store.
        """
        given = {"incidents": incidents, "copies": copies, "changes": changes, "linkings": [linking]}
        with self._lock, disk.writing(self.path):
            self._make_folders()
            with Staging(self.path, con) as staging:
                written = {table: staging.write(table, table_lines(table, rows)) for table, rows in given.items()}
                staging.copy("pairs", named("scored_pairs").rstrip(";\n"))
                for path in [path for path, part in staging.parts.items() if part.table == "incidents"]:
                    staging.copy("acts", named("acts_of").rstrip(";\n").format(part=literal(pattern(path))))
                parts = tuple(staging.parts.values())
                commit = Commit(sequence=self._manifest.next_sequence(), runs=(), reports=0, parts=parts)
                self._manifest.write(commit, staging.parts)
        return written

    def coded(self, run_id: str) -> frozenset[str]:
        """Return the ids of the reports whose rows are this run's: coding them again would change nothing.

        A report that another run has recoded since is not among them; coding it again makes this run's rows count.
        """
        return frozenset(row[0] for row in self._reader.rows(named("coded"), {"run": run_id}))

    def _commit(self, lines: Mapping[str, list[bytes]], run: str) -> None:
        self._make_folders()
        with Staging(self.path, self._writing_connection()) as staging:
            for table, rows in lines.items():
                if rows:
                    staging.write(table, rows)
            commit = Commit(
                sequence=self._manifest.next_sequence(),
                runs=(run,),
                reports=len(lines["reports"]),
                parts=tuple(staging.parts.values()),
            )
            self._manifest.write(commit, staging.parts)

    def _known_of(self, run: str) -> _Known:
        foreign = frozenset(name for name, commit in self._manifest.live().items() if commit.runs != (run,))
        known = self._known.get(run)
        if known is None or not foreign <= known.foreign:
            known = _Known(set(self.coded(run)), set(fetch.quarantined(self._reader, run)), foreign)
            self._known[run] = known
        return known

    # Asking

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Return a new in-memory DuckDB with the views of ``schema.sql`` over the record as it is now.

        What is added later does not show in it. It holds no lock; close it when done.
        """
        return self._reader.connect()

    def query(self, sql: str, params: Params = ()) -> list[Row]:
        """Return the rows of any SQL over the views; UsageError if the SQL is wrong."""
        return self._reader.ask(sql, params)[1]

    def query_with_names(self, sql: str, params: Params = ()) -> tuple[tuple[str, ...], list[Row]]:
        """Return the column names and the rows of any SQL over the views; UsageError if the SQL is wrong."""
        return self._reader.ask(sql, params)

    def query_named(self, name: str, params: Mapping[str, Any]) -> list[Row]:
        """Return the rows of a query of ``queries.sql``."""
        return self._reader.rows(named(name), params)

    def event(self, event_id: str) -> Event:
        """Return the event with this id, or whose id is the only one to begin so; UsageError if none or several do."""
        return fetch.event(self._reader, event_id)

    def incident(self, incident_id: str) -> Incident:
        """Return the incident with this id, or whose id is the only one to begin so; UsageError if none or several do.

        An id that was given up (merged, renamed) leads to the incident that has its events now.
        """
        return fetch.incident(self._reader, incident_id)

    def report(self, report_id: str) -> Report:
        """Return the report with this id, or whose id is the only one to begin so; UsageError if none or several do.

        ``revises`` names the older version at the same URL, if there is one.
        """
        return fetch.report(self._reader, report_id)

    def reports(self, ids: Collection[str] | None = None) -> Iterator[Report]:
        """Yield reports in the order of their ids: all, or those of these ids that are in the record.

        One query, however many: quicker than asking for each with :meth:`report`.
        """
        return fetch.reports(self._reader, ids)

    def record(self, report_id: str) -> Record:
        """Return all that the latest coding of a report gave; the id may be shortened as for :meth:`report`."""
        return fetch.record(self._reader, report_id)

    def events(self, filter: EventFilter | None = None) -> Iterator[Event]:
        """Yield the events that pass the filter, by time, report, place in the text, and id."""
        return fetch.events(self._reader, filter or EventFilter())

    def incidents(self, filter: IncidentFilter | None = None) -> Iterator[Incident]:
        """Yield the incidents that pass the filter, by day and id; none before ``gesta.link`` has run."""
        return fetch.incidents(self._reader, filter or IncidentFilter())

    def unlinked(self) -> int:
        """Return how many reports have been coded since incidents were last linked."""
        return int(self.query_named("unlinked", {})[0][0])

    def runs(self) -> tuple[Run, ...]:
        """Return the runs that have added to the record, in the order of their first commits."""
        return fetch.runs(self._reader)

    def quarantined(self) -> tuple[Quarantined, ...]:
        """Return the inputs that could not be read, by origin and line."""
        return fetch.quarantined(self._reader)

    def summary(self) -> RecordSummary:
        """Return what the record holds, in numbers."""
        return summarise(self._reader.rows)

    # Care

    def compact(self) -> compact.Compaction:
        """Merge small parts and remove left-overs of killed writers; readers and writers may go on meanwhile.

        Replaced parts are removed by a later call, a day after, so that no open reader loses its files.
        """
        with self._lock, disk.writing(self.path):
            self._make_folders()
            merged, into = compact.merge(self.path, self._manifest)
            return compact.Compaction(merged=merged, into=into, removed=compact.clean(self.path, self._manifest))

    def check(self) -> list[str]:
        """Return all that is wrong with the folder, in words; empty if nothing is. Reads every part."""
        return folder.problems(self.path)

    # Within

    def _make_folders(self) -> None:
        for name in (*TABLES, FOLDER, disk.TEMPORARY):
            (self.path / name).mkdir(exist_ok=True)

    def _writing_connection(self) -> duckdb.DuckDBPyConnection:
        if self._writer is None or self._writer[1] != os.getpid():  # a forked process cannot use its parent's
            self._writer = (connection(threads=1), os.getpid())
        return self._writer[0]


def _absolute(path: str | os.PathLike[str]) -> Path:
    return Path(path).expanduser().absolute()
