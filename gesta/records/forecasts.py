"""What the next weeks or months may bring, how well such forecasts did, and what one incident more would change."""

from __future__ import annotations

from datetime import date
from typing import Literal

from gesta.records.base import Frozen

Forecaster = Literal["model", "memory", "persistence", "climatology", "moving average"]
"""Who forecasts.

``memory`` is the fitted autoregression of counts alone, ``model`` the pool of it and the three baselines, each trusted
by how well it has forecast so far. ``persistence``: the last count and past changes from it. ``climatology``: all
counts of the past. ``moving average``: the mean of the last 8 weeks or 6 months and past misses round it.
"""


class Outlook(Frozen, frozen=True):
    """What one forecaster expects of one series in one period. Intervals are counts, both ends included."""

    forecaster: Forecaster
    mean: float
    median: int
    within50: tuple[int, int]
    """The middle half: chances are even that the count falls in here."""
    within80: tuple[int, int]
    within95: tuple[int, int]
    any: float
    """Chance of at least one."""


class Step(Frozen, frozen=True):
    """The forecast of one series for one period ahead."""

    ahead: int
    """1 is the first period after the last known."""
    start: date
    """First day of the period."""
    model: Outlook
    baseline: Outlook
    """Of the baseline that has done best this far ahead; beyond the model's reach, over all such distances."""
    shown: Forecaster
    """Whose numbers are the forecast: the model's where it beat every baseline so far ahead, else the baseline's."""

    @property
    def outlook(self) -> Outlook:
        """The forecast that is shown."""
        return self.model if self.shown == "model" else self.baseline


class Errors(Frozen, frozen=True):
    """Mean error of one forecaster over the backtest: the continuous ranked probability score, in incidents.

    It is the mean absolute error of a forecast that gives a distribution; 0 is perfect.
    """

    forecaster: Forecaster
    overall: float
    """Mean over all periods ahead."""
    by_ahead: tuple[float, ...]


class Calibration(Frozen, frozen=True):
    """How often the truth fell where one forecaster said it would, over all periods ahead."""

    forecaster: Forecaster
    inside50: float
    """Share of truths within the 50% intervals: about 0.5, or more where counts are small whole numbers."""
    inside80: float
    inside95: float
    pit: tuple[float, ...]
    """Share of the probability integral transform in each of ten bins: a tenth each where calibrated."""


class Backtest(Frozen, frozen=True):
    """How the forecasts of one series would have done, made anew at every past period with what was known then."""

    origins: int
    """Periods at which forecasts were made."""
    first: date
    """First day of the first period forecast."""
    errors: tuple[Errors, ...]
    """Of the model and of the memory within it, then of each baseline."""
    best: Forecaster
    """The baseline of least error for the next period, where beating is decided first."""
    skill: float
    """For the next period: share by which the model's error is below that of ``best``; negative where above."""
    skill_by_ahead: tuple[float, ...]
    """The same for each period ahead, against the baseline that is best there."""
    chances: tuple[float, ...]
    """For each period ahead, chance of an advantage as large over that baseline if there were none worth the name."""
    calibration: tuple[Calibration, ...]
    """Of the model, then of each baseline."""


class Prospect(Frozen, frozen=True):
    """The forecast of one series, or why there is none."""

    series: str
    steps: tuple[Step, ...] = ()
    backtest: Backtest | None = None
    beats: bool = False
    """Whether the model beat the best baseline beyond chance, for the next period at least."""
    reach: int = 0
    """Up to how many periods ahead it did."""
    sentence: str = ""


class Forecast(Frozen, frozen=True):
    """The next periods of several series that were watched together."""

    period: Literal["week", "month"]
    first: date
    """First day of the first period known."""
    known: int
    """Periods known."""
    ahead: int
    """Periods forecast."""
    prospects: tuple[Prospect, ...]
    beats: bool = False
    """Whether the model beat the best baseline for any of the series."""
    sentence: str = ""


class Effect(Frozen, frozen=True):
    """What the supposed change does to one series in one period, by the model."""

    series: str
    ahead: int
    """1 is the period after the one that is changed."""
    start: date
    expected: float
    """Expected count as things were recorded."""
    difference: float
    """Expected count with the change, less that."""
    low: float
    """Lower end of the 95% interval of the difference: how far the record allows other fits."""
    high: float


class Sum(Frozen, frozen=True):
    """What the supposed change does to one series over all the periods together."""

    series: str
    difference: float
    low: float
    high: float


class Supposition(Frozen, frozen=True):
    """The model's conditional expectation with one incident added or left out. No claim about cause."""

    series: str
    start: date
    """First day of the period that is changed."""
    change: int
    """1 adds an incident, -1 leaves one out, 0 changes nothing."""
    effects: tuple[Effect, ...] = ()
    sums: tuple[Sum, ...] = ()
    sentence: str = ""
