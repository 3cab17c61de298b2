"""What a time expression is read against: the publication day, the last date told, and the tense around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from gesta.records import Grain, Time, TimeBasis
from gesta.resolve.times.lexicon import AIMS, FUTURE_CUES, NO_PAST, PAST_CUES, SYMBOL
from gesta.resolve.times.periods import Period
from gesta.resolve.times.words import Words

Tense = Literal["past", "future"]

_WINDOW: Final = 40
_STOPS: Final = (SYMBOL["ENDS"], SYMBOL["BREAK"])


def tense_before(words: Words, at: int) -> Tense | None:
    """Return the tense of the nearest cue before word ``at`` within its sentence, if there is one."""
    for i in range(at - 1, max(at - _WINDOW, -1), -1):
        if words.symbols[i] in _STOPS:
            return None
        low = words.low[i]
        if low in FUTURE_CUES:
            return "future"
        if low == "to" and i and words.low[i - 1] in AIMS:
            return "future"
        if low in PAST_CUES or (low.endswith("ed") and len(low) > 4 and low not in NO_PAST):
            return "past"
    return None


@dataclass(slots=True)
class Scene:
    """The state of one scan. ``anchor`` is the publication day or, if ``guessed``, a day that the text itself tells.

    ``around`` is a day near publication, such as the first of the month in the address: it settles years, not days.
    """

    words: Words
    anchor: date | None
    guessed: bool = False
    around: date | None = None
    last: Period | None = None
    """The last date the text told, for "the day before" and "three weeks later"."""

    def tense(self, at: int) -> Tense | None:
        """Return the tense around word ``at``."""
        return tense_before(self.words, at)

    def basis(self, usual: TimeBasis = "relative") -> TimeBasis:
        """Return ``usual``, or "inferred" where the anchor itself is only inferred."""
        return "inferred" if self.guessed or self.anchor is None else usual

    def anchored(self) -> tuple[str, ...]:
        """Return the reason that names the anchor."""
        if self.anchor is None and self.around is not None:
            return (f"counted from {self.around:%Y-%m}, in the address",)
        if self.anchor is None:
            return self.unanchored()
        kind = "a day the text tells" if self.guessed else "the publication day"
        return (f"counted from {kind}, {self.anchor}",)

    def unanchored(self) -> tuple[str, ...]:
        """Return the reason why a time has no interval."""
        return ("no publication day to count from",) if self.anchor is None else self.anchored()

    @property
    def near(self) -> date | None:
        """Return a day that is near enough to publication to settle years."""
        return self.anchor or self.around

    def told(self) -> Period | None:
        """Return what "the day before" counts from: the last date told, else the anchor."""
        return self.last or (Period("day", self.anchor) if self.anchor else None)


def of_period(period: Period, basis: TimeBasis, *reasons: str) -> Time:
    """Return the ``Time`` of a calendar period, without text and span yet."""
    return Time(
        value=period.value, basis=basis, grain=period.grain, start=period.start, end=period.end, reasons=reasons
    )


def unknown(value: str, grain: Grain | None, *reasons: str, basis: TimeBasis = "relative") -> Time:
    """Return a ``Time`` whose interval is not known."""
    return Time(value=value, basis=basis, grain=grain, reasons=reasons)


_DAY_VALUE: Final = re.compile(r"[\dX]{4}-(?:[\dX]{2}-[\dX]{2}|W[\dX]{2}-\d)")


def is_day_value(time: Time) -> bool:
    """Whether ``time`` is one day, known or not, to which an hour can be added."""
    return time.kind == "DATE" and _DAY_VALUE.fullmatch(time.value) is not None
