"""Asking a record: connections that show it as it is, and errors that say whose fault it was."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from gesta.errors import StoreError, UsageError
from gesta.store import views
from gesta.store.manifest import Manifest

Row = tuple[Any, ...]
Params = Sequence[Any] | Mapping[str, Any]

_FETCH = 256


class _State(NamedTuple):
    """A connection, the commits it shows, and the process that may use it."""

    connection: duckdb.DuckDBPyConnection
    commits: frozenset[str]
    process: int


class Reader:
    """Runs queries on the views of a record, which are built anew only when the record has changed."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder = folder
        self._manifest = manifest
        self._state: _State | None = None
        self._lock = threading.Lock()

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Return a new connection to the record as it is now."""
        try:
            return views.connect(self._folder, self._manifest.live())
        except duckdb.Error as error:
            raise self._unreadable(error) from error

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        """Return the rows of one of our own queries."""
        return list(self.stream(sql, params))

    def stream(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterator[Row]:
        """Yield the rows of one of our own queries, which can only fail if the record is damaged."""
        with self._cursor() as cursor:
            try:
                cursor.execute(sql, dict(params) if params else None)
                while rows := cursor.fetchmany(_FETCH):
                    yield from rows
            except duckdb.Error as error:
                raise self._unreadable(error) from error

    def ask(self, sql: str, params: Params = ()) -> tuple[tuple[str, ...], list[Row]]:
        """Return the column names and rows of the user's own SQL; UsageError if it is wrong."""
        with self._cursor() as cursor:
            try:
                # Whatever the query makes or drops is undone, since later queries share these views.
                cursor.execute("BEGIN TRANSACTION")
                cursor.execute(sql, dict(params) if isinstance(params, Mapping) else list(params))
                rows = cursor.fetchall() if cursor.description else []
                names = tuple(column[0] for column in cursor.description or ())
                cursor.execute("ROLLBACK")
            except duckdb.Error as error:
                if self._damaged():
                    raise self._unreadable(error) from error
                raise UsageError(str(error).rstrip(".")) from error
        return names, rows

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            commits = frozenset(self._manifest.live())
            state = self._state
            if state is None or state.commits != commits or state.process != os.getpid():
                state = self._state = _State(self.connect(), commits, os.getpid())
            return state.connection.cursor()

    def _damaged(self) -> bool:
        parts = {part.file: part.bytes for commit in self._manifest.live().values() for part in commit.parts}
        files = {self._folder / name: size for name, size in parts.items()}
        return any(not file.exists() or file.stat().st_size != size for file, size in files.items())

    def _unreadable(self, error: duckdb.Error) -> StoreError:
        what = f"the record cannot be read: {str(error).splitlines()[0].rstrip('.')}"
        return StoreError(what, where=str(self._folder), remedy="Run gesta doctor on it to see which part is damaged.")
