"""What a forecast has to beat: persistence, climatology and a moving average, each as a distribution.

Persistence is the last count and the changes that the past has seen over as many periods. Climatology is all counts of
the past. The moving average is the mean of the last periods and the misses that the past has seen round it, taken
between square roots, which keeps the spread of small and large counts alike. On simulated counts it is a stronger
opponent than the distribution of the last periods alone, which is why it stands here.
"""

from __future__ import annotations

import numpy as np

from gesta.analyse.counts import Floats, Integers


def spaced(values: Floats | Integers, number: int) -> Floats:
    """``number`` evenly spaced quantiles of ``values``, sorted: their distribution as a sample of fixed size."""
    at = ((np.arange(number) + 0.5) / number * len(values)).astype(np.int64)
    return np.asarray(np.sort(values)[at], dtype=np.float64)


def persistence(past: Integers, horizons: int, number: int) -> Integers:
    """Sorted sample (horizons, number) of the last count and past changes; the past is longer than the horizons."""
    drawn = [past[-1] + spaced(past[h:] - past[:-h], number) for h in range(1, horizons + 1)]
    return np.asarray(np.maximum(np.stack(drawn), 0), dtype=np.int64)


def climatology(past: Integers, horizons: int, number: int) -> Integers:
    """Sorted sample (horizons, number) of all past counts, the same for each horizon."""
    return np.tile(spaced(past, number).astype(np.int64), (horizons, 1))


def moving_average(past: Integers, horizons: int, number: int, window: int) -> Integers:
    """Sorted sample (horizons, number) of the mean of the last ``window`` counts and past misses round such means.

    The past is longer than the window and the horizons together.
    """
    sums = np.concatenate([[0], np.cumsum(past)])
    roots = np.sqrt((sums[window:] - sums[:-window]) / window)
    after = np.sqrt(past[window:])
    drawn = [roots[-1] + spaced(after[h - 1 :] - roots[:-h], number) for h in range(1, horizons + 1)]
    return np.asarray(np.rint(np.maximum(np.stack(drawn), 0) ** 2), dtype=np.int64)
