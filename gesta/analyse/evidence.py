"""Whether one side answers the other at all, everything else explaining as much as it can.

What else: each side's own quick self-excitation; a slow level of each as flexible as the Akaike criterion likes, with
that self-excitation fitted beside it; weekdays; coincidences on the very day, whose order nobody knows. So an answer
must show on later days, and be half over within ten. Half-lives of a side's own are held below ten days here too:
else a long memory of its own would stand in for a level that both share, and leave the rest of it to the other side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gesta.analyse.hawkes import Array, Daily, fit, usual_starts
from gesta.analyse.level import PERIODS, WEEK, freedom, slow_level, weekday_factors

#: Twice the log-likelihood that an influence across must gain. Set by ``python benchmarks/hawkes.py --part null``.
BAR = 7.0
#: An answer that takes longer than this, in days to its half, cannot be told from a slow common rise.
SLOWEST = 10.0
_QUICK = np.full(4, SLOWEST)
_ACROSS = (3, 4)
#: Akaike's price, in twice the log-likelihood, of a degree of freedom of the level.
_PRICE = 2.0


@dataclass(frozen=True)
class Evidence:
    """What speaks for answers.

    ``gained`` is twice the log-likelihood gained by the first side's answering the second, and by the second's the
    first; ``period`` the shortest swing in days, in the level that explains most without answers (infinite: constant).
    """

    gained: tuple[float, float]
    period: float


def weigh(counts: Array, first_weekday: int) -> Evidence:
    """Weigh the counts of both sides by day, shape (2, days); ``first_weekday`` is 0 for a Monday."""
    told = weekday_factors(counts, first_weekday)
    period = explaining_period(counts, told)
    daily = Daily(counts, slow_level(counts, period), told)
    starts = usual_starts(daily)
    whole = fit(daily, starts, held={}, longest=_QUICK)
    gained = []
    for which in _ACROSS:
        without = fit(daily, (whole.parameters, starts[0]), held={which: 0.0}, longest=_QUICK)
        gained.append(max(0.0, 2 * (whole.likelihood - without.likelihood)))
    return Evidence((gained[0], gained[1]), period)


def explaining_period(counts: Array, told: Array) -> float:
    """The period of ``PERIODS`` whose slow level explains the counts best when neither side answers the other."""
    best, chosen, start = -np.inf, float(PERIODS[0]), None
    for period in PERIODS:
        if np.isfinite(period) and counts.shape[1] < 3 * WEEK:
            continue
        daily = Daily(counts, slow_level(counts, period), told)
        guesses = usual_starts(daily)[:1] if start is None else (start,)
        found = fit(daily, guesses, held=dict.fromkeys(_ACROSS, 0.0), longest=_QUICK)
        start = found.parameters
        value = 2 * found.likelihood - 2 * _PRICE * freedom(counts.shape[1], period)
        if value > best:
            best, chosen = value, float(period)
    return chosen
