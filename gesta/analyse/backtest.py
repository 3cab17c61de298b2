"""A rolling backtest: forecasts made at every past period with what was known then, and how they came out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gesta.analyse.baselines import climatology, moving_average, persistence
from gesta.analyse.count_model import Model, fit, simulate, traces_of
from gesta.analyse.counts import Counts, Floats, Integers
from gesta.analyse.pace import PACES, Pace
from gesta.analyse.pool import mixed, trust
from gesta.analyse.scores import LEVELS, PIT_BINS, crps, inside, pit
from gesta.records.forecasts import Forecaster

#: Whose forecasts are scored: the model (the pool of all that follow), its memory alone, and the baselines.
FORECASTERS: tuple[Forecaster, ...] = ("model", "memory", "persistence", "climatology", "moving average")
BASELINES: tuple[Forecaster, ...] = FORECASTERS[2:]
#: Paths that the model draws from each origin, and members of every forecast that is scored.
_PATHS, _MEMBERS = 1000, 500
_SEED = 20


@dataclass(frozen=True, slots=True, eq=False)
class Rolled:
    """What each forecaster reached, NaN where a period ahead lies after the last known; and the latest forecasts."""

    first: int
    """Periods known at the first of the O origins; each next one knows one more."""
    errors: Floats
    """CRPS (series, O, forecasters, horizons)."""
    covered: Floats
    """Whether the truth lay within the 50, 80 and 95% intervals: (series, O, forecasters, horizons, 3)."""
    ranks: Floats
    """PIT (series, O, forecasters, horizons, bins)."""
    latest: Integers
    """Forecasts from the last period known: (series, forecasters, horizons, members), sorted."""
    model: Model
    """As fitted to all that is known."""


def first_origin(length: int, pace: Pace) -> int:
    """Periods known at the first forecast that counts: a fifth of all, and so many that not too many follow."""
    return max(pace.least, length // 5, length - pace.most)


def roll(counts: Counts, horizons: int) -> Rolled:
    """Forecast from every origin and score what is known by now; long enough a history is the caller's care.

    The model is fitted anew every so many periods, to the past of the first origin that uses it. Nothing that an
    origin did not know reaches its forecasts.
    """
    pace = PACES[counts.period]
    length = counts.length
    start = first_origin(length, pace) - pace.warm
    phases = counts.phases(length + horizons)
    traces, decays = traces_of(counts.values, pace)
    latest = np.zeros((len(counts.names), len(FORECASTERS), horizons, _MEMBERS), dtype=np.int64)
    table = _Table.empty((len(counts.names), length + 1 - start, len(FORECASTERS), horizons))
    # The last block is the last origin alone: the forecast to be shown.
    starts = [*range(start, length, pace.refit), length]
    for begin, end in zip(starts, [*starts[1:], length + 1], strict=True):
        model = fit(counts.values[:, :begin], traces, decays, phases, pace)
        # Each origin has its own luck, so that no draw depends on what came later.
        drawn = np.stack(
            [
                simulate(model, traces[at], phases[at : at + horizons], _PATHS, np.random.default_rng((_SEED, at)))
                for at in range(begin, end)
            ]
        )
        for s, series in enumerate(counts.values):
            experts = _experts(series, range(begin, end), drawn[:, s], pace)
            table.score(s, experts, series, begin, start, slice(1, None))
            weights = trust(table.errors[s, : end - start, 1:])[begin - start :]
            pool = mixed(experts.swapaxes(1, 2), weights.swapaxes(1, 2))[:, None]
            table.score(s, pool, series, begin, start, slice(0, 1))
            latest[s] = np.concatenate([pool, experts], axis=1)[-1]
    return Rolled(first_origin(length, pace), *table.after(pace.warm), latest, model)


def _experts(series: Integers, origins: range, drawn: Integers, pace: Pace) -> Integers:
    """Forecasts (origins, forecasters but the pool, horizons, members) of one series, sorted."""
    horizons = drawn.shape[1]
    memory = np.sort(drawn, axis=-1)[..., _PATHS // _MEMBERS // 2 :: _PATHS // _MEMBERS]
    rows = []
    for origin in origins:
        past = series[:origin]
        rows.append(
            [
                persistence(past, horizons, _MEMBERS),
                climatology(past, horizons, _MEMBERS),
                moving_average(past, horizons, _MEMBERS, pace.window),
            ]
        )
    return np.concatenate([memory[:, None], np.asarray(rows)], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Scores as they are made: (series, origins, forecasters, horizons, ...)."""

    errors: Floats
    covered: Floats
    ranks: Floats

    @classmethod
    def empty(cls, shape: tuple[int, ...]) -> _Table:
        return cls(np.full(shape, np.nan), np.full((*shape, len(LEVELS)), np.nan), np.full((*shape, PIT_BINS), np.nan))

    def score(self, s: int, made: Integers, series: Integers, begin: int, start: int, whose: slice) -> None:
        """Enter the scores of forecasts (origins, forecasters, horizons, members) whose periods have come."""
        aims = begin + np.arange(len(made))[:, None] + np.arange(made.shape[2])
        come = np.broadcast_to((aims < len(series))[:, None], made.shape[:3])
        truth = np.broadcast_to(series[np.minimum(aims, len(series) - 1)][:, None], made.shape[:3])
        at = (s, slice(begin - start, begin - start + len(made)), whose)
        self.errors[at] = np.where(come, crps(made, truth), np.nan)
        self.covered[at] = np.where(come[..., None], inside(made, truth), np.nan)
        self.ranks[at] = np.where(come[..., None], pit(made, truth), np.nan)

    def after(self, warm: int) -> tuple[Floats, Floats, Floats]:
        """Without the origins at which the pool was still learning, and the last, which has no truth."""
        return self.errors[:, warm:-1], self.covered[:, warm:-1], self.ranks[:, warm:-1]
