"""A model of counts that remember: each series rises with its own past and with that of the others.

A linear autoregression of counts (Ferland, Latour and Oraichi 2006; Fokianos, Rahbek and Tjøstheim 2009) whose memory
is a sum of exponentially fading means at fixed half-lives (after Corsi 2009), so that its likelihood has one optimum:

    mean[s, t] = level[s] + season[s, t] + sum over r and k of weight[s, r, k] * trace[r, k, t]

All terms are zero or more. Counts are Poisson round that mean, or negative binomial (variance mean + spread * mean²)
where the likelihood asks for it. Weights pay an L1 penalty as large as what chance alone would make of them, so that a
series without memory gets none. Nothing is said of acts that keep others from happening: no weight is negative.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.signal import lfilter
from scipy.special import gammaln

from gesta.analyse.counts import Floats, Integers
from gesta.analyse.pace import Pace

#: How many of the fading means (the fastest) count for the series of others.
_ACROSS = 2
#: Penalties, in standard errors that a weight has where there is no memory: own past, other series, season.
_OWN, _OTHER, _SEASON = 0.4, 1.5, 1.0
#: Yearly waves: cosine and sine, up and down, since no weight is negative.
_WAVES = 4
#: Shares and means are this at least, so that no count is impossible.
_FLOOR = 1e-3
#: Shares and spread are fitted in turn so many times.
_ROUNDS = 2
#: Likelihood gain at which a negative binomial is preferred: 5% of a one-sided test of no extra spread.
_SPREAD_GAIN = 1.35
#: Largest share of a count that may return as later counts: beyond 1 the model would explode.
_MOST = 0.98


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A fitted model of S series with K fading means each."""

    decays: Floats
    """(K,) share that a fading mean keeps from one period to the next."""
    level: Floats
    """(S,) incidents a period that owe nothing to the past."""
    weights: Floats
    """(S, S, K) of series s on fading mean k of series r."""
    season: Floats
    """(S, waves) amplitudes of the yearly waves, all zero where the season did not prove itself."""
    spread: Floats
    """(S,) of the negative binomial; 0 is Poisson."""


def traces_of(values: Integers, pace: Pace) -> tuple[Floats, Floats]:
    """Fading means known before each period, (periods + 1, series, K), and the share (K,) each keeps in a period.

    Entry t has seen the counts before t alone. All start from the mean of the first few periods.
    """
    decays = np.asarray([0.5 ** (1 / life) if life else 0.0 for life in pace.half_lives])
    start = values[:, : pace.settling].mean(axis=1)
    traces = np.empty((values.shape[1] + 1, values.shape[0], len(decays)))
    traces[0] = start[:, None]
    for k, decay in enumerate(decays):
        faded, _ = lfilter([1 - decay], [1, -decay], values, axis=1, zi=decay * start[:, None])
        traces[1:, :, k] = faded.T
    return traces, decays


def waves(phases: Floats) -> Floats:
    """Yearly waves, (..., 4): each between 0 and 2 with mean 1."""
    angle = 2 * np.pi * phases
    return np.stack([1 + np.cos(angle), 1 - np.cos(angle), 1 + np.sin(angle), 1 - np.sin(angle)], axis=-1)


def fit(
    values: Integers, traces: Floats, decays: Floats, phases: Floats, pace: Pace, weighed: Floats | None = None
) -> Model:
    """Fit every series by penalised likelihood to all periods but the first few.

    ``values`` is (S, T), ``traces`` (T or more, S, K), ``phases`` (T or more,); ``weighed`` (T,) weighs the periods, 1
    on average. A season is looked for in a history of two years or more.
    """
    size, length = values.shape
    span = slice(pace.settling, length)
    weights = np.ones(length - pace.settling) if weighed is None else weighed[span]
    yearly = waves(phases[span]) if length >= 2 * pace.year else None
    fits = [_fit_series(values[s, span], traces[span], s, yearly, weights) for s in range(size)]
    level, season, lagged, spread = (np.stack(parts) for parts in zip(*fits, strict=True))
    return Model(decays, level, _bounded(lagged), season, spread)


def _fit_series(
    y: Integers, traces: Floats, own: int, yearly: Floats | None, weighed: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Level, season, weights (S, K) and spread of one series."""
    periods, size, kinds = traces.shape
    mean = float(np.average(y, weights=weighed))
    if mean < _FLOOR:
        return np.asarray(_FLOOR), np.zeros(_WAVES), np.zeros((size, kinds)), np.asarray(0.0)
    strength = np.full((size, kinds), np.inf)
    strength[:, :_ACROSS] = _OTHER
    strength[own] = _OWN
    used = np.flatnonzero(np.isfinite(strength))
    lagged = traces.reshape(periods, -1)[:, used]
    # Every column has the mean of the series, so that shares of it are found.
    scale = np.maximum(np.average(lagged, axis=0, weights=weighed), _FLOOR) / mean
    columns = np.column_stack([np.full(periods, mean), lagged / scale])
    prices = np.concatenate([[0.0], strength.ravel()[used]])
    share, spread, cost = _fitted(y, columns, prices, weighed)
    season = np.zeros(_WAVES)
    if yearly is not None:
        wider = np.column_stack([columns, mean * yearly])
        other, other_spread, other_cost = _fitted(y, wider, np.append(prices, np.full(_WAVES, _SEASON)), weighed)
        # The price of two amplitudes by BIC.
        if cost - other_cost > np.log(periods):
            share, season, spread = other[:-_WAVES], other[-_WAVES:] * mean, other_spread
    weights = np.zeros(size * kinds)
    weights[used] = share[1:] / scale
    return np.asarray(share[0] * mean), season, weights.reshape(size, kinds), np.asarray(spread)


def _fitted(y: Integers, columns: Floats, prices: Floats, weighed: Floats) -> tuple[Floats, float, float]:
    """Share of each column, spread, and the penalised negative log-likelihood; the first column is the level."""
    level = columns[:, 0]
    spread = spread_of(y, level, weighed)
    noise = np.sqrt(weighed @ ((columns - level[:, None]) ** 2 / (level * (1 + spread * level))[:, None]))
    share = np.full(columns.shape[1], 0.5 / columns.shape[1])
    share[0] = 0.5
    for _ in range(_ROUNDS):
        found = minimize(
            loss,
            share,
            args=(y, columns, prices * noise, spread, weighed),
            jac=True,
            method="L-BFGS-B",
            bounds=[(_FLOOR, None)] + [(0, None)] * (len(share) - 1),
            options={"maxiter": 200, "ftol": 1e-8},
        )
        share = np.asarray(found.x)
        spread = spread_of(y, columns @ share, weighed)
    cost, _ = loss(share, y, columns, prices * noise, spread, weighed)
    return share, spread, cost - _spread_terms(y, spread, weighed)


def loss(
    share: Floats, y: Integers, columns: Floats, penalty: Floats, spread: float, weighed: Floats
) -> tuple[float, Floats]:
    """Negative log-likelihood less what does not depend on the shares, plus penalties; and its gradient."""
    mean = columns @ share
    gain = _gain(y, mean, spread)
    slope = weighed * (y - mean) / (mean * (1 + spread * mean))
    return float(penalty @ share - weighed @ gain), penalty - slope @ columns


def _gain(y: Integers, mean: Floats, spread: float) -> Floats:
    """The part of each log-likelihood that depends on the mean."""
    if spread <= 0:
        return np.asarray(y * np.log(mean) - mean)
    return np.asarray(y * np.log(mean) - (y + 1 / spread) * np.log1p(spread * mean))


def _spread_terms(y: Integers, spread: float, weighed: Floats) -> float:
    """The part of the log-likelihood that depends on the spread alone, less that of the factorials."""
    if spread <= 0:
        return 0.0
    r = 1 / spread
    return float(weighed @ (gammaln(y + r) - gammaln(r) + y * np.log(spread)))


def spread_of(y: Integers, mean: Floats, weighed: Floats) -> float:
    """Spread of the negative binomial by likelihood, 0 (Poisson) where it gains too little."""

    def cost(log_spread: float) -> float:
        spread = float(np.exp(log_spread))
        return -float(weighed @ _gain(y, mean, spread)) - _spread_terms(y, spread, weighed)

    poisson = -float(weighed @ _gain(y, mean, 0.0))
    best = minimize_scalar(cost, bounds=(-7.0, 4.0), method="bounded", options={"xatol": 0.02})
    return float(np.exp(best.x)) if poisson - float(best.fun) > _SPREAD_GAIN else 0.0


def _bounded(weights: Floats) -> Floats:
    """Scale the weights down where what one count brings would grow without end."""
    radius = float(np.max(np.abs(np.linalg.eigvals(weights.sum(axis=2))), initial=0.0))
    return weights * (_MOST / radius) if radius > _MOST else weights


def simulate(model: Model, traces: Floats, phases: Floats, paths: int, rng: np.random.Generator) -> Integers:
    """Draw futures (S, horizons, paths) from an origin with ``traces`` (S, K); ``phases`` are of what is to come."""
    size, kinds = traces.shape
    state = np.tile(traces.ravel(), (paths, 1))
    keep = np.tile(model.decays, size)
    flat = model.weights.reshape(size, size * kinds).T
    steady = model.level + waves(phases) @ model.season.T
    drawn = np.empty((size, len(phases), paths), dtype=np.int64)
    for h, base in enumerate(steady):
        mean = np.maximum(base + state @ flat, _FLOOR)
        for s in np.flatnonzero(model.spread):
            mean[:, s] *= rng.standard_gamma(1 / model.spread[s], paths) * model.spread[s]
        now = rng.poisson(mean)
        drawn[:, h] = now.T
        state *= keep
        state += np.repeat(now, kinds, axis=1) * (1 - keep)
    return drawn


def expected(model: Model, traces: Floats, phases: Floats) -> Floats:
    """Expected counts (horizons, S) after an origin with these ``traces`` (S, K); exact, as the model is linear."""
    return _carried(model, traces, model.level + waves(phases) @ model.season.T)


def response(model: Model, s: int, change: float, horizons: int) -> Floats:
    """What ``change`` more incidents of series s in one period add to the expected counts after it: (horizons, S)."""
    start = np.zeros((len(model.level), len(model.decays)))
    start[s] = change * (1 - model.decays)
    return _carried(model, start, np.zeros((horizons, len(model.level))))


def _carried(model: Model, traces: Floats, steady: Floats) -> Floats:
    means = np.empty_like(steady)
    for h, base in enumerate(steady):
        means[h] = base + np.einsum("srk,rk->s", model.weights, traces)
        traces = traces * model.decays + means[h][:, None] * (1 - model.decays)
    return means
