"""What the model expects if one incident were added or left out.

The memory of the forecasts' model is linear, so that the difference one incident makes to all later expected counts
is exact and needs no paths: what is left of chance is the fit. Its interval comes from fits to the same record with
periods weighed at random (the weighted likelihood bootstrap of Newton and Raftery 1994), in blocks of neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace

from gesta.analyse.count_model import expected, fit, response, traces_of
from gesta.analyse.counts import Counts, Floats
from gesta.analyse.forecast_words import of_change, too_short
from gesta.analyse.pace import PACES
from gesta.errors import UsageError
from gesta.records.forecasts import Effect, Forecast, Sum, Supposition

#: Fits behind an interval, periods in a block, and the seed.
_FITS, _BLOCK, _SEED = 100, 4, 21
_ENDS = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Change:
    """One incident added to (+1) or left out of (-1) a series in period number ``at``; 0 changes nothing."""

    series: str
    at: int
    by: int


def what_if(counts: Counts, change: Change, ahead: int = 12, told: Forecast | None = None) -> Supposition:
    """Difference that ``change`` makes to the expected counts of the ``ahead`` periods after it.

    The model is fitted to the whole history as recorded, also to what came after the change. ``told`` is the forecast
    of the same counts: with it, the sentence says for which series the model has not earned belief. ``UsageError`` for
    what is not there or cannot be left out.
    """
    s = _checked(counts, change, ahead)
    made = Supposition(series=change.series, start=counts.day(change.at), change=change.by)
    pace = PACES[counts.period]
    if counts.length < pace.least:
        return replace(made, sentence=too_short(counts, pace.least))
    phases = counts.phases(counts.length + ahead)
    traces, decays = traces_of(counts.values, pace)
    model = fit(counts.values, traces, decays, phases, pace)
    after = change.at + 1
    usual = expected(model, traces[after], phases[after : after + ahead])
    difference = response(model, s, change.by, ahead)
    spread = np.zeros((1, *difference.shape))
    if change.by:
        weights = _weights(counts.length)
        fits = [fit(counts.values, traces, decays, phases, pace, row) for row in weights]
        spread = np.stack([response(other, s, change.by, ahead) for other in fits])
    effects = _effects(counts, after, usual, difference, spread)
    made = replace(made, effects=effects, sums=_sums(counts, difference, spread))
    unproven = tuple(p.series for p in told.prospects if not p.beats) if told is not None else ()
    return replace(made, sentence=of_change(made, counts, ahead, unproven))


def _checked(counts: Counts, change: Change, ahead: int) -> int:
    """Number of the series that is changed."""
    if change.series not in counts.names:
        raise UsageError(
            f"no series {change.series!r}", where="what-if", remedy=f"Give one of {', '.join(counts.names)}."
        )
    if not 1 <= ahead <= PACES[counts.period].horizons:
        raise UsageError(f"cannot look {ahead} {counts.period}s ahead", where="what-if", remedy="Ask for 1 to 12.")
    if change.by not in (-1, 0, 1) or not 0 <= change.at < counts.length:
        raise UsageError(
            f"cannot change period {change.at} by {change.by}",
            where="what-if",
            remedy="Add one incident or leave one out, in a period that was watched.",
        )
    s = counts.names.index(change.series)
    if change.by < 0 and not counts.values[s, change.at]:
        raise UsageError(
            f"no incident of {change.series} in the {counts.period} of {counts.day(change.at)}",
            where="what-if",
            remedy="Leave out one that is there.",
        )
    return s


def _weights(length: int) -> Floats:
    """(fits, periods) random weights, alike within a block, 1 on average."""
    blocks = np.random.default_rng((_SEED, length)).standard_exponential((_FITS, -(-length // _BLOCK)))
    return np.asarray(np.repeat(blocks, _BLOCK, axis=1)[:, :length])


def _effects(counts: Counts, after: int, usual: Floats, difference: Floats, spread: Floats) -> tuple[Effect, ...]:
    low, high = _interval(difference, spread)
    return tuple(
        Effect(
            series=name,
            ahead=h + 1,
            start=counts.day(after + h),
            expected=float(usual[h, s]),
            difference=float(difference[h, s]),
            low=float(low[h, s]),
            high=float(high[h, s]),
        )
        for s, name in enumerate(counts.names)
        for h in range(len(usual))
    )


def _sums(counts: Counts, difference: Floats, spread: Floats) -> tuple[Sum, ...]:
    total = difference.sum(axis=0)
    low, high = _interval(total, spread.sum(axis=1))
    return tuple(
        Sum(series=name, difference=float(total[s]), low=float(low[s]), high=float(high[s]))
        for s, name in enumerate(counts.names)
    )


def _interval(found: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Range of the refits, stretched to hold what was found: penalties pull both towards nothing."""
    low, high = np.quantile(spread, _ENDS, axis=0)
    return np.minimum(low, found), np.maximum(high, found)
