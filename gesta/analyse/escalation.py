"""Where a dyad's conflict changed for good, and where each side stands now against its own past.

Changes are sought in weekly counts after Anscombe's transform, which gives counts one spread whatever their level, by
PELT (Killick et al. 2012, library ruptures) on their mean. A change must be worth more than chance finds in years of
even counts: its price was set so that at most one in twenty such series shows any (``benchmarks/escalation.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import log
from typing import Any

import numpy as np
import ruptures  # type: ignore[import-untyped]
from numpy.typing import NDArray

from gesta.analyse.series import begin_of, query_of, read_series
from gesta.analyse.sides import Side
from gesta.records import Direction, Escalation, Rung, Shift, Standing
from gesta.store import Store

#: Weeks that count as now, and that a lasting level must last.
NOW, LASTS = 4, 13
#: Stretches of the past that a side is measured against, at least; with fewer nothing is said.
_FEWEST = 12
#: Price of a change, in units of the log of the number of weeks, and what is paid beside.
_PRICE, _FIXED = 2.0, 4.0
#: Fewer weeks with any conflict than this hold no change worth the name.
_ACTIVE = 8


def find_shifts(counts: Sequence[int]) -> list[int]:
    """Return the places in weekly counts from which on their level is another."""
    if len(counts) < 2 * LASTS or sum(count > 0 for count in counts) < _ACTIVE:
        return []
    steady = 2 * np.sqrt(np.asarray(counts, dtype=np.float64) + 0.375)
    found = ruptures.KernelCPD(kernel="linear", min_size=LASTS).fit(steady.reshape(-1, 1))
    price = (_PRICE * log(len(counts)) + _FIXED) * _spread(np.asarray(counts))
    return [int(place) for place in found.predict(pen=price)[:-1]]


def _spread(counts: NDArray[Any]) -> float:
    """How much more than Poisson's the counts vary from week to week, at least 1: bursts are no lasting change.

    From differences of neighbours, which a change of level hardly touches.
    """
    steady = 2 * np.sqrt(counts + 0.375)
    return max(1.0, float(np.mean(np.diff(steady) ** 2) / 2))


def read_escalation(
    store: Store, sides: tuple[Side, Side], *, since: date | None = None, until: date | None = None
) -> Escalation:
    """Return the lasting changes of both directions and where both sides stand, by weeks."""
    series = read_series(store, sides, by="week", since=since, until=until)
    shifts = tuple(_shifts(direction) for direction in series.directions)
    first, last = series.first, series.last
    standings = tuple(
        _standing(store, pair, direction, first, last)
        for pair, direction in zip((sides, sides[::-1]), series.directions, strict=True)
    )
    return Escalation(shifts=shifts, standings=standings, sentence=" ".join(map(_say, standings, shifts)))


def conflict_of(direction: Direction) -> list[int]:
    """Return the incidents of conflict of each period."""
    return [period.quads[2] + period.quads[3] for period in direction.periods]


def _shifts(direction: Direction) -> tuple[Shift, ...]:
    counts = conflict_of(direction)
    places = [0, *find_shifts(counts), len(counts)]
    levels = [float(np.mean(counts[a:b])) if b > a else 0.0 for a, b in pairwise(places)]
    return tuple(
        Shift(start=direction.periods[place].start, before=round(before, 3), after=round(after, 3))
        for place, (before, after) in zip(places[1:-1], pairwise(levels), strict=True)
    )


def _standing(store: Store, sides: tuple[Side, Side], direction: Direction, first: date, last: date) -> Standing:
    there, values = sides[0].condition("source")
    toward, more = sides[1].condition("target")
    query = query_of("kinds", condition=f"{there} AND {toward}")
    rows = store.query(query, values | more | {"since": first, "until": last})
    now_from = begin_of(last, "week") - timedelta(weeks=NOW - 1)
    weeks_past = max(len(direction.periods) - NOW, 1)
    kinds: dict[str, list[tuple[date, float, int]]] = {}
    for week, kind, intensity, number in rows:
        kinds.setdefault(kind, []).append((week, intensity, number))
    rungs = []
    for kind, told in kinds.items():
        now = sum(number for week, _, number in told if week >= now_from)
        past = sum(number for week, _, number in told if week < now_from)
        worst = min((x for _, x, _ in told if x is not None), default=0.0)
        rungs.append(
            Rung(type=kind, intensity=worst, now=now, usual=round(past * NOW / weeks_past, 3), ever=now + past)
        )
    rungs.sort(key=lambda rung: (-rung.intensity, rung.type))
    used = [rung.type for rung in rungs if rung.now]
    return Standing(
        source=direction.source, target=direction.target, weeks=NOW, rungs=tuple(rungs),
        highest=used[-1] if used else None, level=_level(conflict_of(direction)),
    )  # fmt: skip


def _level(counts: Sequence[int]) -> float | None:
    """Share of past stretches with less conflict than the latest, ties by half."""
    past = [sum(counts[n : n + NOW]) for n in range(len(counts) - 2 * NOW + 1)]
    if len(past) < _FEWEST:
        return None
    now = sum(counts[-NOW:])
    return round(sum(1.0 if one < now else 0.5 if one == now else 0.0 for one in past) / len(past), 3)


def _say(standing: Standing, shifts: Sequence[Shift]) -> str:
    who = f"{standing.source} toward {standing.target}"
    if standing.level is None:
        told = f"{who}: too short a past to measure the last {standing.weeks} weeks against."
    elif not any(rung.ever for rung in standing.rungs):
        told = f"{who}: no conflict in the days watched."
    else:
        told = (
            f"{who}: the last {standing.weeks} weeks hold more conflict than {standing.level:.0%} of the stretches of"
            " as many weeks before" + (f", up to {standing.highest}." if standing.highest else "; none at all in them.")
        )
    if shifts:
        last = shifts[-1]
        way = "up" if last.after > last.before else "down"
        told += (
            f" The last lasting change was {way}, in the week of {last.start}: {last.before:.1f} to {last.after:.1f}"
        )
        told += " incidents of conflict a week."
    return told
