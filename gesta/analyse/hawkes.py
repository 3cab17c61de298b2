"""A bivariate Hawkes process seen by the day: its likelihood, its gradient and its fit.

Each incident of side j brings ``strength[i, j]`` further incidents of side i on average, at an exponentially falling
rate with a half-life of its own; beside these, side i has a background that may rise and fall slowly. Only days are
known, so what came first on one day is not. Let n be a day's counts, taken to be spread evenly over their day, and K_k
the kernels integrated over pairs of days k apart. The incidents that come of the background and of earlier days are
then Poisson with mean h = background + sum over k >= 1 of K_k n(day - k), and those with all that they bring on the
same day have, by the Lagrange-Good formula for several types (Good 1960), the exact probability

    Poisson(n_1; f_1) Poisson(n_2; f_2) det(I - diag(n / f) K_0),        f = h + K_0 n.

So same-day clusters need neither a guess at the order within a day nor an over-dispersed count distribution.

No library that we found does this: tick (0.8) and HawkesPyLib (0.3) want the exact times, and tick the decays as well;
hawkeslib (0.2) rests since 2019; none takes days, a background that moves, or a decay for each pair of sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.signal import lfilter
from scipy.special import gammaln

Array = NDArray[np.float64]

#: Parameters: log background of each side, four strengths (row i, column j: of i's after j's), their log half-lives in
#: days, and what each incident brings of the other side's on the very day, whoever began.
LEVELS, STRENGTHS, HALVES, PAIRED = slice(0, 2), slice(2, 6), slice(6, 10), 10
SIZE = 11
SHORTEST, LONGEST = 0.2, 60.0
#: Where nothing tells the half-life, it stays about here: mean and spread of its logarithm.
USUAL_HALF, HALF_SPREAD = float(np.log(3.0)), 1.5
MOST = 0.97
TINY = 1e-9
#: Each side's share of a mutual exchange within one day stays below this, so that the same-day clusters stay finite.
MOST_PAIRED = 0.4
#: What is held unless the caller says otherwise: nothing of the same day goes both ways.
ALONE: Mapping[int, float] = MappingProxyType({PAIRED: 0.0})


@dataclass(frozen=True)
class Daily:
    """Counts of two sides by day, and what is taken as given about each day.

    ``counts`` and ``level`` have the shape (2, days). ``level`` is the background's shape with mean 1; ``told``, shape
    (days,), is how much of what happens is told on such a weekday, with mean 1.
    """

    counts: Array
    level: Array
    told: Array

    @classmethod
    def plain(cls, counts: Array) -> Daily:
        """Counts with a constant background and all weekdays alike."""
        return cls(counts, np.ones_like(counts), np.ones(counts.shape[1]))


@dataclass(frozen=True)
class Fit:
    """Estimated parameters and the (penalised) log-likelihood there."""

    parameters: Array
    likelihood: float

    @property
    def background(self) -> Array:
        """Mean background incidents a day of each side, shape (2,)."""
        return np.exp(self.parameters[LEVELS])

    @property
    def strength(self) -> Array:
        """Mean incidents of i (row) that one of j (column) brings directly, shape (2, 2)."""
        return self.parameters[STRENGTHS].reshape(2, 2)

    @property
    def half_life(self) -> Array:
        """Days in which half of these have come, shape (2, 2)."""
        return np.exp(self.parameters[HALVES]).reshape(2, 2)


def day_weights(half_life: float) -> tuple[float, float, float]:
    """Shares of what an incident brings that fall on the same day and on the next, and the factor for each day after.

    The incident is taken to be at an even chance anywhere in its day. All three add up: same + next / (1 - factor) = 1.
    """
    rate = np.log(2) / half_life
    same = 1.0 + np.expm1(-rate) / rate
    return float(same), float(np.expm1(-rate) ** 2 / rate), float(np.exp(-rate))


def _weights_slope(half_life: float) -> tuple[float, float, float]:
    """Derivatives of ``day_weights`` by the log half-life."""
    rate = np.log(2) / half_life
    decay, gone = np.exp(-rate), -np.expm1(-rate)
    same = (gone / rate - decay) / rate
    following = 2 * gone * decay / rate - gone**2 / rate**2
    return float(-rate * same), float(-rate * following), float(rate * decay)


def decayed(counts: Array, factor: float) -> Array:
    """Sum over earlier days k >= 1 of factor^(k - 1) counts[day - k], shape (days,)."""
    return np.asarray(lfilter([0.0, 1.0], [1.0, -factor], counts), dtype=np.float64)


def intensity(daily: Daily, parameters: Array) -> tuple[Array, Array, Array]:
    """Mean of each day given the days before (2, days), the same with its own day's, and the same-day matrix (2, 2).

    Both without the weekday factor.
    """
    before = np.exp(parameters[LEVELS])[:, None] * daily.level
    same = np.zeros((2, 2))
    for k in range(4):
        i, j = divmod(k, 2)
        strength = parameters[STRENGTHS][k]
        at_once, following, factor = day_weights(float(np.exp(parameters[HALVES][k])))
        before[i] += strength * following * decayed(daily.counts[j], factor)
        same[i, j] = strength * at_once + (parameters[PAIRED] if i != j else 0.0)
    return before, before + same @ daily.counts, same


def score(daily: Daily, parameters: Array) -> tuple[float, Array]:
    """Log-likelihood, less the penalty on half-lives that nothing tells, and its gradient, shape (11,)."""
    counts, told = daily.counts, daily.told
    before = np.exp(parameters[LEVELS])[:, None] * daily.level
    kernels, slopes = np.empty((4, counts.shape[1])), np.empty((4, counts.shape[1]))
    same, same_slope = np.zeros((2, 2)), np.zeros((2, 2))
    full = before.copy()
    for k in range(4):
        i, j = divmod(k, 2)
        strength, half = parameters[STRENGTHS][k], float(np.exp(parameters[HALVES][k]))
        (at_once, following, factor), (d_once, d_following, d_factor) = day_weights(half), _weights_slope(half)
        earlier = decayed(counts[j], factor)
        kernels[k] = at_once * counts[j] + following * earlier
        slopes[k] = d_once * counts[j] + d_following * earlier + following * d_factor * decayed(earlier, factor)
        same[i, j], same_slope[i, j] = strength * at_once, strength * d_once
        full[i] += strength * kernels[k]
    if parameters[PAIRED]:
        same[0, 1] += parameters[PAIRED]
        same[1, 0] += parameters[PAIRED]
        full += parameters[PAIRED] * counts[::-1]
    np.maximum(full, TINY, out=full)
    ratio = counts / full
    log_determinant, by_ratio, by_same = _cluster_term(ratio, same)
    by_full = ratio - told - by_ratio * ratio / full
    value = float(np.sum(counts * np.log(full)) - np.sum(told * full)) + log_determinant
    slope = np.zeros(SIZE)
    slope[LEVELS] = np.sum(by_full * before, axis=1)
    for k in range(4):
        i, j = divmod(k, 2)
        at_once = day_weights(float(np.exp(parameters[HALVES][k])))[0]
        slope[2 + k] = by_full[i] @ kernels[k] + by_same[i, j] * at_once
        slope[6 + k] = parameters[STRENGTHS][k] * (by_full[i] @ slopes[k]) + by_same[i, j] * same_slope[i, j]
    slope[PAIRED] = float(np.sum(by_full * counts[::-1])) + by_same[0, 1] + by_same[1, 0]
    distance = (parameters[HALVES] - USUAL_HALF) / HALF_SPREAD
    slope[HALVES] -= distance / HALF_SPREAD
    return value - 0.5 * float(distance @ distance), slope


def _cluster_term(ratio: Array, same: Array) -> tuple[float, Array, Array]:
    """Sum of log det(I - diag(ratio) same) over days; its derivatives by each ratio and by the same-day matrix."""
    own = 1.0 - np.diag(same)[:, None] * ratio
    crossed = same[0, 1] * same[1, 0]
    determinant = np.maximum(own[0] * own[1] - crossed * ratio[0] * ratio[1], TINY)
    by_ratio = np.stack((-same[0, 0] * own[1] - crossed * ratio[1], -same[1, 1] * own[0] - crossed * ratio[0]))
    both = float(np.sum(ratio[0] * ratio[1] / determinant))
    by_same = np.array(
        [
            [-float(np.sum(ratio[0] * own[1] / determinant)), -same[1, 0] * both],
            [-same[0, 1] * both, -float(np.sum(ratio[1] * own[0] / determinant))],
        ]
    )
    return float(np.sum(np.log(determinant))), by_ratio / determinant, by_same


def log_probability(daily: Daily, parameters: Array) -> float:
    """The log-probability of all counts, with the terms that do not depend on the parameters, without the penalty."""
    distance = (parameters[HALVES] - USUAL_HALF) / HALF_SPREAD
    constant = np.sum(daily.counts * np.log(daily.told)) - np.sum(gammaln(daily.counts + 1))
    return score(daily, parameters)[0] + 0.5 * float(distance @ distance) + float(constant)


def fit(
    daily: Daily,
    starts: tuple[Array, ...] = (),
    held: Mapping[int, float] = ALONE,
    longest: Array | None = None,
) -> Fit:
    """Return the parameters of the greatest penalised likelihood over all starts (default: ``usual_starts``).

    ``held`` are parameters with a value that is not fitted; the half-life of a strength held at 0 is held too.
    ``longest`` bounds the four half-lives in days.
    """
    idle = {one + 4 for one, value in held.items() if one in range(2, 6) and value == 0}
    free = np.array([one for one in range(SIZE) if one not in held and one not in idle])
    fixed = np.zeros(SIZE)
    fixed[HALVES] = USUAL_HALF
    fixed[list(held)] = list(held.values())
    low, high = bounds(daily, longest)
    scale = 1.0 / max(10.0, float(daily.counts.sum()))

    def loss(values: Array) -> tuple[float, Array]:
        whole = _whole(values, free, fixed)
        value, slope = score(daily, whole)
        return -value * scale, -slope[free] * scale

    best: Fit | None = None
    for start in starts or usual_starts(daily):
        found = minimize(
            loss,
            np.clip(start, low, high)[free],
            jac=True,
            method="SLSQP",
            bounds=list(zip(low[free], high[free], strict=True)),
            options={"maxiter": 120, "ftol": 1e-9},
        )
        values = np.clip(_whole(np.asarray(found.x), free, fixed), low, high) if np.all(np.isfinite(found.x)) else start
        values = _whole(values[free], free, fixed)
        value = score(daily, values)[0]
        if best is None or value > best.likelihood:
            best = Fit(values, value)
    assert best is not None
    return best


def usual_starts(daily: Daily) -> tuple[Array, ...]:
    """Three guesses: quick and weak influences, slow and stronger ones, and quick own with slow across."""
    rates = np.maximum(daily.counts.mean(axis=1), 0.5 / daily.counts.shape[1])
    return tuple(
        np.concatenate((np.log(rates * (1 - own - cross)), [own, cross, cross, own], np.log(halves), [0.02]))
        for own, cross, halves in (
            (0.2, 0.1, [1.5, 1.5, 1.5, 1.5]),
            (0.4, 0.15, [7.0, 7.0, 7.0, 7.0]),
            (0.2, 0.2, [2.0, 12.0, 12.0, 2.0]),
        )
    )


def _whole(free_values: Array, free: NDArray[np.intp], fixed: Array) -> Array:
    whole = fixed.copy()
    whole[free] = free_values
    return whole


def bounds(daily: Daily, longest: Array | None = None) -> tuple[Array, Array]:
    """Lowest and highest values that are fitted; ``longest`` as in ``fit``."""
    rates = np.maximum(daily.counts.mean(axis=1), 0.5 / daily.counts.shape[1])
    low, high = np.zeros(SIZE), np.full(SIZE, MOST)
    low[LEVELS], high[LEVELS] = np.log(rates) - 7.0, np.log(rates) + 1.0
    low[HALVES], high[HALVES] = np.log(SHORTEST), np.log(LONGEST if longest is None else longest)
    # One side may bring more than one incident of a rarer or busier other.
    high[3], high[4] = (max(MOST, 3 * float(rates[i] / rates[1 - i])) for i in (0, 1))
    high[PAIRED] = MOST_PAIRED
    return low, high
