"""Calendar periods: a grain and its first day, with TIMEX3 value, interval and arithmetic."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from gesta.records import Grain

Unit = Literal["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]

_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS: Final = {"day": 1, "week": 7, "weekend": 7}
#: Grains have neither halves nor weekends: the coarser grain that holds them is the honest one.
_GRAINS: Final[dict[str, Grain]] = {"half": "year", "weekend": "week"}
_SEASON_LETTERS: Final = ("WI", "SP", "SU", "FA")
FIRST, LAST = date(1000, 1, 1), date(2999, 12, 31)


def _month(day: date, months: int) -> date | None:
    """Return the first of the month ``months`` after that of ``day``; None outside the years we know."""
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1) if FIRST.year <= at // 12 <= LAST.year else None


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week, month ... of the calendar; ``start`` is its first day. Weeks are ISO weeks (Monday first)."""

    unit: Unit
    start: date

    @property
    def grain(self) -> Grain:
        """The grain to report."""
        return _GRAINS.get(self.unit) or self.unit  # type: ignore[return-value]

    @property
    def end(self) -> date:
        """The last day, included."""
        if self.unit == "weekend":
            return self.start + timedelta(days=1)
        if self.unit in _DAYS:
            return self.start + timedelta(days=_DAYS[self.unit] - 1)
        after = _month(self.start, _MONTHS[self.unit])
        return after - timedelta(days=1) if after else LAST

    @property
    def value(self) -> str:
        """The TIMEX3 value."""
        year, month = self.start.year, self.start.month
        match self.unit:
            case "day":
                return self.start.isoformat()
            case "week" | "weekend":
                iso = self.start.isocalendar()
                return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if self.unit == "weekend" else "")
            case "month":
                return f"{year:04}-{month:02}"
            case "quarter":
                return f"{year:04}-Q{(month + 2) // 3}"
            case "half":
                return f"{year:04}-H{1 if month < 7 else 2}"
            case "season":
                return f"{year:04}-{_SEASON_LETTERS[month % 12 // 3]}"
            case "decade":
                return f"{year // 10:03}"
            case "century":
                return f"{year // 100:02}"
            case _:
                return f"{year:04}"

    def shift(self, count: int) -> Period | None:
        """Return the period ``count`` units later (earlier if negative); None outside the years 1000 to 2999."""
        if abs(count) > 10_000_000:
            return None
        if self.unit in _DAYS:
            ordinal = self.start.toordinal() + _DAYS[self.unit] * count
            if not FIRST.toordinal() <= ordinal <= LAST.toordinal():
                return None
            return Period(self.unit, date.fromordinal(ordinal))
        if self.unit == "season":
            count *= 4  # the same season of another year
        moved = _month(self.start, _MONTHS[self.unit] * count)
        return Period(self.unit, moved) if moved else None


def period_of(unit: Unit, day: date) -> Period:
    """Return the period of that unit which ``day`` lies in (for a weekend: that of its week)."""
    match unit:
        case "week":
            return Period(unit, date.fromordinal(day.toordinal() - day.weekday()))
        case "weekend":
            return Period(unit, date.fromordinal(day.toordinal() - day.weekday() + 5))
        case "month" | "quarter" | "half" | "year":
            size = _MONTHS[unit]
            return Period(unit, date(day.year, (day.month - 1) // size * size + 1, 1))
        case "season":
            found = _month(day, -(day.month % 3))
            return Period(unit, found or date(day.year, 1, 1))
        case "decade":
            return Period(unit, date(day.year // 10 * 10, 1, 1))
        case "century":
            return Period(unit, date(day.year // 100 * 100, 1, 1))
        case _:
            return Period("day", day)


_SEASON_START: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def season_of(year: int, letters: str) -> Period:
    """Return a northern season of ``year``; a winter belongs to the year it begins in."""
    return Period("season", date(year, _SEASON_START[letters], 1))


def shift_date(day: date, unit: str, count: int) -> date | None:
    """Return the day ``count`` units from ``day``, kept within its month; None outside the years we know."""
    if unit in _DAYS:
        moved = Period("day", day).shift(count * _DAYS[unit])
        return moved.start if moved else None
    if unit == "fortnight":
        return shift_date(day, "week", 2 * count)
    months = _MONTHS.get(unit, 0) * count
    first = _month(day, months) if abs(months) < 10**6 else None
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1])) if first else None


def third(start: date, end: date, which: int) -> tuple[date, date]:
    """Return the first, middle or last third (0, 1, 2) of an interval of days, for "early", "mid" and "late"."""
    days = (end - start).days + 1
    low, high = days * which // 3, days * (which + 1) // 3
    return start + timedelta(days=low), start + timedelta(days=max(high - 1, low))
