"""The next periods of counts, and whether the model that says so has earned it.

Every forecast comes with a rolling backtest against three baselines. A model is believed for the next period only if
its error was below that of the best baseline beyond chance, for the period after only if also there, and so on; beyond
that the best baseline is shown. Testing in this order keeps false claims rare without a price for many horizons.
"""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from gesta.analyse.backtest import BASELINES, FORECASTERS, Rolled, first_origin, roll
from gesta.analyse.counts import Counts, Floats, Integers
from gesta.analyse.forecast_words import of_all, of_series, too_few, too_short
from gesta.analyse.pace import PACES
from gesta.analyse.scores import beaten, discoveries, quantiles
from gesta.errors import UsageError
from gesta.records.forecasts import Backtest, Calibration, Errors, Forecast, Forecaster, Outlook, Prospect, Step

#: Share of claims to beat the baselines that may be false, over the series forecast together.
_FALSE = 0.05
#: An advantage below this share of the baseline's error is none worth the name: a smooth curve through the same counts
#: has about as much over their raw distribution.
_WORTH = 0.0025
#: A series with fewer incidents, or fewer periods that have any, holds too little to be forecast.
_INCIDENTS, _ACTIVE = 20, 10
#: Where the baselines begin among the forecasters.
_OFFSET = len(FORECASTERS) - len(BASELINES)


def forecast(counts: Counts, ahead: int = 12) -> Forecast:
    """Forecast the next ``ahead`` periods (1 to 12) of every series, with a backtest beside each.

    Series that hold too little keep their place and say why. ``UsageError`` for a horizon out of bounds.
    """
    pace = PACES[counts.period]
    if not 1 <= ahead <= pace.horizons:
        raise UsageError(
            f"cannot forecast {ahead} {counts.period}s ahead",
            where="forecast",
            remedy=f"Ask for 1 to {pace.horizons}.",
        )
    needed = pace.least + pace.origins
    if counts.length < needed:
        said = too_short(counts, needed)
        prospects = tuple(Prospect(series=name, sentence=said) for name in counts.names)
        return _whole(counts, ahead, prospects, said)
    rolled = roll(counts, ahead)
    chances = np.asarray([_chances(rolled.errors[s]) for s in range(len(counts.names))])
    enough = np.asarray([_enough(row[: first_origin(counts.length, pace)], row) for row in counts.values])
    # A series that holds too little makes no claim, and none is lost to it.
    claims = np.zeros(len(enough), dtype=bool)
    claims[enough] = discoveries(chances[enough, 0], _FALSE)
    prospects = tuple(
        _prospect(counts, rolled, s, chances[s], bool(claims[s]))
        if enough[s]
        else Prospect(series=name, sentence=too_few(name, counts, s))
        for s, name in enumerate(counts.names)
    )
    return _whole(counts, ahead, prospects, of_all(counts, prospects))


def _whole(counts: Counts, ahead: int, prospects: tuple[Prospect, ...], said: str) -> Forecast:
    return Forecast(
        period=counts.period,
        first=counts.first,
        known=counts.length,
        ahead=ahead,
        prospects=prospects,
        beats=any(prospect.beats for prospect in prospects),
        sentence=said,
    )


def _enough(before: Integers, row: Integers) -> bool:
    """Whether a series, and what was known of it when the backtest began, can be learnt from at all."""
    return bool(row.sum() >= _INCIDENTS and np.count_nonzero(row) >= _ACTIVE and before.any())


def _known(errors: Floats, h: int) -> Floats:
    """(origins, forecasters) errors for the horizon whose truth is known, in order."""
    at_h = errors[:, :, h]
    return np.asarray(at_h[~np.isnan(at_h[:, 0])])


def _chances(errors: Floats) -> list[float]:
    """For each horizon, the p-value that the model is not better than the best baseline there."""
    found = []
    for h in range(errors.shape[2]):
        known = _known(errors, h)
        best = known[:, _OFFSET:][:, np.argmin(known[:, _OFFSET:].mean(axis=0))]
        found.append(beaten((1 - _WORTH) * best - known[:, 0]))
    return found


def _prospect(counts: Counts, rolled: Rolled, s: int, chances: Floats, claimed: bool) -> Prospect:
    means = np.nanmean(rolled.errors[s], axis=0)
    failed = np.flatnonzero(chances > _FALSE)
    reach = (int(failed[0]) if len(failed) else len(chances)) if claimed else 0
    backtest = _backtest(counts, rolled, s, means, chances)
    steps = _steps(counts, rolled.latest[s], means, reach)
    prospect = Prospect(series=counts.names[s], steps=steps, backtest=backtest, beats=reach > 0, reach=reach)
    return replace(prospect, sentence=of_series(prospect, counts.period))


def _backtest(counts: Counts, rolled: Rolled, s: int, means: Floats, chances: Floats) -> Backtest:
    rivals = means[_OFFSET:]
    skill = 1 - means[0] / np.maximum(rivals.min(axis=0), 1e-12)
    return Backtest(
        origins=rolled.errors.shape[1],
        first=counts.day(rolled.first),
        errors=tuple(
            Errors(forecaster=name, overall=float(row.mean()), by_ahead=tuple(map(float, row)))
            for name, row in zip(FORECASTERS, means, strict=True)
        ),
        best=BASELINES[int(np.argmin(rivals[:, 0]))],
        skill=float(skill[0]),
        skill_by_ahead=tuple(map(float, skill)),
        chances=tuple(map(float, chances)),
        calibration=tuple(
            _calibration(name, rolled.covered[s, :, f], rolled.ranks[s, :, f])
            for f, name in enumerate(FORECASTERS)
            if name != "memory"
        ),
    )


def _calibration(name: Forecaster, covered: Floats, ranks: Floats) -> Calibration:
    inside = np.nanmean(covered, axis=(0, 1))
    return Calibration(
        forecaster=name,
        inside50=float(inside[0]),
        inside80=float(inside[1]),
        inside95=float(inside[2]),
        pit=tuple(map(float, np.nanmean(ranks, axis=(0, 1)))),
    )


def _steps(counts: Counts, latest: Integers, means: Floats, reach: int) -> tuple[Step, ...]:
    """Beyond the reach one baseline is shown throughout, the best over all of it, so that names do not flicker."""
    horizons = means.shape[1]
    best = np.argmin(means[_OFFSET:], axis=0)
    if reach < horizons:
        best[reach:] = np.argmin(means[_OFFSET:, reach:].mean(axis=1))
    return tuple(
        Step(
            ahead=h + 1,
            start=counts.day(counts.length + h),
            model=outlook("model", latest[0, h]),
            baseline=outlook(BASELINES[int(best[h])], latest[_OFFSET + int(best[h]), h]),
            shown="model" if h < reach else BASELINES[int(best[h])],
        )
        for h in range(horizons)
    )


def outlook(name: Forecaster, samples: Integers) -> Outlook:
    """Summary of a sorted sample."""
    low95, low80, low50, median, high50, high80, high95 = map(
        int, quantiles(samples, (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975))
    )
    return Outlook(
        forecaster=name,
        mean=float(samples.mean()),
        median=median,
        within50=(low50, high50),
        within80=(low80, high80),
        within95=(low95, high95),
        any=float((samples > 0).mean()),
    )
