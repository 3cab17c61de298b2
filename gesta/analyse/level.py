"""What moves both sides though neither answers the other: slow rises and falls, and how little some weekdays tell.

The slow level of a side is a Poisson Whittaker smoother (Eilers 2003) of its weekly counts: second differences of the
logarithm are penalised so that swings shorter than a given period are smoothed away.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import solveh_banded

from gesta.analyse.hawkes import Array

#: Swings shorter than these many days are smoothed away; infinity is a constant level.
PERIODS = (np.inf, 1460.0, 730.0, 365.0, 180.0, 90.0, 60.0, 45.0)
WEEK = 7
#: A level never falls below this share of its mean: a quiet side can still begin.
LOWEST = 0.02
_ROUNDS, _NEAR = 25, 1e-6


def weekday_factors(counts: Array, first_weekday: int) -> Array:
    """How much is told on each day against the mean day, shape (days,), by weekday over both sides.

    The seven means are drawn towards 1 (positive-part James-Stein) as far as chance, at the spread that the days show,
    would make them differ. ``first_weekday`` is 0 for a Monday.
    """
    days = counts.shape[1]
    weekday = (first_weekday + np.arange(days)) % WEEK
    weeks = days // WEEK
    if weeks < 8 or counts.sum() < 20:
        return np.ones(days)
    of_all = counts.sum(axis=0)
    held = np.bincount(weekday, minlength=WEEK)
    raw = np.bincount(weekday, of_all, minlength=WEEK) / held / of_all.mean()
    table = of_all[: weeks * WEEK].reshape(weeks, WEEK)
    expected = np.maximum(table.mean(axis=1, keepdims=True) * raw[weekday[:WEEK]], 1e-12)
    spread = float(np.sum((table - expected) ** 2) / np.sum(expected)) * WEEK / (WEEK - 1)
    surprise = float(np.sum((raw - 1) ** 2 * held * of_all.mean())) / max(spread, 0.5)
    if surprise <= 4:
        return np.ones(days)
    drawn = 1 + (1 - 4 / surprise) * (raw - 1)
    factor = np.maximum(drawn, LOWEST)[weekday]
    return np.asarray(factor / factor.mean(), dtype=np.float64)


def slow_level(counts: Array, period: float) -> Array:
    """The slow level of each side with mean 1, shape (2, days); swings shorter than ``period`` days smoothed away."""
    days = counts.shape[1]
    if not np.isfinite(period) or days < 3 * WEEK:
        return np.ones_like(counts)
    weekly = _weekly(counts)
    middle = np.arange(weekly.shape[1]) * WEEK + (WEEK - 1) / 2
    level = np.stack([np.exp(np.interp(np.arange(days), middle, _smooth(side, period))) for side in weekly])
    level = np.maximum(level / level.mean(axis=1, keepdims=True), LOWEST)
    return np.asarray(level / level.mean(axis=1, keepdims=True), dtype=np.float64)


def common_level(counts: Array, period: float) -> Array:
    """One slow level for both sides, of their shares of each week added up, shape (2, days)."""
    of_both = (counts / np.maximum(counts.sum(axis=1, keepdims=True), 1.0)).sum(axis=0) * counts.sum() / 2
    return slow_level(np.stack((of_both, of_both)), period)


def _weekly(counts: Array) -> Array:
    """Sums of whole weeks, shape (2, weeks); days left over at the end are in none."""
    days = counts.shape[1]
    weeks = days // WEEK
    return np.asarray(counts[:, : weeks * WEEK].reshape(2, weeks, WEEK).sum(axis=2), dtype=np.float64)


def _stiffness(period: float) -> float:
    """The penalty, per mean weekly count, at which a swing of that period keeps half its height."""
    return float((2 * np.sin(np.pi * WEEK / period)) ** -4)


def freedom(days: int, period: float) -> float:
    """About how many degrees of freedom one smoothed side has."""
    if not np.isfinite(period):
        return 1.0
    weeks = days // WEEK
    waves = (2 - 2 * np.cos(np.pi * np.arange(weeks) / weeks)) ** 2
    return float(np.sum(1 / (1 + _stiffness(period) * waves)))


def _smooth(side: Array, period: float) -> Array:
    """Log of the smoothed weekly counts of one side, by penalised iterated weighted least squares."""
    weeks = len(side)
    mean = max(float(side.mean()), 0.5 / weeks)
    penalty = _stiffness(period) * mean
    banded = np.zeros((3, weeks))
    banded[2] = penalty * np.convolve(np.ones(weeks - 2), [1.0, 4.0, 1.0])
    banded[1, 1:] = penalty * np.convolve(np.ones(weeks - 2), [-2.0, -2.0])
    banded[0, 2:] = penalty
    # A half count, spread as the mean is, keeps the level of a side without incidents finite.
    seen = (side + 0.5 / weeks) * (side.sum() / (side.sum() + 0.5)) if side.sum() else side + 0.5 / weeks
    log_mean = np.log(0.5 * seen + 0.5 * mean)
    for _ in range(_ROUNDS):
        means = np.exp(log_mean)
        matrix = banded.copy()
        matrix[2] += means
        renewed = solveh_banded(matrix, seen - means + means * log_mean)
        change = float(np.max(np.abs(renewed - log_mean)))
        log_mean = log_mean + np.clip(renewed - log_mean, -2, 2)
        if change < _NEAR:
            break
    return np.asarray(log_mean, dtype=np.float64)
