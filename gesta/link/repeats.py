"""Finding the copies among new reports, and those found before."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from gesta.link.copies import compare, credited
from gesta.link.details import banded, crediting, read_pages
from gesta.records import Copy

#: Reports that tell of one happening with at least this chance are compared by their words, and by what they credit.
_ONE = 0.5
#: Pairs of reports whose texts are held at once.
_AT_ONCE = 20_000


def find_copies(con: duckdb.DuckDBPyConnection) -> list[Copy]:
    """Return the copies among pairs of reports of which one is new: ``con`` holds ``new``, ``traces``, ``scored``."""
    likely = dict.fromkeys([*banded(con), *crediting(con)], 0.0)
    likely.update(_one_happening(con))
    pairs = sorted(likely)
    found: list[Copy] = []
    for start in range(0, len(pairs), _AT_ONCE):
        found += _compared(con, {pair: likely[pair] for pair in pairs[start : start + _AT_ONCE]})
    return sorted(found, key=lambda copy: (copy.report, copy.of))


def _compared(con: duckdb.DuckDBPyConnection, likely: dict[tuple[str, str], float]) -> Iterator[Copy]:
    pages = read_pages(con, {report for pair in likely for report in pair})
    for (first, second), chance in likely.items():
        if first not in pages or second not in pages:
            continue
        a, b = pages[first], pages[second]
        copy = compare(a, b)
        if copy is None:
            copy = credited(a, b, chance) or credited(b, a, chance)
        if copy is not None:
            yield copy


def _one_happening(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], float]:
    """Pairs of reports that tell of one happening, and how likely they do."""
    rows = con.execute(
        "SELECT least(a.report, b.report), greatest(a.report, b.report), max(s.chance)"
        " FROM scored s JOIN traces a ON a.n = s.a JOIN traces b ON b.n = s.b"
        " WHERE s.chance >= $1 AND a.report <> b.report GROUP BY ALL ORDER BY ALL",
        [_ONE],
    ).fetchall()
    return {(a, b): chance for a, b, chance in rows}


def known_copies(con: duckdb.DuckDBPyConnection) -> Iterator[Copy]:
    """Yield the copies found before."""
    rows = con.execute("SELECT report, of, kind, likeness, reason FROM copies ORDER BY ALL").fetchall()
    for report, of, kind, likeness, reason in rows:
        yield Copy(report=report, of=of, kind=kind, likeness=likeness, reason=reason)
