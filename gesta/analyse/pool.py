"""A pool of forecasters: each is trusted by how well it has forecast so far."""

from __future__ import annotations

import numpy as np

from gesta.analyse.counts import Floats, Integers

#: A forecaster's weight falls with this power of its past error for each forecast it could be judged by, ...
_POWER = 0.25
#: ... up to this power: an error larger by a tenth then still earns a sixth of the weight.
_MOST = 20.0


def trust(scores: Floats) -> Floats:
    """Weights (origins, forecasters, horizons) known at each origin, from ``scores`` of the same shape.

    A score of origin i at horizon h (0 is the next period) is known from origin i + h + 1 on. Before any is known, all
    are trusted alike.
    """
    origins, forecasters, horizons = scores.shape
    sums = np.concatenate([np.zeros((1, forecasters, horizons)), np.cumsum(scores, axis=0)])
    known = np.maximum(np.arange(origins)[:, None] - np.arange(horizons), 0)
    totals = np.take_along_axis(sums, known[:, None, :], axis=0)
    errors = (totals + 1e-9) / np.maximum(known, 1)[:, None, :]
    power = np.minimum(_POWER * known, _MOST)[:, None, :]
    weights = (errors / errors.min(axis=1, keepdims=True)) ** -power
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def mixed(samples: Integers, weights: Floats) -> Integers:
    """Sorted sample (..., n) of the mixture of the forecasters' sorted samples (..., forecasters, n).

    Of each, evenly spaced members, as many as its weight (..., forecasters) asks for.
    """
    number = samples.shape[-1]
    ends = np.rint(np.cumsum(weights, axis=-1) * number).astype(np.int64)
    ends[..., -1] = number
    starts = np.concatenate([np.zeros_like(ends[..., :1]), ends[..., :-1]], axis=-1)
    at = np.arange(number)
    whose = (at >= ends[..., :, None]).sum(axis=-2)
    start = np.take_along_axis(starts, whose, axis=-1)
    count = np.take_along_axis(ends, whose, axis=-1) - start
    member = ((at - start + 0.5) / count * number).astype(np.int64)
    flat = samples.reshape(*samples.shape[:-2], -1)
    return np.sort(np.take_along_axis(flat, whose * number + member, axis=-1), axis=-1)
