"""What "since", "until", "from ... to" and "between ... and" make of the times they govern."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from gesta.records import Time
from gesta.resolve.times.lexicon import SYMBOL
from gesta.resolve.times.words import Words

Placed = tuple[int, int, Time]
"""First word, word after the last, and the time."""

_JOINTS: Final = {SYMBOL["TO"], SYMBOL["UNTIL"], SYMBOL["HYPHEN"]}


def ranged(words: Words, items: list[Placed], anchor: date | None) -> list[Time]:
    """Return the times with the intervals their prepositions give them. Values and spans stay as they are.

    "since X" runs from X to publication, "until X" up to X, and both ends of "from X to Y" get the whole interval.
    """
    times = [time for _, _, time in items]
    at = 0
    while at < len(items):
        if at + 1 < len(items) and _is_range(words, items[at], items[at + 1]):
            times[at], times[at + 1] = _span(times[at], times[at + 1])
            at += 2
            continue
        times[at] = _open(words, items[at][0], items[at][1], times[at], anchor)
        at += 1
    return times


def _is_range(words: Words, one: Placed, two: Placed) -> bool:
    if one[2].kind != "DATE" or two[2].kind != "DATE" or two[0] - one[1] != 1:
        return False
    joint = words.symbols[one[1]]
    if words.is_a(one[0] - 1, "BETWEEN"):
        return joint == SYMBOL["AND"]
    return joint in _JOINTS and (words.is_a(one[0] - 1, "FROM") or joint == SYMBOL["HYPHEN"])


def _span(one: Time, two: Time) -> tuple[Time, Time]:
    if one.start is None or two.end is None:
        return one, two
    if one.basis == "inferred" and two.basis == "stated":
        one = _in_year_of(one, two)
    if one.start is None or one.start > two.end:
        return one, two
    reason = f"from {one.value} to {two.value}"
    start, end = one.start, two.end
    return tuple(  # type: ignore[return-value]
        msgspec.structs.replace(t, start=start, end=end, reasons=(*t.reasons, reason)) for t in (one, two)
    )


def _in_year_of(one: Time, two: Time) -> Time:
    """Give the first end of "from January to March 2020" the year that the second end states."""
    if one.start is None or one.end is None or two.start is None or one.grain not in ("day", "month"):
        return one
    for year in (two.start.year, two.start.year - 1):
        try:
            start, end = one.start.replace(year=year), one.end.replace(year=year)
        except ValueError:
            return one
        if start <= two.start:
            value = f"{year:04}{one.value[4:]}"
            return msgspec.structs.replace(one, value=value, start=start, end=end, reasons=("year of the other end",))
    return one


def _open(words: Words, first: int, last: int, time: Time, anchor: date | None) -> Time:
    """Open the interval on one side for "since", "until" and "by"; "since Monday's vote" is no such thing."""
    if time.kind not in ("DATE", "TIME") or time.start is None or words.is_a(last, "POSS"):
        return time
    if words.is_a(first - 1, "SINCE") and (anchor is None or time.start <= anchor):
        reason = "since: up to the publication day" if anchor else "since: no end known"
        return msgspec.structs.replace(time, end=anchor, reasons=(*time.reasons, reason))
    if words.is_a(first - 1, "UNTIL", "BY") and time.end is not None:
        reason = f"{words.low[first - 1]}: no beginning known"
        return msgspec.structs.replace(time, start=None, reasons=(*time.reasons, reason))
    return time
