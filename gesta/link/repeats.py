"""Finding the copies among new reports, and those found before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from gesta.link.copies import DAYS, DAYS_CREDITED, ONE, Page, compare, credited
from gesta.link.credits import alike, words_of
from gesta.link.signature import BAND, SIZE
from gesta.records import Copy

_FETCH = 5_000


def find_copies(con: duckdb.DuckDBPyConnection) -> list[Copy]:
    """Return the copies among pairs of reports of which one is new: ``con`` holds ``new``, ``traces``, ``scored``.

    Texts are read once, in the order of publication, and held as long as one published later may pass them on.
    """
    _match_media(con)
    con.execute(_queries()["likely"])
    shelf = _Shelf(_rows(con, "pages"))
    found: list[Copy] = []
    for day, pairs in groupby(_rows(con, "pairs"), key=itemgetter(0)):
        shelf.turn_to(day)
        for _, first, second, chance in pairs:
            a, b = shelf.pages[first], shelf.pages[second]
            copy = compare(a, b) or credited(a, b, chance) or credited(b, a, chance)
            if copy is not None:
                found.append(copy)
    con.execute("DROP TABLE likely")
    return sorted(found, key=lambda copy: (copy.report, copy.of))


def known_copies(con: duckdb.DuckDBPyConnection) -> Iterator[Copy]:
    """Yield the copies found before."""
    rows = con.execute("SELECT report, of, kind, likeness, reason FROM copies ORDER BY ALL").fetchall()
    for report, of, kind, likeness, reason in rows:
        yield Copy(report=report, of=of, kind=kind, likeness=likeness, reason=reason)


class _Shelf:
    """The pages that a report of some day may pass on, or be passed on by: those of the two weeks before it.

    Pages come in the order of publication, those without a day first, and these stay.
    """

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self.pages: dict[str, Page] = {}
        self._rows = rows
        self._next = next(rows, None)

    def turn_to(self, day: date | None) -> None:
        """Hold the pages up to this day; ``None`` are those without one."""
        if day is not None:
            oldest = day - timedelta(DAYS)
            for page in list(self.pages.values()):
                if page.published is not None and page.published < oldest:
                    del self.pages[page.id]
        while self._next is not None and (self._next[2] is None or (day is not None and self._next[2] <= day)):
            identity, publisher, published, text, start, credits = self._next
            self.pages[identity] = Page(identity, publisher, published, text[start:], tuple(credits or ()))
            self._next = next(self._rows, None)


def _match_media(con: duckdb.DuckDBPyConnection) -> None:
    """Leave a table ``media`` of the credits that name a publisher of the record."""
    named = con.execute(_queries()["media"]).fetchall()
    credits = [(name, words_of(name)) for name, credit in named if credit]
    publishers = [(name, words_of(name)) for name, credit in named if not credit]
    known = [(c, p) for c, words in credits for p, others in publishers if alike(words, others)]
    con.execute(
        "CREATE OR REPLACE TABLE media AS SELECT unnest($1::VARCHAR[]) AS credit, unnest($2::VARCHAR[]) AS publisher",
        [[c for c, _ in known], [p for _, p in known]],
    )


def _rows(con: duckdb.DuckDBPyConnection, name: str) -> Iterator[tuple[Any, ...]]:
    cursor = con.cursor()
    cursor.execute(_queries()[name])
    while rows := cursor.fetchmany(_FETCH):
        yield from rows


@cache
def _queries() -> dict[str, str]:
    text = (files("gesta.link") / "repeats.sql").read_text(encoding="utf-8")
    numbers = {
        "{days}": DAYS, "{days_credited}": DAYS_CREDITED, "{one}": ONE, "{bands}": SIZE // BAND, "{band}": BAND,
    }  # fmt: skip
    for name, number in numbers.items():
        text = text.replace(name, str(number))
    return dict(part.split("\n", 1) for part in text.split("-- name: ")[1:])
