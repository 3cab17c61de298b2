"""95% intervals of a fitted dyad by its profile likelihood.

An interval holds all values of a parameter at which the best fit of the others is not much worse. How much was set by
simulating dyads in continuous time (``python benchmarks/hawkes.py --part coverage``): 3.84, right for endless records,
is a little short, as half-lives are unknown where strengths are weak. Parametric bootstrap intervals (percentile,
basic, bias-corrected) were tried first and held the truth clearly less often than 95 times in 100: a strength ends at
0, and dyads simulated from an estimate there look unlike those from the truth beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gesta.analyse.hawkes import ALONE, Array, Daily, Fit, bounds, fit

#: Twice the log-likelihood that a value inside the interval may cost.
COST = 4.4
#: How near to that an end must come.
_NEAR = 0.1
_STEP, _WIDER, _ROUNDS = 0.12, 1.8, 6


def profile(daily: Daily, best: Fit, which: int, held: Mapping[int, float] = ALONE) -> tuple[float, float]:
    """Return both ends of the interval of one parameter; an end may be the bound of what is fitted at all."""
    low, high = bounds(daily)
    return _end(daily, best, which, held, float(low[which]), -1), _end(daily, best, which, held, float(high[which]), 1)


def cost(daily: Daily, best: Fit, which: int, value: float, held: Mapping[int, float] = ALONE) -> float:
    """Twice the log-likelihood lost by holding a parameter at a value."""
    return _held(daily, best, best.parameters, which, value, held)[0]


def _held(
    daily: Daily, best: Fit, start: Array, which: int, value: float, held: Mapping[int, float]
) -> tuple[float, Array]:
    found = fit(daily, (start,), held={**held, which: value})
    return 2 * (best.likelihood - found.likelihood), found.parameters


def _end(daily: Daily, best: Fit, which: int, held: Mapping[int, float], edge: float, side: int) -> float:
    """Walk outwards until it costs too much, then close in on the end by the square root of the cost."""
    inside, paid, start = float(best.parameters[which]), 0.0, best.parameters
    step = _STEP
    while True:
        outside = inside + side * step
        outside = edge if (outside - edge) * side >= 0 else outside
        price, reached = _held(daily, best, start, which, outside, held)
        if price > COST:
            break
        if outside == edge:
            return edge
        inside, paid, start, step = outside, price, reached, step * _WIDER
    for _ in range(_ROUNDS):
        near, far, goal = (float(np.sqrt(max(one, 0.0))) for one in (paid, price, COST))
        share = float(np.clip((goal - near) / max(far - near, 1e-9), 0.05, 0.95))
        middle = inside + (outside - inside) * share
        cost_there, reached = _held(daily, best, start, which, middle, held)
        if abs(cost_there - COST) < _NEAR:
            return middle
        if cost_there > COST:
            outside, price = middle, cost_there
        else:
            inside, paid, start = middle, cost_there, reached
    return (inside + outside) / 2
