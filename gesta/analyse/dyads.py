"""A dyad's series handed on to what measures answers and what forecasts."""

from __future__ import annotations

from datetime import date

from gesta.analyse.counts import Counts
from gesta.analyse.forecasts import forecast
from gesta.analyse.reciprocity import measure_reciprocity
from gesta.analyse.series import begin_of, read_days
from gesta.analyse.sides import Side
from gesta.analyse.what_if import Change, what_if
from gesta.errors import UsageError
from gesta.records import Direction, Forecast, Reciprocity, Series, Supposition
from gesta.store import Store

#: The quad classes by number from 1.
NAMES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_CONFLICT = (3, 4)


def measure_sides(store: Store, sides: tuple[Side, Side], series: Series) -> Reciprocity:
    """Return who answers whom with conflict, over the days of a series; only incidents of which the day is known."""
    there, back = read_days(store, sides, quads=_CONFLICT, since=series.since, until=series.until)
    return measure_reciprocity(there, back, series.since, series.until, (sides[0].label, sides[1].label))


def name_of(direction: Direction, quad: int) -> str:
    """Return what a series of counts is called: who toward whom, and the quad class."""
    toward = f"{direction.source} toward {direction.target}" if direction.target else direction.source
    return f"{toward}, {NAMES[quad - 1]}"


def counts_of(series: Series) -> Counts:
    """Return the counts by direction and quad class; ``UsageError`` if the series is not by week or month."""
    if series.by not in ("week", "month"):
        raise UsageError(f"forecasts are by week or month, not by {series.by}", where="--by", remedy="Give --by week.")
    # A week that was not watched to its end, or from its beginning, is no quiet week.
    periods = len(series.directions[0].periods)
    whole = slice(int(series.since > series.first), periods - int(series.until < series.last))
    rows = {
        name_of(direction, quad): [period.quads[quad - 1] for period in direction.periods[whole]]
        for direction in series.directions
        for quad in (1, 2, 3, 4)
    }
    kept = series.directions[0].periods[whole]
    return Counts.of(kept[0].start if kept else series.first, series.by, rows)


def forecast_series(series: Series, ahead: int) -> Forecast:
    """Return the next ``ahead`` periods of a series, with the backtest of each."""
    return forecast(counts_of(series), ahead)


def suppose(
    store: Store,
    sides: tuple[Side, Side],
    series: Series,
    *,
    without: str | None,
    adding: str | None,
    ahead: int,
    told: Forecast | None,
) -> Supposition | None:
    """Return what the model expects without an incident, or with one more (``DAY:DIRECTION:QUAD``); None if not asked.

    ``told`` is the forecast of the same series, if there is one: it says for what the model has not earned belief.
    """
    if without is None and adding is None:
        return None
    if without is not None and adding is not None:
        raise UsageError("one change at a time", where="--without, --with", remedy="Give one of the two.")
    counts = counts_of(series)
    if without is not None:
        return what_if(counts, _left_out(store, sides, series, counts, without), ahead, told)
    return what_if(counts, _added(series, counts, adding or ""), ahead, told)


def _left_out(store: Store, sides: tuple[Side, Side], series: Series, counts: Counts, incident: str) -> Change:
    found = store.incident(incident)
    day = found.agreed.start or found.agreed.end
    if day is None:
        raise UsageError(f"incident {incident} has no day", where="--without", remedy="Choose one that has.")
    for direction, (source, target) in zip(series.directions, (sides, sides[::-1]), strict=True):
        there, values = source.condition("source")
        toward, more = target.condition("target")
        query = f"SELECT DISTINCT quad FROM acts WHERE incident = $incident AND quad > 0 AND {there} AND {toward}"
        if rows := store.query(query, values | more | {"incident": found.id}):
            return Change(name_of(direction, rows[0][0]), _place(counts, day, "--without"), -1)
    what = f"incident {incident} is not one between these sides"
    raise UsageError(what, where="--without", remedy="gesta incidents RECORD lists them.")


def _added(series: Series, counts: Counts, text: str) -> Change:
    try:
        day, direction, quad = text.split(":")
        number, kind, when = int(direction), int(quad), date.fromisoformat(day)
        if not (1 <= number <= len(series.directions) and 1 <= kind <= 4):
            raise ValueError(text)
    except ValueError as error:
        remedy = "DAY:DIRECTION:QUAD, as 2024-05-01:1:4 for material conflict by A against B (2: by B against A)."
        raise UsageError(f"cannot read {text!r}", where="--with", remedy=remedy) from error
    return Change(name_of(series.directions[number - 1], kind), _place(counts, when, "--with"), 1)


def _place(counts: Counts, day: date, option: str) -> int:
    start = begin_of(day, counts.period)
    for at in range(counts.length):
        if counts.day(at) == start:
            return at
    raise UsageError(f"{day} is not among the days watched", where=option, remedy="Choose a day within the series.")
