"""Scores of probabilistic forecasts of counts, and whether one forecaster beats another beyond chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from gesta.analyse.counts import Floats, Integers

#: Bins of the probability integral transform.
PIT_BINS = 10
#: Central intervals that are shown and checked.
LEVELS = (0.5, 0.8, 0.95)


def crps(samples: Integers, truth: Integers) -> Floats:
    """Continuous ranked probability score of the distribution of ``samples`` (..., n), sorted along the last axis.

    For counts it is exactly the sum over k of (share of samples <= k, less 1 where truth <= k)² (Gneiting and Raftery
    2007), here by its other form: mean distance from the truth less half the mean distance of two samples. In
    incidents; 0 is best.
    """
    count = samples.shape[-1]
    ranks = 2 * np.arange(count) + 1 - count
    far = np.abs(samples - truth[..., None]).mean(axis=-1)
    return np.asarray(far - (samples @ ranks) / count**2)


def quantiles(samples: Integers, shares: tuple[float, ...]) -> Integers:
    """Smallest counts (..., shares) that at least each share of the sorted samples (..., n) does not exceed."""
    count = samples.shape[-1]
    # A share like 0.8 * 500 comes out a hair above 400, and must not move on by one.
    at = np.maximum(np.ceil(np.asarray(shares) * count - 1e-9).astype(np.int64) - 1, 0)
    return np.asarray(samples[..., at])


def inside(samples: Integers, truth: Integers) -> Floats:
    """Whether the truth lies in each central interval, ends included: (..., levels), 1 or 0."""
    tails = [(1 - level) / 2 for level in LEVELS]
    low = quantiles(samples, tuple(tails))
    high = quantiles(samples, tuple(1 - tail for tail in tails))
    return ((low <= truth[..., None]) & (truth[..., None] <= high)).astype(np.float64)


def pit(samples: Integers, truth: Integers) -> Floats:
    """Share of the randomised probability integral transform in each of ten bins: (..., bins).

    Averaged over the randomisation, so that no luck is in it (Czado, Gneiting and Held 2009): a tenth each on average
    where forecasts are calibrated, high at both ends where they are too narrow.
    """
    below = (samples < truth[..., None]).mean(axis=-1)[..., None]
    upto = (samples <= truth[..., None]).mean(axis=-1)[..., None]
    edges = np.linspace(0, 1, PIT_BINS + 1)
    width = np.maximum(upto - below, 1e-12)
    # Where no sample equals the truth, all of it falls on one point.
    risen = np.where(upto > below, np.clip((edges - below) / width, 0, 1), (edges > below) | (edges >= 1))
    return np.diff(risen, axis=-1)


def beaten(gain: Floats) -> float:
    """One-sided p-value that the mean of ``gain`` (in order of time, each depending on those before) is above zero.

    The test of Diebold and Mariano (1995) with the variance from cosine weights and Student's t, which keeps its size
    where forecasts overlap (Lazarus, Lewis, Stock and Watson 2018). 1 where there is nothing to compare.
    """
    length = len(gain)
    cosines = int(0.4 * length ** (2 / 3))
    if cosines < 2 or np.ptp(gain) <= 1e-12:
        return 1.0
    at = np.pi * (np.arange(length) + 0.5) / length
    waves = np.sqrt(2 / length) * np.cos(np.outer(np.arange(1, cosines + 1), at))
    variance = float(np.mean((waves @ gain) ** 2))
    if variance <= 0:
        return 1.0
    return float(student.sf(gain.mean() * np.sqrt(length / variance), cosines))


def discoveries(chances: Floats, share: float) -> NDArray[np.bool_]:
    """Which p-values to call found, so that at most ``share`` of the calls are false (Benjamini and Hochberg 1995)."""
    order = np.argsort(chances, kind="stable")
    passed = np.flatnonzero(chances[order] <= share * np.arange(1, len(chances) + 1) / max(len(chances), 1))
    found = np.zeros(len(chances), dtype=bool)
    if len(passed):
        found[order[: passed[-1] + 1]] = True
    return found
