"""Incidents of two sides, period by period: SQL over the view ``acts``.

Periods run from the record's first report to its last, those without incidents as zeros: silence counts only while
somebody watched. What reports recall of earlier days is left out, and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from gesta.analyse.sides import Side
from gesta.errors import UsageError
from gesta.records import By, Direction, Level, Period, Series
from gesta.store import Store

BY: tuple[By, ...] = ("day", "week", "month", "year")
#: A record of more periods than this was not watched so long: a year was misread.
_MOST = 100_000


def read_series(
    store: Store, sides: tuple[Side, Side], *, by: By = "week", since: date | None = None, until: date | None = None
) -> Series:
    """Return what each side did to the other, from ``since`` to ``until`` or as long as the record watches."""
    since, until = _watched(store, since, until)
    counted = []
    for source, target in (sides, sides[::-1]):
        there, values = source.condition("source")
        toward, more = target.condition("target")
        counted.append((source.label, target.label, _counted(store, f"{there} AND {toward}", values | more, by)))
    level: Level = max((side.level for side in sides), key=("country", "sector", "actor").index)
    return _series(by, level, since, until, counted)


def read_country(
    store: Store, country: str, *, by: By = "week", since: date | None = None, until: date | None = None
) -> Series:
    """Return the incidents that took place in a country (ISO 3166 alpha-3), whoever's they were."""
    rows = _counted(store, "country = $country", {"country": country.upper()}, by)
    since, until = _watched(store, since, until)
    return _series(by, "country", since, until, [(country.upper(), "", rows)])


def read_days(
    store: Store, sides: tuple[Side, Side], *, quads: Sequence[int], since: date, until: date
) -> tuple[list[date], list[date]]:
    """Return the days of the incidents of which the day is known, of the first side and of the second, in order."""
    found = []
    for source, target in (sides, sides[::-1]):
        there, values = source.condition("source")
        toward, more = target.condition("target")
        query = query_of("days", condition=f"{there} AND {toward}", quads=", ".join(map(str, quads)))
        rows = store.query(query, values | more | {"since": since, "until": until})
        found.append([row[0] for row in rows])
    return found[0], found[1]


def watched(store: Store) -> tuple[date, date]:
    """Return the first and the last day that the record watches; ``UsageError`` if it has none."""
    first, last = store.query(query_of("watched"))[0]
    if first is None or last is None:
        raise UsageError("the record has no dated incident", remedy="Code reports with a date, then gesta link RECORD.")
    return first, last


def undated_reports(store: Store) -> tuple[int, int]:
    """Return how many reports have no day of publication, and how many there are."""
    undated, every = store.query(query_of("undated_reports"))[0]
    return int(undated), int(every)


def begin_of(day: date, by: By) -> date:
    """Return the first day of a day's period."""
    if by == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day.replace(month=1, day=1) if by == "year" else day


def next_of(start: date, by: By) -> date:
    """Return the first day of the period after the one that begins on ``start``."""
    if by in ("day", "week"):
        return start + timedelta(days=7 if by == "week" else 1)
    return begin_of(start.replace(day=1) + timedelta(days=31 if by == "month" else 366), by)


def query_of(name: str, **places: str) -> str:
    """Return a query of ``series.sql`` with its places filled in."""
    text = _queries()[name]
    for place, value in places.items():
        text = text.replace("{" + place + "}", value)
    return text


@cache
def _queries() -> dict[str, str]:
    text = (files("gesta.analyse") / "series.sql").read_text(encoding="utf-8")
    return {
        name: query.rstrip().rstrip(";")
        for name, query in (part.split("\n", 1) for part in text.split("-- name: ")[1:])
    }


def _watched(store: Store, since: date | None, until: date | None) -> tuple[date, date]:
    if since is None or until is None:
        first, last = watched(store)
        since, until = since or first, until or last
    if since > until:
        raise UsageError(f"since {since} lies after until {until}", remedy="Swap the two.")
    return since, until


def _starts(start: date, last: date, by: By) -> Iterator[date]:
    for _ in range(_MOST):
        if start > last:
            return
        yield start
        start = next_of(start, by)
    raise UsageError(f"more than {_MOST:,} periods", remedy="Give --since, or a longer period.")


def _counted(store: Store, condition: str, values: dict[str, Any], by: By) -> list[tuple[Any, ...]]:
    return list(store.query(query_of("counted", condition=condition, by=by), values))


def _series(
    by: By, level: Level, since: date, until: date, counted: list[tuple[str, str, list[tuple[Any, ...]]]]
) -> Series:
    starts = list(_starts(begin_of(since, by), until, by))
    known = set(starts)
    directions = []
    undated = outside = 0
    for source, target, rows in counted:
        found = {row[0]: _period(row) for row in rows if row[0] in known}
        undated += sum(row[1] for row in rows if row[0] is None)
        outside += sum(row[1] for row in rows if row[0] is not None and row[0] not in known)
        periods = tuple(found.get(start) or Period(start=start) for start in starts)
        directions.append(Direction(source=source, target=target, periods=periods))
    return Series(
        by=by,
        level=level,
        first=starts[0],
        last=next_of(starts[-1], by) - timedelta(days=1),
        since=since,
        until=until,
        directions=tuple(directions),
        undated=undated,
        outside=outside,
    )


def _period(row: tuple[Any, ...]) -> Period:
    start, incidents, *quads, intensity, killed, injured, loose = row
    return Period(
        start=start,
        incidents=incidents,
        quads=(quads[0], quads[1], quads[2], quads[3]),
        intensity=intensity,
        killed=killed,
        injured=injured,
        loose=loose,
    )
