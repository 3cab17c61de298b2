"""Forecasts in plain English."""

from __future__ import annotations

import numpy as np

from gesta.analyse.counts import Counts, Period
from gesta.records.forecasts import Backtest, Forecaster, Prospect, Supposition

_A: dict[Forecaster, str] = {
    "persistence": "persistence (the last count, give or take past changes)",
    "climatology": "climatology (all counts of the past)",
    "moving average": "a moving average (the mean of the last periods, give or take past misses)",
}
#: Coverage of the 80% interval from which forecasts are called too sure: what an analyst would notice.
_NARROW = 0.72
#: Incidents; a smaller difference is none.
_TOLD = 0.005


def too_short(counts: Counts, needed: int) -> str:
    return (
        f"Too little to forecast: {_number(counts.length, counts.period)} known, and at least {needed} are needed "
        "to test a forecast against what came."
    )


def too_few(name: str, counts: Counts, s: int) -> str:
    row = counts.values[s]
    return (
        f"Too little to forecast {name}: {_number(int(row.sum()), 'incident')} in "
        f"{_number(int(np.count_nonzero(row)), counts.period)} of {counts.length}, or none in the years from which "
        "the backtest would have to learn."
    )


def of_series(prospect: Prospect, period: Period) -> str:
    """What the backtest says of one series, and what is shown."""
    tested = prospect.backtest
    if tested is None:
        return prospect.sentence
    over = f"Over {tested.origins} rolling {period}s"
    if not prospect.beats:
        shown = prospect.steps[-1].shown
        return f"{over} the model did not beat {_A[tested.best]} beyond chance; what is shown is {shown}." + _sure(
            tested, shown
        )
    last = prospect.steps[-1]
    until = f"the next {period}" if prospect.reach == 1 else f"each of the next {_number(prospect.reach, period)}"
    then = f"; after that, what is shown is {last.shown}" if last.shown != "model" else ""
    return (
        f"{over} the model's error for the next {period} was {tested.skill:.0%} below that of the best baseline, "
        f"{_A[tested.best]}. It beats the best baseline beyond chance for {until}{then}." + _sure(tested, "model")
    )


def _sure(tested: Backtest, shown: Forecaster) -> str:
    inside = next(c.inside80 for c in tested.calibration if c.forecaster == shown)
    said = f" Its 80% intervals held the truth {inside:.0%} of the time"
    return said + (": it has been too sure of itself." if inside < _NARROW else ".")


def of_all(counts: Counts, prospects: tuple[Prospect, ...]) -> str:
    """One sentence for all series forecast together."""
    tried = [prospect for prospect in prospects if prospect.steps]
    better = [prospect.series for prospect in tried if prospect.beats]
    if not tried:
        return "Too little to forecast: no series has enough incidents."
    if not better:
        return "The model does not beat the best baseline for any series; what is shown are baselines."
    if len(better) == len(prospects):
        return "The model beats the best baseline for " + ("every series." if len(better) > 1 else f"{better[0]}.")
    return f"The model beats the best baseline for {', '.join(better)}; for the rest, no more than a baseline is shown."


def of_change(made: Supposition, counts: Counts, ahead: int, unproven: tuple[str, ...]) -> str:
    """What a supposed change does, marked for what it is; ``unproven`` are series for which the model beat nothing."""
    if not made.change:
        return "Nothing is changed, so nothing differs."
    told = [total for total in made.sums if total.low > _TOLD or total.high < -_TOLD]
    where = f"in {made.series} in the {counts.period} of {made.start}"
    done = f"one incident more {where}" if made.change > 0 else f"one incident left out {where}"
    over = f"the {_number(ahead, counts.period)} after" if ahead > 1 else f"the {counts.period} after"
    parts = [f"{_signed(t.difference)} in {t.series} ({_signed(t.low)} to {_signed(t.high)})" for t in told]
    rest = "" if len(told) == len(made.sums) else "; in every other series no difference that can be told from none"
    found = (
        f"With {done}, the model expects over {over} in all: {', '.join(parts)}{rest}."
        if told
        else f"With {done}, the model expects no difference that can be told from none over {over}."
    )
    doubt = [total.series for total in told if total.series in unproven]
    weak = f" Its forecasts of {', '.join(doubt)} did not beat a baseline: give this little weight." if doubt else ""
    return (
        f"{found} This is the model's conditional expectation, fitted to how counts followed counts in this record; it "
        f"is no forecast of what would have happened, and what follows an act need not be caused by it.{weak}"
    )


def _signed(value: float) -> str:
    return f"{value:+.2f}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")
