"""Writing and reading Parquet parts with DuckDB."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import duckdb

from gesta.store import disk
from gesta.store.columns import TABLES, literal, quoted
from gesta.store.manifest import Part

_JSON_OBJECT_BYTES = 1 << 24  # DuckDB's own limit for one JSON line, raised where a report is longer
_ROW_GROUP = {"reports": 8_192}  # whole texts: the default of 122,880 rows would need gigabytes to write
_GLOB = str.maketrans({"[": "[[]", "*": "[*]", "?": "[?]"})


def connection(*, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """Return an in-memory DuckDB that downloads nothing and keeps nothing."""
    try:
        spill = str(Path(tempfile.gettempdir()) / f"gesta-{os.getpid()}")
    except FileNotFoundError:  # no folder to write to, as on a full disk: do without
        spill = ""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "temp_directory": spill,
    }
    if threads is not None:
        config["threads"] = threads
    con = duckdb.connect(":memory:", config=config)
    con.execute("SET parquet_metadata_cache = true")  # parts never change
    con.execute("SET enable_progress_bar = false")  # what is shown to people is decided elsewhere
    return con


class Staging:
    """The parts of one commit, under temporary names until the commit is made; what is not committed is removed.

    The same rows in the same order give the same bytes.
    """

    def __init__(self, folder: Path, con: duckdb.DuckDBPyConnection) -> None:
        self.parts: dict[Path, Part] = {}
        self._folder = folder
        self._connection = con
        self._temporaries: list[Path] = []

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_: object) -> None:
        disk.discard(self._temporaries)

    def write(self, table: str, lines: Iterable[bytes]) -> int:
        """Write JSON lines as one part, unless there are none; returns how many there were."""
        source = self._temporary(".ndjson")
        count = longest = 0
        with source.open("xb") as file:
            for line in lines:
                file.write(line + b"\n")
                count, longest = count + 1, max(longest, len(line))
        if not count:
            source.unlink()
            return 0
        columns = ", ".join(f"{quoted(name)}: {literal(kind)}" for name, kind in TABLES[table].columns.items())
        longest = max(_JSON_OBJECT_BYTES, 2 * longest)
        self.copy(
            table,
            f"SELECT * FROM read_json({literal(pattern(source))}, format = 'newline_delimited', "
            f"hive_partitioning = false, columns = {{{columns}}}, maximum_object_size = {longest})",
        )
        source.unlink()
        return count

    def copy(self, table: str, query: str) -> None:
        """Write the rows of a query as one part, unless there are none."""
        target = self._temporary(".parquet")
        group = f", ROW_GROUP_SIZE {_ROW_GROUP[table]}" if table in _ROW_GROUP else ""
        copied = f"COPY ({query}) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd{group})"
        count = self._connection.execute(copied).fetchall()[0][0]
        if count:
            disk.flush(target)
            with target.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            name, size = f"{digest[:20]}.parquet", target.stat().st_size
            self.parts[target] = Part(table=table, name=name, rows=count, bytes=size, sha256=digest)

    def _temporary(self, suffix: str) -> Path:
        path = disk.temporary(self._folder, suffix)
        self._temporaries.append(path)
        return path


def pattern(path: str | Path) -> str:
    """Return a path for DuckDB, which takes it for a glob pattern; a folder may well be called ``what [draft]``."""
    return str(path).translate(_GLOB)
