"""Counts of incidents by week or month: what the forecasts read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from gesta.errors import UsageError

Period = Literal["week", "month"]
Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

#: Days of a mean year.
_YEAR = 365.2425


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Incidents per period of several series that were watched together, periods without any kept as zeros."""

    first: date
    """First day of the first period."""
    period: Period
    names: tuple[str, ...]
    values: Integers
    """(series, periods)."""

    @classmethod
    def of(cls, first: date, period: Period, series: Mapping[str, Any]) -> Counts:
        """Check and stack the series, in their order; ``UsageError`` for lengths that differ or what is no count."""
        if period not in ("week", "month"):
            raise UsageError(f"{period!r} is no period", where="period", remedy="Give week or month.")
        if not series:
            raise UsageError("no series to forecast", where="counts", remedy="Give at least one series of counts.")
        rows = {name: _checked(name, row) for name, row in series.items()}
        lengths = {name: len(row) for name, row in rows.items()}
        if len(set(lengths.values())) > 1:
            raise UsageError(
                "the series differ in length: " + ", ".join(f"{name} {length}" for name, length in lengths.items()),
                where="counts",
                remedy="Give every period a count in every series, zero where nothing was recorded.",
            )
        return cls(first, period, tuple(rows), np.stack(list(rows.values())))

    @property
    def length(self) -> int:
        """Periods watched."""
        return int(self.values.shape[1])

    def day(self, at: int) -> date:
        """First day of period ``at``; 0 is the first, and those after the last may be asked for as well."""
        if self.period == "week":
            return self.first + timedelta(weeks=at)
        months = self.first.year * 12 + self.first.month - 1 + at
        return date(months // 12, months % 12 + 1, 1)

    def at(self, day: date) -> int:
        """Number of the period that holds ``day``; ``UsageError`` if none does."""
        months = (day.year - self.first.year) * 12 + day.month - self.first.month
        found = (day - self.first).days // 7 if self.period == "week" else months
        if not 0 <= found < self.length:
            raise UsageError(
                f"{day} lies outside the {self.period}s counted",
                where="period",
                remedy=f"Give a day from {self.first} to before {self.day(self.length)}.",
            )
        return found

    def phases(self, until: int) -> Floats:
        """Share of the year gone by at the middle of each period before ``until``, between 0 and 1."""
        half = timedelta(days=3 if self.period == "week" else 15)
        days = [(self.day(at) + half).timetuple().tm_yday for at in range(until)]
        return np.asarray(days, dtype=np.float64) / _YEAR


def _checked(name: str, row: Any) -> Integers:
    values = np.asarray(row)
    whole = values.ndim == 1 and (np.issubdtype(values.dtype, np.number) or not values.size)
    if not whole or not np.all(np.isfinite(values)) or np.any(values != np.floor(values)) or np.any(values < 0):
        raise UsageError(
            f"series {name!r} is no row of counts", where="counts", remedy="Give whole numbers from 0 on, one a period."
        )
    return values.astype(np.int64)
