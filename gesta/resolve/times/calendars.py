"""Rules for the Islamic and Persian calendars and for feasts that move: Ramadan, 22 Bahman 1357, Easter, Eid al-Fitr.

The Islamic calendar is that of Umm al-Qura (hijridate, 1924 to 2077); where the moon is sighted a day may begin one
earlier or later, so a day there is three of ours. The Persian one is exact (persiantools). Easter is the western one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from dateutil.easter import easter
from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

from gesta.records import Time
from gesta.resolve.times.counts import whole_number
from gesta.resolve.times.dates import year_of
from gesta.resolve.times.grammar import Hit, NoTime, Rule, rule
from gesta.resolve.times.scene import Scene, unknown
from gesta.resolve.times.words import is_day

Days = tuple[date, date]
"""First and last day."""

#: Years that the Islamic calendar of Umm al-Qura is known for, and a reach of the Persian one, in their own count.
_ISLAMIC: Final = range(1343, 1501)
_PERSIAN: Final = range(1250, 1500)
_GREGORIAN: Final = range(1925, 2077)
_DAY: Final = timedelta(days=1)
#: Months whose names are also people's: they need a day or a year beside them.
_ALONE: Final = frozenset({"ramadan", "ramadhan", "ramazan", "muharram"})


def _islamic_days(year: int, month: int, day: int | None) -> Days | None:
    """Return the days of an Islamic month, or those that a day of it may be; None where there is no such day."""
    if year not in _ISLAMIC:
        return None
    try:
        first = _plain(Hijri(year, month, day or 1))
        last = first if day else _plain(Hijri(year, month, Hijri(year, month, 1).month_length()))
    except (ValueError, OverflowError):
        return None
    return (first - _DAY, last + _DAY) if day else (first, last)


def _plain(day: Hijri) -> date:
    found = day.to_gregorian()
    return date(found.year, found.month, found.day)


def _persian_days(year: int, month: int, day: int | None) -> Days | None:
    """Return the days of a Persian month or the one day; None where there is no such day."""
    if year not in _PERSIAN:
        return None
    try:
        first = JalaliDate(year, month, day or 1).to_gregorian()
        last = first if day else JalaliDate(year, month, JalaliDate.days_in_month(month, year)).to_gregorian()
    except ValueError:
        return None
    return first, last


def _islamic(hit: Hit) -> Time | None:
    return _dated(hit, _islamic_days, lambda day: Gregorian(day.year, day.month, day.day).to_hijri().year, "Islamic")


def _persian(hit: Hit) -> Time | None:
    return _dated(hit, _persian_days, lambda day: int(JalaliDate(day).year), "Persian")


def _dated(
    hit: Hit, days_of: Callable[[int, int, int | None], Days | None], year_at: Callable[[date], int], calendar: str
) -> Time | None:
    """Read a month of another calendar, with or without day and year, which may be one of our own."""
    month, year = hit.number("month"), year_of(hit)
    day = whole_number(hit.words, *hit.span("day")) if hit.has("day") else None
    if day is None and year is None and hit.words.low[hit.at("month")] not in _ALONE:
        return None
    if day is not None and not 1 <= day <= 31:
        raise NoTime
    near = date(year, 7, 1) if year is not None and year in _GREGORIAN else hit.scene.near
    if year is not None and year not in _GREGORIAN:
        found = days_of(year, month, day)
        if found is None:
            raise NoTime
        return _time(found, day is not None, "stated", f"{calendar} calendar")
    if near is None or near.year not in _GREGORIAN:
        return unknown("XXXX", "month" if day is None else "day", *hit.scene.unanchored())
    options = [days for y in range(year_at(near) - 1, year_at(near) + 2) if (days := days_of(y, month, day))]
    if year is not None:
        options = [days for days in options if days[0].year == year or days[1].year == year]
    if year is not None:
        return _stated(options, day is not None, f"{calendar} calendar")
    return _nearest(options, near, day is not None, hit.scene, f"{calendar} calendar")


def _stated(options: list[Days], one_day: bool, why: str) -> Time | None:
    """Read a year of ours in which a month or feast of the moon may fall twice: then the first, and not for sure."""
    if not options:
        return None
    twice = (f"or {options[1][0]}, for it falls twice in that year",) if len(options) > 1 else ()
    return _time(options[0], one_day, "inferred" if twice else "stated", why, *twice)


def _nearest(options: list[Days], near: date, one_day: bool, scene: Scene, why: str) -> Time | None:
    if not options:
        return None
    best = min(options, key=lambda days: (abs((days[0] - near).days), days))
    return _time(best, one_day, "inferred", why, *scene.anchored())


def _time(days: Days, one_day: bool, basis: str, *reasons: str) -> Time:
    start, end = days
    value = str(start + (end - start) / 2) if one_day else f"{start}/{end}"
    grain = "day" if one_day else "month"
    return Time(value=value, basis=basis, grain=grain, start=start, end=end, reasons=reasons)  # type: ignore[arg-type]


#: Days before (-) or after Easter Sunday on which a feast begins and ends.
_BY_EASTER: Final = {
    "ash wednesday": (-46, -46), "palm sunday": (-7, -7), "holy week": (-7, -1), "easter week": (-7, -1),
    "maundy thursday": (-3, -3), "good friday": (-2, -2), "easter weekend": (-2, 1), "easter": (0, 0),
    "easter sunday": (0, 0), "easter monday": (1, 1), "ascension day": (39, 39), "pentecost": (49, 49),
}  # fmt: skip
#: Feasts by Islamic month and day.
_BY_MOON: Final = {
    "ashura": (1, 10), "arbaeen": (2, 20), "eid al fitr": (10, 1), "eid ul fitr": (10, 1), "eid al adha": (12, 10),
    "eid ul adha": (12, 10), "mawlid": (3, 12),
}  # fmt: skip
#: Feasts by month and day of our own calendar.
_FIXED: Final = {
    "may day": (5, 1), "boxing day": (12, 26), "international women s day": (3, 8), "orthodox christmas": (1, 7),
    "valentine s day": (2, 14),
}  # fmt: skip


def _feast_days(name: str, year: int) -> list[Days]:
    """Return when a feast falls in a year of our calendar; an Islamic one may fall there twice."""
    if name in _BY_EASTER:
        low, high = _BY_EASTER[name]
        return [(easter(year) + low * _DAY, easter(year) + high * _DAY)]
    if name in _FIXED:
        month, day = _FIXED[name]
        return [(date(year, month, day),) * 2] if is_day(year, month, day) else []
    if name == "nowruz":
        days = _persian_days(year - 621, 1, 1)
        return [days] if days else []
    month, day = _BY_MOON[name]
    if year not in _GREGORIAN:
        return []
    first = Gregorian(year, 1, 1).to_hijri().year
    found = [days for at in (first, first + 1) if (days := _islamic_days(at, month, day))]
    return [days for days in found if (days[0] + _DAY).year == year]


def _feast(hit: Hit) -> Time | None:
    name, year = str(hit.value("feast")), year_of(hit)
    if year is not None:
        own = _in_own_year(name, year)
        found = [own] if own else _feast_days(name, year) if year in _GREGORIAN else []
        return _stated(found, bool(found) and (found[0][1] - found[0][0]).days <= _SIGHTING, name)
    near = hit.scene.near
    if near is None or near.year not in _GREGORIAN:
        return unknown("XXXX", "day", *hit.scene.unanchored())
    options = [days for at in range(near.year - 1, near.year + 2) for days in _feast_days(name, at)]
    best = min(options, key=lambda days: (abs((days[0] - near).days), days), default=None)
    return _one_feast(best, "inferred", name, *hit.scene.anchored()) if best else None


def _in_own_year(name: str, year: int) -> Days | None:
    """Return when a feast falls in a year of its own calendar: "Nowruz 1399", "Ashura 1442"."""
    if name == "nowruz":
        return _persian_days(year, 1, 1)
    return _islamic_days(year, *_BY_MOON[name]) if name in _BY_MOON else None


#: A day of the moon is three of ours, give or take one; a feast of more days is no day.
_SIGHTING: Final = 2


def _one_feast(days: Days, basis: str, *reasons: str) -> Time:
    return _time(days, (days[1] - days[0]).days <= _SIGHTING, basis, *reasons)


_YEAR: Final = "(COMMA? OF? year=Y4)?"
RULES: Final[tuple[Rule, ...]] = (
    rule("Islamic", f"(THE? day=DOM OF?)? month=HMONTH {_YEAR}", _islamic),
    rule("Islamic, month first", f"month=HMONTH day=DOM {_YEAR}", _islamic),
    rule("Persian", f"(THE? day=DOM OF?)? month=PMONTH {_YEAR}", _persian),
    rule("Persian, month first", f"month=PMONTH day=DOM {_YEAR}", _persian),
    rule("feast of a year", f"feast=FEAST {_YEAR}", _feast),
    rule("feast", "feast=FEAST", _feast),
)
