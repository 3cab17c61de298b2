"""A record as views in an in-memory DuckDB."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from gesta.ontology import VERSION, plover
from gesta.store.columns import COLUMNS_DIGEST, TABLES, Table, literal, quoted
from gesta.store.manifest import Commit
from gesta.store.parts import connection, pattern
from gesta.store.queries import schema


def connect(folder: Path, commits: dict[str, Commit]) -> duckdb.DuckDBPyConnection:
    """Return a connection with the views of ``schema.sql`` over the parts that these commits list."""
    con = connection()
    attach(con, folder, commits)
    _codes(con)
    con.execute(schema())
    return con


def _codes(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of what follows from a type and from a mode: quad class, score, CAMEO root."""
    kinds = plover().types.values()
    con.execute(
        "CREATE TABLE type_codes (ontology VARCHAR, type VARCHAR, quad INT, intensity DOUBLE, cameo_root VARCHAR)"
    )
    con.executemany(
        "INSERT INTO type_codes VALUES (?, ?, ?, ?, ?)",
        [(VERSION, kind.name, kind.quad, kind.score, kind.cameo_root) for kind in kinds],
    )
    con.execute(
        "CREATE TABLE mode_codes (ontology VARCHAR, type VARCHAR, mode VARCHAR, intensity DOUBLE, cameo_root VARCHAR)"
    )
    con.executemany(
        "INSERT INTO mode_codes VALUES (?, ?, ?, ?, ?)",
        [
            (VERSION, kind.name, mode.name, mode.score, mode.cameo_root or kind.cameo_root)
            for kind in kinds
            for mode in kind.modes.values()
        ],
    )


def attach(con: duckdb.DuckDBPyConnection, folder: Path, commits: dict[str, Commit]) -> None:
    """Make the views ``all_reports``, ``all_events`` ...: all rows of each table, with a last column ``commit``.

    A part that several commits list counts once, for the last of them. Rows of compacted parts bring their own commit.
    """
    other_columns = any(commit.columns != COLUMNS_DIGEST for commit in commits.values())
    fresh: dict[str, dict[str, str]] = {name: {} for name in TABLES}
    compacted: dict[str, list[str]] = {name: [] for name in TABLES}
    for name, commit in commits.items():
        for part in commit.parts:
            path = str(folder / part.file)
            if commit.replaces:
                compacted[part.table].append(path)
            else:
                fresh[part.table][path] = name
    listed = {path: name for parts in fresh.values() for path, name in parts.items()}
    con.execute("CREATE TABLE listed (part VARCHAR, commit VARCHAR)")
    con.execute("INSERT INTO listed SELECT unnest($1), unnest($2)", [list(listed), list(listed.values())])
    for name, table in TABLES.items():
        query = _all_rows(table, fresh[name], compacted[name], by_name=other_columns)
        con.execute(f"CREATE VIEW all_{name} AS {query}")


def _all_rows(table: Table, fresh: Iterable[str], compacted: Iterable[str], *, by_name: bool) -> str:
    empty = ", ".join(f"NULL::{kind} AS {quoted(name)}" for name, kind in table.columns.items())
    empty = f"SELECT {empty}, NULL::VARCHAR AS commit WHERE false"
    names = ", ".join([*map(quoted, table.columns), "commit"])
    # Parts of another version may lack columns or fields, which then are NULL. DuckDB must look into every file for
    # that, so it is done only where such parts are.
    columns, options = ("*", ", union_by_name = true") if by_name else (names, "")
    queries = []
    if fresh:
        files = f"read_parquet({_list(fresh)}, filename = 'part', hive_partitioning = false{options})"
        queries.append(f"SELECT {columns} FROM {files} JOIN listed USING (part)")
    if compacted:
        queries.append(f"SELECT {columns} FROM read_parquet({_list(compacted)}, hive_partitioning = false{options})")
    if by_name or not queries:
        queries.insert(0, empty)
    return f"SELECT {names} FROM ({' UNION ALL BY NAME '.join(queries)})"


def _list(paths: Iterable[str]) -> str:
    return "[" + ", ".join(literal(pattern(path)) for path in paths) + "]"
