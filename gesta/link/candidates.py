"""Which happenings of different reports may be one, and the chance that they are: tables in a DuckDB connection.

``traces.sql`` makes one row of each happening that a report tells, and ``pages.sql`` keys by which reports meet;
``pairs.sql`` tells which met, ``beside.sql`` what speaks for and against each pair, and ``score.py`` how likely each is
one happening. The chance of a pair depends on its two reports alone, so that it never changes with what else is in the
record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

import duckdb

from gesta.annotate.model import Floats
from gesta.link import when
from gesta.link.score import chance_sql, features_sql

#: Pairs less likely than this are left out of ``scored``; they count as compared with this chance.
FLOOR = 0.05
#: Days by which the intervals of two events may miss each other: datelines, time zones, slips.
SLACK = 3
#: Days by which they may miss each other among those compared; the scorer knows what a miss is worth.
APART = 40
#: Bands of MinHash over a report's names.
BANDS = 20
#: Pairs laid beside each other at once; more take more memory.
AT_ONCE = 200_000
#: Tables by which ``traces`` and ``scored`` are made.
_PASSING = (
    "compared", "some_met", "met_pages", "met", "spoken", "pages", "fresh", "frequencies", "day_chances",
    "day_candidates", "day_marks", "steps",
)  # fmt: skip


def compare(
    con: duckdb.DuckDBPyConnection, weights: Mapping[str, Floats], fresh: Collection[str] | None = None
) -> None:
    """Leave the tables ``traces``, ``pages``, ``keys`` and ``scored`` in a connection that has the views of a record.

    ``traces(n, events, report, ...)`` has a row for each happening of each report, whose events are ids; ``scored(a, b,
    chance)`` the pairs of numbers ``n``, a < b, of different reports, with a chance of at least :data:`FLOOR`.
    ``weights`` are the arrays of ``linking.npz`` (``Model.linking``). ``fresh`` are the ids of reports that are new:
    only pairs with at least one happening of these are scored; all pairs if it is None.
    """
    con.execute(_sql("traces.sql"))
    con.execute("CREATE OR REPLACE TABLE frequencies (word VARCHAR, articles INTEGER)")
    con.execute("INSERT INTO frequencies SELECT unnest($1), unnest($2)", _frequencies())
    con.execute(
        _sql("days.sql").replace("{features}", when.features_sql()).replace("{score}", when.score_sql(weights["days"]))
    )
    con.execute(_sql("pages.sql"))
    if fresh is None:
        con.execute("CREATE OR REPLACE TABLE fresh AS SELECT n FROM traces")
    else:
        con.execute(
            "CREATE OR REPLACE TABLE fresh AS SELECT n FROM traces WHERE report IN (SELECT unnest($1::VARCHAR[]))",
            [sorted(fresh)],
        )
    con.execute(_sql("pairs.sql"))
    con.execute("DROP TABLE near; DROP TABLE keys")
    con.execute("CREATE OR REPLACE TABLE scored (a INTEGER, b INTEGER, chance DOUBLE)")
    (last,) = con.execute("SELECT coalesce(max(batch), -1) FROM met").fetchall()[0]
    chance = chance_sql(weights["pairs"])
    for batch in range(last + 1):
        lay_beside(con, f"batch = {batch}")
        con.execute(
            f"INSERT INTO scored SELECT * FROM (SELECT a, b, {chance} AS chance FROM compared) WHERE chance >= {FLOOR}"
        )


def lay_beside(con: duckdb.DuckDBPyConnection, which: str = "true") -> None:
    """Leave the pairs of ``met`` for which this holds, with their features, in the table ``compared``."""
    con.execute(_sql("beside.sql").replace("{features}", features_sql()).replace("{which}", which))


def forget(con: duckdb.DuckDBPyConnection) -> None:
    """Drop what only ``compare`` and training need."""
    for table in _PASSING:
        con.execute(f"DROP TABLE IF EXISTS {table}")


def stems_sql() -> str:
    """Return the statement that makes the macro ``stems``: the words of a text as they are compared."""
    text = _sql("pages.sql")
    start = text.index("CREATE OR REPLACE MACRO stems")
    return text[start : text.index(";", start) + 1]


@cache
def _sql(name: str) -> str:
    text = (files("gesta.link") / name).read_text(encoding="utf-8")
    numbers = {"{slack}": SLACK, "{bands}": BANDS, "{apart}": APART, "{at_once}": AT_ONCE}
    for name, number in numbers.items():
        text = text.replace(name, str(number))
    return text


@cache
def _frequencies() -> tuple[list[str], list[int]]:
    """Words by their stems, as the macro ``stems`` of pages.sql makes them, and in how many articles they stand."""
    lines = (files("gesta.link") / "frequencies.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [word for word, _ in rows], [int(count) for _, count in rows]
