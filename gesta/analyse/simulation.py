"""Dyads that never were: incidents in continuous time by the branching construction, only their days kept."""

from __future__ import annotations

import numpy as np

from gesta.analyse.hawkes import Array

#: Days simulated before the first one kept, so that what came before it has its after-effects.
BEFORE = 90
#: A run that grows beyond this many incidents is cut: it comes of strengths that would grow without end.
LARGEST = 200_000


def simulate(
    draw: np.random.Generator, background: Array, strength: Array, half_life: Array, told: Array | None = None
) -> Array:
    """Return the counts of two sides by day, shape (2, days).

    ``background`` (2, days) is the mean number of background incidents of each day; ``strength`` and ``half_life``
    (2, 2) are what one incident of the column's side brings of the row's, and in how many days half of it; ``told``
    (days,) scales all that happens on a day.
    """
    days = background.shape[1]
    factor = np.ones(days) if told is None else told
    factor = np.concatenate((np.ones(BEFORE), factor))
    whole = np.concatenate((np.repeat(background[:, :1], BEFORE, axis=1), background), axis=1) * factor
    most = float(factor.max())
    generation = [_spread(draw, of_side) for of_side in whole]
    counts = np.zeros((2, days + BEFORE))
    total = 0
    while (born := sum(len(times) for times in generation)) and total < LARGEST:
        total += born
        children: list[list[Array]] = [[], []]
        for j, times in enumerate(generation):
            counts[j] += np.bincount(times.astype(np.intp), minlength=days + BEFORE)
            for i in (0, 1):
                if strength[i, j] > 0 and len(times):
                    parents = np.repeat(times, draw.poisson(strength[i, j] * most, len(times)))
                    later = parents + draw.exponential(half_life[i, j] / np.log(2), len(parents))
                    later = later[later < days + BEFORE]
                    kept = draw.random(len(later)) * most < factor[later.astype(np.intp)]
                    children[i].append(later[kept])
        generation = [np.concatenate(of_side) if of_side else np.empty(0) for of_side in children]
    return counts[:, BEFORE:]


def _spread(draw: np.random.Generator, means: Array) -> Array:
    """Times of a Poisson process whose mean is constant over each day."""
    counts = draw.poisson(means)
    days = np.repeat(np.arange(len(means), dtype=np.float64), counts)
    return days + draw.random(len(days))
