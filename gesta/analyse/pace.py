"""How far a forecast looks back and ahead, for counts by week and by month."""

from __future__ import annotations

from dataclasses import dataclass

from gesta.analyse.counts import Period


@dataclass(frozen=True, slots=True)
class Pace:
    """Lengths in periods, chosen once and alike for every record."""

    half_lives: tuple[float, ...]
    """Of the fading means the model remembers by, fastest first; 0 is the last period's count alone."""
    settling: int
    """First periods, whose mean starts the fading means and which are not fitted."""
    window: int
    """That the moving average looks back."""
    near: int
    """The next so many periods decide whether a model beats the baselines."""
    horizons: int
    """Furthest period ahead that may be forecast."""
    refit: int
    """The backtest fits the model anew after so many periods."""
    warm: int
    """Periods forecast before the backtest counts, from which the pool first learns whom to trust."""
    least: int
    """History before the first forecast that counts, at least."""
    origins: int
    """Forecasts that the backtest needs, at least."""
    most: int
    """And makes, at most: the latest."""
    year: int


PACES: dict[Period, Pace] = {
    "week": Pace((0.0, 2.0, 8.0, 26.0), 8, 8, 4, 12, 26, 26, 52, 26, 260, 52),
    "month": Pace((0.0, 1.0, 3.0, 12.0), 3, 6, 3, 12, 6, 12, 24, 18, 120, 12),
}
