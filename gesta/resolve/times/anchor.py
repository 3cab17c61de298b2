"""The day that relative times count from, where the report states none: what the text's own dates leave possible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gesta.records import Time
from gesta.resolve.times.words import Words, is_day

#: How far into a text a full date may stand that serves as the day of publication when none is given.
REACH: Final = 600
#: A publication day outside these years is a mistake; counting from it would leave the calendar.
YEARS: Final = range(1100, 2900)
#: How many years after the latest one the text names it may have been written.
_YEARS_ON: Final = 2
_WITHOUT_YEAR: Final = re.compile(r"XXXX-(\d\d)-(\d\d)")
#: How many days a date of the text may lie from the first of the month in the report's address.
_NEAR_MONTH: Final = 45


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day counted from; ``guessed`` if the text alone tells it. ``around`` only settles years and months."""

    day: date | None
    guessed: bool = False
    around: date | None = None


def find_anchor(words: Words, found: Sequence[tuple[int, int, Time]], around: date | None) -> Anchor:
    """Return the anchor of a text without publication day, from its times as read without one.

    In this order: the first day stated in full near the head; a weekday with a day and month, in the first year from
    the latest that the text names in which they agree ("Tuesday, December 31"), or in the year of ``around``; a day and
    month near the head that lie near ``around``. ``around`` is the first of the month in the report's address.
    """
    for first, _, time in found:
        if words.start[first] > REACH:
            break
        if time.basis == "stated" and time.start is not None and time.start == time.end:
            return Anchor(time.start, True, around)
    latest = max((year for _, _, time in found if (year := _year(time)) is not None), default=None)
    for first, last, time in found:
        day = _agreeing(words, first, last, time, latest, around)
        if day is not None:
            return Anchor(day, True, around)
    return Anchor(None, False, around)


def _year(time: Time) -> int | None:
    """Return the year a time states, if it is one that a report may have been written in or after."""
    if time.basis != "stated" or time.end is None or time.kind not in ("DATE", "TIME") or not time.value[:4].isdigit():
        return None
    return time.end.year if len(time.value) >= 4 and time.grain not in ("decade", "century") else None


def _agreeing(words: Words, first: int, last: int, time: Time, latest: int | None, around: date | None) -> date | None:
    """Return the day that a date without a year can only be, or None."""
    written = _WITHOUT_YEAR.fullmatch(time.value)
    if written is None:
        return None
    month, day = int(written[1]), int(written[2])
    weekday = next((words.values[at] for at in range(first, last) if words.is_a(at, "WD", "WDABBR")), None)
    if around is not None:
        years = range(around.year - 1, around.year + 2)
        near = [found for found in _days(years, month, day) if abs((found - around).days) <= _NEAR_MONTH]
        good = [found for found in near if weekday is None or found.weekday() == weekday]
        return good[0] if len(good) == 1 and (weekday is not None or words.start[first] <= REACH) else None
    if latest is None or weekday is None:
        return None
    years = range(latest, latest + _YEARS_ON + 1)
    return next((found for found in _days(years, month, day) if found.weekday() == weekday), None)


def _days(years: range, month: int, day: int) -> list[date]:
    return [date(year, month, day) for year in years if is_day(year, month, day)]
