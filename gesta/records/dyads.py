"""What is counted of two sides, period by period."""

from __future__ import annotations

from datetime import date
from typing import Literal

from gesta.records.base import Frozen

By = Literal["day", "week", "month", "year"]
Level = Literal["country", "sector", "actor"]


class Period(Frozen, frozen=True):
    """What one side did to the other in one period; all zero where nothing is told."""

    start: date
    """First day; weeks begin on Mondays."""
    incidents: int = 0
    quads: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Incidents of verbal and material cooperation, verbal and material conflict."""
    intensity: float | None = None
    """Mean of PLOVER's scores, -10 (worst) to 10; None where there is nothing."""
    killed: int = 0
    """Sum of the tolls, of each incident the figure of most sources."""
    injured: int = 0
    loose: int = 0
    """How many of the incidents are only known to have been by a day of this period."""


class Direction(Frozen, frozen=True):
    """What one side did to the other."""

    source: str
    target: str
    periods: tuple[Period, ...]

    @property
    def incidents(self) -> int:
        """How many over all periods."""
        return sum(period.incidents for period in self.periods)


class Series(Frozen, frozen=True):
    """Two sides, period by period, both directions over the same periods; or one country, by where incidents were."""

    by: By
    level: Level
    first: date
    last: date
    """Last day of the last period."""
    since: date
    """First day watched; the first period may be cut short by it, and the last by ``until``."""
    until: date
    directions: tuple[Direction, ...]
    """There and back; only one for a country."""
    undated: int = 0
    """Incidents left out because no day is known for them, or their days span several periods."""
    outside: int = 0
    """Incidents left out because they lie before or after the days watched: what reports recall, or foresee."""


class Rung(Frozen, frozen=True):
    """One kind of act on a side's ladder, from the mildest to the gravest."""

    type: str
    intensity: float
    now: int
    """Incidents in the last weeks."""
    usual: float
    """Mean number in as many weeks of the past."""
    ever: int


class Standing(Frozen, frozen=True):
    """Where one side stands now against its own past."""

    source: str
    target: str
    weeks: int
    """How many weeks "now" takes in."""
    rungs: tuple[Rung, ...]
    """Kinds of conflict that the side has ever used, the gravest last."""
    highest: str | None
    """The gravest kind used in the last weeks."""
    level: float | None
    """Share of past stretches of as many weeks with less conflict, ties by half; None if the past is too short."""


class Shift(Frozen, frozen=True):
    """A lasting change of a side's conflict."""

    start: date
    """First day of the week from which on it is different."""
    before: float
    """Incidents of conflict a week before it, since the last shift."""
    after: float


class Escalation(Frozen, frozen=True):
    """Lasting changes of a dyad's conflict, and where each side stands now."""

    shifts: tuple[tuple[Shift, ...], ...]
    """For each direction."""
    standings: tuple[Standing, ...]
    sentence: str = ""
