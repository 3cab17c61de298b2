"""Whether the model fits: the time-rescaling test (Brown and others 2002), for days instead of times.

In the model's own time, which runs fast when much is expected, the waits for a side's next day with an incident last 1
on average and are exponential. Within the last day of a wait the time is drawn, as only the day is known (Haslinger and
others 2010). How far the waits are from exponential is compared with dyads simulated from the fitted model, each fitted
anew, since the model was fitted to the very waits that are to test it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.stats import kstest

from gesta.analyse.hawkes import Array, Daily, Fit, fit, intensity
from gesta.analyse.simulation import simulate

#: Below this chance the model is said to fit badly.
BADLY = 0.05
_FEWEST = 5


def waits(daily: Daily, parameters: Array, side: int, draw: np.random.Generator) -> Array:
    """Waits between a side's days with incidents in the model's time: 1 on average if it fits, exponential."""
    before, _, same = intensity(daily, parameters)
    expected = daily.told * (before[side] + same[side, 1 - side] * daily.counts[1 - side])
    busy = np.flatnonzero(daily.counts[side] > 0)
    running = np.concatenate(([0.0], np.cumsum(expected)))
    begins = np.concatenate(([0], busy[:-1] + 1)) if len(busy) else busy
    within = -np.log1p(draw.random(len(busy)) * np.expm1(-expected[busy]))
    return np.asarray(running[busy] - running[begins] + within, dtype=np.float64)


def fitness(
    daily: Daily, best: Fit, held: Mapping[int, float], draw: np.random.Generator, rounds: int
) -> tuple[float, float]:
    """Return, for each side, the share of simulated dyads whose waits are no nearer to exponential than the record's.

    A slow level is taken as known, so that the model looks a little better than it is where there is one.
    """
    own = _distances(daily, best, draw)
    background = best.background[:, None] * daily.level
    further = np.ones(2)
    for _ in range(rounds):
        counts = simulate(draw, background, best.strength, best.half_life, daily.told)
        again = Daily(counts, daily.level, daily.told)
        further += _distances(again, fit(again, (best.parameters,), held), draw) >= own
    first, second = further / (rounds + 1)
    return float(first), float(second)


def _distances(daily: Daily, found: Fit, draw: np.random.Generator) -> Array:
    """Kolmogorov-Smirnov distances of both sides' waits from the exponential, by the root of their number."""
    distances = np.zeros(2)
    for side in (0, 1):
        times = waits(daily, found.parameters, side, draw)
        if len(times) >= _FEWEST:
            distances[side] = float(kstest(times, "expon").statistic) * np.sqrt(len(times))
    return distances
