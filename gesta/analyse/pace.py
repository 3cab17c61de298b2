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
    horizons: int
    """Furthest period ahead that may be forecast."""
    refit: int
    """The backtest fits the model anew after so many periods."""
    warm: int
    """Periods forecast before the backtest counts, from which the pool first learns whom to trust."""
    least: int
    """History before the first forecast that counts, at least: warm-up, window and horizons fit into it."""
    origins: int
    """Forecasts that the backtest needs, at least."""
    most: int
    """And makes, at most: the latest."""
    year: int


PACES: dict[Period, Pace] = {
    "week": Pace(
        half_lives=(0.0, 2.0, 8.0, 26.0),
        settling=8,
        window=8,
        horizons=12,
        refit=26,
        warm=26,
        least=52,
        origins=26,
        most=260,
        year=52,
    ),
    "month": Pace(
        half_lives=(0.0, 1.0, 3.0, 12.0),
        settling=3,
        window=6,
        horizons=12,
        refit=6,
        warm=6,
        least=24,
        origins=18,
        most=120,
        year=12,
    ),
}
